"""Looks at a claimed mail once more before it leaves: whether it is still ours to send, and still wanted by anybody."""

from functools import cache
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from tracker.models import Action, Message, Person, Reminder
from tracker.models.action import OPEN
from tracker.models.portable import database_time
from tracker.reminders.schedule import OWNER_CHASED
from tracker.terms import Stage

Mail = Row[*tuple[Any, ...]]  # the columns that _question names

LEAD_GONE = Action.lead.has(active=False)
OWNER_GONE = Action.owner.has(active=False)

# An owner's reminder still holds while the action waits for its owner or, where the owner has gone, for the lead; who
# was told for a lead who has gone is still asked while nobody has taken the lead's place.
STILL_WANTED = or_(
    and_(Reminder.stage == Stage.LEAD_TOLD, or_(Action.lead_id == Reminder.person_id, LEAD_GONE)),
    and_(
        Reminder.stage != Stage.LEAD_TOLD,
        or_(
            Action.owner_id == Reminder.person_id,
            Action.lead_id == Reminder.person_id,
            and_(OWNER_GONE, LEAD_GONE),
        ),
        Action.delivery.in_(sorted(OWNER_CHASED)),
    ),
)


def look(session: Session, message_id: int, token: str) -> Mail | None:
    """Return the mail with what decides whether it may leave now; None where another sender holds it."""
    question = _question(session.get_bind().dialect.name)
    return session.execute(question, {"id": message_id, "token": token}).one_or_none()


def no_longer_wanted(mail: Mail) -> str | None:
    """Say why a mail need not leave any more; None where it is still wanted."""
    if mail.active is False:
        return "The person's account was closed before it could leave."
    if mail.told and not mail.wanted:
        return "Everything in it was closed, claimed or given to somebody else before it could leave."
    return None


@cache
def _question(dialect: str) -> Select[*tuple[Any, ...]]:
    told = (
        select(func.count())
        .select_from(Reminder)
        .where(Reminder.council_id == Message.council_id, Reminder.message_id == Message.id)
        .correlate(Message)
    )
    wanted = told.join(Action, Action.id == Reminder.action_id).where(OPEN, STILL_WANTED)
    return (
        select(
            Message.id,
            Message.to_address,
            Message.subject,
            Message.text,
            Message.message_id,
            Message.created_at,
            Message.attempts,
            Message.lease_until,
            database_time(dialect).label("clock"),
            Person.active,
            told.scalar_subquery().label("told"),
            wanted.scalar_subquery().label("wanted"),
        )
        .outerjoin(Person, Person.id == Message.person_id)
        .where(Message.id == bindparam("id"), Message.lease_token == bindparam("token"))
    )
