"""Puts what is due together, one digest a person, with what each action needs to be written about. Reads only."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from tracker.clock import london_date
from tracker.models import Action, Council, Message, Reminder
from tracker.reminders.planning.asking import asked_until, batches, last_words, spoken
from tracker.reminders.planning.due import Morning, had_mail, morning_of, reminders_due
from tracker.reminders.planning.plans import plans
from tracker.reminders.stages.schedule import ONCE, OWN, Due, digest_key
from tracker.reminders.stages.waiting import Asked, deciders, oldest_of_each
from tracker.reminders.words.emails import Digest, Planned
from tracker.reminders.words.entries import Item
from tracker.terms import MAIL_LEFT, MAIL_LOST, OFFICERS, PLANNERS, Delivery, Marking, Stage

ActionRow = Row[int, str, str, Marking, Delivery, date, date, int, int, datetime | None, datetime]


@dataclass(frozen=True)
class PlannedDigest:
    """A digest, with the reminders it stands for."""

    digest: Digest
    reminders: tuple[Due, ...]

    @property
    def dedupe_key(self) -> str:
        """One mail a person a London day, by the unique key of the outbox."""
        return digest_key(self.digest.person_id, self.digest.day)


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


def planned_digests(session: Session, council: Council, day: date) -> list[PlannedDigest]:
    """Return the mails due to a council's people on a London day, in order of person.

    Whoever already has that day's mail in the outbox is left out: what became due since waits for the next morning.
    """
    morning = morning_of(session, council, day)
    but = had_mail(session, council.id, day)
    by_person: dict[int, list[Due]] = defaultdict(list)
    for reminder in reminders_due(morning, but=but):
        by_person[reminder.person_id].append(reminder)
    weekly = plans(morning, by_person.keys(), but=but)
    told = _told(morning, [one for reminders in by_person.values() for one in reminders])
    return [
        _planned(morning, person_id, by_person.get(person_id, []), told, weekly.get(person_id, ()))
        for person_id in sorted(by_person.keys() | weekly.keys())
    ]


def _planned(
    morning: Morning, person_id: int, reminders: Sequence[Due], told: Told, plan: tuple[Planned, ...]
) -> PlannedDigest:
    person = morning.people[person_id]

    def of(stages: Iterable[Stage]) -> tuple[Item, ...]:
        wanted = frozenset(stages)
        return tuple(_item(morning, reminder, told) for reminder in reminders if reminder.stage in wanted)

    digest = Digest(
        council_name=morning.council.name,
        person_id=person.id,
        person_name=person.name,
        to_address=person.email,
        day=morning.day,
        yours=of(OWN),
        to_decide=of({Stage.DECISION_WAITS}),
        as_lead=of({Stage.LEAD_TOLD}),
        as_director=of({Stage.DIRECTOR_TOLD}),
        plan=plan,
    )
    return PlannedDigest(digest, tuple(reminders))


def _may_decide(morning: Morning, asked: Asked) -> frozenset[int]:
    officers, planners = morning.active_with(OFFICERS), morning.active_with(PLANNERS)
    return frozenset(deciders(asked, 2, officers=officers, planners=planners))


def _item(morning: Morning, reminder: Due, told: Told) -> Item:
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


def _told(morning: Morning, due: Sequence[Due]) -> Told:
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
    """Return what became of earlier reminders of these actions, to whom, and whether as the action's lead."""
    given = (
        select(Reminder.action_id, Reminder.person_id, Reminder.stage, Reminder.created_at, Message.status)
        .join(Reminder.message)
        .where(Reminder.council_id == council_id, Reminder.stage.in_(sorted(OWN | {Stage.LEAD_TOLD})))
        .order_by(Reminder.created_at, Reminder.id)
    )
    tried: dict[tuple[int, int, bool], Tried] = defaultdict(Tried)
    for chunk in batches(action_ids):
        for action_id, person_id, stage, at, status in session.execute(given.where(Reminder.action_id.in_(chunk))):
            key, day = (action_id, person_id, stage is Stage.LEAD_TOLD), (london_date(at),)
            before = tried[key]
            if status in MAIL_LEFT:
                tried[key] = Tried((*before.sent, *day), before.failed)
            elif status in MAIL_LOST:
                tried[key] = Tried(before.sent, (*before.failed, *day))
    return tried
