"""A council, its services, the bodies that act with it, and the days it is closed."""

from datetime import date
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, CouncilOwned, TermType
from tracker.terms import CategoryKind


def default_reminder_rules() -> dict[str, Any]:
    """Return the stages a new council starts with (DESIGN section 5), in days; ``decision_after`` in working days."""
    return {
        "before": [28, 14, 7, 1],
        "on_the_day": True,
        "late_every": 7,
        "lead_after": 7,
        "director_after": 28,
        "silent_after": 28,
        "decision_after": 5,
    }


class Council(Base):
    """A council, with its rules for dates."""

    __tablename__ = "councils"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]  # "Westmere Council"
    authority: Mapped[str]  # as reports call it: "Westmere"
    slug: Mapped[str] = mapped_column(unique=True)
    prefix: Mapped[str]  # the first letters of its references: "WES"
    colour: Mapped[str] = mapped_column(default="#1d4f91")
    nation: Mapped[str] = mapped_column(default="ENG")  # whose bank holidays: ENG, WLS, SCT, NIR
    immediate_working_days: Mapped[int] = mapped_column(default=0)
    longer_term_months: Mapped[int] = mapped_column(default=12)
    no_time_months: Mapped[int] = mapped_column(default=12)
    due_soon_days: Mapped[int] = mapped_column(default=14)
    public_link_days: Mapped[int] = mapped_column(default=0)  # that a link to a public report works; 0: none is given
    reminder_rules: Mapped[dict[str, Any]] = mapped_column(default=default_reminder_rules)


class Service(CouncilOwned, Base):
    """A service of the council, as its officers name it."""

    __tablename__ = "services"
    __table_args__ = (UniqueConstraint("council_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Category(CouncilOwned, Base):
    """A theme or an outcome area: what a council groups its actions by."""

    __tablename__ = "categories"
    __table_args__ = (UniqueConstraint("council_id", "kind", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[CategoryKind] = mapped_column(TermType(CategoryKind))
    name: Mapped[str]


class Body(CouncilOwned, Base):
    """An organisation that has to act: the council itself, a hospital trust, a safeguarding board."""

    __tablename__ = "bodies"
    __table_args__ = (UniqueConstraint("council_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    aliases: Mapped[list[str]] = mapped_column(default=list)  # other names that reports use for it
    contact_email: Mapped[str | None]


class ClosureDay(CouncilOwned, Base):
    """A day on which the council is closed beside the nation's bank holidays."""

    __tablename__ = "closure_days"
    __table_args__ = (UniqueConstraint("council_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    reason: Mapped[str]
