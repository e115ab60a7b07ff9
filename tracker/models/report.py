"""A report that has arrived, its source, and what was read from it beside the action points."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, CouncilOwned, TermType
from tracker.models.person import Person
from tracker.terms import BaseDateChoice, Grade, ProgressJudgement, ReportStatus


class Report(CouncilOwned, Base):
    """What arrives from an inspectorate: a letter, an inspection report, a review."""

    __tablename__ = "reports"
    __table_args__ = (UniqueConstraint("council_id", "code"), Index(None, "council_id", "published"))

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]  # begins its actions' references: "WES-2012"
    title: Mapped[str]
    authority: Mapped[str | None]
    report_type: Mapped[str | None]
    inspectorates: Mapped[list[str]] = mapped_column(default=list)
    addressee: Mapped[str | None]
    inspection_start: Mapped[date | None]
    inspection_end: Mapped[date | None]
    published: Mapped[date | None]
    scale_best: Mapped[str | None]
    scale_basis: Mapped[str | None]
    base_date_choice: Mapped[BaseDateChoice] = mapped_column(TermType(BaseDateChoice))
    typed_base_date: Mapped[date | None]
    review_date: Mapped[date | None]  # of the earlier joint area review its follow-ups came from
    review_date_hint: Mapped[str | None]
    status: Mapped[ReportStatus] = mapped_column(TermType(ReportStatus), default=ReportStatus.BEING_CHECKED)
    default_lead_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    confirmed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    added_by: Mapped[Person] = relationship(foreign_keys=added_by_id)
    confirmed_by: Mapped[Person | None] = relationship(foreign_keys=confirmed_by_id)
    default_lead: Mapped[Person | None] = relationship(foreign_keys=default_lead_id)
    source: Mapped["ReportSource"] = relationship(back_populates="report", uselist=False)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as it is


class ReportSource(CouncilOwned, Base):
    """The document itself: its file, its text as shown beside the points, and the whole reading. Never changed."""

    __tablename__ = "report_sources"
    __table_args__ = (UniqueConstraint("council_id", "report_id"), UniqueConstraint("council_id", "sha256"))

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    filename: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]  # bytes
    sha256: Mapped[str]
    file_key: Mapped[str]
    text: Mapped[str]
    page_starts: Mapped[list[int]]
    reading: Mapped[dict[str, Any]]

    report: Mapped[Report] = relationship(back_populates="source")


class Judgement(CouncilOwned, Base):
    """A grade of an area, as printed and on the common scale."""

    __tablename__ = "judgements"
    __table_args__ = (Index(None, "council_id", "report_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    position: Mapped[int]
    section: Mapped[str | None]
    area: Mapped[str]
    grade: Mapped[str]
    normalised: Mapped[Grade | None] = mapped_column(TermType(Grade))


class ProgressStatement(CouncilOwned, Base):
    """A sentence in which inspectors judge what became of earlier recommendations."""

    __tablename__ = "progress_statements"
    __table_args__ = (Index(None, "council_id", "report_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    position: Mapped[int]
    quote: Mapped[str]
    judgement: Mapped[ProgressJudgement] = mapped_column(TermType(ProgressJudgement))
    section: Mapped[str | None]
    page: Mapped[int]
    about: Mapped[list[int]]  # positions, in the reading, of the follow-ups it is about


class Comparator(CouncilOwned, Base):
    """One authority's row of a table of authorities."""

    __tablename__ = "comparators"
    __table_args__ = (Index(None, "council_id", "report_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    position: Mapped[int]
    authority: Mapped[str]
    grades: Mapped[dict[str, Any]]
    total: Mapped[int | None]
    note: Mapped[str | None]
