"""The outlook of many actions: gathered for a page in a fixed number of statements, and as a condition of a query."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, case, exists, func, not_, or_, select
from sqlalchemy.orm import Session

from tracker.actions.as_at import Stood, end_of
from tracker.actions.outlook import (
    OFTEN_MOVED,
    QUIET_DAYS,
    REPLY_DAYS,
    SHORT_DAYS,
    STEP_LATE_DAYS,
    Judged,
    Signs,
    Step,
    outlook,
)
from tracker.actions.past import Undone, silent_then, steps_then
from tracker.actions.queries import Moved, is_open, moved
from tracker.clock import LONDON, london_date
from tracker.models import Action, Body, Contribution, Extension, Milestone
from tracker.terms import ContributionStatus, Decision, Delivery, Outlook


def outlooks(
    session: Session, actions: Sequence[Action | Stood], today: date, *, undone: Undone | None = None
) -> dict[int, Judged]:
    """Return the computed outlook of each action that has one, by its id.

    Of a past day the actions are given as they stood, with what has been ``undone`` since.
    """
    ids = [action.id for action in actions]
    if undone is None:
        steps, silent, times = _steps(session, ids), _silent(session, ids), moved(session, ids)
    else:
        cut = end_of(today)
        steps = _steps_then(_steps(session, ids), undone)
        silent, times = silent_then(session, ids, undone, cut), moved(session, ids, cut=cut)
    judged = {
        action.id: outlook(
            _signs(action, today, steps.get(action.id, ()), silent.get(action.id, ()), times.get(action.id, Moved()))
        )
        for action in actions
    }
    return {action_id: found for action_id, found in judged.items() if found is not None}


def outlook_of(action: Action, times: Moved, today: date) -> Judged | None:
    """Return the computed outlook of an action whose page has its steps and its bodies' lines in hand."""
    steps = [Step(step.title, step.due_date, step.done_on is not None) for step in action.milestones]
    silent = [line.body.name for line in action.contributions if line.status is ContributionStatus.NO_REPLY]
    return outlook(_signs(action, today, steps, silent, times))


def counts_as(action: Action, computed: Judged) -> Judged:
    """Return the outlook that counts, as ``stands_at`` has it: somebody's own judgement where one stands."""
    if action.outlook_override is None:
        return computed
    return Judged(action.outlook_override, action.outlook_reason or computed.reason)


def stands_at(wanted: Outlook, today: date) -> ColumnElement[bool]:
    """Match actions with this outlook: somebody's own judgement where one stands, else the computed one."""
    running = and_(is_open(), Action.current_due_date >= today)
    computed = and_(Action.outlook_override.is_(None), _computed(today) == wanted)
    return and_(running, or_(Action.outlook_override == wanted, computed))


def _computed(today: date) -> ColumnElement[str]:
    """Say the rules of ``outlook.RULES``, in their order."""
    quiet = func.coalesce(Action.last_update_at, Action.created_at) < _midnight(today - timedelta(days=QUIET_DAYS - 1))
    short = Action.current_due_date <= today + timedelta(days=SHORT_DAYS)
    often = _times_moved() >= OFTEN_MOVED
    off, risk, on = Outlook.OFF_TRACK.value, Outlook.AT_RISK.value, Outlook.ON_TRACK.value
    return case(
        (Action.delivery == Delivery.AWAITING_CHECK, on),
        (and_(Action.delivery == Delivery.NOT_STARTED, short), off),
        (_step_due_before(today - timedelta(days=STEP_LATE_DAYS)), off),
        (and_(quiet, often), off),
        (Action.delivery == Delivery.PAUSED, risk),
        (_step_due_before(today), risk),
        (quiet, risk),
        (and_(_body_silent(), Action.current_due_date <= today + timedelta(days=REPLY_DAYS)), risk),
        (often, risk),
        (and_(short, _steps_done() * 2 < _steps_planned()), risk),
        else_=on,
    )


def _signs(action: Action | Stood, today: date, steps: Iterable[Step], silent: Iterable[str], times: Moved) -> Signs:
    return Signs(
        delivery=action.delivery,
        due=action.current_due_date,
        today=today,
        last_word=london_date(action.last_update_at or action.created_at),
        steps=tuple(steps),
        silent_bodies=tuple(silent),
        times_moved=times.times,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=LONDON)


def _step_due_before(day: date) -> ColumnElement[bool]:
    return exists().where(Milestone.action_id == Action.id, Milestone.done_on.is_(None), Milestone.due_date < day)


def _body_silent() -> ColumnElement[bool]:
    silent = Contribution.status == ContributionStatus.NO_REPLY
    return exists().where(Contribution.action_id == Action.id, silent)


def _times_moved() -> ColumnElement[int]:
    agreed = Extension.outcome == Decision.AGREED
    return select(func.count()).where(Extension.action_id == Action.id, agreed).scalar_subquery()


def _steps_planned() -> ColumnElement[int]:
    return select(func.count()).where(Milestone.action_id == Action.id).scalar_subquery()


def _steps_done() -> ColumnElement[int]:
    done = not_(Milestone.done_on.is_(None))
    return select(func.count()).where(Milestone.action_id == Action.id, done).scalar_subquery()


def _steps(session: Session, ids: Collection[int]) -> dict[int, list[Step]]:
    found: dict[int, list[Step]] = {}
    rows = session.scalars(
        select(Milestone).where(Milestone.action_id.in_(ids)).order_by(Milestone.due_date, Milestone.id)
    )
    for row in rows:
        found.setdefault(row.action_id, []).append(Step(row.title, row.due_date, row.done_on is not None))
    return found


def _steps_then(now: dict[int, list[Step]], undone: Undone) -> dict[int, list[Step]]:
    """Take back what has become of the steps since."""
    changed = {key: steps_then(now.get(key, []), changes) for key, changes in undone.steps.items()}
    return now | changed


def _silent(session: Session, ids: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = session.execute(
        select(Contribution.action_id, Body.name)
        .join(Contribution.body)
        .where(Contribution.action_id.in_(ids), Contribution.status == ContributionStatus.NO_REPLY)
        .order_by(Contribution.id)
    )
    for action_id, name in rows:
        found.setdefault(action_id, []).append(name)
    return found
