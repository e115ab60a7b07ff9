"""Committees and their meetings, the reports that go to them, and what their members ask."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.action import Action
from tracker.models.base import Base, CouncilOwned, TermType
from tracker.models.making import TO_BE_MADE, ToBeMade
from tracker.models.person import Person
from tracker.models.reminder import Message, Reminder
from tracker.models.report import Report
from tracker.terms import DocumentForm, DocumentPart, Marking, PaperStatus, Stage

NOT_ANSWERED = text("answered_at IS NULL")


class Committee(CouncilOwned, Base):
    """A committee of the council that a report goes to."""

    __tablename__ = "committees"
    __table_args__ = (UniqueConstraint("council_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]  # "Children and Families Scrutiny Committee"
    agenda_days: Mapped[int] = mapped_column(default=5)  # clear working days before a meeting its agenda is published
    form: Mapped[dict[str, Any] | None]  # the fields and headings of its reports, where they are not the usual ones


class Meeting(CouncilOwned, Base):
    """One meeting of a committee."""

    __tablename__ = "meetings"
    __table_args__ = (UniqueConstraint("council_id", "committee_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committees.id"))
    day: Mapped[date]

    committee: Mapped[Committee] = relationship()


class CommitteeReport(CouncilOwned, Base):
    """A report to a meeting: figures and rows frozen as at a day, and the officer's words around them."""

    __tablename__ = "committee_reports"
    __table_args__ = (Index(None, "council_id", "meeting_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    as_at: Mapped[date]
    since: Mapped[date | None]  # the day of the meeting before, for what has changed since
    status: Mapped[PaperStatus] = mapped_column(TermType(PaperStatus), default=PaperStatus.DRAFT)
    contents: Mapped[dict[str, Any]]  # what was frozen, as every form of it is written from
    contents_digest: Mapped[str]  # the SHA-256 of the contents: made again years later they must give the same
    words: Mapped[dict[str, Any]]  # what the officer wrote under each heading and in each field
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]  # when it was declared ready, and its words closed
    version: Mapped[int] = mapped_column(default=1)

    meeting: Mapped[Meeting] = relationship()
    made_by: Mapped[Person] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as it is


class CommitteeDocument(ToBeMade, Base):
    """One rendering of a committee report, made in the background under a lease."""

    __tablename__ = "committee_documents"
    __table_args__ = (
        UniqueConstraint("council_id", "report_id", "form", "part"),
        Index("ix_committee_documents_waiting", "id", postgresql_where=TO_BE_MADE, sqlite_where=TO_BE_MADE),
    )

    report_id: Mapped[int] = mapped_column(ForeignKey("committee_reports.id"))
    form: Mapped[DocumentForm] = mapped_column(TermType(DocumentForm))
    part: Mapped[DocumentPart] = mapped_column(TermType(DocumentPart), default=DocumentPart.PUBLIC)
    of_version: Mapped[int]  # of the report's words

    report: Mapped[CommitteeReport] = relationship()


class Question(CouncilOwned, Base):
    """What a member asks about an action or a report; answered before the next agenda is published."""

    __tablename__ = "questions"
    __table_args__ = (
        CheckConstraint("(action_id IS NULL) <> (report_id IS NULL)", name="about_an_action_or_a_report"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_with_words"),
        Index("ix_questions_open", "council_id", "due_on", postgresql_where=NOT_ANSWERED, sqlite_where=NOT_ANSWERED),
        Index(None, "council_id", "action_id"),
        Index(None, "council_id", "asked_by_id"),
        Index(None, "council_id", "answered_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"))
    report_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))  # before whose agenda it is due
    words: Mapped[str]
    marking: Mapped[Marking] = mapped_column(TermType(Marking), default=Marking.OPEN)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))  # who is to answer it
    due_on: Mapped[date]
    answer: Mapped[str | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    action: Mapped[Action | None] = relationship()
    report: Mapped[Report | None] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=asked_by_id)
    owner: Mapped[Person] = relationship(foreign_keys=owner_id)
    answered_by: Mapped[Person | None] = relationship(foreign_keys=answered_by_id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class QuestionReminder(CouncilOwned, Base):
    """That whoever is to answer a question was reminded of it at this stage, or who asked was told of the answer: once.

    By the unique key.
    """

    __tablename__ = "question_reminders"
    __table_args__ = (
        UniqueConstraint(
            "council_id", "question_id", "person_id", "stage", "about_date", name="uq_question_reminders_once"
        ),
        Index(None, "council_id", "message_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    stage: Mapped[Stage] = mapped_column(TermType(Stage))
    about_date: Mapped[date]
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    created_at: Mapped[datetime]

    message: Mapped[Message] = relationship()


class PaperNotice(CouncilOwned, Base):
    """That somebody was told of a committee report that is ready: once, by the unique key."""

    __tablename__ = "paper_notices"
    __table_args__ = (
        UniqueConstraint("council_id", "report_id", "person_id"),
        Index(None, "council_id", "message_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("committee_reports.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    created_at: Mapped[datetime]

    message: Mapped[Message] = relationship()


# The rows that say what a person's mail told them. Who writes, sends or withdraws a mail sees to all of them.
TOLD_BY_MAIL = (Reminder, QuestionReminder, PaperNotice)
