"""The lines of a list for a spreadsheet: exactly what is filtered, in its order, read a few hundred rows at a time.

Of what is exempt or confidential a line says the reference, the marking and the dates, and nothing else.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, aliased

from tracker.actions.listing.narrowing import conditions
from tracker.actions.listing.orders import KEYS, NEWEST_FIRST
from tracker.actions.listing.shown import Column, Shown
from tracker.actions.listing.spreadsheet import Value
from tracker.actions.outlook_queries import stands_at
from tracker.clock import london_date
from tracker.models import (
    Action,
    ActionPoint,
    Body,
    Category,
    Contribution,
    Council,
    Extension,
    Person,
    Post,
    Report,
    Service,
    Update,
)
from tracker.terms import OPEN_DELIVERY, Decision, Marking, Outlook, Term

AT_ONCE = 500

Lead, Theme, Area = aliased(Person), aliased(Category), aliased(Category)


@dataclass(frozen=True)
class Field:
    """One column of the file: its heading, what it reads, and how that is written."""

    heading: str
    reads: ColumnElement[Any]
    width: int = 24  # characters
    written: Callable[[Any], Value] = lambda value: value
    always: bool = False  # also for what is exempt or confidential


def headings(fields: Sequence[Field]) -> list[str]:
    """Return the first line of the file."""
    return [field.heading for field in fields]


def fields_of(columns: Sequence[Column], today: date) -> list[Field]:
    """Return the columns of the file: those every file has, then the others that were chosen."""
    further = _further(today)
    return [*_usual(today), *(further[column] for column in columns if column in further)]


def lines(
    session: Session, shown: Shown, fields: Sequence[Field], *, council: Council, today: date
) -> Iterator[list[Value]]:
    """Yield a line for each action of the list."""
    question = _question(fields, shown).where(*conditions(session, shown.filters, council=council, today=today))
    withheld = [field.written if field.always else _nothing for field in fields]
    written = [field.written for field in fields]
    for marking, *values in session.execute(question, execution_options={"yield_per": AT_ONCE}):
        writers = written if marking is Marking.OPEN else withheld
        yield [write(value) for write, value in zip(writers, values, strict=True)]


def _question(fields: Sequence[Field], shown: Shown) -> Select[Any]:
    sorting = [key.column.desc() if shown.order in NEWEST_FIRST else key.column.asc() for key in KEYS[shown.order]]
    return (
        select(Action.marking, *(field.reads for field in fields))
        .join(Action.point)
        .join(Action.owner)
        .join(Person.post)
        .join(Action.report)
        .join(Lead, Lead.id == Action.lead_id)
        .outerjoin(Service, Service.id == Action.service_id)
        .outerjoin(Theme, Theme.id == Action.theme_id)
        .outerjoin(Area, Area.id == Action.outcome_area_id)
        .order_by(*sorting)
    )


def _nothing(_value: object) -> None:
    return None


def _label(term: Term | None) -> str:
    return "" if term is None else term.label


def _day_of(moment: datetime | None) -> date | None:
    return None if moment is None else london_date(moment)


def _usual(today: date) -> list[Field]:
    return [
        Field("Reference", Action.reference.expression, 16, always=True),
        Field("Action", Action.title.expression, 44),
        Field("Marking", Action.marking.expression, 12, _label, always=True),
        Field("What the report says", ActionPoint.words.expression, 60),
        Field("Original due date", Action.original_due_date.expression, 13, always=True),
        Field("Current due date", Action.current_due_date.expression, 13, always=True),
        Field("Days late", _due_while_open(), 9, lambda due: _days_late(due, today), always=True),
        Field("Times moved", _times_moved(), 9),
        Field("Owner", Person.name.expression),
        Field("Post", Post.name.expression, 32),
        Field("Last update", _last_update(Update.text), 60),
        Field("Last update on", Action.last_update_at.expression, 13, _day_of),
    ]


def _further(today: date) -> dict[Column, Field]:
    """Return the fields of the columns that not every file has."""
    reads: dict[Column, tuple[ColumnElement[Any], Callable[[Any], Value]]] = {
        Column.STATUS: (Action.delivery.expression, _label),
        Column.LEAD: (Lead.name.expression, str),
        Column.PRIORITY: (Action.priority.expression, _label),
        Column.REPORT: (Report.title.expression, str),
        Column.SECTION: (ActionPoint.section.expression, str),
        Column.SERVICE: (Service.name.expression, _text),
        Column.THEME: (Theme.name.expression, _text),
        Column.AREA: (Area.name.expression, _text),
        Column.BODIES: (_bodies(), _text),
        Column.RESPONSE: (Action.response.expression, _label),
        Column.LIMIT: (ActionPoint.limit_words.expression, _text),
        Column.OUTLOOK: (_outlook(today), _text),
    }
    return {column: Field(column.label, found, written=written) for column, (found, written) in reads.items()}


def _text(value: str | None) -> str:
    return value or ""


def _due_while_open() -> ColumnElement[Any]:
    return case((Action.delivery.in_(sorted(OPEN_DELIVERY)), Action.original_due_date))


def _days_late(due: date | None, today: date) -> int | None:
    return (today - due).days if due is not None and due < today else None


def _times_moved() -> ColumnElement[Any]:
    agreed = Extension.outcome == Decision.AGREED
    mine = (Extension.council_id == Action.council_id, Extension.action_id == Action.id)
    return select(func.count(Extension.id)).where(*mine, agreed).correlate(Action).scalar_subquery()


def _last_update(column: Any) -> ColumnElement[Any]:  # noqa: ANN401 - one of an update's columns
    """Return the words of the newest update, where that is open itself."""
    mine = (Update.council_id == Action.council_id, Update.action_id == Action.id)
    said = case((Update.marking == Marking.OPEN, column), else_="")
    newest = (Update.at.desc(), Update.id.desc())
    return select(said).where(*mine).order_by(*newest).limit(1).correlate(Action).scalar_subquery()


def _bodies() -> ColumnElement[Any]:
    mine = (Contribution.council_id == Action.council_id, Contribution.action_id == Action.id)
    names = func.aggregate_strings(Body.name, "; ")
    return select(names).join(Contribution.body).where(*mine).correlate(Action).scalar_subquery()


def _outlook(today: date) -> ColumnElement[Any]:
    return case(*((stands_at(outlook, today), outlook.label) for outlook in Outlook), else_="")
