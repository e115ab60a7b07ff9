"""What shows that something was done: a file, or a link to where it stands."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, CouncilOwned, TermType
from tracker.models.person import Person
from tracker.terms import Marking, Scan


class Evidence(CouncilOwned, Base):
    """A file, stored under a generated name, or a link."""

    __tablename__ = "evidence"
    __table_args__ = (
        Index(None, "council_id", "action_id"),
        CheckConstraint("(url IS NULL) <> (file_key IS NULL)", name="file_or_link"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    update_id: Mapped[int | None] = mapped_column(ForeignKey("updates.id"))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claims.id"))
    holding_check_id: Mapped[int | None] = mapped_column(ForeignKey("holding_checks.id"))
    by_checker: Mapped[bool] = mapped_column(default=False)  # what a checker looked at, not what the claimant handed in
    url: Mapped[str | None]
    filename: Mapped[str]  # of a link: the words shown for it
    media_type: Mapped[str | None]  # by content
    size: Mapped[int | None]  # bytes
    sha256: Mapped[str | None]
    file_key: Mapped[str | None]
    scan: Mapped[Scan] = mapped_column(TermType(Scan), default=Scan.NOT_SET_UP)
    marking: Mapped[Marking] = mapped_column(TermType(Marking), default=Marking.OPEN)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime]

    added_by: Mapped[Person] = relationship()
