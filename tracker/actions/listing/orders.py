"""The orders of a list: what each sorts by, always with the action's id last, so that no two rows are ever equal.

A mark names the place between two pages by the values of the row beside it, and not by a number of rows: what is added
or taken away meanwhile moves nobody's page.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from tracker.actions.listing.narrowing import is_open
from tracker.actions.listing.shown import Order
from tracker.models import Action, Person, Report
from tracker.terms import Priority

Mark = tuple[Any, ...]
LONGEST_MARK = 500
PRESSING = {Priority.HIGH: 0, Priority.NORMAL: 1, Priority.LOW: 2}


@dataclass(frozen=True)
class Key:
    """One of the values that rows are sorted by, and how it is written in an address."""

    column: ColumnElement[Any] | InstrumentedAttribute[Any]
    read: Callable[[Any], Any]


def _day(written: object) -> date:
    return date.fromisoformat(str(written))


def _moment(written: object) -> datetime:
    found = datetime.fromisoformat(str(written))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _number(written: object) -> int:
    if not isinstance(written, int) or not 0 <= written < 2**31:
        raise ValueError
    return written


DUE, ROW = Key(Action.original_due_date, _day), Key(Action.id, _number)
HEARD = Key(func.coalesce(Action.last_update_at, Action.created_at), _moment)  # of one never updated: its making
KEYS: dict[Order, tuple[Key, ...]] = {
    Order.DUE: (DUE, ROW),
    Order.LATENESS: (Key(case((is_open(), 0), else_=1), _number), DUE, ROW),
    Order.PRIORITY: (Key(case(PRESSING, value=Action.priority, else_=1), _number), DUE, ROW),
    Order.OWNER: (Key(Person.name, str), Key(Action.owner_id, _number), DUE, ROW),
    Order.REPORT: (Key(Report.code, str), DUE, ROW),
    Order.UPDATED: (HEARD, ROW),
    Order.SILENT: (HEARD, ROW),
}
NEWEST_FIRST = frozenset({Order.UPDATED})
NEEDS = {Order.OWNER: Action.owner, Order.REPORT: Action.report}  # what has to be joined to sort by


def sorted_by(question: Select[Any], order: Order, *, backwards: bool = False) -> Select[Any]:
    """Put a question about actions in order."""
    if order in NEEDS:
        question = question.join(NEEDS[order])
    falling = (order in NEWEST_FIRST) is not backwards
    return question.order_by(*(key.column.desc() if falling else key.column.asc() for key in KEYS[order]))


def keys(order: Order) -> list[ColumnElement[Any]]:
    """Return the columns that ``mark`` is made of."""
    return [key.column.label(f"key_{number}") for number, key in enumerate(KEYS[order])]


def past(order: Order, mark: Mark, *, backwards: bool = False) -> ColumnElement[bool]:
    """Match what comes after a mark, or before it."""
    columns = tuple_(*(key.column for key in KEYS[order]))
    values = tuple_(*mark)
    falling = (order in NEWEST_FIRST) is not backwards
    return columns < values if falling else columns > values


def write_mark(values: Sequence[Any]) -> str:
    """Write the mark of a row for an address."""
    return json.dumps([value.isoformat() if isinstance(value, date) else value for value in values])


def read_mark(order: Order, written: str) -> Mark | None:
    """Read a mark of this order; of anything else nothing, which is the first page."""
    try:
        values = json.loads(written[:LONGEST_MARK])
        json.dumps(values, ensure_ascii=False).encode()  # half a character is no text that a database can be asked for
        return tuple(key.read(value) for key, value in zip(KEYS[order], values, strict=True))
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None
