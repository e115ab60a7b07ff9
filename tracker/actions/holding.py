"""Looking again, three and six months after an action was completed and checked: whether it is still so."""

from datetime import datetime

from dateutil.relativedelta import relativedelta
from sqlalchemy.orm import Session

from tracker.actions import decisions, moving, queries
from tracker.actions.ending import take_back
from tracker.actions.lifecycle import Move, move
from tracker.actions.parts import parts_of
from tracker.clock import london_date
from tracker.errors import InvalidValue, MoveNotAllowed
from tracker.models import Action, Claim, HoldingCheck, Person
from tracker.terms import HoldingOutcome
from tracker.wording import format_date

AFTER_MONTHS = (3, 6)  # of the check that found it done (DESIGN section 4)
EARLY_DAYS = 14  # a holding check may be made this long before its day: before a meeting, say


def plan_checks(session: Session, upheld: Claim, *, now: datetime) -> None:
    """Set the days on which somebody looks again at what has just been found done."""
    checked_on = london_date(now)
    for months in AFTER_MONTHS:
        session.add(
            HoldingCheck(
                council_id=upheld.council_id,
                action_id=upheld.action_id,
                claim_id=upheld.id,
                months=months,
                due_date=checked_on + relativedelta(months=months),
            )
        )


def end_checks(session: Session, action: Action, *, now: datetime) -> None:
    """End the checks that still wait: the action was opened again before their day."""
    for check in decisions.holding_checks_of(session, action):
        if check.outcome is HoldingOutcome.WAITING:
            check.outcome, check.checked_at = HoldingOutcome.NOT_NEEDED, now


def look_again(
    session: Session, check: HoldingCheck, *, outcome: HoldingOutcome, finding: str, by: Person, now: datetime
) -> None:
    """Write what was found: it is still so, or it is not and the action is opened again with its first date.

    Never by the owner. Raises MoveNotAllowed where it was done already or its day is more than two weeks off,
    InvalidValue for a finding that says neither.
    """
    action = check.action
    queries.hold(session, action)
    session.refresh(check, ["outcome"])
    if check.outcome is not HoldingOutcome.WAITING:
        raise MoveNotAllowed("This has been looked at already.")
    if (check.due_date - london_date(now)).days > EARLY_DAYS:
        raise MoveNotAllowed(f"It is too early to look again: it is to be done on {format_date(check.due_date)}.")
    if outcome not in (HoldingOutcome.HOLDING, HoldingOutcome.NOT_HOLDING):
        raise InvalidValue("Choose whether it is still so.", field="decision")
    still = outcome is HoldingOutcome.HOLDING
    chosen, upheld = Move.HOLD if still else Move.NOT_HOLDING, decisions.claim(session, check.claim_id)
    move(chosen, now=action.delivery, parts=parts_of(by, action, upheld), given={"finding": finding})
    before: dict[str, object] = {"response": action.response, "claimed_on": action.claimed_on}
    if not still:
        take_back(action)
    moving.make(
        session,
        action,
        chosen,
        f"looked again after {check.months} months: {outcome.label.lower()}",
        by=by,
        now=now,
        given={"finding": finding},
        note=finding.strip(),
        asked=upheld,
        before=None if still else before,
        after=None if still else {"response": action.response, "claimed_on": None},
    )
    check.outcome, check.checked_by_id, check.checked_at, check.finding = outcome, by.id, now, finding.strip()
    if not still:
        end_checks(session, action, now=now)
