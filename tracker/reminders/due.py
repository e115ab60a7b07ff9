"""Asks the database which reminders are due to a council's people on a day. Reads only.

A handful of questions a council, however many actions are due: the actions whose date is near or past, who last said
something of them, and what was already reminded. What is due is decided by ``schedule``.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, union_all
from sqlalchemy.orm import Session

from tracker.clock import LONDON, london_date
from tracker.models import Action, ClosureDay, Council, Extension, Message, Person, Reminder, Update
from tracker.models.action import OPEN
from tracker.reminders.schedule import Chase, Due, Recipient, digest_key, due_reminders, read_rules
from tracker.terms import Role, Stage
from tracker.working_days import is_working_day

AT_ONCE = 500  # values a question; SQLite takes at most 32,766 in one statement
BY_DATE = "INDEXED BY ix_actions_open_due"  # SQLite is otherwise tempted by the owner's index

STANDING_IN = (Role.LEAD, Role.DIRECTOR)  # in this order, for a lead who has gone

People = dict[int, Row[int, str, str, bool, Role]]
T = TypeVar("T")


def works_on(session: Session, council: Council, day: date) -> bool:
    """Say whether mails go out on this day: a working day of the council's nation, and not one of its closure days."""
    closures = session.scalars(select(ClosureDay.day).where(ClosureDay.council_id == council.id, ClosureDay.day == day))
    return is_working_day(day, council.nation, frozenset(closures))


def people_of(session: Session, council_id: int) -> People:
    """Return the council's people by id: their name, address, whether they are active, and their role."""
    rows = session.execute(
        select(Person.id, Person.name, Person.email, Person.active, Person.role).where(Person.council_id == council_id)
    )
    return {row.id: row for row in rows}


def had_mail(session: Session, council_id: int, day: date) -> set[int]:
    """Return who already has a London day's mail in the outbox."""
    midnight = datetime.combine(day, time.min, LONDON)
    mails = session.execute(
        select(Message.person_id, Message.dedupe_key).where(
            Message.council_id == council_id,
            Message.created_at >= midnight,
            Message.created_at < midnight + timedelta(days=1),
        )
    )
    return {person_id for person_id, key in mails if person_id and key == digest_key(person_id, day)}


def reminders_due(session: Session, council: Council, day: date, people: People, *, but: set[int]) -> list[Due]:
    """Return every reminder due on the day that has not been given yet, in order of person and action.

    ``but`` names the people who are told nothing more that day.
    """
    rules = read_rules(council.reminder_rules)
    horizon = day + timedelta(days=rules.horizon)
    asked = candidates(council.id, horizon).add_columns(
        Action.delivery, Action.current_due_date, Action.owner_id, Action.lead_id
    )
    rows = [row for row in session.execute(asked) if row.owner_id not in but or row.lead_id not in but]
    spoke = _spoke(session, council.id, horizon) if rows else {}

    def recipient(action_id: int, person_id: int) -> Recipient:
        return Recipient(person_id, people[person_id].active, spoke.get((action_id, person_id)))

    standins = _standins(people)
    due: list[Due] = []
    for action_id, delivery, current_due, owner_id, lead_id in rows:
        # Who owns it stands in only where nobody else can.
        standin = min(standins, key=lambda person_id: person_id == owner_id, default=None)
        chase = Chase(
            action_id,
            delivery,
            current_due,
            recipient(action_id, owner_id),
            recipient(action_id, lead_id),
            standin=None if standin is None else recipient(action_id, standin),
        )
        due += [reminder for reminder in due_reminders(chase, rules, day) if reminder.person_id not in but]
    return sorted(_not_yet_given(session, council.id, horizon, due))


def candidates(council_id: int, horizon: date) -> Select[int]:
    """Ask for the open actions whose date is on or before the horizon; by index, so the rest is never read.

    The current date is never before the original one, so the index on the original date bounds both.
    """
    return select(Action.id).where(_could_be_due(council_id, horizon)).with_hint(Action, BY_DATE, "sqlite")


def batches(values: Sequence[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    """Cut into pieces of what one question may ask for."""
    return (values[start : start + size] for start in range(0, len(values), size))


def _standins(people: People) -> list[int]:
    """Return who may stand in for a lead who has gone: active leads before directors, each by id."""
    able = [row for row in people.values() if row.active and row.role in STANDING_IN]
    return [row.id for row in sorted(able, key=lambda row: (STANDING_IN.index(row.role), row.id))]


def _could_be_due(council_id: int, horizon: date) -> ColumnElement[bool]:
    return and_(
        Action.council_id == council_id,
        OPEN,
        Action.original_due_date <= horizon,
        Action.current_due_date <= horizon,
    )


def _spoke(session: Session, council_id: int, horizon: date) -> dict[tuple[int, int], date]:
    """Return the London day each person last said something of an action: an update, or that they need more time."""
    updates = (
        select(Update.action_id, Update.person_id, func.max(Update.at).label("at"))
        .where(Update.council_id == council_id, Update.action_id.in_(candidates(council_id, horizon)))
        .group_by(Update.action_id, Update.person_id)
    )
    asked = (
        select(Extension.action_id, Extension.asked_by_id, func.max(Extension.asked_at))
        .where(Extension.council_id == council_id, Extension.action_id.in_(candidates(council_id, horizon)))
        .group_by(Extension.action_id, Extension.asked_by_id)
    )
    spoke: dict[tuple[int, int], date] = {}
    for action_id, person_id, at in session.execute(union_all(updates, asked)):
        spoke[action_id, person_id] = max(london_date(at), spoke.get((action_id, person_id), date.min))
    return spoke


def _not_yet_given(session: Session, council_id: int, horizon: date, due: Sequence[Due]) -> list[Due]:
    if not due:
        return []
    # An owner's stages fell within a few weeks; only the lead's may lie far back, and there is one of it a date.
    oldest = min((reminder.about_date for reminder in due if reminder.stage is not Stage.LEAD_TOLD), default=horizon)
    given = session.execute(
        select(Reminder.person_id, Reminder.action_id, Reminder.stage, Reminder.about_date).where(
            Reminder.council_id == council_id,
            Reminder.action_id.in_(candidates(council_id, horizon)),
            or_(Reminder.stage == Stage.LEAD_TOLD, Reminder.about_date >= oldest),
        )
    )
    known = {Due(*row) for row in given}
    return [reminder for reminder in due if reminder not in known]
