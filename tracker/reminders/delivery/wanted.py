"""Looks at a claimed mail once more before it leaves: whether it is still ours to send, and still wanted by anybody."""

from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, exists, func, or_, select

from tracker.models import (
    Action,
    Body,
    Claim,
    Contribution,
    ContributionReminder,
    Extension,
    Message,
    Pause,
    Person,
    Reminder,
    Update,
)
from tracker.models.action import OPEN, WAITED_FOR
from tracker.models.portable import database_time
from tracker.reminders.stages.schedule import OWN, OWNER_CHASED
from tracker.terms import PLANNERS, Decision, Role, Stage

Mail = Row[*tuple[Any, ...]]  # the columns that _question names

# Or is neither lead nor director any more: somebody else stands in.
LEAD_GONE = Action.lead.has(or_(Person.active.is_(False), Person.role.not_in(sorted(PLANNERS))))
OWNER_GONE = Action.owner.has(active=False)

# What asks the owner still holds while the action waits for its owner or, where the owner has gone, for the lead; who
# was told for a lead who has gone is still asked while nobody has taken the lead's place. That nothing was said holds
# until something is said. A director is told while the action is open, and a decision waits until it is made.
FOR_LEAD = and_(Reminder.stage == Stage.LEAD_TOLD, or_(Action.lead_id == Reminder.person_id, LEAD_GONE))
FOR_DIRECTOR = and_(
    Reminder.stage == Stage.DIRECTOR_TOLD, exists().where(Person.id == Reminder.person_id, Person.role == Role.DIRECTOR)
)
FOR_OWNER = and_(
    Reminder.stage.in_(sorted(OWN)),
    or_(
        Action.owner_id == Reminder.person_id,
        Action.lead_id == Reminder.person_id,
        and_(OWNER_GONE, LEAD_GONE),
    ),
    Action.delivery.in_(sorted(OWNER_CHASED)),
    or_(
        Reminder.stage != Stage.SILENT,
        Action.last_update_at.is_(None),
        Action.last_update_at <= Reminder.created_at,
    ),
    ~exists().where(  # they have answered since
        Update.action_id == Action.id, Update.person_id == Reminder.person_id, Update.at > Reminder.created_at
    ),
)
FOR_DECIDING = and_(
    Reminder.stage == Stage.DECISION_WAITS,
    or_(
        *(
            exists().where(asked.action_id == Action.id, asked.outcome == Decision.WAITING)
            for asked in (Claim, Extension, Pause)
        )
    ),
)
CONTACT = func.coalesce(func.nullif(Contribution.contact_email, ""), Body.contact_email)
STILL_WANTED = or_(FOR_OWNER, FOR_LEAD, FOR_DIRECTOR, FOR_DECIDING)


def look(connection: Connection, message_id: int, token: str) -> Mail | None:
    """Return the mail with what decides whether it may leave now; None where another sender holds it."""
    question = _question(connection.dialect.name)
    return connection.execute(question, {"id": message_id, "token": token}).one_or_none()


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
    lines = (
        select(func.count())
        .select_from(ContributionReminder)
        .where(ContributionReminder.council_id == Message.council_id, ContributionReminder.message_id == Message.id)
        .correlate(Message)
    )
    open_lines = (
        lines.join(Contribution, Contribution.id == ContributionReminder.contribution_id)
        .join(Action, Action.id == Contribution.action_id)
        .join(Body, Body.id == Contribution.body_id)
        .where(WAITED_FOR, OPEN, Message.to_address == func.lower(CONTACT))
    )
    return (
        select(
            Message.id,
            Message.to_address,
            Message.subject,
            Message.text,
            Message.html,
            Message.message_id,
            Message.created_at,
            Message.attempts,
            Message.lease_until,
            database_time(dialect).label("clock"),
            Person.active,
            (told.scalar_subquery() + lines.scalar_subquery()).label("told"),
            (wanted.scalar_subquery() + open_lines.scalar_subquery()).label("wanted"),
        )
        .outerjoin(Person, Person.id == Message.person_id)
        .where(Message.id == bindparam("id"), Message.lease_token == bindparam("token"))
    )
