"""Reads how actions stood at the end of a day, in a fixed number of statements: today reads no row of history.

The rule is ``as_at.stood``; here is only what it is asked of.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.actions.as_at import NOTHING, Said, Stood, end_of, stood, untouched
from tracker.actions.outlook import Step
from tracker.models import Action, Claim, Contribution, HistoryEntry, Person, Update
from tracker.terms import ContributionStatus

A_BODY, A_STEP, DETAILS = "action:contribution", "action:step_", "action:changed"
SAYS_NOTHING_CHANGED = "action:updated"  # nearly every second row of a history
AT_ONCE = 500  # rows fetched together
COLUMNS = [getattr(Action, name) for name in Stood._fields]


@dataclass(frozen=True)
class StepChange:
    """A row of history about a step: what it said of the step before and after, None where there was none."""

    before: Step | None
    after: Step | None


@dataclass(frozen=True)
class Undone:
    """What stood before the first change after a day, by action, and by action and body; steps newest change first."""

    fields: dict[int, dict[str, Any]] = field(default_factory=dict)
    answers: dict[tuple[int, int], ContributionStatus] = field(default_factory=dict)
    steps: dict[int, list[StepChange]] = field(default_factory=dict)


def changes_since(session: Session, council_id: int, cut: datetime) -> Undone:
    """Walk the history back to the cut, by index: today reads nothing, a past day what came since."""
    undone = Undone()
    entry = HistoryEntry
    rows = session.execute(
        select(entry.subject_id, entry.kind, entry.before, entry.after)
        .where(entry.council_id == council_id, entry.at >= cut, entry.subject == "action")
        .where(entry.kind != SAYS_NOTHING_CHANGED)
        .order_by(entry.at.desc(), entry.sequence.desc())
        .execution_options(yield_per=AT_ONCE)
    )
    for action_id, kind, before, after in rows:
        if kind.startswith(A_STEP):
            undone.steps.setdefault(action_id, []).append(StepChange(_step(before), _step(after)))
        elif kind == A_BODY and before:
            undone.answers[action_id, int(before["body_id"])] = ContributionStatus.of(before["status"])
        elif before:
            _overlay(undone.fields.setdefault(action_id, {}), before)
    rows.close()
    _name_by_id(session, council_id, undone)
    return undone


def actions_at(
    session: Session, council_id: int, day: date, *narrowed: ColumnElement[bool]
) -> tuple[list[Stood], Undone]:
    """Return how every action stood that was made by the end of a day, of those that ``narrowed`` matches today.

    With what has been undone for it. The actions are read before the history: what somebody changes meanwhile is taken
    back too, and not the other way about.
    """
    cut = end_of(day)
    about = (Action.council_id == council_id, Action.created_at < cut, *narrowed)
    found = [Stood._make(row) for row in session.execute(select(*COLUMNS).where(*about).order_by(Action.id))]
    undone = changes_since(session, council_id, cut)
    changed = {one.id for one in found if not untouched(one, undone.fields.get(one.id, {}), cut, day)}
    if not changed:
        return found, undone
    said = _said(session, about, cut)
    then = [
        stood(one, undone.fields.get(one.id, {}), said.get(one.id, NOTHING), day) if one.id in changed else one
        for one in found
    ]
    return then, undone


def of_service(service_id: int, council_id: int, cut: datetime) -> ColumnElement[bool]:
    """Match the actions of a service, and those that may have been of it before their details were changed."""
    entry = HistoryEntry
    changed = select(entry.subject_id).where(
        entry.council_id == council_id, entry.at >= cut, entry.subject == "action", entry.kind == DETAILS
    )
    return or_(Action.service_id == service_id, Action.id.in_(changed))


def people(session: Session, ids: Collection[int]) -> dict[int, Person]:
    """Return people with their posts, by id."""
    if not ids:
        return {}
    rows = session.scalars(select(Person).where(Person.id.in_(ids)).options(joinedload(Person.post)))
    return {person.id: person for person in rows}


def silent_then(
    session: Session, about: Select[int] | Collection[int], undone: Undone, cut: datetime
) -> dict[int, list[str]]:
    """Return, by action, the bodies that had not replied by a moment."""
    rows = session.scalars(select(Contribution).where(Contribution.action_id.in_(about)).order_by(Contribution.id))
    found: dict[int, list[str]] = {}
    for line in rows:
        later = line.replied_at is not None and line.replied_at >= cut
        status = undone.answers.get(
            (line.action_id, line.body_id), ContributionStatus.NO_REPLY if later else line.status
        )
        if status is ContributionStatus.NO_REPLY:
            found.setdefault(line.action_id, []).append(line.body.name)
    return found


def steps_then(now: Iterable[Step], changes: Iterable[StepChange]) -> list[Step]:
    """Take the changes of an action's steps back. A row that says no step is older than this rule, and changes none."""
    left = Counter(now)
    for change in changes:
        if change.after is not None:
            left[change.after] -= 1
        if change.before is not None:
            left[change.before] += 1
    return sorted((+left).elements(), key=lambda step: (step.due, step.title))


def _said(session: Session, about: Collection[ColumnElement[bool]], cut: datetime) -> dict[int, Said]:
    claims = session.execute(
        select(Claim.action_id, func.max(Claim.claimed_at))
        .join(Action, Action.id == Claim.action_id)
        .where(*about, Claim.claimed_at < cut)
        .group_by(Claim.action_id)
    )
    found = {key: Said(claimed=last, heard=last) for key, last in claims}
    updates = session.execute(
        select(Update.action_id, func.max(Update.at))
        .join(Action, Action.id == Update.action_id)
        .where(*about, Update.at < cut, Action.last_update_at >= cut)
        .group_by(Update.action_id)
    )
    for key, at in updates:
        so_far = found.get(key, NOTHING)
        found[key] = replace(so_far, heard=max(at, so_far.heard) if so_far.heard else at)
    return found


def _overlay(found: dict[str, Any], before: Mapping[str, Any]) -> None:
    if "owner" in before:  # an older row names people only: what a newer one said of their ids is not of then
        found.pop("owner_id", None)
        found.pop("lead_id", None)
    found.update(before)


def _name_by_id(session: Session, council_id: int, undone: Undone) -> None:
    """Find by their names whom older rows of history name; a name that is two people's, or nobody's, says nothing."""
    old = [found for found in undone.fields.values() if "owner" in found and "owner_id" not in found]
    if not old:
        return
    known: dict[str, list[int]] = {}
    for key, name in session.execute(select(Person.id, Person.name).where(Person.council_id == council_id)):
        known.setdefault(name, []).append(key)
    for found in old:
        for part in ("owner", "lead"):
            ids = known.get(found[part], [])
            if len(ids) == 1:
                found[f"{part}_id"] = ids[0]


def _step(said: Mapping[str, Any] | None) -> Step | None:
    if not said:
        return None
    return Step(said["step"], date.fromisoformat(said["due_date"]), done=said["done_on"] is not None)
