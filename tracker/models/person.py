"""People who sign in, their sessions, and failed attempts to sign in."""

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint, and_
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, CouncilOwned, TermType
from tracker.models.council import Council, Service
from tracker.terms import OFFICERS, PLANNERS, MailRhythm, Role


class Post(CouncilOwned, Base):
    """A post of the council, whoever holds it: an action belongs to it as well as to a person."""

    __tablename__ = "posts"
    __table_args__ = (UniqueConstraint("council_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]  # "Head of Service, Children in Care"


class Person(CouncilOwned, Base):
    """Somebody with an account."""

    __tablename__ = "people"
    __table_args__ = (Index(None, "council_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)  # lower case
    name: Mapped[str]
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    role: Mapped[Role] = mapped_column(TermType(Role))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("services.id"))
    password_hash: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    demonstration: Mapped[bool] = mapped_column(default=False)  # may sign in nowhere but in the demonstration
    signed_in_at: Mapped[datetime | None]  # the last time
    mail_rhythm: Mapped[MailRhythm] = mapped_column(TermType(MailRhythm), default=MailRhythm.DAILY)
    calendar_digest: Mapped[str | None] = mapped_column(unique=True)  # of the token in the address of their calendar

    # Loaded when asked for: PostgreSQL takes milliseconds to plan a dozen joins, and the council is in hand already.
    council: Mapped[Council] = relationship()
    post: Mapped[Post] = relationship()
    service: Mapped[Service | None] = relationship()

    # Who may be asked, told and answer is said here once, for one person and for the database alike.
    @hybrid_property
    def may_own(self) -> bool:
        """Whether they can own actions, and so be told of their own and answer for them: while an active officer."""
        return self.active and self.role in OFFICERS

    @may_own.inplace.expression
    @classmethod
    def _may_own(cls) -> ColumnElement[bool]:
        return and_(cls.active, cls.role.in_(sorted(OFFICERS)))

    @hybrid_property
    def may_lead(self) -> bool:
        """Whether they can answer for a plan and decide: while an active lead or director."""
        return self.active and self.role in PLANNERS

    @may_lead.inplace.expression
    @classmethod
    def _may_lead(cls) -> ColumnElement[bool]:
        return and_(cls.active, cls.role.in_(sorted(PLANNERS)))

    def may_come_in(self, *, demonstration: bool) -> bool:
        """Whether this installation lets them in, by whatever way."""
        return self.active and (demonstration or not self.demonstration)


class SignIn(CouncilOwned, Base):
    """A server-side session: gone the moment it is ended, whatever the browser still holds."""

    __tablename__ = "sign_ins"
    __table_args__ = (Index(None, "council_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="joined")


class SignInAttempt(Base):
    """A failed attempt, by the email typed: counted across all web processes to slow guessing down."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index(None, "email_digest", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email_digest: Mapped[str]
    at: Mapped[datetime]
