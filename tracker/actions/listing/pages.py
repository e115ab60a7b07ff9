"""One page of a list, and how much there is: a fixed number of statements, whatever is narrowed and in any order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload, load_only

from tracker.actions.listing.narrowing import conditions, is_open
from tracker.actions.listing.orders import Mark, keys, past, read_mark, sorted_by, write_mark
from tracker.actions.listing.shown import Column, Shown
from tracker.actions.timeliness import timeliness
from tracker.models import Action, Category, Council, Person, Post, Report, Service
from tracker.terms import LATE, Delivery, Timeliness
from tracker.wording import plural

PAGE = 25
MOST_COUNTED = 10_000  # beyond it a list says "more than": counting all of a large installation takes too long


@dataclass(frozen=True)
class Page:
    """The actions of one page, and the marks of the pages beside it."""

    actions: Sequence[Action]
    before: str = ""  # the mark of the page before, where there is one
    after: str = ""


@dataclass(frozen=True)
class Counts:
    """How much a list holds."""

    actions: int
    by_age: dict[Timeliness, int]  # of what is late

    @property
    def late(self) -> int:
        """How many are late."""
        return sum(self.by_age.values())

    @property
    def too_many(self) -> bool:
        """Whether there are more than are counted."""
        return self.actions > MOST_COUNTED

    @property
    def words(self) -> str:
        """Say it.

        > 214 actions, 37 of them late
        """
        if not self.actions:
            return "No actions"
        said = f"More than {MOST_COUNTED:,} actions" if self.too_many else plural(self.actions, "action")
        late = "none of them late" if not self.late else f"{self.late:,} of them late"
        if self.actions == 1:
            late = "late" if self.late else "not late"
        return f"{said}, {late}"


def page_of(
    session: Session, shown: Shown, *, council: Council, today: date, after: str = "", before: str = ""
) -> Page:
    """Return a page of a list: the one past a mark, the one before a mark, or the first."""
    ahead, back = read_mark(shown.order, after), read_mark(shown.order, before)
    narrowed = conditions(session, shown.filters, council=council, today=today)
    if back is not None and ahead is None:
        found = _rows(session, shown, narrowed, back, backwards=True)
        more, rows = len(found) > PAGE, found[:PAGE][::-1]
        if rows:
            return _page(rows, earlier=more, later=True)
    found = _rows(session, shown, narrowed, ahead)
    return _page(found[:PAGE], earlier=ahead is not None, later=len(found) > PAGE)


def counts(session: Session, shown: Shown, *, council: Council, today: date) -> Counts:
    """Count a list, and what is late in it by age."""
    narrowed = conditions(session, shown.filters, council=council, today=today)
    some = select(Action.id).where(*narrowed).limit(MOST_COUNTED + 1).subquery()
    total = session.scalar(select(func.count()).select_from(some)) or 0
    return Counts(total, _late_by_age(session, narrowed, today))


def late_in(dues: Iterable[tuple[date, int]], today: date) -> dict[Timeliness, int]:
    """Count what is late by age, from original due dates that have passed and how many are open of each."""
    found = dict.fromkeys(LATE, 0)
    for due, number in dues:
        found[timeliness(Delivery.IN_PROGRESS, due, today, claimed_on=None)] += number
    return found


def _late_by_age(session: Session, narrowed: Sequence[ColumnElement[bool]], today: date) -> dict[Timeliness, int]:
    """Count what is late by age. By the day in the database, which an index answers, and by band here."""
    late = select(Action.original_due_date, func.count()).where(*narrowed, is_open(), Action.original_due_date < today)
    rows = session.execute(late.group_by(Action.original_due_date))
    return late_in(((due, number) for due, number in rows), today)


def _rows(
    session: Session,
    shown: Shown,
    narrowed: Sequence[ColumnElement[bool]],
    mark: Mark | None,
    *,
    backwards: bool = False,
) -> list[Any]:
    """Return a page of rows and one more: the action, then the values it is sorted by.

    First which actions, by the few columns that an index may hold, then those: what is sorted is not carried along.
    """
    question: Select[Any] = select(Action.id, *keys(shown.order)).where(*narrowed)
    if mark is not None:
        question = question.where(past(shown.order, mark, backwards=backwards))
    question = sorted_by(question, shown.order, backwards=backwards).limit(PAGE + 1)
    found = session.execute(question).all()
    loading = select(Action).where(Action.id.in_([row[0] for row in found])).options(*shown_with(shown.columns))
    actions = {action.id: action for action in session.scalars(loading)} if found else {}
    return [(actions[row[0]], *row[1:]) for row in found]


def _page(rows: Sequence[Any], *, earlier: bool, later: bool) -> Page:
    first, last = (rows[0], rows[-1]) if rows else (None, None)
    return Page(
        [row[0] for row in rows],
        before=write_mark(first[1:]) if earlier and first is not None else "",
        after=write_mark(last[1:]) if later and last is not None else "",
    )


def shown_with(columns: Sequence[Column]) -> list[Any]:
    """Load with the actions what the columns show, and no more of it than its name."""
    people = {Column.OWNER: Action.owner, Column.LEAD: Action.lead}
    others: dict[Column, Any] = {
        Column.REPORT: joinedload(Action.report).load_only(Report.code, Report.title),
        Column.SERVICE: joinedload(Action.service).load_only(Service.name),
        Column.THEME: joinedload(Action.theme).load_only(Category.name),
        Column.AREA: joinedload(Action.outcome_area).load_only(Category.name),
    }
    found = [
        joinedload(people[column]).options(load_only(Person.name), joinedload(Person.post).load_only(Post.name))
        for column in columns
        if column in people
    ]
    found += [others[column] for column in columns if column in others]
    if Column.SECTION in columns or Column.LIMIT in columns:
        found.append(joinedload(Action.point))
    return found
