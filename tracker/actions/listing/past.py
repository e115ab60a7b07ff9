"""A list as it stood at the end of a past day: narrowed, counted and ordered here, of all actions as they stood.

What cannot have changed since, an action's report, section, time limit, bodies and words, is asked of the database; the
rest is the twin of ``narrowing`` and ``orders``. A test of random lives holds the two together.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from tracker.actions.as_at import Stood, end_of
from tracker.actions.listing.filters import Filters
from tracker.actions.listing.narrowing import conditions
from tracker.actions.listing.orders import PRESSING
from tracker.actions.listing.pages import MOST_COUNTED, PAGE, Counts, late_in
from tracker.actions.listing.rows import outlooks_that_count
from tracker.actions.listing.searching import said_of
from tracker.actions.listing.shown import Order, Shown
from tracker.actions.past import Undone, actions_at
from tracker.actions.timeliness import timeliness
from tracker.models import Council, Person, Report
from tracker.terms import OPEN_DELIVERY, AssumedDate

BY_FIELD = {
    "service": "service_id",
    "theme": "theme_id",
    "area": "outcome_area_id",
    "owner": "owner_id",
    "post": "post_id",
    "lead": "lead_id",
    "response": "response",
    "priority": "priority",
    "marking": "marking",
}
CHANGING = (*BY_FIELD, "delivery", "age", "outlook", "assumed", "words")
Key = Callable[[Stood], tuple[Any, ...]]


@dataclass(frozen=True)
class PastList:
    """The actions of a list as they stood at the end of a day, in its order, and what has been undone since."""

    day: date
    actions: Sequence[Stood]
    undone: Undone

    def counts(self) -> Counts:
        """Count it, and what was late in it by age."""
        late = Counter(
            one.original_due_date
            for one in self.actions
            if one.delivery in OPEN_DELIVERY and one.original_due_date < self.day
        )
        return Counts(min(len(self.actions), MOST_COUNTED + 1), late_in(late.items(), self.day))


@dataclass(frozen=True)
class PastPage:
    """The actions of one page, and the marks of the pages beside it: the place of their first row."""

    actions: Sequence[Stood]
    before: str = ""
    after: str = ""


def past_list(session: Session, shown: Shown, *, council: Council, day: date) -> PastList:
    """Return a list as it stood at the end of a day."""
    filters = shown.filters
    narrowed = conditions(session, filters.without(*CHANGING), council=council, today=day)
    if filters.words:
        narrowed.append(said_of(session, filters.words, council.id, cut=end_of(day)))
    stood, undone = actions_at(session, council.id, day, *narrowed)
    found = [one for one in stood if _fits(one, filters, council, day)]
    if filters.outlook is not None:
        running = [one for one in found if one.delivery in OPEN_DELIVERY and one.current_due_date >= day]
        judged = outlooks_that_count(session, running, day, undone)
        found = [one for one in running if judged.get(one.id) is filters.outlook]
    found.sort(key=_key(session, shown.order, council.id), reverse=shown.order is Order.UPDATED)
    return PastList(day, found, undone)


def past_page(found: PastList, *, after: str = "", before: str = "") -> PastPage:
    """Return a page: the one that begins at a place, the one before it, or the first. The past moves nobody's page."""
    begin = max(_place(before) - PAGE, 0) if before else _place(after)
    if begin >= len(found.actions):
        begin = 0
    end = begin + PAGE
    return PastPage(
        found.actions[begin:end],
        before=str(begin) if begin else "",
        after=str(end) if end < len(found.actions) else "",
    )


def _fits(one: Stood, filters: Filters, council: Council, day: date) -> bool:
    if any(getattr(one, field) != getattr(filters, name) for name, field in BY_FIELD.items() if getattr(filters, name)):
        return False
    if filters.delivery and one.delivery not in filters.delivery:
        return False
    if filters.assumed is not None:
        seen = one.assumed_seen_at is not None
        if not one.due_assumed or seen is (filters.assumed is AssumedDate.TO_AGREE):
            return False
    return not filters.age or _age(one, council, day) in filters.age


def _age(one: Stood, council: Council, day: date) -> Any:  # noqa: ANN401
    due_soon = council.due_soon_days
    return timeliness(one.delivery, one.original_due_date, day, claimed_on=one.claimed_on, due_soon_days=due_soon)


def _key(session: Session, order: Order, council_id: int) -> Key:
    """Return what a list is sorted by: the same values as ``orders.KEYS``, names as the database sorts them."""
    if order is Order.OWNER:
        owners = _places(session, Person.id, Person.name, Person.council_id == council_id)
        return lambda one: (owners[one.owner_id], one.owner_id, one.original_due_date, one.id)
    if order is Order.REPORT:
        reports = _places(session, Report.id, Report.code, Report.council_id == council_id)
        return lambda one: (reports[one.report_id], one.original_due_date, one.id)
    keys: dict[Order, Key] = {
        Order.DUE: lambda one: (one.original_due_date, one.id),
        Order.LATENESS: lambda one: (one.delivery not in OPEN_DELIVERY, one.original_due_date, one.id),
        Order.PRIORITY: lambda one: (PRESSING.get(one.priority, 1), one.original_due_date, one.id),
    }
    return keys.get(order, lambda one: (one.last_update_at or one.created_at, one.id))


def _places(
    session: Session, key: InstrumentedAttribute[int], name: InstrumentedAttribute[str], own: ColumnElement[bool]
) -> Mapping[int, int]:
    """Return the place of each name in the database's own order; the same name has the same place."""
    places: dict[int, int] = {}
    place, last = 0, None
    for row_id, said in session.execute(select(key, name).where(own).order_by(name, key)):
        place, last = place + (said != last), said
        places[row_id] = place
    return places


def _place(mark: str) -> int:
    return int(mark) if mark.isascii() and mark.isdecimal() and len(mark) < 10 else 0  # noqa: PLR2004 - no larger list
