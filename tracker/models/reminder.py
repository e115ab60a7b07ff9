"""Reminders and the outbox: what is due to be said, and every mail until it has left."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, CouncilOwned, TermType
from tracker.terms import MessageStatus, Stage

UNFINISHED = text("status IN ('waiting', 'sending', 'deferred')")


class Message(CouncilOwned, Base):
    """A mail in the outbox. Claimed under a lease, sent, finished with the lease's token."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("council_id", "dedupe_key"),
        # The senders work for every council, and read only what has not ended: sent mails never slow them down.
        Index("ix_messages_unfinished", "next_attempt_at", "id", postgresql_where=UNFINISHED, sqlite_where=UNFINISHED),
        Index(None, "council_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str]  # "digest:<person>:<London day>"
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    to_address: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    message_id: Mapped[str]  # derived from dedupe_key: a second copy is recognisable
    status: Mapped[MessageStatus] = mapped_column(TermType(MessageStatus), default=MessageStatus.WAITING)
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[str | None]
    last_error: Mapped[str | None]
    sent_at: Mapped[datetime | None]


class Reminder(CouncilOwned, Base):
    """That this person was reminded of this action at this stage about this date: once, by the unique key."""

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("council_id", "action_id", "person_id", "stage", "about_date"),
        Index(None, "council_id", "message_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    stage: Mapped[Stage] = mapped_column(TermType(Stage))
    about_date: Mapped[date]  # the day the stage fell on, whenever it was caught up
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    created_at: Mapped[datetime]

    message: Mapped[Message] = relationship()


class Heartbeat(Base):
    """Written by the sweep itself: the only sign of life that counts."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
