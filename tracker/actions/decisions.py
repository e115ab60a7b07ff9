"""Reads of what waits for a second person, and of pauses and looking again: always ordered."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.actions.parts import Asked
from tracker.errors import NotFound
from tracker.models import Action, Claim, Extension, HoldingCheck, Pause, Person
from tracker.terms import Decision, Delivery, HoldingOutcome


def claims_waiting(session: Session) -> list[Claim]:
    """Return the claims that wait for a check, oldest first."""
    people = (joinedload(Claim.claimed_by), joinedload(Claim.action).joinedload(Action.owner))
    question = select(Claim).where(Claim.outcome == Decision.WAITING).options(*people)
    return list(session.scalars(question.order_by(Claim.claimed_at, Claim.id)))


def extensions_waiting(session: Session) -> list[Extension]:
    """Return the requests for more time that wait for a decision, oldest first."""
    people = (joinedload(Extension.asked_by), joinedload(Extension.action).joinedload(Action.owner))
    question = select(Extension).where(Extension.outcome == Decision.WAITING).options(*people)
    return list(session.scalars(question.order_by(Extension.asked_at, Extension.id)))


def waiting_claim(session: Session, about: Action) -> Claim | None:
    """Return the claim of an action that waits for a check, if one does."""
    return session.scalar(select(Claim).where(Claim.action_id == about.id, Claim.outcome == Decision.WAITING))


def waiting_extension(session: Session, about: Action) -> Extension | None:
    """Return the request for more time of an action that waits for a decision, if one does."""
    return session.scalar(
        select(Extension).where(Extension.action_id == about.id, Extension.outcome == Decision.WAITING)
    )


def claims_for_checker(session: Session, person: Person) -> list[Claim]:
    """Return the claims that wait for a check by the person appointed to make it, oldest first."""
    return [claim for claim in claims_waiting(session) if claim.action.checker_id == person.id]


def checks_for_checker(session: Session, person: Person, until: date) -> list[HoldingCheck]:
    """Return what the person appointed to check is to look at again by a day."""
    return [check for check in holding_checks_due(session, until) if check.action.checker_id == person.id]


def pauses_waiting(session: Session) -> list[Pause]:
    """Return the requests for a pause that wait for a decision, oldest first."""
    people = (joinedload(Pause.asked_by), joinedload(Pause.action).joinedload(Action.owner))
    question = select(Pause).where(Pause.outcome == Decision.WAITING).options(*people)
    return list(session.scalars(question.order_by(Pause.asked_at, Pause.id)))


def waiting_pause(session: Session, about: Action) -> Pause | None:
    """Return the request for a pause of an action that waits for a decision, if one does."""
    return session.scalar(select(Pause).where(Pause.action_id == about.id, Pause.outcome == Decision.WAITING))


def everything_waiting(session: Session, about: Action) -> list[Asked]:
    """Return the claim and the requests of an action that wait for a decision."""
    found = (waiting_claim(session, about), waiting_extension(session, about), waiting_pause(session, about))
    return [asked for asked in found if asked is not None]


def standing_pause(session: Session, about: Action) -> Pause | None:
    """Return the pause an action stands in, if it is paused."""
    question = select(Pause).where(
        Pause.action_id == about.id, Pause.outcome == Decision.AGREED, Pause.ended_at.is_(None)
    )
    return session.scalar(question.options(joinedload(Pause.decided_by)).order_by(Pause.id.desc()).limit(1))


def pauses_of(session: Session, about: Action) -> list[Pause]:
    """Return an action's pauses and requests for one, newest first."""
    people = (joinedload(Pause.asked_by), joinedload(Pause.decided_by))
    question = select(Pause).where(Pause.action_id == about.id).options(*people)
    return list(session.scalars(question.order_by(Pause.id.desc())))


def pauses_to_review(session: Session, today: date) -> list[Pause]:
    """Return the pauses whose review date has come, with their actions still paused."""
    question = (
        select(Pause)
        .join(Pause.action)
        .where(
            Pause.outcome == Decision.AGREED,
            Pause.ended_at.is_(None),
            Pause.review_date <= today,
            Action.delivery == Delivery.PAUSED,
        )
    )
    return list(session.scalars(question.order_by(Pause.id)))


def claim(session: Session, claim_id: int) -> Claim:
    """Return one claim. Raises NotFound."""
    found = session.get(Claim, claim_id)
    if found is None:
        raise NotFound
    return found


def upheld_by(session: Session, checks: Collection[HoldingCheck]) -> dict[int, Claim]:
    """Return the claims whose truth is looked at again, by id."""
    question = select(Claim).where(Claim.id.in_({check.claim_id for check in checks}))
    return {found.id: found for found in session.scalars(question.order_by(Claim.id))}


def holding_checks_of(session: Session, about: Action) -> list[HoldingCheck]:
    """Return the days on which somebody looks again at an action, and what was found, in their order."""
    question = select(HoldingCheck).where(HoldingCheck.action_id == about.id)
    question = question.options(joinedload(HoldingCheck.checked_by))
    return list(session.scalars(question.order_by(HoldingCheck.due_date, HoldingCheck.id)))


def holding_checks_due(session: Session, until: date) -> list[HoldingCheck]:
    """Return what is to be looked at again by a day, the longest due first."""
    question = (
        select(HoldingCheck)
        .where(HoldingCheck.outcome == HoldingOutcome.WAITING, HoldingCheck.due_date <= until)
        .options(joinedload(HoldingCheck.action).joinedload(Action.owner))
    )
    return list(session.scalars(question.order_by(HoldingCheck.due_date, HoldingCheck.id)))
