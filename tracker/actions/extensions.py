"""Asking for more time and deciding it: the original date stays for ever, the current one moves only when agreed."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from tracker import audit
from tracker.actions import queries
from tracker.actions.lifecycle import Part
from tracker.actions.parts import parts_of
from tracker.clock import london_date
from tracker.errors import InvalidValue, MoveNotAllowed, NotAllowed
from tracker.models import Action, Extension, Person
from tracker.terms import OPEN_DELIVERY, Decision
from tracker.wording import format_date

LONGEST_EXTENSION = timedelta(days=2 * 366)


def ask_for_more_time(
    session: Session, action: Action, *, until: date, reason: str, safeguard: str, by: Person, now: datetime
) -> Extension:
    """Ask for a later date. The original date stays for ever; the current one moves only when it is agreed."""
    queries.hold(session, action)
    if Part.OWNER not in parts_of(by, action):
        raise NotAllowed("Only the owner may ask for more time.")
    if action.delivery not in OPEN_DELIVERY:
        raise MoveNotAllowed(f"This action is not open: it stands at “{action.delivery.label}”.")
    if queries.waiting_extension(session, action) is not None:
        raise MoveNotAllowed("A request for more time is already waiting for a decision.")
    _check_later(action, until, london_date(now))
    if not reason.strip() or not safeguard.strip():
        raise InvalidValue("Say why more time is needed, and what protects people meanwhile.", field="safeguard")
    extension = Extension(
        council_id=action.council_id,
        action_id=action.id,
        asked_by_id=by.id,
        asked_at=now,
        from_date=action.current_due_date,
        to_date=until,
        reason=reason.strip(),
        safeguard=safeguard.strip(),
    )
    session.add(extension)
    audit.record(
        session,
        action,
        "extension_asked",
        f"asked for more time, until {format_date(until)}",
        by=by,
        at=now,
        note=f"{extension.reason}\nMeanwhile: {extension.safeguard}",
    )
    return extension


def decide_extension(
    session: Session, extension: Extension, *, agreed: bool, note: str, by: Person, now: datetime
) -> None:
    """Agree or refuse a later date. Never by who asked, nor by the owner; refusing needs a reason; decided once."""
    action = extension.action
    queries.hold(session, action)
    session.refresh(extension, ["outcome"])
    if extension.outcome is not Decision.WAITING or action.delivery not in OPEN_DELIVERY:
        raise MoveNotAllowed("This request has been decided already.")
    if Part.LEAD not in parts_of(by, action) or by.id in (extension.asked_by_id, action.owner_id):
        raise NotAllowed("You cannot decide this request: a lead who did not ask for it has to.")
    if not agreed and not note.strip():
        raise InvalidValue("Say why it is refused.", field="note")
    extension.outcome = Decision.AGREED if agreed else Decision.REFUSED
    extension.decided_by_id, extension.decided_at, extension.decision_note = by.id, now, note.strip() or None
    before = action.current_due_date
    if agreed:
        action.current_due_date = extension.to_date
    audit.record(
        session,
        action,
        "extension_agreed" if agreed else "extension_refused",
        f"{'agreed to' if agreed else 'refused'} more time, until {format_date(extension.to_date)}",
        by=by,
        at=now,
        before={"current_due_date": before},
        after={"current_due_date": action.current_due_date},
        note=note.strip() or None,
    )


def _check_later(action: Action, until: date, today: date) -> None:
    earliest = max(action.current_due_date, today)
    if until <= earliest:
        raise InvalidValue(f"Enter a date after {format_date(earliest)}.", field="until")
    if until > today + LONGEST_EXTENSION:
        raise InvalidValue("Enter a date within the next two years.", field="until")
