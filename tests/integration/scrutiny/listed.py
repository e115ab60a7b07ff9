"""Lists of actions for the tests of past days: today's, by the queries of today, and the same of a past day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from tests.integration.scrutiny.lives import Lives
from tracker.actions.listing.exporting import Field, fields_of, lines
from tracker.actions.listing.filters import OPEN, Filters
from tracker.actions.listing.pages import PAGE, counts, page_of
from tracker.actions.listing.past import past_list, past_page
from tracker.actions.listing.past_exporting import past_lines
from tracker.actions.listing.rows import Row, rows_of
from tracker.actions.listing.shown import Column, Order, Shown
from tracker.actions.listing.spreadsheet import Value
from tracker.actions.listing.standing import standing
from tracker.actions.outlook import Judged
from tracker.actions.outlook_queries import outlooks
from tracker.actions.past import actions_at
from tracker.models import Action
from tracker.terms import LATE, AssumedDate, Outlook, Priority, Response

EVERYTHING = tuple(Column)


@dataclass(frozen=True)
class Listed:
    """What a list shows: how much, its rows in order, and the lines of its file."""

    words: str
    ages: tuple[int, ...]
    rows: tuple[tuple[str, tuple[object, ...]], ...]
    lines: tuple[tuple[Value, ...], ...]


def lists(lives: Lives, day: date) -> list[Shown]:
    """Return two lists to look at on a day: in turn each filter whose answer can change, and each order."""
    narrowed = [
        Filters(), Filters(delivery=OPEN), Filters(age=LATE), Filters(owner=lives.owners[0].id),
        Filters(lead=lives.leads[1].id), Filters(service=lives.areas[1].id), Filters(theme=lives.themes[0].id),
        Filters(response=Response.PARTLY_ACCEPTED), Filters(priority=Priority.HIGH), Filters(outlook=Outlook.AT_RISK),
        Filters(assumed=AssumedDate.AGREED), Filters(words="said done"), Filters(post=lives.owners[1].post_id),
    ]  # fmt: skip
    orders = list(Order)
    turn = day.toordinal()
    found = [Shown(one, orders[(number + turn) % len(orders)], EVERYTHING) for number, one in enumerate(narrowed)]
    return [found[turn % len(found)], found[turn * 7 % len(found)]]


def listed_today(lives: Lives, shown: Shown, today: date) -> Listed:
    session, council = lives.session, lives.council
    page = page_of(session, shown, council=council, today=today)
    counted = counts(session, shown, council=council, today=today)
    rows = rows_of(session, page.actions, shown.columns, council=council, today=today)
    assert len(page.actions) == min(counted.actions, PAGE)
    fields = fields_of(shown.columns, today)
    made = list(lines(session, shown, fields, council=council, today=today))
    return Listed(counted.words, tuple(counted.by_age.values()), _rows(rows), _lines(made, fields))


def listed_then(lives: Lives, shown: Shown, day: date) -> Listed:
    session, council = lives.session, lives.council
    found = past_list(session, shown, council=council, day=day)
    counted = found.counts()
    actions = standing(session, past_page(found).actions)
    rows = rows_of(session, actions, shown.columns, council=council, today=day, undone=found.undone)
    fields = fields_of(shown.columns, day)
    made = list(past_lines(session, found, fields))
    return Listed(counted.words, tuple(counted.by_age.values()), _rows(rows), _lines(made, fields))


def judged_today(lives: Lives, today: date) -> dict[int, Judged]:
    """Every outlook with its reason."""
    actions = lives.session.scalars(select(Action).order_by(Action.id)).all()
    return outlooks(lives.session, actions, today)


def judged_then(lives: Lives, day: date) -> dict[int, Judged]:
    stood, undone = actions_at(lives.session, lives.council.id, day)
    return outlooks(lives.session, stood, day, undone=undone)


def shown_to(listed: Listed, exempt: Mapping[str, bool]) -> Listed:
    """The list without the words of what is exempt by now: its file says the dates only."""
    return Listed(
        listed.words,
        listed.ages,
        listed.rows,
        tuple(line[:1] if exempt[str(line[0])] else line for line in listed.lines),
    )


def _rows(rows: list[Row]) -> tuple[tuple[str, tuple[object, ...]], ...]:
    return tuple(
        (row.action.reference, tuple(cell for cell in row.cells if cell.column is not Column.MARKING)) for row in rows
    )


def _lines(made: list[list[Value]], fields: list[Field]) -> tuple[tuple[Value, ...], ...]:
    kept = [number for number, field in enumerate(fields) if field.heading != "Marking"]
    return tuple(tuple(line[number] for number in kept) for line in made)
