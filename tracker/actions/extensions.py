"""Asking for more time and deciding it: the original date stays for ever, the current one moves only when agreed."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from tracker.actions import decisions, moving, queries
from tracker.actions.deciding import hold_undecided, settle
from tracker.actions.lifecycle import Move, allowed
from tracker.actions.parts import parts_of
from tracker.clock import london_date
from tracker.errors import InvalidValue, MoveNotAllowed
from tracker.models import Action, Extension, Person
from tracker.wording import format_date

LONGEST_EXTENSION = timedelta(days=2 * 366)


def ask_for_more_time(
    session: Session,
    action: Action,
    *,
    until: date,
    reason: str,
    safeguard: str,
    by: Person,
    now: datetime,
    asking: Move = Move.ASK_MORE_TIME,
) -> Extension:
    """Ask for a later date. The original date stays for ever; the current one moves only when it is agreed.

    ``asking`` says by which row of the table: the owner's own wish, or a lead's for a whole report.
    """
    queries.hold(session, action)
    allowed(asking, now=action.delivery, parts=parts_of(by, action))
    if decisions.waiting_extension(session, action) is not None:
        raise MoveNotAllowed("A request for more time is already waiting for a decision.")
    _check_later(action, until, london_date(now))
    moving.make(
        session,
        action,
        asking,
        f"asked for more time, until {format_date(until)}",
        by=by,
        now=now,
        given={"text": reason, "safeguard": safeguard},
        verb="extension_asked",
        note=f"{reason.strip()}\nMeanwhile: {safeguard.strip()}",
    )
    extension = Extension(
        council_id=action.council_id,
        action_id=action.id,
        asked_by_id=by.id,
        asked_at=now,
        from_date=action.current_due_date,
        to_date=until,
        reason=reason.strip(),
        safeguard=safeguard.strip(),
        marking=action.marking,
    )
    session.add(extension)
    session.flush()  # who decides it asks for its action
    return extension


def decide_extension(
    session: Session, extension: Extension, *, agreed: bool, note: str, by: Person, now: datetime
) -> None:
    """Agree or refuse a later date. Never by who asked, nor by the owner; refusing needs a reason; decided once."""
    action = extension.action
    hold_undecided(session, extension)
    if agreed and extension.to_date <= london_date(now):
        asked_for = format_date(extension.to_date)
        raise MoveNotAllowed(f"The date asked for, {asked_for}, has passed. Refuse it, and say so.")
    before, agreed_date = action.current_due_date, extension.to_date if agreed else action.current_due_date
    moving.make(
        session,
        action,
        Move.AGREE_MORE_TIME if agreed else Move.REFUSE_MORE_TIME,
        f"{'agreed to' if agreed else 'refused'} more time, until {format_date(extension.to_date)}",
        by=by,
        now=now,
        given={"note": note},
        asked=extension,
        verb="extension_agreed" if agreed else "extension_refused",
        before={"current_due_date": before},
        after={"current_due_date": agreed_date},
        note=note.strip() or None,
    )
    settle(extension, agreed=agreed, note=note.strip() or None, by=by, now=now)
    action.current_due_date = agreed_date


def _check_later(action: Action, until: date, today: date) -> None:
    earliest = max(action.current_due_date, today)
    if until <= earliest:
        raise InvalidValue(f"Enter a date after {format_date(earliest)}.", field="until")
    if until > today + LONGEST_EXTENSION:
        raise InvalidValue("Enter a date within the next two years.", field="until")
