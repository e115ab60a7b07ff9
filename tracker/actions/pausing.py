"""Pausing: work stopped for a stated reason, agreed by a lead, with a day on which it goes on by itself.

The clock does not stop: a paused action is late on the day it would have been (DESIGN section 4).
"""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from tracker.actions import decisions, moving, queries
from tracker.actions.deciding import hold_undecided, settle
from tracker.actions.lifecycle import Move
from tracker.clock import london_date
from tracker.errors import InvalidValue, MoveNotAllowed
from tracker.models import Action, Pause, Person
from tracker.terms import Delivery
from tracker.wording import format_date

LONGEST_PAUSE = timedelta(days=90)


def ask_for_pause(
    session: Session, action: Action, *, review: date, reason: str, safeguard: str, by: Person, now: datetime
) -> Pause:
    """Ask for a pause until a review date. Raises InvalidValue for one that is past, or over 90 days off."""
    queries.hold(session, action)
    if decisions.waiting_pause(session, action) is not None:
        raise MoveNotAllowed("A request for a pause is already waiting for a decision.")
    today = london_date(now)
    if not today < review <= today + LONGEST_PAUSE:
        raise InvalidValue(
            f"Enter a date after today and no later than {format_date(today + LONGEST_PAUSE)}.", field="review"
        )
    moving.make(
        session,
        action,
        Move.ASK_PAUSE,
        f"asked for a pause until {format_date(review)}",
        by=by,
        now=now,
        given={"text": reason, "safeguard": safeguard},
        verb="pause_asked",
        note=f"{reason.strip()}\nMeanwhile: {safeguard.strip()}",
    )
    pause = Pause(
        council_id=action.council_id,
        action_id=action.id,
        asked_by_id=by.id,
        asked_at=now,
        review_date=review,
        reason=reason.strip(),
        safeguard=safeguard.strip(),
        marking=action.marking,
    )
    session.add(pause)
    session.flush()  # who decides it asks for its action
    return pause


def decide_pause(session: Session, pause: Pause, *, agreed: bool, note: str, by: Person, now: datetime) -> None:
    """Agree to a pause or refuse it. Never by who asked, nor by the owner; refusing needs a reason; decided once."""
    action = pause.action
    hold_undecided(session, pause)
    until = format_date(pause.review_date)
    if agreed and pause.review_date <= london_date(now):
        raise MoveNotAllowed(f"The pause was asked for until {until}, which has passed. Refuse it, and say so.")
    moving.make(
        session,
        action,
        Move.PAUSE if agreed else Move.REFUSE_PAUSE,
        f"agreed to a pause until {until}" if agreed else "refused a pause",
        by=by,
        now=now,
        given={"note": note},
        asked=pause,
        verb="paused" if agreed else "pause_refused",
        note=note.strip() or None,
    )
    settle(pause, agreed=agreed, note=note.strip() or None, by=by, now=now)


def resume(session: Session, action: Action, *, by: Person | None, now: datetime) -> None:
    """Go on with a paused action: the owner at any time, or the service itself (``by`` is None) at the review date."""
    queries.hold(session, action)
    sentence = "went on with it" if by else "ended the pause: its review date has come"
    moving.make(session, action, Move.RESUME, sentence, by=by, now=now, verb="resumed")
    end_pause(session, action, now=now)


def end_pause(session: Session, action: Action, *, now: datetime) -> None:
    """Note when the pause that stands ended, if one does."""
    pause = decisions.standing_pause(session, action)
    if pause is not None:
        pause.ended_at = now


def review(session: Session, pause: Pause, *, now: datetime) -> bool:
    """Go on with an action whose review date has come; say whether it did. For the scheduler.

    Another scheduler, or the owner, may have gone on with it since it was looked for: then nothing is done.
    """
    queries.hold(session, pause.action)
    if pause.action.delivery is not Delivery.PAUSED or pause.review_date > london_date(now):
        return False
    resume(session, pause.action, by=None, now=now)
    return True
