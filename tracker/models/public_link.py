"""Links to the public version of the overdue report, for members and the public without an account."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, CouncilOwned
from tracker.models.person import Person


class PublicLink(CouncilOwned, Base):
    """One link: who made it, and until when it works. Its token is kept nowhere, only what it is known by."""

    __tablename__ = "public_links"
    __table_args__ = (Index(None, "council_id", "expires_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]  # "Agenda of 20 December"
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # before its time, by somebody

    made_by: Mapped[Person] = relationship()
