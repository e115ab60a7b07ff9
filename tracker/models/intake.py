"""A document on its way in, from its arrival until it is a report or refused; and where a person stopped checking."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, CouncilOwned, TermType
from tracker.models.person import Person
from tracker.models.report import Report
from tracker.terms import IntakeStatus

UNDER_WAY = text("status IN ('waiting', 'reading')")


class Intake(CouncilOwned, Base):
    """A document that was added and is to be read. Claimed under a lease, read, finished with the lease's token."""

    __tablename__ = "intakes"
    __table_args__ = (
        CheckConstraint("status <> 'read' OR report_id IS NOT NULL", name="read_has_report"),
        CheckConstraint("status <> 'refused' OR refusal IS NOT NULL", name="refused_has_reason"),
        # The same file sent twice is read once.
        Index(
            "uq_intakes_under_way",
            "council_id",
            "sha256",
            unique=True,
            postgresql_where=UNDER_WAY,
            sqlite_where=UNDER_WAY,
        ),
        # The readers work for every council, and look only at what has not ended.
        Index("ix_intakes_unfinished", "free_at", "id", postgresql_where=UNDER_WAY, sqlite_where=UNDER_WAY),
        Index(None, "council_id", "added_by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    filename: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]  # bytes
    sha256: Mapped[str]
    file_key: Mapped[str | None]  # none once the file has become a report's, or has been removed
    added_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime]
    status: Mapped[IntakeStatus] = mapped_column(TermType(IntakeStatus), default=IntakeStatus.WAITING)
    free_at: Mapped[datetime]  # by the database's clock: from when a reader may take it; the end of another's lease
    lease_token: Mapped[str | None]
    tries: Mapped[int] = mapped_column(default=0)
    refusal: Mapped[str | None]  # one sentence that says what to do
    report_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))
    points: Mapped[int | None]  # how many were found
    finished_at: Mapped[datetime | None]
    dismissed_at: Mapped[datetime | None]  # a refusal that was seen, and is listed no more

    added_by: Mapped[Person] = relationship()
    report: Mapped[Report | None] = relationship()


class CheckingPlace(CouncilOwned, Base):
    """The point at which a person stopped checking a report."""

    __tablename__ = "checking_places"
    __table_args__ = (UniqueConstraint("council_id", "report_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    action_point_id: Mapped[int] = mapped_column(ForeignKey("action_points.id"))
    at: Mapped[datetime]
