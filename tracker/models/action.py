"""The tracked task made from an action point, and everything said of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.action_point import ActionPoint
from tracker.models.base import Base, CouncilOwned, TermType
from tracker.models.council import Body
from tracker.models.person import Person
from tracker.models.report import Report
from tracker.terms import ContributionStatus, Decision, Delivery, How, Marking, Response

OPEN = text("delivery IN ('not_started', 'in_progress', 'paused', 'awaiting_check')")


class Action(CouncilOwned, Base):
    """The tracked task: title, owner, lead, dates, status. Overdue is derived, never stored."""

    __tablename__ = "actions"
    __table_args__ = (
        UniqueConstraint("council_id", "reference"),
        UniqueConstraint("council_id", "action_point_id"),
        CheckConstraint("current_due_date >= original_due_date", name="extension_is_later"),
        # The lists, the counts and the sweep read open actions of one council by date: this keeps them to what is due.
        Index("ix_actions_open_due", "council_id", "original_due_date", "id", postgresql_where=OPEN, sqlite_where=OPEN),
        Index("ix_actions_owner", "council_id", "owner_id", "delivery"),
        Index("ix_actions_report", "council_id", "report_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str]
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    action_point_id: Mapped[int] = mapped_column(ForeignKey("action_points.id"))
    title: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    lead_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    response: Mapped[Response] = mapped_column(TermType(Response), default=Response.ACCEPTED)
    response_reason: Mapped[str | None]
    delivery: Mapped[Delivery] = mapped_column(TermType(Delivery), default=Delivery.NOT_STARTED)
    marking: Mapped[Marking] = mapped_column(TermType(Marking), default=Marking.OPEN)
    base_date: Mapped[date]
    original_due_date: Mapped[date]  # never changes: a trigger in the database refuses it
    current_due_date: Mapped[date]
    due_sum: Mapped[str]  # "1 June 2012, last day of the inspection, + 3 months = 1 September 2012"
    due_assumed: Mapped[bool] = mapped_column(default=False)
    claimed_on: Mapped[date | None]  # London day of the claim that stands
    closed_at: Mapped[datetime | None]
    last_update_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    report: Mapped[Report] = relationship()
    point: Mapped[ActionPoint] = relationship()
    owner: Mapped[Person] = relationship(foreign_keys=owner_id)
    lead: Mapped[Person] = relationship(foreign_keys=lead_id)
    contributions: Mapped[list["Contribution"]] = relationship(order_by="Contribution.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as it is


class Contribution(CouncilOwned, Base):
    """One body's line of an action."""

    __tablename__ = "contributions"
    __table_args__ = (UniqueConstraint("council_id", "action_id", "body_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"))
    status: Mapped[ContributionStatus] = mapped_column(
        TermType(ContributionStatus), default=ContributionStatus.NO_REPLY
    )
    note: Mapped[str | None]
    replied_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship(lazy="joined")


class Update(CouncilOwned, Base):
    """A dated entry by somebody: what has happened."""

    __tablename__ = "updates"
    __table_args__ = (Index(None, "council_id", "action_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    text: Mapped[str]
    how: Mapped[How] = mapped_column(TermType(How), default=How.PAGE)

    person: Mapped[Person] = relationship()


class Claim(CouncilOwned, Base):
    """The word that it is done, and a second person's finding on it."""

    __tablename__ = "claims"
    __table_args__ = (
        Index(None, "council_id", "action_id"),
        CheckConstraint("checked_by_id IS NULL OR checked_by_id <> claimed_by_id", name="checked_by_somebody_else"),
        # One claim of an action can wait for a check at a time, however many browsers send one.
        Index(
            "uq_claims_waiting",
            "action_id",
            unique=True,
            postgresql_where=text("outcome = 'waiting'"),
            sqlite_where=text("outcome = 'waiting'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    claimed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    claimed_at: Mapped[datetime]
    note: Mapped[str]
    outcome: Mapped[Decision] = mapped_column(TermType(Decision), default=Decision.WAITING)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    checked_at: Mapped[datetime | None]
    finding: Mapped[str | None]

    action: Mapped[Action] = relationship()
    claimed_by: Mapped[Person] = relationship(foreign_keys=claimed_by_id)
    checked_by: Mapped[Person | None] = relationship(foreign_keys=checked_by_id)


class Extension(CouncilOwned, Base):
    """A later date, asked for and decided by somebody else. Refused ones are kept."""

    __tablename__ = "extensions"
    __table_args__ = (
        Index(None, "council_id", "action_id"),
        CheckConstraint("to_date > from_date", name="is_later"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> asked_by_id", name="decided_by_somebody_else"),
        Index(
            "uq_extensions_waiting",
            "action_id",
            unique=True,
            postgresql_where=text("outcome = 'waiting'"),
            sqlite_where=text("outcome = 'waiting'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    from_date: Mapped[date]
    to_date: Mapped[date]
    reason: Mapped[str]
    safeguard: Mapped[str]  # what protects people meanwhile
    outcome: Mapped[Decision] = mapped_column(TermType(Decision), default=Decision.WAITING)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    decision_note: Mapped[str | None]

    action: Mapped[Action] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=asked_by_id)
    decided_by: Mapped[Person | None] = relationship(foreign_keys=decided_by_id)


class Evidence(CouncilOwned, Base):
    """A file that shows what was done, stored under a generated name."""

    __tablename__ = "evidence"
    __table_args__ = (Index(None, "council_id", "action_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    update_id: Mapped[int | None] = mapped_column(ForeignKey("updates.id"))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claims.id"))
    filename: Mapped[str]
    media_type: Mapped[str]  # by content
    size: Mapped[int]  # bytes
    sha256: Mapped[str]
    file_key: Mapped[str]
    marking: Mapped[Marking] = mapped_column(TermType(Marking), default=Marking.OPEN)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime]

    added_by: Mapped[Person] = relationship()
