"""The series of a council's reports: what a later one tells again of an earlier one, and names of areas of its own."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.action_point import ActionPoint
from tracker.models.base import Base, CouncilOwned, TermType
from tracker.models.person import Person
from tracker.models.report import ProgressStatement, Report
from tracker.terms import LinkDecision, LinkKind

TRACKED_ELSEWHERE = text("kind = 'repeated' AND decision = 'confirmed'")


class SeriesLink(CouncilOwned, Base):
    """A point or a statement of a later report, and the earlier point it speaks of: suggested, then decided.

    Suggestions are written anew whenever the reports are compared; what a person decided stays, a refusal too.
    """

    __tablename__ = "series_links"
    __table_args__ = (
        UniqueConstraint("council_id", "point_id", "earlier_id"),
        UniqueConstraint("council_id", "statement_id", "earlier_id"),
        CheckConstraint("(point_id IS NULL) <> (statement_id IS NULL)", name="point_or_statement"),
        CheckConstraint("(kind = 'judged') = (statement_id IS NOT NULL)", name="statements_judge"),
        CheckConstraint("point_id IS NULL OR point_id <> earlier_id", name="of_another_point"),
        CheckConstraint("(decision = 'proposed') = (decided_by_id IS NULL)", name="decided_by_somebody"),
        # One recommendation is tracked by one action.
        Index(
            "uq_series_links_repeated",
            "council_id",
            "point_id",
            unique=True,
            postgresql_where=TRACKED_ELSEWHERE,
            sqlite_where=TRACKED_ELSEWHERE,
        ),
        Index(None, "council_id", "report_id"),
        Index(None, "council_id", "earlier_id"),
        # A suggestion is made anew under a number of its own: a page that was open never decides on another.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))  # the later report
    point_id: Mapped[int | None] = mapped_column(ForeignKey("action_points.id"))  # of the later report
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("progress_statements.id"))  # of the later report
    earlier_id: Mapped[int] = mapped_column(ForeignKey("action_points.id"))  # that an action was made of
    kind: Mapped[LinkKind] = mapped_column(TermType(LinkKind))
    score: Mapped[float]  # how alike the words are, 0 to 1
    decision: Mapped[LinkDecision] = mapped_column(TermType(LinkDecision), default=LinkDecision.PROPOSED)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]

    report: Mapped[Report] = relationship()
    point: Mapped[ActionPoint | None] = relationship(foreign_keys=point_id)
    statement: Mapped[ProgressStatement | None] = relationship()
    earlier: Mapped[ActionPoint] = relationship(foreign_keys=earlier_id)
    decided_by: Mapped[Person | None] = relationship()


class AreaName(CouncilOwned, Base):
    """A name that reports use for an area, and the common name this council compares it under.

    It lies over the service's own table (``assessments.areas``); where it is removed, that table counts again.
    """

    __tablename__ = "area_names"
    __table_args__ = (UniqueConstraint("council_id", "plain"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]  # as it was typed
    plain: Mapped[str]  # without capitals and marks: what is compared
    common: Mapped[str]
