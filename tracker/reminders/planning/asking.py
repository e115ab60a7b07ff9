"""What the sweep asks the database, by index and for many actions at once. Reads only.

What is due is decided by ``schedule`` and ``waiting``; ``due`` puts the two together.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, Select, func, select, text, union_all
from sqlalchemy.orm import Session

from tracker.clock import LONDON, london_date
from tracker.models import Action, Claim, ClosureDay, Council, Extension, Pause, Person, Reminder, Update
from tracker.models.action import OPEN
from tracker.reminders.stages.rhythm import Calendar
from tracker.reminders.stages.waiting import Asked, Wish
from tracker.terms import Delivery, MailRhythm, Role, Stage

AT_ONCE = 500  # values a question; SQLite takes at most 32,766 in one statement
WAITS = text("outcome = 'waiting'")  # in the words of the indexes of what waits: a value would not find them

People = dict[int, Row[int, str, str, bool, Role, MailRhythm, bool, bool]]
ActionDates = Row[int, Delivery, date, int, int, datetime | None, datetime]
T = TypeVar("T")


def people_of(session: Session, council_id: int) -> People:
    """Return the council's people by id, with what decides whether and how often they are written to."""
    rows = session.execute(
        select(
            Person.id,
            Person.name,
            Person.email,
            Person.active,
            Person.role,
            Person.mail_rhythm,
            Person.may_own.label("may_own"),
            Person.may_lead.label("may_lead"),
        ).where(Person.council_id == council_id)
    )
    return {row.id: row for row in rows}


def calendar_of(session: Session, council: Council) -> Calendar:
    """Return the days on which the council works."""
    closures = session.scalars(select(ClosureDay.day).where(ClosureDay.council_id == council.id))
    return Calendar(council.nation, frozenset(closures))


def near_or_past(session: Session, council_id: int, horizon: date) -> list[ActionDates]:
    """Return the open actions whose date is on or before the horizon.

    The current date is never before the original one, so the index on the original date bounds both.
    """
    dated = (Action.original_due_date <= horizon, Action.current_due_date <= horizon)
    return list(session.execute(_open_actions(council_id, *dated)))


def silent_since(session: Session, council_id: int, day: date) -> list[ActionDates]:
    """Return the open actions of which nothing has been said since a London day, nor on it."""
    until = midnight(day + timedelta(days=1))
    said = _open_actions(council_id, Action.last_update_at < until)
    never = _open_actions(council_id, Action.last_update_at.is_(None), Action.created_at < until)
    return [*session.execute(said), *session.execute(never)]


def spoken(session: Session, council_id: int, action_ids: Collection[int]) -> dict[tuple[int, int], date]:
    """Return the London day each person last said something of an action.

    That is an update, a claim, a request or, from its owner, that it is not theirs.
    """
    found: dict[tuple[int, int], date] = {}
    for chunk in batches(sorted(action_ids)):
        questions: list[Select[*tuple[Any, ...]]] = [
            select(model.action_id, person, func.max(at))
            .where(model.council_id == council_id, model.action_id.in_(chunk))
            .group_by(model.action_id, person)
            for model, person, at in (
                (Update, Update.person_id, Update.at),
                (Claim, Claim.claimed_by_id, Claim.claimed_at),
                (Extension, Extension.asked_by_id, Extension.asked_at),
                (Pause, Pause.asked_by_id, Pause.asked_at),
            )
        ]
        disowned = select(Action.id, Action.owner_id, Action.disowned_at)
        disowned = disowned.where(
            Action.council_id == council_id, Action.id.in_(chunk), Action.disowned_at.is_not(None)
        )
        for action_id, person_id, at in session.execute(union_all(*questions, disowned)):
            found[action_id, person_id] = max(london_date(at), found.get((action_id, person_id), date.min))
    return found


