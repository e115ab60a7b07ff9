"""The cards of a queue: what waits for a decision, each with why this person may not make it, if they may not.

The table of moves says it, as it does where the decision is made: a page offers what it would not refuse.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from tracker.actions.lifecycle import Move, allowed
from tracker.actions.parts import Asked, parts_of
from tracker.errors import TrackerError
from tracker.models import Action, Claim, Extension, HoldingCheck, Pause, Person

Waiting = TypeVar("Waiting", Claim, Extension, Pause, HoldingCheck, Action)


@dataclass(frozen=True)
class Card(Generic[Waiting]):
    """One thing that waits, and what it is about."""

    about: Waiting
    action: Action
    why_not: str  # nothing where this person may decide it


def claims(person: Person, waiting: Iterable[Claim]) -> list[Card[Claim]]:
    """Return the cards of claims to check."""
    return [_card(person, claim, claim.action, Move.ACCEPT, claim) for claim in waiting]


def extensions(person: Person, waiting: Iterable[Extension]) -> list[Card[Extension]]:
    """Return the cards of requests for more time."""
    return [_card(person, asked, asked.action, Move.AGREE_MORE_TIME, asked) for asked in waiting]


def pauses(person: Person, waiting: Iterable[Pause]) -> list[Card[Pause]]:
    """Return the cards of requests for a pause: refusing one can be done from wherever its action stands."""
    return [_card(person, asked, asked.action, Move.REFUSE_PAUSE, asked) for asked in waiting]


def checks(person: Person, due: Iterable[HoldingCheck], upheld: Mapping[int, Claim]) -> list[Card[HoldingCheck]]:
    """Return the cards of what is looked at again; ``upheld`` is the claim that was found right, by its id."""
    return [_card(person, check, check.action, Move.HOLD, upheld[check.claim_id]) for check in due]


def dates(person: Person, assumed: Iterable[Action]) -> list[Card[Action]]:
    """Return the cards of assumed dates to agree to."""
    return [_card(person, action, action, Move.AGREE_DATE, None) for action in assumed]


def _card(person: Person, about: Waiting, action: Action, move: Move, asked: Asked | None) -> Card[Waiting]:
    try:
        allowed(move, now=action.delivery, parts=parts_of(person, action, asked))
    except TrackerError as refused:
        return Card(about, action, refused.sentence)
    return Card(about, action, "")
