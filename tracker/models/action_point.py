"""An action point: the report's own words, proposed by the reader and decided by a person."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, CouncilOwned, TermType
from tracker.models.person import Person
from tracker.models.report import Report
from tracker.terms import Origin, PointDecision, PointKind, TimeLimitKind, TimeUnit


class ActionPoint(CouncilOwned, Base):
    """What one passage of a report asks for. Its words are never edited after confirmation."""

    __tablename__ = "action_points"
    __table_args__ = (
        Index(None, "council_id", "report_id", "position"),
        CheckConstraint("decision <> 'left_out' OR left_out_reason IS NOT NULL", name="left_out_has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    position: Mapped[float]  # order on the page; a split point stands between two whole numbers
    read_position: Mapped[int | None]  # its place in the reading; none where a person added it
    words: Mapped[str]
    title: Mapped[str]
    section: Mapped[str]
    kind: Mapped[PointKind] = mapped_column(TermType(PointKind))
    origin: Mapped[Origin] = mapped_column(TermType(Origin))
    limit_kind: Mapped[TimeLimitKind] = mapped_column(TermType(TimeLimitKind))
    limit_words: Mapped[str | None]
    limit_count: Mapped[int | None]
    limit_unit: Mapped[TimeUnit | None] = mapped_column(TermType(TimeUnit))
    limit_date: Mapped[date | None]
    body_names: Mapped[list[str]] = mapped_column(default=list)
    priority: Mapped[str | None]
    page: Mapped[int | None]
    start: Mapped[int | None]  # characters of the source's text
    end: Mapped[int | None]
    confidence: Mapped[float] = mapped_column(default=1.0)
    confidence_reason: Mapped[str] = mapped_column(default="")
    decision: Mapped[PointDecision] = mapped_column(TermType(PointDecision), default=PointDecision.PROPOSED)
    left_out_reason: Mapped[str | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int] = mapped_column(default=1)

    report: Mapped[Report] = relationship()
    owner: Mapped[Person | None] = relationship(foreign_keys=owner_id)
    lead: Mapped[Person | None] = relationship(foreign_keys=lead_id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as it is
