"""The table of allowed moves in full: from where, by whom, with what (DESIGN section 4)."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.actions.lifecycle import TABLE, Move, Part, move, possible
from tracker.errors import InvalidValue, MoveNotAllowed, NotAllowed
from tracker.terms import Delivery

NOT_STARTED, IN_PROGRESS, PAUSED = Delivery.NOT_STARTED, Delivery.IN_PROGRESS, Delivery.PAUSED
AWAITING, CHECKED, HOLDING = Delivery.AWAITING_CHECK, Delivery.CHECKED, Delivery.HOLDING
CLOSED = Delivery.CLOSED_NOT_COMPLETED
OWNER, LEAD, DIRECTOR, CHECKER = Part.OWNER, Part.LEAD, Part.DIRECTOR, Part.CHECKER
ASKER, SERVICE, BODY = Part.ASKER, Part.SERVICE, Part.BODY
OPEN, ENDED = (NOT_STARTED, IN_PROGRESS, PAUSED, AWAITING), (CHECKED, HOLDING, CLOSED)
HERE = None  # it stays where it stands

Row = tuple[Move, tuple[Delivery, ...], Delivery | None, set[Part]]
# Written by hand from the table of the field, not taken from the code: the move, from where, to where, who may.
BY_HAND: list[Row] = [
    (Move.BEGIN, (NOT_STARTED,), IN_PROGRESS, {OWNER, LEAD}),
    (Move.PAUSE, (NOT_STARTED, IN_PROGRESS), PAUSED, {LEAD}),
    (Move.RESUME, (PAUSED,), IN_PROGRESS, {OWNER, SERVICE}),
    (Move.CLAIM, (NOT_STARTED, IN_PROGRESS), AWAITING, {OWNER}),
    (Move.ACCEPT, (AWAITING,), CHECKED, {LEAD, CHECKER}),
    (Move.RETURN, (AWAITING,), IN_PROGRESS, {LEAD, CHECKER}),
    (Move.HOLD, (CHECKED, HOLDING), HOLDING, {LEAD, CHECKER}),
    (Move.NOT_HOLDING, (CHECKED, HOLDING), IN_PROGRESS, {LEAD, CHECKER}),
    (Move.CLOSE, OPEN, CLOSED, {DIRECTOR}),
    (Move.REOPEN, ENDED, IN_PROGRESS, {LEAD, DIRECTOR}),
    # What is said or arranged, and moves nothing.
    (Move.UPDATE, OPEN, HERE, {OWNER, LEAD}),
    (Move.ASK_MORE_TIME, OPEN, HERE, {OWNER}),
    (Move.ASK_OTHER_BASE, OPEN, HERE, {LEAD}),
    (Move.AGREE_MORE_TIME, OPEN, HERE, {LEAD}),
    (Move.REFUSE_MORE_TIME, OPEN, HERE, {LEAD}),
    (Move.ASK_PAUSE, (NOT_STARTED, IN_PROGRESS), HERE, {OWNER}),
    (Move.REFUSE_PAUSE, OPEN, HERE, {LEAD}),
    (Move.RESPOND, OPEN, HERE, {LEAD}),
    (Move.NOTE_BODY, OPEN, HERE, {OWNER, LEAD, BODY}),
    (Move.WAIVE_BODY, OPEN, HERE, {LEAD}),
    (Move.PLAN, OPEN, HERE, {OWNER, LEAD}),
    (Move.JUDGE_OUTLOOK, OPEN, HERE, {OWNER, LEAD}),
    (Move.AGREE_DATE, OPEN, HERE, {LEAD}),
    (Move.HAND_OVER, OPEN, HERE, {LEAD}),
    (Move.DISOWN, OPEN, HERE, {OWNER}),
    (Move.CHANGE_DETAILS, tuple(Delivery), HERE, {LEAD}),
]
ALLOWED: dict[tuple[Move, Delivery], tuple[Delivery, set[Part]]] = {
    (move, now): (after or now, who) for move, places, after, who in BY_HAND for now in places
}
EVERYTHING_GIVEN = {"text": "Begun.", "note": "Done.", "finding": "Seen.", "reason": "Because.", "safeguard": "A look."}
NEEDS = {
    Move.UPDATE: ["text"], Move.BEGIN: ["text"], Move.CLAIM: ["text"],
    Move.ACCEPT: ["finding"], Move.RETURN: ["finding"],
    Move.HOLD: ["finding"], Move.NOT_HOLDING: ["finding"], Move.CLOSE: ["reason"], Move.REOPEN: ["reason"],
    Move.ASK_MORE_TIME: ["text", "safeguard"], Move.ASK_OTHER_BASE: ["text", "safeguard"],
    Move.REFUSE_MORE_TIME: ["note"], Move.ASK_PAUSE: ["text", "safeguard"],
    Move.REFUSE_PAUSE: ["note"], Move.WAIVE_BODY: ["note"], Move.HAND_OVER: ["note"], Move.JUDGE_OUTLOOK: ["reason"],
    Move.DISOWN: ["text"],
}  # fmt: skip
PARTS = st.frozensets(st.sampled_from(Part))
DECISIONS = {
    Move.ACCEPT: AWAITING, Move.RETURN: AWAITING, Move.HOLD: CHECKED, Move.NOT_HOLDING: HOLDING,
    Move.AGREE_MORE_TIME: IN_PROGRESS, Move.REFUSE_MORE_TIME: IN_PROGRESS, Move.PAUSE: IN_PROGRESS,
    Move.REFUSE_PAUSE: IN_PROGRESS, Move.WAIVE_BODY: IN_PROGRESS,
}  # fmt: skip
REFUSED = (MoveNotAllowed, NotAllowed)


@pytest.mark.parametrize(("chosen", "now", "part"), list(product(Move, Delivery, Part)))
def test_each_move_from_each_place_by_each_part_is_as_the_table_says(chosen: Move, now: Delivery, part: Part) -> None:
    after, who = ALLOWED.get((chosen, now), (None, set[Part]()))
    if part in who:
        assert move(chosen, now=now, parts=frozenset({part}), given=EVERYTHING_GIVEN) is after
        assert chosen in possible(now, frozenset({part}))
    else:
        wrong = NotAllowed if (chosen, now) in ALLOWED else MoveNotAllowed
        with pytest.raises(wrong):
            move(chosen, now=now, parts=frozenset({part}), given=EVERYTHING_GIVEN)
        assert chosen not in possible(now, frozenset({part}))


@pytest.mark.parametrize(("chosen", "now"), list(ALLOWED))
def test_somebody_without_a_part_may_do_nothing(chosen: Move, now: Delivery) -> None:
    with pytest.raises(NotAllowed):
        move(chosen, now=now, parts=frozenset(), given=EVERYTHING_GIVEN)
    assert possible(now, frozenset()) == frozenset()


@pytest.mark.parametrize(("chosen", "now"), [pair for pair in ALLOWED if pair[0] in NEEDS])
@pytest.mark.parametrize("missing", ["", "  \n", None])
def test_a_move_without_its_words_is_refused_with_what_to_say(chosen: Move, now: Delivery, missing: str | None) -> None:
    _, who = ALLOWED[chosen, now]
    for name in NEEDS[chosen]:
        given_ = {key: words for key, words in EVERYTHING_GIVEN.items() if key != name}
        given_ |= {} if missing is None else {name: missing}
        with pytest.raises(InvalidValue, match=r"^Say ") as refused:
            move(chosen, now=now, parts=frozenset(who), given=given_)
        assert refused.value.field == name


@pytest.mark.parametrize("chosen", DECISIONS)
@pytest.mark.parametrize("own", [OWNER, ASKER])
@pytest.mark.parametrize("other", [LEAD, DIRECTOR, CHECKER])
def test_nobody_decides_on_their_own_work_whatever_else_they_are(chosen: Move, own: Part, other: Part) -> None:
    parts, now = frozenset({own, LEAD, other}), DECISIONS[chosen]
    with pytest.raises(NotAllowed, match="nobody decides on their own work"):
        move(chosen, now=now, parts=parts, given=EVERYTHING_GIVEN)
    assert chosen not in possible(now, parts)


def test_a_refusal_says_where_it_stands_or_who_may() -> None:
    with pytest.raises(MoveNotAllowed) as stands:
        move(Move.CLAIM, now=CHECKED, parts=frozenset({OWNER}), given=EVERYTHING_GIVEN)
    assert stands.value.sentence == "You cannot claim that it is done: it stands at “Completed and checked”."
    with pytest.raises(NotAllowed) as not_theirs:
        move(Move.REOPEN, now=CHECKED, parts=frozenset({OWNER}), given=EVERYTHING_GIVEN)
    assert not_theirs.value.sentence == "You cannot reopen it. A lead or a director can."


@given(st.sampled_from(Delivery), PARTS, st.sampled_from(Move))
def test_what_the_page_offers_is_what_the_rule_allows(now: Delivery, parts: frozenset[Part], chosen: Move) -> None:
    try:
        move(chosen, now=now, parts=parts, given=EVERYTHING_GIVEN)
    except REFUSED:
        allowed = False
    else:
        allowed = True
    assert (chosen in possible(now, parts)) is allowed


@given(st.lists(st.tuples(st.sampled_from(Move), PARTS), max_size=40))
def test_no_sequence_of_moves_leaves_the_table_or_skips_the_check(steps: list[tuple[Move, frozenset[Part]]]) -> None:
    now = NOT_STARTED
    for chosen, parts in steps:
        if chosen not in possible(now, parts):
            continue
        before, now = now, move(chosen, now=now, parts=parts, given=EVERYTHING_GIVEN)
        assert ALLOWED[chosen, before][0] is now
        assert ALLOWED[chosen, before][1] & parts
        if now is CHECKED and before is not CHECKED:
            assert before is AWAITING
            assert not parts & {OWNER, ASKER}
        if now is CLOSED and before is not CLOSED:
            assert DIRECTOR in parts


def test_each_move_has_one_row_and_what_is_closed_can_only_be_reopened() -> None:
    assert sorted(rule.move for rule in TABLE) == sorted(Move)
    everybody = frozenset({LEAD, DIRECTOR, CHECKER})
    assert possible(CLOSED, everybody) == {Move.REOPEN, Move.CHANGE_DETAILS}
    for now in (CHECKED, HOLDING):
        assert possible(now, everybody) == {Move.REOPEN, Move.CHANGE_DETAILS, Move.HOLD, Move.NOT_HOLDING}
