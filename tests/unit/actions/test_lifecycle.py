"""The table of allowed moves in full: from where, by whom, with what (DESIGN section 4)."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.actions.lifecycle import TABLE, Move, Part, move, possible
from tracker.errors import MoveNotAllowed
from tracker.terms import OPEN_DELIVERY, Delivery

NOT_STARTED, IN_PROGRESS, PAUSED = Delivery.NOT_STARTED, Delivery.IN_PROGRESS, Delivery.PAUSED
AWAITING, CHECKED, HOLDING = Delivery.AWAITING_CHECK, Delivery.CHECKED, Delivery.HOLDING
CLOSED = Delivery.CLOSED_NOT_COMPLETED
OWNER, LEAD, DIRECTOR, CLAIMANT = Part.OWNER, Part.LEAD, Part.DIRECTOR, Part.CLAIMANT

# Written by hand from the table of the field, not taken from the code: (move, from): (to, who may).
ALLOWED: dict[tuple[Move, Delivery], tuple[Delivery, set[Part]]] = {
    (Move.BEGIN, NOT_STARTED): (IN_PROGRESS, {OWNER, LEAD}),
    (Move.CLAIM, NOT_STARTED): (AWAITING, {OWNER}),
    (Move.CLAIM, IN_PROGRESS): (AWAITING, {OWNER}),
    (Move.ACCEPT, AWAITING): (CHECKED, {LEAD}),
    (Move.RETURN, AWAITING): (IN_PROGRESS, {LEAD}),
    (Move.CLOSE, NOT_STARTED): (CLOSED, {DIRECTOR}),
    (Move.CLOSE, IN_PROGRESS): (CLOSED, {DIRECTOR}),
    (Move.CLOSE, PAUSED): (CLOSED, {DIRECTOR}),
    (Move.CLOSE, AWAITING): (CLOSED, {DIRECTOR}),
    (Move.REOPEN, CHECKED): (IN_PROGRESS, {LEAD, DIRECTOR}),
    (Move.REOPEN, HOLDING): (IN_PROGRESS, {LEAD, DIRECTOR}),
    (Move.REOPEN, CLOSED): (IN_PROGRESS, {LEAD, DIRECTOR}),
}
EVERYTHING_GIVEN = {"text": "Begun.", "note": "Done.", "finding": "Seen.", "reason": "Because."}
NEEDS = {Move.BEGIN: "text", Move.CLAIM: "note", Move.ACCEPT: "finding", Move.RETURN: "finding",
         Move.CLOSE: "reason", Move.REOPEN: "reason"}  # fmt: skip
PARTS = st.frozensets(st.sampled_from(Part))
CHECKS = (Move.ACCEPT, Move.RETURN)


@pytest.mark.parametrize(("chosen", "now", "part"), list(product(Move, Delivery, Part)))
def test_each_move_from_each_place_by_each_part_is_as_the_table_says(chosen: Move, now: Delivery, part: Part) -> None:
    after, who = ALLOWED.get((chosen, now), (None, set[Part]()))
    if part in who:
        assert move(chosen, now=now, parts=frozenset({part}), given=EVERYTHING_GIVEN) is after
        assert chosen in possible(now, frozenset({part}))
    else:
        with pytest.raises(MoveNotAllowed):
            move(chosen, now=now, parts=frozenset({part}), given=EVERYTHING_GIVEN)
        assert chosen not in possible(now, frozenset({part}))


@pytest.mark.parametrize(("chosen", "now"), list(ALLOWED))
def test_somebody_without_a_part_may_do_nothing(chosen: Move, now: Delivery) -> None:
    with pytest.raises(MoveNotAllowed):
        move(chosen, now=now, parts=frozenset(), given=EVERYTHING_GIVEN)
    assert possible(now, frozenset()) == frozenset()


@pytest.mark.parametrize(("chosen", "now"), list(ALLOWED))
@pytest.mark.parametrize("missing", ["", "  \n"])
def test_a_move_without_its_words_is_refused_with_what_to_say(chosen: Move, now: Delivery, missing: str) -> None:
    given_ = EVERYTHING_GIVEN | {NEEDS[chosen]: missing}
    _, who = ALLOWED[chosen, now]
    with pytest.raises(MoveNotAllowed, match=r"^Say "):
        move(chosen, now=now, parts=frozenset(who), given=given_)
    del given_[NEEDS[chosen]]
    with pytest.raises(MoveNotAllowed, match=r"^Say "):
        move(chosen, now=now, parts=frozenset(who), given=given_)


@pytest.mark.parametrize("chosen", CHECKS)
@pytest.mark.parametrize("own", [OWNER, CLAIMANT])
@pytest.mark.parametrize("other", [LEAD, DIRECTOR])
def test_nobody_checks_their_own_work_whatever_else_they_are(chosen: Move, own: Part, other: Part) -> None:
    parts = frozenset({own, LEAD, other})
    with pytest.raises(MoveNotAllowed, match="nobody checks their own work"):
        move(chosen, now=AWAITING, parts=parts, given=EVERYTHING_GIVEN)
    assert chosen not in possible(AWAITING, parts)


def test_a_refusal_says_where_it_stands_or_who_may() -> None:
    with pytest.raises(MoveNotAllowed) as refused:
        move(Move.CLAIM, now=CHECKED, parts=frozenset({OWNER}), given=EVERYTHING_GIVEN)
    assert refused.value.sentence == "You cannot claim that it is done: it stands at “Completed and checked”."
    with pytest.raises(MoveNotAllowed) as refused:
        move(Move.REOPEN, now=CHECKED, parts=frozenset({OWNER}), given=EVERYTHING_GIVEN)
    assert refused.value.sentence == "You cannot reopen it: only the director or the lead may."


@given(st.sampled_from(Delivery), PARTS, st.sampled_from(Move))
def test_what_the_page_offers_is_what_the_rule_allows(now: Delivery, parts: frozenset[Part], chosen: Move) -> None:
    try:
        move(chosen, now=now, parts=parts, given=EVERYTHING_GIVEN)
    except MoveNotAllowed:
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
        if now is CHECKED:
            assert before is AWAITING
            assert not parts & {OWNER, CLAIMANT}
        if now is CLOSED:
            assert DIRECTOR in parts


def test_each_move_has_one_row_and_what_is_closed_can_only_be_reopened() -> None:
    assert sorted(rule.move for rule in TABLE) == sorted(Move)
    for now in set(Delivery) - OPEN_DELIVERY:
        assert possible(now, frozenset({OWNER, LEAD, DIRECTOR})) == {Move.REOPEN}
