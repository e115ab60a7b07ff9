"""What a later letter says became of earlier recommendations."""

from dataclasses import replace
from datetime import date

import pytest

from tracker.assessments.contents import Asked, Ours, Statement, difference, progress
from tracker.terms import Delivery, ProgressJudgement, Timeliness

COMPLETED, GOOD, SOME = ProgressJudgement.COMPLETED, ProgressJudgement.GOOD_PROGRESS, ProgressJudgement.SOME_PROGRESS
LIMITED, MIXED = ProgressJudgement.LIMITED_PROGRESS, ProgressJudgement.MIXED


def asked(place: int | None, section: str = "Being healthy") -> Asked:
    return Asked(f"Do thing {place}.", section, 2, place, None)


def said(judgement: ProgressJudgement, *about: int, quote: str = "It is so.") -> Statement:
    return Statement(quote, judgement, "Being healthy", 2, about)


def ours(delivery: Delivery) -> Ours:
    return Ours("WES-2026-01", "Do it", "Alex Marsh", delivery, Timeliness.NOT_DUE, date(2026, 9, 1))


def test_each_recommendation_has_what_is_said_of_it_the_most_direct_first() -> None:
    wide, narrow, other = said(GOOD, 0, 1), said(SOME, 0), said(LIMITED, 7)
    found = progress([asked(0), asked(1), asked(2), asked(None)], [wide, narrow, other])
    assert [one.said for one in found.followed] == [(narrow, wide), (wide,), (), ()]
    assert found.of_none == (other,)
    assert found.silent == 2


def test_what_is_said_of_all_is_said_once_and_of_each_that_has_nothing_else() -> None:
    of_all, narrow = said(GOOD, 0, 1, 5), said(SOME, 0)
    found = progress([asked(0), asked(1)], [of_all, narrow])
    assert found.of_all == (of_all,)
    assert [one.said_apart_from(found.of_all) for one in found.followed] == [(narrow,), (of_all,)]


def test_recommendations_stand_under_their_headings_in_the_report_s_order() -> None:
    found = progress([asked(0, "Staying safe"), asked(1, "Being healthy"), asked(2, "Staying safe")], [])
    assert {name: len(rows) for name, rows in found.sections.items()} == {"Staying safe": 2, "Being healthy": 1}
    assert list(found.sections) == ["Staying safe", "Being healthy"]


@pytest.mark.parametrize(
    ("delivery", "theirs", "words"),
    [
        (Delivery.CHECKED, [COMPLETED], ""),
        (Delivery.CHECKED, [GOOD], ""),
        (Delivery.CHECKED, [SOME], "We say completed and checked. The inspectors say some progress."),
        (Delivery.HOLDING, [MIXED], "We say holding. The inspectors say mixed."),
        (Delivery.CHECKED, [COMPLETED, LIMITED], "We say completed and checked. The inspectors say limited progress."),
        (Delivery.IN_PROGRESS, [GOOD], ""),
        (Delivery.IN_PROGRESS, [LIMITED], ""),
        (Delivery.IN_PROGRESS, [COMPLETED], "We say in progress. The inspectors say completed."),
        (Delivery.IN_PROGRESS, [COMPLETED, GOOD], ""),
        (Delivery.CLOSED_NOT_COMPLETED, [COMPLETED], "We say closed, not completed. The inspectors say completed."),
        (Delivery.NOT_STARTED, [GOOD], "We say not started. The inspectors say good progress."),
        (Delivery.NOT_STARTED, [LIMITED], ""),
        (Delivery.NOT_STARTED, [], ""),
    ],
)
def test_a_difference_is_said_in_words(delivery: Delivery, theirs: list[ProgressJudgement], words: str) -> None:
    assert difference(ours(delivery), [said(one, 0) for one in theirs]) == words


@pytest.mark.parametrize(
    ("claimed_on", "differs"),
    [(date(2007, 11, 25), True), (date(2007, 11, 26), True), (date(2007, 11, 27), False), (None, True)],
)
def test_what_was_done_only_after_they_spoke_is_no_difference(claimed_on: date | None, differs: bool) -> None:
    done = replace(ours(Delivery.CHECKED), claimed_on=claimed_on)
    assert bool(difference(done, [said(LIMITED, 0)], date(2007, 11, 26))) is differs


def test_what_speaks_most_directly_decides() -> None:
    assert difference(ours(Delivery.CHECKED), [said(LIMITED, 0, 1, 2), said(COMPLETED, 0)]) == ""


def test_without_an_action_of_ours_nothing_differs() -> None:
    assert difference(None, [said(COMPLETED, 0)]) == ""
