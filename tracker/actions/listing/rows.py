"""The cells of a list's rows: what each column shows, gathered for a page in a fixed number of statements."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.actions import queries
from tracker.actions.as_at import Stood, end_of
from tracker.actions.listing.shown import Column
from tracker.actions.outlook_queries import outlooks
from tracker.actions.past import Undone
from tracker.actions.presenting import Standing, standings
from tracker.clock import london_date
from tracker.models import Action, Body, Contribution, Council, Update
from tracker.terms import Marking, Outlook, Term
from tracker.wording import format_short_date, sentence

LONGEST_UPDATE = 140  # characters of it that a row shows


@dataclass(frozen=True)
class Cell:
    """What stands in one cell: words, a tag (a term and its words), and quiet words under them."""

    column: Column
    words: str = ""
    tag: tuple[Term, str] | None = None
    quiet: str = ""


@dataclass(frozen=True)
class Row:
    """One action of a list."""

    action: Action
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class _Beside:
    """What the columns of a page show that is not of the action's own row."""

    outlooks: Mapping[int, Outlook]
    bodies: Mapping[int, Sequence[str]]
    updates: Mapping[int, Update]


def rows_of(
    session: Session,
    actions: Sequence[Action],
    columns: Sequence[Column],
    *,
    council: Council,
    today: date,
    undone: Undone | None = None,
) -> list[Row]:
    """Return the rows of a page. Of a past day the actions are as they stood, with what was ``undone`` since."""
    ids, cut = [action.id for action in actions], end_of(today) if undone else None
    moved = queries.moved(session, ids, cut=cut) if Column.DUE in columns and ids else {}
    found = standings(actions, today, due_soon_days=council.due_soon_days, moved=moved)
    beside = _Beside(
        outlooks=outlooks_that_count(session, actions, today, undone) if Column.OUTLOOK in columns else {},
        bodies=bodies_of(session, ids) if Column.BODIES in columns else {},
        updates=queries.last_updates(session, ids, cut=cut) if Column.UPDATED in columns else {},
    )
    return [Row(standing.action, tuple(CELLS[column](standing, beside) for column in columns)) for standing in found]


def terms_in(rows: Sequence[Row]) -> list[Term]:
    """Return every term that a page shows as a tag, once."""
    return list({cell.tag[0].value: cell.tag[0] for row in rows for cell in row.cells if cell.tag}.values())


def _due(row: Standing, _beside: _Beside) -> Cell:
    return Cell(
        Column.DUE,
        format_short_date(row.action.original_due_date),
        (row.timeliness, sentence(row.words)),
        sentence(row.moved_words),
    )


def _current(row: Standing, _beside: _Beside) -> Cell:
    same = row.action.current_due_date == row.action.original_due_date
    return Cell(Column.CURRENT, "Not moved" if same else format_short_date(row.action.current_due_date))


def _owner(row: Standing, _beside: _Beside) -> Cell:
    return Cell(Column.OWNER, row.action.owner.name, quiet=row.action.owner.post.name)


def _lead(row: Standing, _beside: _Beside) -> Cell:
    return Cell(Column.LEAD, row.action.lead.name, quiet=row.action.lead.post.name)


def _report(row: Standing, _beside: _Beside) -> Cell:
    return Cell(Column.REPORT, row.action.report.title, quiet=row.action.report.code)


def _outlook(row: Standing, beside: _Beside) -> Cell:
    outlook = beside.outlooks.get(row.action.id)
    return Cell(Column.OUTLOOK, tag=(outlook, outlook.label) if outlook else None)


def _updated(row: Standing, beside: _Beside) -> Cell:
    last = beside.updates.get(row.action.id)
    if last is None:
        return Cell(Column.UPDATED, "None yet")
    text = last.text if len(last.text) <= LONGEST_UPDATE else f"{last.text[:LONGEST_UPDATE].rsplit(' ', 1)[0]} …"
    return Cell(Column.UPDATED, f"{format_short_date(london_date(last.at))}, {last.person.name}", quiet=text)


def _marking(row: Standing, _beside: _Beside) -> Cell:
    marking = row.action.marking
    return Cell(Column.MARKING, marking.label if marking is Marking.OPEN else "", _tag(marking, shown=Marking.OPEN))


def _tag(term: Term, *, shown: Term | None = None) -> tuple[Term, str] | None:
    return None if term is shown else (term, term.label)


CELLS: dict[Column, Callable[[Standing, _Beside], Cell]] = {
    Column.DUE: _due,
    Column.CURRENT: _current,
    Column.STATUS: lambda row, _: Cell(Column.STATUS, tag=_tag(row.action.delivery)),
    Column.OWNER: _owner,
    Column.LEAD: _lead,
    Column.PRIORITY: lambda row, _: Cell(Column.PRIORITY, tag=_tag(row.action.priority)),
    Column.OUTLOOK: _outlook,
    Column.REPORT: _report,
    Column.SECTION: lambda row, _: Cell(Column.SECTION, row.action.point.section),
    Column.SERVICE: lambda row, _: Cell(Column.SERVICE, row.action.service.name if row.action.service else ""),
    Column.THEME: lambda row, _: Cell(Column.THEME, row.action.theme.name if row.action.theme else ""),
    Column.AREA: lambda row, _: Cell(Column.AREA, row.action.outcome_area.name if row.action.outcome_area else ""),
    Column.BODIES: lambda row, beside: Cell(Column.BODIES, "; ".join(beside.bodies.get(row.action.id, ()))),
    Column.RESPONSE: lambda row, _: Cell(Column.RESPONSE, tag=_tag(row.action.response)),
    Column.LIMIT: lambda row, _: Cell(Column.LIMIT, row.action.point.limit_words or row.action.point.limit_kind.label),
    Column.MARKING: _marking,
    Column.UPDATED: _updated,
}


def outlooks_that_count(
    session: Session, actions: Sequence[Action | Stood], today: date, undone: Undone | None = None
) -> dict[int, Outlook]:
    """Return each action's outlook: somebody's own judgement where one stands, else the computed one."""
    computed = outlooks(session, actions, today, undone=undone)
    return {
        action.id: action.outlook_override or computed[action.id].outlook for action in actions if action.id in computed
    }


def bodies_of(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    """Return, by action, the names of the bodies that have a line of it."""
    rows = session.execute(
        select(Contribution.action_id, Body.name)
        .join(Contribution.body)
        .where(Contribution.action_id.in_(ids))
        .order_by(Contribution.id)
    )
    found: dict[int, list[str]] = {}
    for action_id, name in rows:
        found.setdefault(action_id, []).append(name)
    return found
