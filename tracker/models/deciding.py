"""What waits for a second person: a claim, a later date, a pause, and looking again months later."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from tracker.models.action import Action
from tracker.models.base import Base, CouncilOwned, TermType
from tracker.models.person import Person
from tracker.terms import Decision, HoldingOutcome, Marking


def _one_waits(table: str) -> Index:
    """One of an action can wait for a decision at a time, however many browsers send one."""
    waiting = text("outcome = 'waiting'")
    return Index(f"uq_{table}_waiting", "action_id", unique=True, postgresql_where=waiting, sqlite_where=waiting)


def _waits_since(table: str, at: str) -> Index:
    """Return the index of what waits, by the moment it began to: however much was decided before."""
    waiting = text("outcome = 'waiting'")
    return Index(f"ix_{table}_waits", "council_id", at, postgresql_where=waiting, sqlite_where=waiting)


def _decided_by_somebody_else() -> CheckConstraint:
    return CheckConstraint("decided_by_id IS NULL OR decided_by_id <> asked_by_id", name="decided_by_somebody_else")


class Claim(CouncilOwned, Base):
    """The word that it is done, and a second person's finding on it."""

    __tablename__ = "claims"
    __table_args__ = (
        Index(None, "council_id", "action_id"),
        CheckConstraint("checked_by_id IS NULL OR checked_by_id <> claimed_by_id", name="checked_by_somebody_else"),
        _one_waits("claims"),
        _waits_since("claims", "claimed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    claimed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    claimed_at: Mapped[datetime]
    note: Mapped[str]
    marking: Mapped[Marking] = mapped_column(TermType(Marking), default=Marking.OPEN)  # the action's when it was said
    outcome: Mapped[Decision] = mapped_column(TermType(Decision), default=Decision.WAITING)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    checked_at: Mapped[datetime | None]
    finding: Mapped[str | None]

    action: Mapped[Action] = relationship()
    claimed_by: Mapped[Person] = relationship(foreign_keys=claimed_by_id)
    checked_by: Mapped[Person | None] = relationship(foreign_keys=checked_by_id)


class AskedFor(CouncilOwned):
    """What every request has: who asked for what reason, and what a second person decided."""

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    reason: Mapped[str]
    safeguard: Mapped[str]  # what protects people meanwhile
    marking: Mapped[Marking] = mapped_column(TermType(Marking), default=Marking.OPEN)
    outcome: Mapped[Decision] = mapped_column(TermType(Decision), default=Decision.WAITING)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    decision_note: Mapped[str | None]

    @declared_attr
    @classmethod
    def action(cls) -> Mapped[Action]:
        """Return the action it is about."""
        return relationship(Action)

    @declared_attr
    @classmethod
    def asked_by(cls) -> Mapped[Person]:
        """Return who asked."""
        return relationship(Person, foreign_keys=f"{cls.__name__}.asked_by_id")

    @declared_attr
    @classmethod
    def decided_by(cls) -> Mapped[Person | None]:
        """Return who decided, if somebody has."""
        return relationship(Person, foreign_keys=f"{cls.__name__}.decided_by_id")


class Extension(AskedFor, Base):
    """A later date, asked for and decided by somebody else. Refused ones are kept."""

    __tablename__ = "extensions"
    __table_args__ = (
        Index(None, "council_id", "action_id"),
        CheckConstraint("to_date > from_date", name="is_later"),
        _decided_by_somebody_else(),
        _one_waits("extensions"),
        _waits_since("extensions", "asked_at"),
    )

    from_date: Mapped[date]
    to_date: Mapped[date]


class Pause(AskedFor, Base):
    """Work stopped for a stated reason, asked for by the owner and agreed by a lead. The clock runs on."""

    __tablename__ = "pauses"
    __table_args__ = (
        Index(None, "council_id", "action_id"),
        _decided_by_somebody_else(),
        _one_waits("pauses"),
        _waits_since("pauses", "asked_at"),
    )

    review_date: Mapped[date]  # at most 90 days off; on it the work goes on by itself
    ended_at: Mapped[datetime | None]


class HoldingCheck(CouncilOwned, Base):
    """Looking again, three and six months after an action was completed and checked."""

    __tablename__ = "holding_checks"
    __table_args__ = (
        UniqueConstraint("council_id", "action_id", "claim_id", "months"),
        Index("ix_holding_checks_due", "council_id", "outcome", "due_date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"))  # the claim that was upheld
    months: Mapped[int]  # after the check: 3 or 6
    due_date: Mapped[date]
    outcome: Mapped[HoldingOutcome] = mapped_column(TermType(HoldingOutcome), default=HoldingOutcome.WAITING)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    checked_at: Mapped[datetime | None]
    finding: Mapped[str | None]  # the sample or measure looked at, and what it showed

    action: Mapped[Action] = relationship()
    checked_by: Mapped[Person | None] = relationship()
