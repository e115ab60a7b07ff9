"""Puts what is due together, one digest a person, with what each action needs to be written about. Reads only."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from tracker.clock import london_date
from tracker.models import Action, Council, Message, Reminder
from tracker.reminders.due import People, batches, had_mail, people_of, reminders_due
from tracker.reminders.emails import Digest, Item
from tracker.reminders.schedule import Due, digest_key
from tracker.terms import Delivery, Marking, MessageStatus, Stage

ActionRow = Row[int, str, str, Marking, Delivery, date, date, int]


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
    """The London days on which an action's owner was reminded of it, and on which a mail could not be delivered."""

    sent: tuple[date, ...] = ()
    failed: tuple[date, ...] = ()


def planned_digests(session: Session, council: Council, day: date) -> list[PlannedDigest]:
    """Return the mails due to a council's people on a London day, in order of person.

    Whoever already has that day's mail in the outbox is left out: what became due since waits for the next morning.
    """
    people = people_of(session, council.id)
    due = reminders_due(session, council, day, people, but=had_mail(session, council.id, day))
    items = _items(session, council.id, due, people)
    by_person: dict[int, list[Due]] = defaultdict(list)
    for reminder in due:
        by_person[reminder.person_id].append(reminder)
    return [_planned(council, people, day, reminders, items) for reminders in by_person.values()]


def _planned(
    council: Council, people: People, day: date, reminders: Sequence[Due], items: dict[Due, Item]
) -> PlannedDigest:
    person = people[reminders[0].person_id]
    digest = Digest(
        council_name=council.name,
        person_id=person.id,
        person_name=person.name,
        to_address=person.email,
        day=day,
        yours=tuple(items[reminder] for reminder in reminders if reminder.stage is not Stage.LEAD_TOLD),
        as_lead=tuple(items[reminder] for reminder in reminders if reminder.stage is Stage.LEAD_TOLD),
    )
    return PlannedDigest(digest, tuple(reminders))


def _items(session: Session, council_id: int, due: Sequence[Due], people: People) -> dict[Due, Item]:
    actions = _actions(session, council_id, sorted({reminder.action_id for reminder in due}))
    leads = {reminder.action_id for reminder in due if reminder.stage is Stage.LEAD_TOLD}
    tried = _tried(session, council_id, sorted(leads))
    items = {}
    for reminder in due:
        action = actions[reminder.action_id]
        before = tried.get((action.id, action.owner_id), Tried())
        items[reminder] = Item(
            reference=action.reference,
            title=action.title,
            marking=action.marking,
            delivery=action.delivery,
            original_due=action.original_due_date,
            current_due=action.current_due_date,
            stage=reminder.stage,
            owner_name=people[action.owner_id].name,
            owner_active=people[action.owner_id].active,
            reminded_on=before.sent,
            undelivered_on=before.failed,
        )
    return items


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
    ).where(Action.council_id == council_id)
    return {row.id: row for chunk in batches(action_ids) for row in session.execute(words.where(Action.id.in_(chunk)))}


def _tried(session: Session, council_id: int, action_ids: Sequence[int]) -> dict[tuple[int, int], Tried]:
    """Return what became of earlier reminders of these actions, by action and person."""
    given = (
        select(Reminder.action_id, Reminder.person_id, Reminder.created_at, Message.status)
        .join(Reminder.message)
        .where(Reminder.council_id == council_id, Reminder.stage != Stage.LEAD_TOLD)
        .order_by(Reminder.created_at, Reminder.id)
    )
    tried: dict[tuple[int, int], Tried] = defaultdict(Tried)
    for chunk in batches(action_ids):
        for action_id, person_id, at, status in session.execute(given.where(Reminder.action_id.in_(chunk))):
            key, day, before = (action_id, person_id), (london_date(at),), tried[action_id, person_id]
            if status is MessageStatus.SENT:
                tried[key] = Tried((*before.sent, *day), before.failed)
            elif status is MessageStatus.FAILED:
                tried[key] = Tried(before.sent, (*before.failed, *day))
    return tried
