"""Reads of our side: of each action the answer, the claim that was upheld, who checked, and what shows it."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.actions.timeliness import timeliness
from tracker.assessments.ours import Ours
from tracker.clock import london_date
from tracker.models import Action, Claim, Evidence
from tracker.scrutiny.figures import Named, State, Totals, totals_of
from tracker.terms import DONE_DELIVERY, Decision, Marking, Response

ACCEPTED = (Response.ACCEPTED, Response.PARTLY_ACCEPTED)


def ours_of(session: Session, actions: Sequence[Action], *, today: date) -> dict[int, Ours]:
    """Return what we say of each action, by its id: three statements, however many."""
    ids = [action.id for action in actions]
    upheld = {
        claim.action_id: claim  # the last of an action stands
        for claim in session.scalars(
            select(Claim)
            .where(Claim.action_id.in_(ids), Claim.outcome == Decision.AGREED)
            .options(joinedload(Claim.checked_by))
            .order_by(Claim.id)
        )
    }
    shown: dict[int, list[str]] = {}
    for row in session.scalars(
        select(Evidence)
        .where(Evidence.action_id.in_(ids), Evidence.marking == Marking.OPEN)
        .order_by(Evidence.added_at, Evidence.id)
    ):
        shown.setdefault(row.action_id, []).append(row.filename)
    return {
        action.id: _ours(action, upheld.get(action.id), tuple(shown.get(action.id, ())), today) for action in actions
    }


def totals(actions: Iterable[Action], *, today: date) -> Totals:
    """Count how a report's actions stand, by the rules of decision 0013."""
    nothing = Named(None, "")
    states = [
        State(
            action_id=action.id,
            report=nothing,
            service=nothing,
            delivery=action.delivery,
            accepted=action.response in ACCEPTED,
            original_due=action.original_due_date,
            claimed_on=action.claimed_on,
        )
        for action in actions
    ]
    return totals_of(states, today)


def _ours(action: Action, claim: Claim | None, evidence: tuple[str, ...], today: date) -> Ours:
    stands = timeliness(action.delivery, action.original_due_date, today, claimed_on=action.claimed_on)
    done = claim if action.delivery in DONE_DELIVERY else None
    said = done.note if done and done.marking is Marking.OPEN else ""
    return Ours(
        reference=action.reference,
        title=action.title,
        owner=action.owner.name,
        delivery=action.delivery,
        timeliness=stands,
        original_due=action.original_due_date,
        claimed_on=action.claimed_on,
        withheld=action.marking is not Marking.OPEN,
        response=action.response,
        response_reason=action.response_reason or "",
        done=said,
        checked_by=done.checked_by.name if done and done.checked_by else "",
        checked_on=london_date(done.checked_at) if done and done.checked_at else None,
        evidence=evidence,
        closed_on=london_date(action.closed_at) if action.closed_at else None,
        closed_because=action.close_reason.label if action.close_reason else "",
    )
