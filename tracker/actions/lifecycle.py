"""The lifecycle of an action: one table of what may be done, from where, by whom, and what it needs.

Pure. The table is that of the field (DESIGN section 4). Most rows move an action from one place to another; the others
leave it where it stands (``after`` is None). What is refused: MoveNotAllowed from the wrong place, NotAllowed to the
wrong person, InvalidValue where something it needs is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.errors import InvalidValue, MoveNotAllowed, NotAllowed
from tracker.terms import DONE_DELIVERY, OPEN_DELIVERY, Delivery, Term
from tracker.wording import sentence


class Part(Term):
    """The part a person plays in one action; somebody may play several."""

    OWNER = "owner", "the owner"
    LEAD = "lead", "a lead"
    DIRECTOR = "director", "a director"
    CHECKER = "checker", "the appointed checker"
    ASKER = "asker", "the person who asked"  # who claimed it, or asked for what is to be decided
    BODY = "body", "the body"  # its contact, without an account; only by the link in a mail
    SERVICE = "service", "the service"  # on a day that was set before


class Move(Term):
    """What can be done to an action."""

    UPDATE = "update", "write an update to this action"
    BEGIN = "begin", "begin work"
    ASK_MORE_TIME = "ask_more_time", "ask for more time"
    ASK_OTHER_BASE = "ask_other_base", "ask for a date counted from another day"
    AGREE_MORE_TIME = "agree_more_time", "agree to more time"
    REFUSE_MORE_TIME = "refuse_more_time", "refuse more time"
    ASK_PAUSE = "ask_pause", "ask for a pause"
    REFUSE_PAUSE = "refuse_pause", "refuse this pause"
    PAUSE = "pause", "pause it"
    RESUME = "resume", "go on with it"
    CLAIM = "claim", "claim that it is done"
    ACCEPT = "accept", "accept the claim"
    RETURN = "return", "return the claim"
    HOLD = "hold", "say that it is still so"
    NOT_HOLDING = "not_holding", "say that it is no longer so"
    CLOSE = "close", "close it without completing it"
    REOPEN = "reopen", "reopen it"
    RESPOND = "respond", "say whether it is accepted"
    NOTE_BODY = "note_body", "change a body's line"
    WAIVE_BODY = "waive_body", "let it be claimed without a body"
    PLAN = "plan", "change its steps"
    CHANGE_DETAILS = "change_details", "change its details"
    AGREE_DATE = "agree_date", "agree to its assumed date"
    HAND_OVER = "hand_over", "hand it over"
    JUDGE_OUTLOOK = "judge_outlook", "judge its outlook"
    DISOWN = "disown", "say that it is not yours"


@dataclass(frozen=True)
class Rule:
    """One row of the table."""

    move: Move
    before: frozenset[Delivery]
    after: Delivery | None  # None: it stays where it stands
    who: frozenset[Part]
    needs: Mapping[str, str]  # what must be given, by the field it is asked in, and the sentence where it is not
    never: frozenset[Part] = frozenset()  # who may not, even if they may by another part


ANYWHERE = frozenset(Delivery)
WORKED_ON = frozenset({Delivery.NOT_STARTED, Delivery.IN_PROGRESS})
AWAITING = frozenset({Delivery.AWAITING_CHECK})
ENDED = ANYWHERE - OPEN_DELIVERY
OWNER, LEAD, DIRECTOR = frozenset({Part.OWNER}), frozenset({Part.LEAD}), frozenset({Part.DIRECTOR})
CHECKERS = frozenset({Part.LEAD, Part.CHECKER})
NO_PEOPLE = frozenset({Part.BODY, Part.SERVICE})  # nobody who signs in
NOT_THEIRS = frozenset({Part.OWNER, Part.ASKER})  # nobody decides on their own work or wish

TEXT = {"text": "Say in a line what has happened."}
WHY = {"text": "Say why more time is needed."}
MEANWHILE = {"safeguard": "Say what protects people meanwhile."}
REFUSED = {"note": "Say why it is refused."}
SAMPLE = {"finding": "Say which sample or measure you looked at, and what it showed."}
TABLE = (
    Rule(Move.UPDATE, OPEN_DELIVERY, None, OWNER | LEAD, TEXT),
    Rule(Move.BEGIN, frozenset({Delivery.NOT_STARTED}), Delivery.IN_PROGRESS, OWNER | LEAD, TEXT),
    Rule(Move.ASK_MORE_TIME, OPEN_DELIVERY, None, OWNER, WHY | MEANWHILE),
    Rule(Move.ASK_OTHER_BASE, OPEN_DELIVERY, None, LEAD, WHY | MEANWHILE),
    Rule(Move.AGREE_MORE_TIME, OPEN_DELIVERY, None, LEAD, {}, NOT_THEIRS),
    Rule(Move.REFUSE_MORE_TIME, OPEN_DELIVERY, None, LEAD, REFUSED, NOT_THEIRS),
    Rule(Move.ASK_PAUSE, WORKED_ON, None, OWNER, {"text": "Say why it has to be paused."} | MEANWHILE),
    Rule(Move.REFUSE_PAUSE, OPEN_DELIVERY, None, LEAD, REFUSED, NOT_THEIRS),
    Rule(Move.PAUSE, WORKED_ON, Delivery.PAUSED, LEAD, {}, NOT_THEIRS),
    Rule(Move.RESUME, frozenset({Delivery.PAUSED}), Delivery.IN_PROGRESS, OWNER | {Part.SERVICE}, {}),
    Rule(Move.CLAIM, WORKED_ON, Delivery.AWAITING_CHECK, OWNER, {"text": "Say what was done."}),
    Rule(
        Move.ACCEPT,
        AWAITING,
        Delivery.CHECKED,
        CHECKERS,
        {"finding": "Say what you found when you checked."},
        NOT_THEIRS,
    ),
    Rule(
        Move.RETURN,
        AWAITING,
        Delivery.IN_PROGRESS,
        CHECKERS,
        {"finding": "Say why it is returned, so that the owner knows what to do."},
        NOT_THEIRS,
    ),
    Rule(Move.HOLD, DONE_DELIVERY, Delivery.HOLDING, CHECKERS, SAMPLE, NOT_THEIRS),
    Rule(Move.NOT_HOLDING, DONE_DELIVERY, Delivery.IN_PROGRESS, CHECKERS, SAMPLE, NOT_THEIRS),
    Rule(
        Move.CLOSE,
        OPEN_DELIVERY,
        Delivery.CLOSED_NOT_COMPLETED,
        DIRECTOR,
        {"reason": "Say why it is closed although it was not completed."},
        OWNER,
    ),
    Rule(Move.REOPEN, ENDED, Delivery.IN_PROGRESS, LEAD | DIRECTOR, {"reason": "Say why it is opened again."}),
    Rule(Move.RESPOND, OPEN_DELIVERY, None, LEAD, {}),
    Rule(Move.NOTE_BODY, OPEN_DELIVERY, None, OWNER | LEAD | {Part.BODY}, {}),
    Rule(
        Move.WAIVE_BODY, OPEN_DELIVERY, None, LEAD, {"note": "Say why it can be claimed without this body."}, NOT_THEIRS
    ),
    Rule(Move.PLAN, OPEN_DELIVERY, None, OWNER | LEAD, {}),
    Rule(Move.CHANGE_DETAILS, ANYWHERE, None, LEAD, {}),
    Rule(Move.AGREE_DATE, OPEN_DELIVERY, None, LEAD, {}, OWNER),
    Rule(Move.HAND_OVER, OPEN_DELIVERY, None, LEAD, {"note": "Say why it is handed over, for whoever takes it on."}),
    Rule(Move.JUDGE_OUTLOOK, OPEN_DELIVERY, None, OWNER | LEAD, {"reason": "Say why you judge it so."}),
    Rule(Move.DISOWN, OPEN_DELIVERY, None, OWNER, {"text": "Say whose it is, if you know, or why it is not yours."}),
)
_BY_MOVE = {rule.move: rule for rule in TABLE}


def move(chosen: Move, *, now: Delivery, parts: frozenset[Part], given: Mapping[str, str]) -> Delivery:
    """Return where the action stands after the move.

    Raises MoveNotAllowed where it cannot be made from here, NotAllowed by these parts, InvalidValue without
    something it needs.
    """
    rule = allowed(chosen, now=now, parts=parts)
    for name, missing in rule.needs.items():
        if not given.get(name, "").strip():
            raise InvalidValue(missing, field=name)
    return rule.after or now


def allowed(chosen: Move, *, now: Delivery, parts: frozenset[Part]) -> Rule:
    """Return the row of the table by which these parts may make the move from here, whatever it then needs."""
    rule = _BY_MOVE[chosen]
    if now not in rule.before:
        raise MoveNotAllowed(f"You cannot {chosen.label}: it stands at “{now.label}”.")
    if parts & rule.never:
        raise NotAllowed(f"You cannot {chosen.label}: nobody decides on their own work. Another lead has to do it.")
    if not parts & rule.who:
        may = " or ".join(part.label for part in Part if part in rule.who and part not in NO_PEOPLE)
        raise NotAllowed(f"You cannot {chosen.label}. {sentence(may)} can.")
    return rule


def possible(now: Delivery, parts: frozenset[Part]) -> frozenset[Move]:
    """Return what these parts may do from here: what the page offers."""
    return frozenset(rule.move for rule in TABLE if now in rule.before and parts & rule.who and not parts & rule.never)
