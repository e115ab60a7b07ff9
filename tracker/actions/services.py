"""The verbs of an action's life. Each changes, records who did what and when, and leaves the commit to the caller."""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker import audit
from tracker.actions import queries
from tracker.actions.lifecycle import Move, Part, move
from tracker.actions.parts import parts_of
from tracker.clock import london_date
from tracker.errors import InvalidValue, MoveNotAllowed, NotAllowed
from tracker.models import Action, Claim, Person, Update
from tracker.terms import OPEN_DELIVERY, ContributionStatus, Decision, Delivery


def write_update(session: Session, action: Action, *, text: str, by: Person, now: datetime) -> Update:
    """Write what has happened; the first update of an action not started begins it.

    Only the owner and leads may. Raises MoveNotAllowed where the action is not open, InvalidValue for empty words.
    """
    queries.hold(session, action)
    parts = parts_of(by, action)
    if not parts & {Part.OWNER, Part.LEAD}:
        raise NotAllowed("Only the owner and the leads may write updates to this action.")
    if action.delivery not in OPEN_DELIVERY:
        raise MoveNotAllowed(f"This action is not open: it stands at “{action.delivery.label}”.")
    if not text.strip():
        raise InvalidValue("Say in a line what has happened.", field="text")
    update = Update(council_id=action.council_id, action_id=action.id, person_id=by.id, at=now, text=text.strip())
    session.add(update)
    action.last_update_at = now
    audit.record(session, action, "updated", "wrote an update", by=by, at=now, note=update.text)
    if action.delivery is Delivery.NOT_STARTED:
        _move(session, action, Move.BEGIN, by=by, now=now, given={"text": text}, sentence="began work")
    return update


def claim(session: Session, action: Action, *, note: str, by: Person, now: datetime, reason: str = "") -> Claim:
    """Claim that it is done. Raises MoveNotAllowed while a body's line is open and no reason is given for claiming."""
    queries.hold(session, action)
    waiting_for = [line.body.name for line in action.contributions if line.status is not ContributionStatus.DONE]
    if waiting_for and not reason.strip():
        raise MoveNotAllowed(
            f"{' and '.join(waiting_for)} {'has' if len(waiting_for) == 1 else 'have'} not finished. "
            "Mark their line as done, or say why it can be claimed all the same.",
            field="reason",
        )
    made = Claim(
        council_id=action.council_id, action_id=action.id, claimed_by_id=by.id, claimed_at=now, note=note.strip()
    )
    said = (
        note.strip() if not reason.strip() else f"{note.strip()}\nClaimed although a body is not done: {reason.strip()}"
    )
    _move(
        session, action, Move.CLAIM, by=by, now=now, given={"note": note}, sentence="claimed that it is done", note=said
    )
    action.claimed_on = london_date(now)
    action.last_update_at = now
    session.add(made)
    session.flush()  # evidence handed in with the claim needs its id
    return made


def accept(session: Session, waiting: Claim, *, finding: str, by: Person, now: datetime) -> None:
    """Accept a claim: completed and checked. Never by the owner or claimant. A request for more time ends with it."""
    action = waiting.action
    _decide_claim(session, waiting, Move.ACCEPT, Decision.AGREED, finding, by=by, now=now)
    _withdraw(session, action, "The action was completed before a decision.", by=by, now=now)
    action.closed_at = now


def send_back(session: Session, waiting: Claim, *, finding: str, by: Person, now: datetime) -> None:
    """Return a claim with a reason: the action is in progress again, and the claim's date no longer counts."""
    action = waiting.action
    _decide_claim(session, waiting, Move.RETURN, Decision.REFUSED, finding, by=by, now=now)
    action.claimed_on = None


def close(session: Session, action: Action, *, reason: str, by: Person, now: datetime) -> None:
    """Close an action that was not completed, with a reason. Only a director may."""
    queries.hold(session, action)
    given = {"reason": reason}
    _move(session, action, Move.CLOSE, by=by, now=now, given=given, sentence="closed it, not completed", note=reason)
    _withdraw(session, action, "The action was closed before a decision.", by=by, now=now)
    action.closed_at, action.claimed_on = now, None


def reopen(session: Session, action: Action, *, reason: str, by: Person, now: datetime) -> None:
    """Open a closed action again; its first date and its whole history stay."""
    queries.hold(session, action)
    given = {"reason": reason}
    _move(session, action, Move.REOPEN, by=by, now=now, given=given, sentence="opened it again", note=reason)
    action.closed_at, action.claimed_on = None, None


def _decide_claim(
    session: Session, waiting: Claim, chosen: Move, outcome: Decision, finding: str, *, by: Person, now: datetime
) -> None:
    queries.hold(session, waiting.action)
    session.refresh(waiting, ["outcome"])
    if waiting.outcome is not Decision.WAITING:
        raise MoveNotAllowed("This claim has been decided already.")
    sentence = "checked the claim and accepted it" if chosen is Move.ACCEPT else "returned the claim"
    _move(
        session,
        waiting.action,
        chosen,
        by=by,
        now=now,
        given={"finding": finding},
        sentence=sentence,
        note=finding.strip(),
        waiting=waiting,
    )
    waiting.outcome, waiting.checked_by_id, waiting.checked_at = outcome, by.id, now
    waiting.finding = finding.strip()


def _withdraw(session: Session, action: Action, note: str, *, by: Person, now: datetime) -> None:
    """End what still waits for a decision on an action that has ended over it."""
    claimed, asked = queries.waiting_claim(session, action), queries.waiting_extension(session, action)
    if claimed is not None:
        claimed.outcome, claimed.checked_at, claimed.finding = Decision.REFUSED, now, note
    if asked is not None:
        asked.outcome, asked.decided_at, asked.decision_note = Decision.REFUSED, now, note
    if claimed is not None or asked is not None:
        audit.record(session, action, "withdrawn", "ended what was waiting for a decision", by=by, at=now, note=note)


def _move(
    session: Session,
    action: Action,
    chosen: Move,
    *,
    by: Person,
    now: datetime,
    given: dict[str, str],
    sentence: str,
    note: str | None = None,
    waiting: Claim | None = None,
) -> None:
    before = action.delivery
    action.delivery = move(chosen, now=before, parts=parts_of(by, action, waiting), given=given)
    audit.record(
        session,
        action,
        chosen.value,
        sentence,
        by=by,
        at=now,
        before={"delivery": before},
        after={"delivery": action.delivery},
        note=note,
    )
