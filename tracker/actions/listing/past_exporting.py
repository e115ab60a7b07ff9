"""The lines of a past day's list for a spreadsheet: the same columns as today's, of actions as they stood.

As in ``exporting``, of what is exempt or confidential a line says the reference, the marking and the dates.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.actions import queries
from tracker.actions.as_at import end_of
from tracker.actions.listing.exporting import AT_ONCE, Field
from tracker.actions.listing.past import PastList
from tracker.actions.listing.rows import bodies_of, outlooks_that_count
from tracker.actions.listing.spreadsheet import Value
from tracker.actions.listing.standing import standing
from tracker.clock import london_date
from tracker.models import Action, Update
from tracker.terms import OPEN_DELIVERY, Marking, Outlook


@dataclass(frozen=True)
class _Beside:
    """What a line says that is not of the action's own row."""

    day: date
    moved: Mapping[int, queries.Moved]
    updates: Mapping[int, Update]
    bodies: Mapping[int, Sequence[str]]
    outlooks: Mapping[int, Outlook]


def past_lines(session: Session, found: PastList, fields: Sequence[Field]) -> Iterator[list[Value]]:
    """Yield a line for each action of a past day's list, some hundreds of actions at a time."""
    for begin in range(0, len(found.actions), AT_ONCE):
        some = found.actions[begin : begin + AT_ONCE]
        beside = _beside(session, found, begin)
        for action in standing(session, some):
            is_open = action.marking is Marking.OPEN
            yield [WRITTEN[field.heading](action, beside) if is_open or field.always else None for field in fields]


def _beside(session: Session, found: PastList, begin: int) -> _Beside:
    some = found.actions[begin : begin + AT_ONCE]
    ids, cut = [one.id for one in some], end_of(found.day)
    return _Beside(
        day=found.day,
        moved=queries.moved(session, ids, cut=cut),
        updates=queries.last_updates(session, ids, cut=cut),
        bodies=bodies_of(session, ids),
        outlooks=outlooks_that_count(session, some, found.day, found.undone),
    )


def _days_late(action: Action, beside: _Beside) -> Value:
    late = (beside.day - action.original_due_date).days
    return late if action.delivery in OPEN_DELIVERY and late > 0 else None


def _said(action: Action, beside: _Beside) -> Value:
    """Return the words of the newest update, where that is open itself."""
    last = beside.updates.get(action.id)
    if last is None:
        return None
    return last.text if last.marking is Marking.OPEN else ""


def _name(named: object) -> str:
    return "" if named is None else str(named.name)  # type: ignore[attr-defined]  # a service or a category


WRITTEN: Mapping[str, Callable[[Action, _Beside], Value]] = {
    "Reference": lambda action, _: action.reference,
    "Action": lambda action, _: action.title,
    "Marking": lambda action, _: action.marking.label,
    "What the report says": lambda action, _: action.point.words,
    "Original due date": lambda action, _: action.original_due_date,
    "Current due date": lambda action, _: action.current_due_date,
    "Days late": _days_late,
    "Times moved": lambda action, beside: beside.moved.get(action.id, queries.Moved()).times,
    "Owner": lambda action, _: action.owner.name,
    "Post": lambda action, _: action.owner.post.name,
    "Last update": _said,
    "Last update on": lambda action, _: london_date(action.last_update_at) if action.last_update_at else None,
    "Status": lambda action, _: action.delivery.label,
    "Lead": lambda action, _: action.lead.name,
    "Priority": lambda action, _: action.priority.label,
    "Report": lambda action, _: action.report.title,
    "Section": lambda action, _: action.point.section,
    "Service": lambda action, _: _name(action.service),
    "Theme": lambda action, _: _name(action.theme),
    "Outcome area": lambda action, _: _name(action.outcome_area),
    "Bodies": lambda action, beside: "; ".join(beside.bodies.get(action.id, ())),
    "Response": lambda action, _: action.response.label,
    "Time limit": lambda action, _: action.point.limit_words or "",
    "Outlook": lambda action, beside: beside.outlooks[action.id].label if action.id in beside.outlooks else "",
}
