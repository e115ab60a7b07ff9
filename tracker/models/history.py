"""The append-only history: one row a change, each carrying the digest of the one before."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, CouncilOwned, TermType
from tracker.terms import How


class HistoryEntry(CouncilOwned, Base):
    """One change. The database refuses to change or remove it; the chain shows it if somebody went round that."""

    __tablename__ = "history"
    __table_args__ = (
        UniqueConstraint("council_id", "sequence"),
        Index(None, "council_id", "subject", "subject_id", "sequence"),
        Index("ix_history_at", "council_id", "at", "sequence"),  # what has changed between two days
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sequence: Mapped[int]
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    person_name: Mapped[str]  # as it was then; "the service" where nobody acted
    how: Mapped[How] = mapped_column(TermType(How))
    subject: Mapped[str]  # "report", "action", "question" … (tracker/audit.py: NAMES)
    subject_id: Mapped[int]
    kind: Mapped[str]  # subject:verb, as "action:claimed"
    sentence: Mapped[str]  # as people read it, without the who and when
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    note: Mapped[str | None]
    previous_digest: Mapped[str]
    digest: Mapped[str]


class HistoryHead(CouncilOwned, Base):
    """The last link of a council's chain: locked while a link is added, so that two writers cannot fork it."""

    __tablename__ = "history_heads"
    __table_args__ = (UniqueConstraint("council_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sequence: Mapped[int]
    digest: Mapped[str]
