"""The verbs of an action's life. Each changes, records who did what and when, and leaves the commit to the caller.

What each refuses stands in the lifecycle's table: MoveNotAllowed from the wrong place, NotAllowed to the wrong person,
InvalidValue where something it needs is missing. Pausing, holding, responding and planning have modules of their own.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker import audit
from tracker.actions import holding, moving, outlooks, pausing, queries
from tracker.actions.ending import take_back, withdraw
from tracker.actions.lifecycle import Move, move
from tracker.actions.parts import parts_of
from tracker.clock import london_date
from tracker.errors import InvalidValue, MoveNotAllowed
from tracker.models import Action, Claim, Person, Update
from tracker.terms import OPEN_CONTRIBUTION, CloseReason, Decision, Delivery, Marking


def write_update(
    session: Session, action: Action, *, text: str, by: Person, now: datetime, marking: Marking | None = None
) -> Update:
    """Write what has happened; the first update of an action not started begins it.

    It carries the action's marking unless it is given one of its own.
    """
    queries.hold(session, action)
    moving.make(
        session,
        action,
        Move.UPDATE,
        "wrote an update",
        by=by,
        now=now,
        given={"text": text},
        verb="updated",
        note=text.strip(),
    )
    update = Update(
        council_id=action.council_id,
        action_id=action.id,
        person_id=by.id,
        at=now,
        text=text.strip(),
        marking=marking or action.marking,
        how=audit.way_of(session),
    )
    session.add(update)
    _heard(session, action, now)
    if action.delivery is Delivery.NOT_STARTED:
        moving.make(session, action, Move.BEGIN, "began work", by=by, now=now, given={"text": text})
    return update


def disown(session: Session, action: Action, *, text: str, by: Person, now: datetime) -> None:
    """Say that an action is not one's own. It stays so until a lead hands it over; a lead sees it waiting."""
    queries.hold(session, action)
    moving.make(
        session,
        action,
        Move.DISOWN,
        "said that it is not theirs",
        by=by,
        now=now,
        given={"text": text},
        note=text.strip(),
    )
    action.disowned_at, action.disowned_words = now, text.strip()


def claim(session: Session, action: Action, *, note: str, by: Person, now: datetime) -> Claim:
    """Claim that it is done. Raises MoveNotAllowed while a body has not finished that no lead has let pass."""
    queries.hold(session, action)
    open_lines = [line.body.name for line in action.contributions if line.status in OPEN_CONTRIBUTION]
    if open_lines:
        raise MoveNotAllowed(
            f"{' and '.join(open_lines)} {'has' if len(open_lines) == 1 else 'have'} not finished. Mark their line as "
            "done, or ask a lead to let it be claimed without them.",
            field="what",
        )
    moving.make(
        session,
        action,
        Move.CLAIM,
        "claimed that it is done",
        by=by,
        now=now,
        given={"text": note},
        note=note.strip(),
    )
    made = Claim(
        council_id=action.council_id,
        action_id=action.id,
        claimed_by_id=by.id,
        claimed_at=now,
        note=note.strip(),
        marking=action.marking,
    )
    action.claimed_on = london_date(now)
    _heard(session, action, now)
    session.add(made)
    session.flush()  # evidence handed in with the claim needs its id
    return made


def accept(session: Session, waiting: Claim, *, finding: str, by: Person, now: datetime) -> None:
    """Accept a claim: completed and checked. Never by the owner or claimant. It is looked at again months later.

    Whatever else waited for a decision ends with it.
    """
    action = waiting.action
    _decide_claim(session, waiting, Move.ACCEPT, Decision.AGREED, finding, by=by, now=now)
    withdraw(session, action, "The action was completed before a decision.", by=by, now=now)
    action.closed_at = now
    holding.plan_checks(session, waiting, now=now)


def send_back(session: Session, waiting: Claim, *, finding: str, by: Person, now: datetime) -> None:
    """Return a claim with a reason: the action is in progress again, and the claim's date no longer counts."""
    action = waiting.action
    _decide_claim(session, waiting, Move.RETURN, Decision.REFUSED, finding, by=by, now=now)
    action.claimed_on = None


def close(
    session: Session,
    action: Action,
    *,
    code: CloseReason,
    reason: str,
    by: Person,
    now: datetime,
    successor: Action | None = None,
) -> None:
    """Close an action that was not completed, with a reason. Only a director may: they approve it.

    Raises InvalidValue where another action has taken its place and none is named, or it names itself or a closed one.
    """
    queries.hold(session, action)
    if (code is CloseReason.SUPERSEDED) != (successor is not None):
        raise InvalidValue("Give the reference of the action that has taken its place.", field="successor")
    if successor is not None and (successor.id == action.id or successor.delivery is Delivery.CLOSED_NOT_COMPLETED):
        raise InvalidValue("Give the reference of another action that is not closed.", field="successor")
    said = code.label + (f": {successor.reference}" if successor else "")
    moving.make(
        session,
        action,
        Move.CLOSE,
        "closed it, not completed",
        by=by,
        now=now,
        given={"reason": reason},
        note=f"{said}. {reason.strip()}",
        after={"close_reason": code, "successor": successor.reference if successor else None},
    )
    withdraw(session, action, "The action was closed before a decision.", by=by, now=now)
    pausing.end_pause(session, action, now=now)
    action.closed_at, action.claimed_on = now, None
    action.close_reason, action.closed_by_id = code, by.id
    action.successor_id = successor.id if successor else None


def reopen(session: Session, action: Action, *, reason: str, by: Person, now: datetime) -> None:
    """Open a closed action again; its first date and its whole history stay."""
    queries.hold(session, action)
    move(Move.REOPEN, now=action.delivery, parts=parts_of(by, action), given={"reason": reason})
    before: dict[str, object] = {"response": action.response, "claimed_on": action.claimed_on}
    take_back(action)
    moving.make(
        session,
        action,
        Move.REOPEN,
        "opened it again",
        by=by,
        now=now,
        given={"reason": reason},
        note=reason.strip(),
        before=before,
        after={"response": action.response, "claimed_on": None},
    )
    holding.end_checks(session, action, now=now)


def _heard(session: Session, action: Action, now: datetime) -> None:
    """Note that somebody has spoken of it; what was judged of its outlook before has lapsed."""
    action.last_update_at = now
    outlooks.lapse(session, action, now=now)


def _decide_claim(
    session: Session, waiting: Claim, chosen: Move, outcome: Decision, finding: str, *, by: Person, now: datetime
) -> None:
    queries.hold(session, waiting.action)
    session.refresh(waiting, ["outcome"])
    if waiting.outcome is not Decision.WAITING:
        raise MoveNotAllowed("This claim has been decided already.")
    sentence = "checked the claim and accepted it" if chosen is Move.ACCEPT else "returned the claim"
    moving.make(
        session,
        waiting.action,
        chosen,
        sentence,
        by=by,
        now=now,
        given={"finding": finding},
        note=finding.strip(),
        asked=waiting,
    )
    waiting.outcome, waiting.checked_by_id, waiting.checked_at = outcome, by.id, now
    waiting.finding = finding.strip()
