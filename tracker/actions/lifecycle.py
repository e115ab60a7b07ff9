"""The lifecycle of an action: one table of allowed moves, with who may make each and what it needs.

Pure. The table is that of the field (DESIGN section 4). A refused move raises MoveNotAllowed with the reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.errors import MoveNotAllowed
from tracker.terms import OPEN_DELIVERY, Delivery, Term


class Part(Term):
    """The part a person plays in one action; somebody may play several."""

    OWNER = "owner", "the owner"
    LEAD = "lead", "the lead"
    DIRECTOR = "director", "the director"
    CLAIMANT = "claimant", "the person who claimed it"


class Move(Term):
    """What can be done to an action that changes where it stands."""

    BEGIN = "begin", "begin work"
    CLAIM = "claim", "claim that it is done"
    ACCEPT = "accept", "accept the claim"
    RETURN = "return", "return the claim"
    CLOSE = "close", "close it without completing it"
    REOPEN = "reopen", "reopen it"


@dataclass(frozen=True)
class Rule:
    """One row of the table."""

    move: Move
    before: frozenset[Delivery]
    after: Delivery
    who: frozenset[Part]
    needs: Mapping[str, str]  # what must be given, and the sentence where it is not
    never: frozenset[Part] = frozenset()  # who may not, even if they may by another part


NOT_THEIRS = frozenset({Part.OWNER, Part.CLAIMANT})
TABLE = (
    Rule(
        Move.BEGIN,
        frozenset({Delivery.NOT_STARTED}),
        Delivery.IN_PROGRESS,
        frozenset({Part.OWNER, Part.LEAD}),
        {"text": "Say in a line what has happened."},
    ),
    Rule(
        Move.CLAIM,
        frozenset({Delivery.NOT_STARTED, Delivery.IN_PROGRESS}),
        Delivery.AWAITING_CHECK,
        frozenset({Part.OWNER}),
        {"note": "Say what was done."},
    ),
    Rule(
        Move.ACCEPT,
        frozenset({Delivery.AWAITING_CHECK}),
        Delivery.CHECKED,
        frozenset({Part.LEAD}),
        {"finding": "Say what you found when you checked."},
        never=NOT_THEIRS,
    ),
    Rule(
        Move.RETURN,
        frozenset({Delivery.AWAITING_CHECK}),
        Delivery.IN_PROGRESS,
        frozenset({Part.LEAD}),
        {"finding": "Say why it is returned, so that the owner knows what to do."},
        never=NOT_THEIRS,
    ),
    Rule(
        Move.CLOSE,
        OPEN_DELIVERY,
        Delivery.CLOSED_NOT_COMPLETED,
        frozenset({Part.DIRECTOR}),
        {"reason": "Say why it is closed although it was not completed."},
    ),
    Rule(
        Move.REOPEN,
        frozenset({Delivery.CHECKED, Delivery.HOLDING, Delivery.CLOSED_NOT_COMPLETED}),
        Delivery.IN_PROGRESS,
        frozenset({Part.LEAD, Part.DIRECTOR}),
        {"reason": "Say why it is opened again."},
    ),
)
_BY_MOVE = {rule.move: rule for rule in TABLE}


def move(chosen: Move, *, now: Delivery, parts: frozenset[Part], given: Mapping[str, str]) -> Delivery:
    """Return where the action stands after the move.

    Raises MoveNotAllowed where it cannot be made from here, by these parts, or without something it needs.
    """
    rule = _BY_MOVE[chosen]
    if now not in rule.before:
        raise MoveNotAllowed(f"You cannot {chosen.label}: it stands at “{now.label}”.")
    if parts & rule.never:
        raise MoveNotAllowed(f"You cannot {chosen.label}: nobody checks their own work. Another lead has to do it.")
    if not parts & rule.who:
        may = " or ".join(sorted(part.label for part in rule.who))
        raise MoveNotAllowed(f"You cannot {chosen.label}: only {may} may.")
    for name, sentence in rule.needs.items():
        if not given.get(name, "").strip():
            raise MoveNotAllowed(sentence)
    return rule.after


def possible(now: Delivery, parts: frozenset[Part]) -> frozenset[Move]:
    """Return the moves these parts may make from here: what the page offers."""
    return frozenset(rule.move for rule in TABLE if now in rule.before and parts & rule.who and not parts & rule.never)
