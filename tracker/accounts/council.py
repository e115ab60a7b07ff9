"""What an administrator sets of the council: its lists, the days it is closed, and its rules for dates."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import audit
from tracker.errors import InvalidValue
from tracker.models import Body, Category, ClosureDay, Council, Person, Service
from tracker.terms import CategoryKind, Term
from tracker.wording import format_date


class Listed(Term):
    """What a council keeps a list of."""

    SERVICES = "services", "service"
    BODIES = "bodies", "body"
    THEMES = "themes", "theme"
    OUTCOME_AREAS = "outcome_areas", "outcome area"


KINDS = {Listed.THEMES: CategoryKind.THEME, Listed.OUTCOME_AREAS: CategoryKind.OUTCOME_AREA}


@dataclass(frozen=True)
class DateRules:
    """How the council counts dates: whose bank holidays, and what words without a number mean."""

    nation: str
    immediate_working_days: int
    longer_term_months: int
    no_time_months: int
    due_soon_days: int


def add_listed(
    session: Session,
    council: Council,
    listed: Listed,
    name: str,
    *,
    by: Person,
    now: datetime,
    aliases: Iterable[str] = (),
) -> None:
    """Add a name to one of the council's lists. Raises InvalidValue for an empty name, or one it has already."""
    wanted = " ".join(name.split())
    row = _row(listed, wanted, [alias.strip() for alias in aliases if alias.strip()])
    if not wanted or _is_there(session, listed, wanted):
        raise InvalidValue("Enter a name that is not in the list yet.", field="name")
    session.add(row)
    verb = f"{listed.label.replace(' ', '_')}_added"
    audit.record(session, council, verb, f"added the {listed.label} {wanted}", by=by, at=now)


def add_closure_day(session: Session, council: Council, day: date, reason: str, *, by: Person, now: datetime) -> None:
    """Add a day on which the council is closed. Raises InvalidValue for one it has already."""
    if session.scalar(select(ClosureDay).where(ClosureDay.day == day)) is not None:
        raise InvalidValue(f"{format_date(day)} is in the list already.", field="day")
    session.add(ClosureDay(council_id=council.id, day=day, reason=reason.strip()))
    sentence = f"added {format_date(day)} as a day the council is closed"
    audit.record(session, council, "closure_day_added", sentence, by=by, at=now, note=reason.strip() or None)


def set_date_rules(session: Session, council: Council, wanted: DateRules, *, by: Person, now: datetime) -> None:
    """Change how dates are counted from now on; dates that are set already stay."""
    before = {name: getattr(council, name) for name in asdict(wanted)}
    after = asdict(wanted)
    if before == after:
        return
    for name, value in after.items():
        setattr(council, name, value)
    audit.record(
        session, council, "date_rules", "changed the rules for dates", by=by, at=now, before=before, after=after
    )


def _row(listed: Listed, name: str, aliases: list[str]) -> Service | Body | Category:
    if listed is Listed.SERVICES:
        return Service(name=name)
    if listed is Listed.BODIES:
        return Body(name=name, aliases=aliases)
    return Category(kind=KINDS[listed], name=name)


def _is_there(session: Session, listed: Listed, name: str) -> bool:
    if listed in KINDS:
        question = select(Category.id).where(Category.kind == KINDS[listed], Category.name == name)
    else:
        kind = Service if listed is Listed.SERVICES else Body
        question = select(kind.id).where(kind.name == name)
    return session.scalar(question) is not None
