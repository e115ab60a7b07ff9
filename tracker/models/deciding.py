"""What waits for a second person: a claim, a later date, a pause, and looking again months later."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.action import Action
from tracker.models.base import Base, CouncilOwned, TermType
from tracker.models.person import Person
from tracker.terms import Decision, HoldingOutcome, Marking


class Claim(CouncilOwned, Base):
    """The word that it is done, and a second person's finding on it."""

    __tablename__ = "claims"
    __table_args__ = (
        Index(None, "council_id", "action_id"),
        CheckConstraint("checked_by_id IS NULL OR checked_by_id <> claimed_by_id", name="checked_by_somebody_else"),
        # One claim of an action can wait for a check at a time, however many browsers send one.
        Index(
            "uq_claims_waiting",
            "action_id",
            unique=True,
            postgresql_where=text("outcome = 'waiting'"),
            sqlite_where=text("outcome = 'waiting'"),
        ),
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


class Extension(CouncilOwned, Base):
    """A later date, asked for and decided by somebody else. Refused ones are kept."""

    __tablename__ = "extensions"
    __table_args__ = (
        Index(None, "council_id", "action_id"),
        CheckConstraint("to_date > from_date", name="is_later"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> asked_by_id", name="decided_by_somebody_else"),
        Index(
            "uq_extensions_waiting",
            "action_id",
            unique=True,
            postgresql_where=text("outcome = 'waiting'"),
            sqlite_where=text("outcome = 'waiting'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    from_date: Mapped[date]
    to_date: Mapped[date]
    reason: Mapped[str]
    safeguard: Mapped[str]  # what protects people meanwhile
    marking: Mapped[Marking] = mapped_column(TermType(Marking), default=Marking.OPEN)
    outcome: Mapped[Decision] = mapped_column(TermType(Decision), default=Decision.WAITING)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    decision_note: Mapped[str | None]

    action: Mapped[Action] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=asked_by_id)
    decided_by: Mapped[Person | None] = relationship(foreign_keys=decided_by_id)


class Pause(CouncilOwned, Base):
    """Work stopped for a stated reason, asked for by the owner and agreed by a lead. The clock runs on."""

    __tablename__ = "pauses"
    __table_args__ = (
        Index(None, "council_id", "action_id"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> asked_by_id", name="decided_by_somebody_else"),
        Index(
            "uq_pauses_waiting",
            "action_id",
            unique=True,
            postgresql_where=text("outcome = 'waiting'"),
            sqlite_where=text("outcome = 'waiting'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    review_date: Mapped[date]  # at most 90 days off; on it the work goes on by itself
    reason: Mapped[str]
    safeguard: Mapped[str]  # what protects people meanwhile
    marking: Mapped[Marking] = mapped_column(TermType(Marking), default=Marking.OPEN)
    outcome: Mapped[Decision] = mapped_column(TermType(Decision), default=Decision.WAITING)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    decision_note: Mapped[str | None]
    ended_at: Mapped[datetime | None]

    action: Mapped[Action] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=asked_by_id)
    decided_by: Mapped[Person | None] = relationship(foreign_keys=decided_by_id)


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
