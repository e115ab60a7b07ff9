"""Two reports side by side: what is said of an earlier recommendation, and where we and the inspectors differ."""

from datetime import date

import pytest

from tracker.assessments.compared import Again, Comparison, Links, compare
from tracker.assessments.contents import Asked, Statement
from tracker.assessments.ours import Ours
from tracker.scrutiny.figures import Totals
from tracker.terms import Delivery, LinkKind, ProgressJudgement, Timeliness

TOTALS = Totals(open=1, late=1, accepted=2, implemented=1, due_or_done=2, on_time=1)
SAID_ON = date(2018, 1, 18)
AGAIN = Again("It is late.", "Health", 3, 0, LinkKind.TOLD_AGAIN, "WES-2018-01")
SAME = Again("Do it.", "Health", 3, 0, LinkKind.REPEATED)


def ours(delivery: Delivery = Delivery.CHECKED, **values: object) -> Ours:
    defaults: dict[str, object] = {"claimed_on": date(2013, 1, 11), "original_due": date(2012, 12, 1)}
    return Ours("WES-2012-01", "Do it", "Ann", delivery, Timeliness.DONE_LATE, **(defaults | values))  # type: ignore[arg-type]


def statement(judgement: ProgressJudgement, *about: int, quote: str = "So it is.") -> Statement:
    return Statement(quote, judgement, "Health", 2, about)


def one(links: Links, *statements: Statement, mine: Ours | None = None) -> Comparison:
    asked = Asked("Do it.", "Health", 1, 0, mine or ours())
    return compare([(asked, links)], statements, TOTALS, SAID_ON)


def test_what_nothing_links_is_no_longer_mentioned() -> None:
    found = one(Links(), statement(ProgressJudgement.LIMITED_PROGRESS, 0))
    assert (found.silent, found.different, found.linked) == (1, 0, False)


def test_a_statement_about_the_later_point_speaks_of_the_earlier_one() -> None:
    of_it, of_another = statement(ProgressJudgement.LIMITED_PROGRESS, 0), statement(ProgressJudgement.COMPLETED, 1)
    found = one(Links(again=(SAME,)), of_it, of_another)
    assert found.rows[0].said == (of_it,)
    assert found.rows[0].difference == "We say completed and checked. The inspectors say limited progress."


def test_a_statement_linked_by_its_words_counts_as_the_most_direct() -> None:
    direct = statement(ProgressJudgement.LIMITED_PROGRESS, quote="By its words.")
    of_two = statement(ProgressJudgement.COMPLETED, 0, 1)
    found = one(Links(again=(SAME,), said=(direct,)), of_two)
    assert set(found.rows[0].said) == {direct, of_two}
    assert "limited progress" in found.rows[0].difference


@pytest.mark.parametrize(
    ("mine", "again", "differs"),
    [
        (ours(), AGAIN, "We say completed and checked. The later report asks for it again."),
        (ours(), SAME, ""),
        (ours(Delivery.IN_PROGRESS, claimed_on=None), AGAIN, ""),
        (ours(claimed_on=date(2018, 6, 1)), AGAIN, ""),  # done only after they asked again
        (ours(withheld=True), AGAIN, ""),
    ],
)
def test_what_we_say_is_done_and_they_ask_for_again_differs(mine: Ours, again: Again, differs: str) -> None:
    assert one(Links(again=(again,)), mine=mine).rows[0].difference == differs


def test_what_is_only_suggested_says_nothing_yet() -> None:
    found = one(Links(suggested=2))
    assert (found.linked, found.suggested, found.silent, found.rows[0].mentioned) == (True, 2, 0, False)


def test_the_two_figures_stand_together() -> None:
    assert one(Links()).headline == (
        "1 of 2 accepted actions (50%) is implemented. 1 of the 2 that have fallen due or are done (50%) was done on "
        "time, counted against the original date."
    )


@pytest.mark.parametrize(
    ("mine", "words"),
    [
        (ours(), "done 11 January 2013, 41 days after the original date, 1 December 2012"),
        (ours(claimed_on=date(2012, 11, 1)), "done 1 November 2012, on time: the original date was 1 December 2012"),
        (ours(claimed_on=date(2012, 12, 1)), "done 1 December 2012, on time: the original date was 1 December 2012"),
        (ours(Delivery.PAUSED, claimed_on=None), "the original date was 1 December 2012, and it is still open"),
        (
            ours(Delivery.CLOSED_NOT_COMPLETED, closed_on=date(2014, 1, 1)),
            "closed 1 January 2014, not completed; the original date was 1 December 2012",
        ),
    ],
)
def test_when_it_was_done_is_always_said_against_the_original_date(mine: Ours, words: str) -> None:
    assert mine.when == words