def decided(session: Session, council_id: int, action_ids: Collection[int]) -> dict[int, date]:
    """Return the London day on which a claim or request of an action was last decided, where one was."""
    found: dict[int, date] = {}
    for chunk in batches(sorted(action_ids)):
        questions: list[Select[*tuple[Any, ...]]] = [
            select(model.action_id, func.max(at))
            .where(model.council_id == council_id, model.action_id.in_(chunk), at.is_not(None))
            .group_by(model.action_id)
            for model, at in (
                (Claim, Claim.checked_at),
                (Extension, Extension.decided_at),
                (Pause, Pause.decided_at),
            )
        ]
        for action_id, at in session.execute(union_all(*questions)):
            found[action_id] = max(london_date(at), found.get(action_id, date.min))
    return found


def last_words(spoke: Mapping[tuple[int, int], date]) -> dict[int, date]:
    """Return the London day on which anybody last said something of an action, of those ``spoken`` found."""
    found: dict[int, date] = {}
    for (action_id, _), said in spoke.items():
        found[action_id] = max(said, found.get(action_id, date.min))
    return found


def told_before(
    session: Session, council_id: int, action_ids: Collection[int]
) -> dict[tuple[int, int], list[tuple[Stage, date]]]:
    """Return what each person was told of these actions: of each stage the last day."""
    found: dict[tuple[int, int], list[tuple[Stage, date]]] = defaultdict(list)
    for chunk in batches(sorted(action_ids)):
        rows = session.execute(
            select(Reminder.action_id, Reminder.person_id, Reminder.stage, func.max(Reminder.about_date))
            .where(Reminder.council_id == council_id, Reminder.action_id.in_(chunk))
            .group_by(Reminder.action_id, Reminder.person_id, Reminder.stage)
        )
        for action_id, person_id, stage, about in rows:
            found[action_id, person_id].append((stage, about))
    return found


def asked_until(session: Session, council_id: int, day: date) -> list[Asked]:
    """Return the claims and requests of open actions that wait for a decision and were made by a London day."""
    until = midnight(day + timedelta(days=1))
    found: list[tuple[Wish, int, datetime, int]] = []
    for wish, model, by, at in (
        (Wish.CLAIM, Claim, Claim.claimed_by_id, Claim.claimed_at),
        (Wish.EXTENSION, Extension, Extension.asked_by_id, Extension.asked_at),
        (Wish.PAUSE, Pause, Pause.asked_by_id, Pause.asked_at),
    ):
        question = select(model.action_id, at, by).where(model.council_id == council_id, WAITS, at < until)
        found += [(wish, *row) for row in session.execute(question)]
    people = _people_of_open(session, council_id, {action_id for _, action_id, _, _ in found})
    return [
        Asked(action_id, wish, london_date(asked_at), by_id, *people[action_id])
        for wish, action_id, asked_at, by_id in found
        if action_id in people
    ]


def _people_of_open(
    session: Session, council_id: int, action_ids: Collection[int]
) -> dict[int, tuple[int, int, int | None]]:
    """Return owner, lead and appointed checker of those of the actions that are open."""
    question = select(Action.id, Action.owner_id, Action.lead_id, Action.checker_id).where(
        Action.council_id == council_id, OPEN
    )
    return {
        row.id: (row.owner_id, row.lead_id, row.checker_id)
        for chunk in batches(sorted(action_ids))
        for row in session.execute(question.where(Action.id.in_(chunk)))
    }


def batches(values: Sequence[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    """Cut into pieces of what one question may ask for."""
    return (values[start : start + size] for start in range(0, len(values), size))


def midnight(day: date) -> datetime:
    """Return the moment at which a London day begins."""
    return datetime.combine(day, time.min, LONDON)


def _open_actions(
    council_id: int, *conditions: ColumnElement[bool]
) -> Select[int, Delivery, date, int, int, datetime | None, datetime]:
    return select(
        Action.id,
        Action.delivery,
        Action.current_due_date,
        Action.owner_id,
        Action.lead_id,
        Action.last_update_at,
        Action.created_at,
    ).where(Action.council_id == council_id, OPEN, *conditions)
