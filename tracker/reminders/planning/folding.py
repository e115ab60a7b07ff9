"""Takes up what earlier mails would tell that have not left, so that nobody gets two on one morning. Reads only.

Only a mail that surely has not left is taken up. One that a sender holds at this moment, or whose sender ever died or
was left without an answer, may have arrived: it leaves by itself, so that a second copy carries the same Message-ID.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, select

from tracker.models import Action, Message, Reminder
from tracker.models.action import OPEN
from tracker.models.reminder import UNFINISHED
from tracker.reminders.planning.asking import batches, midnight
from tracker.reminders.planning.mornings import Morning
from tracker.reminders.planning.notes import Saying, Tellers
from tracker.reminders.planning.standing import STILL_WANTED
from tracker.reminders.stages.schedule import Due
from tracker.terms import MessageStatus, Stage

NOT_LEFT = frozenset({MessageStatus.WAITING, MessageStatus.DEFERRED})


@dataclass(frozen=True)
class Unsent:
    """What a person's mails that have not left would tell, as far as it is still true."""

    message_ids: tuple[int, ...] = ()
    reminders: tuple[Due, ...] = ()
    sayings: tuple[Saying, ...] = ()


def surely_not_left() -> ColumnElement[bool]:
    """Match mails that no mail server can have: nobody holds them, and of no attempt it is unknown how it ended."""
    return and_(Message.status.in_(sorted(NOT_LEFT)), ~Message.may_have_left)


def unsent_of(morning: Morning, people: Collection[int], tellers: Tellers) -> dict[int, Unsent]:
    """Return of these people what their mails of earlier days would tell that have not left."""
    mails = _earlier_mails(morning, people)
    if not mails:
        return {}
    ids = sorted(message_id for of_person in mails.values() for message_id in of_person)
    reminders = _still_wanted(morning, ids)
    sayings: dict[int, list[Saying]] = defaultdict(list)
    for teller in tellers:
        for saying in teller.again(morning, ids):
            sayings[saying.person_id].append(saying)
    return {
        person_id: Unsent(tuple(of_person), tuple(reminders[person_id]), tuple(sayings[person_id]))
        for person_id, of_person in mails.items()
    }


def folded(newer: Iterable[Due], older: Iterable[Due]) -> list[Due]:
    """Return of one person's reminders the newest of each action: one action is one line, and a decision another."""
    kept: dict[tuple[int, bool], Due] = {}
    for reminder in (*sorted(older, key=lambda due: due.about_date), *newer):
        kept[reminder.action_id, reminder.stage is Stage.DECISION_WAITS] = reminder
    return sorted(kept.values())


def _earlier_mails(morning: Morning, people: Collection[int]) -> dict[int, list[int]]:
    """Return the ids of mails, by person, in order: few mails have not ended, and only they are read."""
    question = (
        select(Message.person_id, Message.id)
        .where(
            Message.council_id == morning.council.id,
            UNFINISHED,
            surely_not_left(),
            Message.dedupe_key.like("digest:%"),
            Message.created_at < midnight(morning.day),
        )
        .order_by(Message.id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for person_id, message_id in morning.session.execute(question):
        if person_id is not None and person_id in people:
            found[person_id].append(message_id)
    return found


def _still_wanted(morning: Morning, message_ids: Collection[int]) -> dict[int, list[Due]]:
    question = (
        select(Reminder.person_id, Reminder.action_id, Reminder.stage, Reminder.about_date)
        .join(Action, Action.id == Reminder.action_id)
        .where(Reminder.council_id == morning.council.id, OPEN, STILL_WANTED)
        .order_by(Reminder.id)
    )
    found: dict[int, list[Due]] = defaultdict(list)
    for chunk in batches(sorted(message_ids)):
        for row in morning.session.execute(question.where(Reminder.message_id.in_(chunk))):
            found[row.person_id].append(Due(*row))
    return found
