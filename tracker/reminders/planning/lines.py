"""What the lines of a morning's mails are written from: actions, what waits, who was told before. Reads only."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from tracker.clock import london_date
from tracker.models import Action, Message, Reminder
from tracker.reminders.planning.asking import asked_until, batches, last_words, spoken
from tracker.reminders.planning.mornings import Morning
from tracker.reminders.stages.schedule import ONCE, OWN, Due
from tracker.reminders.stages.waiting import Asked, deciders, oldest_of_each
from tracker.reminders.words.entries import Item
from tracker.terms import MAIL_LEFT, MAIL_LOST, Delivery, Marking, Stage

ActionRow = Row[int, str, str, Marking, Delivery, date, date, int, int, datetime | None, datetime]


@dataclass(frozen=True)
class Tried:
    """The London days on which somebody was told of an action, and on which a mail could not be delivered."""

    sent: tuple[date, ...] = ()
    failed: tuple[date, ...] = ()


@dataclass(frozen=True)
class Told:
    """What the lines of a morning's mails are written from: the actions, what waits, and who was told before."""

    actions: dict[int, ActionRow]
    waiting: dict[int, Asked]
    tried: dict[tuple[int, int, bool], Tried]  # action, person, whether as its lead
    words: dict[int, date]  # of what nothing is heard: the day of the last word but an update, where there is one


def _may_decide(morning: Morning, asked: Asked) -> frozenset[int]:
    return frozenset(deciders(asked, 2, officers=morning.owners, planners=morning.leads))


def item_of(morning: Morning, reminder: Due, told: Told) -> Item:
    """Return what a reminder's line is written from."""
    action, people = told.actions[reminder.action_id], morning.people
    asked = told.waiting.get(action.id)
    before = told.tried.get((action.id, action.owner_id, False), Tried())
    as_lead = told.tried.get((action.id, action.lead_id, True), Tried())
    may = _may_decide(morning, asked) if asked else frozenset()
    return Item(
        action_id=action.id,
        reference=action.reference,
        title=action.title,
        marking=action.marking,
        delivery=action.delivery,
        original_due=action.original_due_date,
        current_due=action.current_due_date,
        stage=reminder.stage,
        owner_name=people[action.owner_id].name,
        owner_active=people[action.owner_id].active,
        owner_may_own=people[action.owner_id].may_own,
        own=action.owner_id == reminder.person_id,
        may_decide=reminder.person_id in may,
        wish=asked.wish if asked else None,
        asked_on=asked.asked_on if asked else None,
        asked_by=people[asked.asked_by_id].name if asked else "",
        last_word=max(london_date(action.last_update_at or action.created_at), told.words.get(action.id, date.min)),
        reminded_on=before.sent,
        undelivered_on=before.failed,
        lead_name=people[action.lead_id].name,
        lead_told_on=as_lead.sent,
    )


def told_of(morning: Morning, due: Sequence[Due]) -> Told:
    """Read what the lines of these reminders are written from, in a fixed number of questions."""
    session, council_id = morning.session, morning.council.id
    if not due:
        return Told({}, {}, {}, {})
    escalated = {reminder.action_id for reminder in due if reminder.stage in ONCE}
    silent = {reminder.action_id for reminder in due if reminder.stage is Stage.SILENT}
    return Told(
        actions=_actions(session, council_id, sorted({reminder.action_id for reminder in due})),
        waiting=oldest_of_each(asked_until(session, council_id, morning.day)),
        tried=_tried(session, council_id, sorted(escalated)),
        words=last_words(spoken(session, council_id, silent)),
    )


def _actions(session: Session, council_id: int, action_ids: Sequence[int]) -> dict[int, ActionRow]:
    words = select(
        Action.id,
        Action.reference,
        Action.title,
        Action.marking,
        Action.delivery,
        Action.original_due_date,
        Action.current_due_date,
        Action.owner_id,
        Action.lead_id,
        Action.last_update_at,
        Action.created_at,
    ).where(Action.council_id == council_id)
    return {row.id: row for chunk in batches(action_ids) for row in session.execute(words.where(Action.id.in_(chunk)))}


def _tried(session: Session, council_id: int, action_ids: Sequence[int]) -> dict[tuple[int, int, bool], Tried]:
    """Return what became of earlier mails about these actions, to whom, and whether as the action's lead.

    The day is the mail's, which may be a later one than the reminder's: it may have been taken over from one that did
    not leave, and then stand beside others of the same action.
    """
    day, as_lead = func.coalesce(Message.sent_at, Message.created_at), Reminder.stage == Stage.LEAD_TOLD
    given = (
        select(Reminder.action_id, Reminder.person_id, as_lead, Message.status, day)
        .join(Reminder.message)
        .where(Reminder.council_id == council_id, Reminder.stage.in_(sorted(OWN | {Stage.LEAD_TOLD})))
        .order_by(day, Reminder.id)
    )
    sent: dict[tuple[int, int, bool], list[date]] = defaultdict(list)
    failed: dict[tuple[int, int, bool], list[date]] = defaultdict(list)
    for chunk in batches(action_ids):
        for row in session.execute(given.where(Reminder.action_id.in_(chunk))):
            action_id, person_id, lead, status, at = row
            if status in MAIL_LEFT | MAIL_LOST:
                days = sent if status in MAIL_LEFT else failed
                days[action_id, person_id, lead].append(london_date(at))
    return {key: Tried(_once(sent[key]), _once(failed[key])) for key in (*sent, *failed)}


def _once(days: Iterable[date]) -> tuple[date, ...]:
    return tuple(dict.fromkeys(days))
