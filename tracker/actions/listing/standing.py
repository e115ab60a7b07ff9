"""Actions made to look as they stood at the end of a past day, so that whatever draws an action can draw them.

They are taken out of the session first: nothing of the past can be written over today.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from tracker.actions.as_at import Stood
from tracker.actions.past import people
from tracker.models import Action, Category, Service

FIXED = ("id", "report_id", "original_due_date", "created_at", "due_assumed")
CHANGING = [name for name in Stood._fields if name not in FIXED]
NAMED: tuple[tuple[str, type[Service | Category]], ...] = (
    ("service", Service), ("theme", Category), ("outcome_area", Category),
)  # fmt: skip


def standing(session: Session, stood: Sequence[Stood]) -> list[Action]:
    """Return actions as they stood, in the order given, with owner, lead, report, point and what they are filed under.

    Nothing else can be read of them, and nothing of them is written.
    """
    ids = [one.id for one in stood]
    question = select(Action).where(Action.id.in_(ids)).options(joinedload(Action.report), joinedload(Action.point))
    found = {action.id: action for action in session.scalars(question)}
    known = people(session, {key for one in stood for key in (one.owner_id, one.lead_id)})
    filed = {
        (part, row.id): row
        for part, model in NAMED
        for row in _named(session, model, {getattr(one, f"{part}_id") for one in stood} - {None})
    }
    for one in stood:
        action = found[one.id]
        session.expunge(action)
        for name in CHANGING:
            set_committed_value(action, name, getattr(one, name))
        set_committed_value(action, "owner", known[one.owner_id])
        set_committed_value(action, "lead", known[one.lead_id])
        for part, _ in NAMED:
            set_committed_value(action, part, filed.get((part, getattr(one, f"{part}_id"))))
    return [found[one.id] for one in stood]


def _named(session: Session, model: type[Service | Category], ids: Collection[int]) -> Sequence[Any]:
    return session.scalars(select(model).where(model.id.in_(ids))).all() if ids else []
