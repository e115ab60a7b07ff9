"""What is late or near in a lead's plan, by outlook, in the first mail of the week. Reads only."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from tracker.actions.outlook_queries import counts_as, outlooks
from tracker.models import Action
from tracker.models.action import OPEN
from tracker.reminders.planning.already import mails_of
from tracker.reminders.planning.asking import batches
from tracker.reminders.planning.folding import NOT_LEFT
from tracker.reminders.planning.mornings import Morning
from tracker.reminders.stages.rhythm import monday_of
from tracker.reminders.words.emails import Planned
from tracker.terms import MessageStatus, Outlook

WEEKS_AHEAD = 26  # what is due later than in half a year is no matter of this week
MOST_JUDGED = 200  # of one lead: the page has them all
IN_DANGER = (Outlook.OFF_TRACK, Outlook.AT_RISK)
# A mail of an earlier day that surely has not left by now is taken up by the one that is written now (``folding``).
HAS_TOLD_NOTHING = NOT_LEFT | {MessageStatus.CANCELLED, MessageStatus.TOLD_LATER}


def plans(morning: Morning, told: Collection[int], *, but: set[int]) -> dict[int, tuple[Planned, ...]]:
    """Return the plan of each lead whose mail of this morning carries it.

    That is the first mail of the week, as a rule the one of its first working day. ``told`` are the people who get a
    mail anyway. On the first working day danger is reason enough for a mail; a plan that is all on track is not. A mail
    that was cancelled told nobody anything: what was reason enough for it is so on the next morning.
    """
    leads = set(morning.leads) - but
    monday = monday_of(morning.day)
    if morning.day != monday:
        had, had_not = _mails_since(morning, monday, leads)
        leads -= had
        if not leads.intersection({*told, *had_not}):
            return {}  # the calendar is not asked where nothing hangs on it
        if morning.day != morning.calendar.week_began(morning.day):
            leads.intersection_update({*told, *had_not})
    found = _plans_of(morning.session, morning.council.id, sorted(leads), morning.day)
    return {
        person_id: plan
        for person_id, plan in found.items()
        if person_id in told or any(line.outlook in IN_DANGER for line in plan)
    }


def _mails_since(morning: Morning, monday: date, leads: Collection[int]) -> tuple[set[int], set[int]]:
    """Return which of the leads had a mail since the Monday, as far as known, and of whose none is left to come."""
    mails = mails_of(morning.session, morning.council.id, leads, monday, morning.day - timedelta(days=1))
    had = {person_id for person_id, status, may_have_left in mails if may_have_left or status not in HAS_TOLD_NOTHING}
    to_come = {person_id for person_id, status, _ in mails if status in NOT_LEFT}
    return had, {person_id for person_id, *_ in mails} - had - to_come


def _plans_of(session: Session, council_id: int, leads: list[int], today: date) -> dict[int, tuple[Planned, ...]]:
    """Return what is near or past of each lead's plan, the nearest dates of each: a fixed number of questions."""
    found: dict[int, list[Planned]] = defaultdict(list)
    chosen = [action_id for some in batches(leads) for action_id in session.scalars(_nearest(council_id, some, today))]
    for chunk in batches(chosen):
        actions = session.scalars(select(Action).where(Action.id.in_(chunk)).order_by(Action.id)).all()
        judged = outlooks(session, actions, today)
        for action in actions:
            outlook = counts_as(action, judged[action.id]) if action.id in judged else None
            found[action.lead_id].append(
                Planned(
                    reference=action.reference,
                    title=action.title,
                    marking=action.marking,
                    original_due=action.original_due_date,
                    current_due=action.current_due_date,
                    outlook=outlook.outlook if outlook else None,
                    reason=outlook.reason if outlook else "",
                )
            )
    return {person_id: tuple(lines) for person_id, lines in found.items()}


def _nearest(council_id: int, leads: Sequence[int], today: date) -> Select[int]:
    """Ask for the open actions of these leads that are late or due within half a year; the rest is never read."""
    ranked = (
        select(
            Action.id,
            func.row_number()
            .over(partition_by=Action.lead_id, order_by=(Action.original_due_date, Action.id))
            .label("place"),
        )
        .where(
            Action.council_id == council_id,
            OPEN,
            Action.original_due_date <= today + timedelta(weeks=WEEKS_AHEAD),
            Action.lead_id.in_(leads),
        )
        .subquery()
    )
    return select(ranked.c.id).where(ranked.c.place <= MOST_JUDGED)
