"""What helps to find actions and change many at once: saved views, bulk changes and their undoing."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, CouncilOwned
from tracker.models.person import Person


class SavedView(CouncilOwned, Base):
    """A list of actions that somebody gave a name: its filters, columns and order."""

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("council_id", "person_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str]
    query: Mapped[str]  # the part of the address after the question mark, in one spelling
    shared: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    person: Mapped[Person] = relationship()


class BulkChange(CouncilOwned, Base):
    """One change to many actions at once, with what each was before, so that it can be undone."""

    __tablename__ = "bulk_changes"
    __table_args__ = (Index(None, "council_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    sentence: Mapped[str]
    changes: Mapped[list[Any]]  # a dictionary for each action: see actions.listing.bulk
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    by: Mapped[Person] = relationship(foreign_keys=by_id)
    undone_by: Mapped[Person | None] = relationship(foreign_keys=undone_by_id)
