"""Doing one of the things in the lifecycle's table to an action, with its row of history."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from tracker import audit
from tracker.actions.lifecycle import Move, Part, move
from tracker.actions.parts import Asked, parts_of
from tracker.models import Action, Person


def make(
    session: Session,
    action: Action,
    chosen: Move,
    sentence: str,
    *,
    by: Person | None,
    now: datetime,
    given: Mapping[str, str] | None = None,
    asked: Asked | None = None,
    verb: str | None = None,
    note: str | None = None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    outsider: str | None = None,
) -> None:
    """Make a move by the table and record it. The caller holds the action's row (``queries.hold``).

    ``given`` is what the move needs, ``asked`` the claim or request it decides, ``verb`` the word in the history where
    it is another than the move's own. ``outsider`` names who answers for a body and has no account. Raises what
    ``lifecycle.move`` raises, before anything is changed.
    """
    place = action.delivery
    parts = frozenset({Part.BODY}) if outsider else parts_of(by, action, asked)
    action.delivery = move(chosen, now=place, parts=parts, given=given or {})
    if action.delivery is not place:
        before, after = {"delivery": place} | dict(before or {}), {"delivery": action.delivery} | dict(after or {})
    audit.record(
        session,
        action,
        verb or chosen.value,
        sentence,
        by=by,
        at=now,
        before=before,
        after=after,
        note=note,
        outsider=outsider,
    )
