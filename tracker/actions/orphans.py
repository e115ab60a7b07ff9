"""Actions that nobody looks after any more: the owner has left or may own none, no mail reaches them, or is silent.

Derived, never stored: the alarm ends by itself when the actions are handed over or the owner is heard of.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.actions.queries import is_open
from tracker.clock import london_date
from tracker.models import Action, Claim, Extension, HistoryEntry, Message, Pause, Person, Update
from tracker.terms import MAIL_LEFT, MAIL_LOST, OFFICERS
from tracker.wording import format_date, plural

SILENT_DAYS = 30


@dataclass(frozen=True)
class Alarm:
    """Somebody whose open actions need another owner, or a word with them."""

    owner: Person
    actions: int
    reason: str


def alarms(session: Session, today: date) -> list[Alarm]:
    """Return whose open actions nobody looks after, by name, each with the reason in a sentence."""
    rows = session.execute(
        select(Person, func.count(Action.id), func.min(Action.created_at))
        .join(Action, Action.owner_id == Person.id)
        .where(is_open())
        .options(selectinload(Person.post))
        .group_by(Person.id)
        .order_by(Person.name, Person.id)
    ).all()
    ids = [person.id for person, _, _ in rows]
    wrote, refused = _last_wrote(session, ids), _mail_refused(session, ids)
    given = _last_given(session, ids)
    found = []
    for person, count, since in rows:
        heard = max(since, *(at.get(person.id, since) for at in (wrote, given)), person.signed_in_at or since)
        reason = _reason(person, heard, refused.get(person.id), today)
        if reason:
            found.append(Alarm(person, count, reason))
    return found


def disowned(session: Session) -> list[Action]:
    """Return the open actions whose owner has said that they are not theirs, the first said first."""
    question = select(Action).where(is_open(), Action.disowned_at.is_not(None)).options(joinedload(Action.owner))
    return list(session.scalars(question.order_by(Action.disowned_at, Action.id)))


def _reason(person: Person, heard: datetime, refused: datetime | None, today: date) -> str:
    if not person.active:
        return "Their account is closed."
    if person.role not in OFFICERS:
        return f"Their account is now that of a {person.role.label.lower()}, who cannot own actions."
    if refused is not None:
        return f"Mail to {person.email} was refused on {format_date(london_date(refused))}."
    silent = (today - london_date(heard)).days
    return f"Nothing has been heard of them for {plural(silent, 'day')}." if silent >= SILENT_DAYS else ""


def _last_wrote(session: Session, ids: list[int]) -> dict[int, datetime]:
    """Return when each last wrote an update, claimed, or asked for something, on a page or by link."""
    found: dict[int, datetime] = {}
    for person, at in (
        (Update.person_id, Update.at),
        (Claim.claimed_by_id, Claim.claimed_at),
        (Extension.asked_by_id, Extension.asked_at),
        (Pause.asked_by_id, Pause.asked_at),
    ):
        for person_id, last in session.execute(select(person, func.max(at)).where(person.in_(ids)).group_by(person)):
            found[person_id] = max(last, found.get(person_id, last))
    return found


def _last_given(session: Session, ids: list[int]) -> dict[int, datetime]:
    """Return when each was last given one of their open actions: nobody is silent about what came yesterday."""
    question = (
        select(Action.owner_id, func.max(HistoryEntry.at).label("at"))
        .join(
            HistoryEntry,
            and_(
                HistoryEntry.council_id == Action.council_id,
                HistoryEntry.subject == "action",
                HistoryEntry.subject_id == Action.id,
                HistoryEntry.kind == "action:handed_over",
            ),
        )
        .where(Action.owner_id.in_(ids), is_open())
    )
    return {row.owner_id: row.at for row in session.execute(question.group_by(Action.owner_id))}


def _mail_refused(session: Session, ids: list[int]) -> dict[int, datetime]:
    """Return whose last mail was refused for good, and when it was written.

    Only mail to the address they have now counts: where it was corrected, nothing has been refused yet.
    """
    newest = (
        select(func.max(Message.id))
        .join(Person, and_(Person.id == Message.person_id, Person.email == Message.to_address))
        .where(Message.person_id.in_(ids), Message.status.in_(MAIL_LEFT | MAIL_LOST))
        .group_by(Message.person_id)
    )
    question = select(Message.person_id, Message.created_at).where(
        Message.id.in_(newest), Message.status.in_(MAIL_LOST)
    )
    return {row.person_id: row.created_at for row in session.execute(question)}
