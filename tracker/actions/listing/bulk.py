"""Changing many actions at once: first in words what would change, then one by one in one transaction, then undone.

A preview carries the version of each action; one that somebody changed meanwhile is left alone, and said. A change can
be undone for an hour, where nothing has changed that field since: with rows of history of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.actions import queries
from tracker.actions.handing_over import Kept
from tracker.actions.listing.changes import (
    FIELDS,
    Change,
    What,
    change_to,
    make_change,
    standing_value,
    why_not,
    words_for,
)
from tracker.errors import MoveNotAllowed, NotAllowed, NotFound, TrackerError
from tracker.models import Action, BulkChange, HistoryEntry, HistoryHead, Person
from tracker.terms import PLANNERS

MOST = 500  # actions at once: beyond it others would wait too long for the change to end
UNDO_FOR = timedelta(hours=1)
CHANGED_SINCE = "Somebody changed it after you looked, so it was left as it is. Look at it again."
CHANGED_AGAIN = "It has been changed again since, so it was left as it is."


@dataclass(frozen=True)
class Line:
    """What will become of one action."""

    action: Action
    before: str
    why_not: str  # nothing where it will be changed


def actions_by_id(session: Session, ids: Sequence[int]) -> list[Action]:
    """Return the actions chosen, in one order for everybody, so that two who change many never wait for each other."""
    people = (joinedload(Action.owner), joinedload(Action.lead))
    question = select(Action).where(Action.id.in_(ids[:MOST])).options(*people).order_by(Action.id)
    return list(session.scalars(question))


def preview(session: Session, actions: Sequence[Action], change: Change, *, by: Person) -> list[Line]:
    """Say for each action what will change, or why it will not."""
    return [
        Line(
            action,
            words_for(session, change.what, standing_value(action, change.what)),
            why_not(action, change, by),
        )
        for action in actions
    ]


def change_many(session: Session, change: Change, seen: Mapping[int, int], *, by: Person, now: datetime) -> BulkChange:
    """Change the actions that stand as they were seen (id: version), and keep what each was before. Only leads may."""
    _only_leads(by)
    done: list[dict[str, Any]] = []
    queries.hold_all(session, sorted(seen))
    for action in actions_by_id(session, sorted(seen)):
        queries.hold(session, action)
        reason = CHANGED_SINCE if action.version != seen[action.id] else why_not(action, change, by)
        done.append(_attempt(session, action, change, reason, by=by, now=now))
    made = BulkChange(council_id=by.council_id, at=now, by_id=by.id, sentence=change.sentence, changes=done)
    session.add(made)
    session.flush()  # the page that says what was done needs its id
    return made


def bulk_change(session: Session, change_id: int) -> BulkChange:
    """Return a change of many actions. Raises NotFound."""
    found = session.get(BulkChange, change_id)
    if found is None:
        raise NotFound
    return found


def may_undo(made: BulkChange, now: datetime) -> bool:
    """Whether it can still be undone: for an hour, and once."""
    return made.undone_at is None and now - made.at <= UNDO_FOR and any(not row["why_not"] for row in made.changes)


def undo(session: Session, made: BulkChange, *, by: Person, now: datetime) -> None:
    """Give every action back what it was before, where nobody has changed it since; the others are left, and said."""
    _only_leads(by)
    session.flush()  # the refresh would lose what is not written yet
    session.refresh(made, with_for_update=True)
    if not may_undo(made, now):
        raise MoveNotAllowed("This change cannot be undone any more. Change the actions again where you need to.")
    rows = {row["action"]: row for row in made.changes if not row["why_not"]}
    results: dict[int, str] = {}
    queries.hold_all(session, sorted(rows))
    for action in actions_by_id(session, sorted(rows)):
        results[action.id] = _undo_one(session, action, rows[action.id], made, by=by, now=now)
    made.changes = [
        row | {"not_undone": results.get(row["action"], CHANGED_AGAIN)} if not row["why_not"] else row
        for row in made.changes
    ]
    made.undone_at, made.undone_by_id = now, by.id


def _attempt(
    session: Session, action: Action, change: Change, reason: str, *, by: Person, now: datetime
) -> dict[str, Any]:
    before, said, kept = standing_value(action, change.what), action.response_reason, Kept.of(action)
    row: dict[str, Any] = {
        "action": action.id,
        "reference": action.reference,
        "what": change.what.value,
        "before": before,
        "reason": said if change.what is What.RESPONSE else None,
        "after": change.value,
        "before_words": words_for(session, change.what, before),
        "after_words": change.words,
        "why_not": reason or _make(session, action, change, by=by, now=now),
    }
    row |= {"kept": asdict(kept), "left": asdict(Kept.of(action))}  # what goes with the owner, before and after
    return row | {"sequence": _last_link(session, action.council_id)}


def _make(session: Session, action: Action, change: Change, *, by: Person, now: datetime) -> str:
    """Change one action, or say why not; a verb that refuses half way leaves nothing behind."""
    try:
        with session.begin_nested():
            make_change(session, action, change, by=by, now=now)
    except TrackerError as refused:
        return refused.sentence
    return ""


def _undo_one(
    session: Session, action: Action, row: Mapping[str, Any], made: BulkChange, *, by: Person, now: datetime
) -> str:
    queries.hold(session, action)
    what = What.of(row["what"])
    if standing_value(action, what) != row["after"] or _changed_since(session, action, what, row["sequence"]):
        return CHANGED_AGAIN
    try:
        back = replace(
            change_to(session, what, "none" if row["before"] is None else str(row["before"]), "Undone."),
            note=row["reason"] or "" if what is What.RESPONSE else f"Undone: {made.sentence}",
            back=_given_back(action, row) if what is What.OWNER else None,
        )
    except TrackerError:
        return f"{row['before_words']} cannot be chosen any more, so it was left as it is."
    return _make(session, action, back, by=by, now=now)


def _given_back(action: Action, row: Mapping[str, Any]) -> Kept:
    """Return the post and the checker that the change took away; one that was set anew since stays."""
    stands = asdict(Kept.of(action))
    had, left = row.get("kept", stands), row.get("left", stands)
    return Kept(**{name: had[name] if stands[name] == left[name] else stands[name] for name in stands})


def _changed_since(session: Session, action: Action, what: What, sequence: int) -> bool:
    """Whether a row of history since then says another value of the field, even if it is back where it was."""
    rows = session.scalars(
        select(HistoryEntry).where(
            HistoryEntry.council_id == action.council_id,
            HistoryEntry.subject == "action",
            HistoryEntry.subject_id == action.id,
            HistoryEntry.sequence > sequence,
        )
    )
    name = FIELDS[what][1]
    names = (name, "response_reason") if what is What.RESPONSE else (name,)
    return any((row.before or {}).get(one) != (row.after or {}).get(one) for row in rows for one in names)


def _last_link(session: Session, council_id: int) -> int:
    return session.scalar(select(HistoryHead.sequence).where(HistoryHead.council_id == council_id)) or 0


def _only_leads(by: Person) -> None:
    if by.role not in PLANNERS:
        raise NotAllowed("Only leads change many actions at once.")
