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
        # What a provider or a returned mail says of one is found by what it was given, whichever council's it is.
        Index(None, "provider_id"),
        Index(None, "message_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str]  # "digest:<person>:<London day>"
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    to_address: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]  # links that answer an action stand in it as marks, filled in when it leaves (``links``)
    html: Mapped[str | None]  # the same words for readers that show it; None in mails of before
    message_id: Mapped[str]  # derived from dedupe_key: a second copy is recognisable
    status: Mapped[MessageStatus] = mapped_column(TermType(MessageStatus), default=MessageStatus.WAITING)
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[str | None]
    last_error: Mapped[str | None]
    may_have_left: Mapped[bool] = mapped_column(default=False)  # one attempt may have been taken; never cleared
    sent_at: Mapped[datetime | None]
    provider_id: Mapped[str | None]  # what GOV.UK Notify calls it, where it went that way
    delivered_at: Mapped[datetime | None]  # when the provider said that it had arrived


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


class ContributionReminder(CouncilOwned, Base):
    """That a body's contact was reminded of its line of an action at this stage about this date: once."""

    __tablename__ = "contribution_reminders"
    __table_args__ = (
        UniqueConstraint("council_id", "contribution_id", "stage", "about_date", name="uq_contribution_reminders_once"),
        Index(None, "council_id", "message_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contributions.id"))
    stage: Mapped[Stage] = mapped_column(TermType(Stage))
    about_date: Mapped[date]  # the day the stage fell on, whenever it was caught up
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    created_at: Mapped[datetime]

    message: Mapped[Message] = relationship()


class LinkAnswer(CouncilOwned, Base):
    """That the link of a mail was answered: once for each action or body's line in it, by the unique key."""

    __tablename__ = "link_answers"
    __table_args__ = (UniqueConstraint("council_id", "message_id", "about"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    about: Mapped[str]  # "a12" for an action, "c5" for a body's line of one
    at: Mapped[datetime]


class MailWeek(CouncilOwned, Base):
    """That a council's people have had their first morning of a week: every mail of that day was written."""

    __tablename__ = "mail_weeks"
    __table_args__ = (UniqueConstraint("council_id", "week"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    week: Mapped[date]  # its Monday
    day: Mapped[date]  # the London day whose mails were all written


class MailMinute(Base):
    """How many mails all senders together have handed over in a minute: the limit of an installation."""

    __tablename__ = "mail_minutes"

    minute: Mapped[datetime] = mapped_column(primary_key=True)  # its beginning, by the database's clock
    taken: Mapped[int]


class Heartbeat(Base):
    """Written by the sweep itself: the only sign of life that counts."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    seconds: Mapped[float | None]  # that the sweep took
