"""A first title for an action: what is asked, without why and how, and short enough for a list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.reports.titles import LONGEST, SHORTEST_CLAUSE, first_title


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("review how referrals are read", "Review how referrals are read"),
        ("Review how referrals are read.", "Review how referrals are read"),
        ("review   how\nreferrals are read", "Review how referrals are read"),
        (
            "review how thresholds are applied at the first contact so that children are seen in time",
            "Review how thresholds are applied at the first contact",
        ),
        (
            "improve the timeliness of assessments; and report it to members every quarter",
            "Improve the timeliness of assessments",
        ),
        ("Improve the timeliness of all assessments. Report it.", "Improve the timeliness of all assessments"),
        ("Train staff so that all children are heard", "Train staff so that all children are heard"),
        ("", ""),
        (" . ", ""),
    ],
)  # fmt: skip
def test_the_title_says_what_is_asked(words: str, title: str) -> None:
    assert first_title(words) == title


@pytest.mark.parametrize(
    "turn", ["; ", ": ", ". ", " in order to ", " to enable ", " including ", " such as ", " by ensuring ",
             " which ", " whilst "]
)  # fmt: skip
def test_a_clause_ends_where_the_sentence_turns_to_why_or_how(turn: str) -> None:
    clause = "Improve how first contacts are recorded"
    assert first_title(f"{clause}{turn}everybody knows it") == clause


@pytest.mark.parametrize(("length", "whole"), [(SHORTEST_CLAUSE - 1, False), (SHORTEST_CLAUSE, True)])
def test_a_clause_too_short_to_stand_alone_goes_on(length: int, whole: bool) -> None:
    clause = "A" * length
    assert (first_title(f"{clause}; and so on") == clause) is whole


@pytest.mark.parametrize(("length", "cut"), [(LONGEST, False), (LONGEST + 1, True)])
def test_a_long_title_is_cut_between_words(length: int, cut: bool) -> None:
    words = ("Abcd " * 40)[: length - 1] + "x"
    title = first_title(words)
    assert title.endswith("\u00a0…") is cut
    assert title.removesuffix("\u00a0…").split(" ")[-1] in ("Abcd", words.split(" ")[-1])


@given(st.text())
def test_a_title_is_one_short_line_of_the_reports_own_words(words: str) -> None:
    title = first_title(words)
    assert len(title) <= LONGEST + 4  # a capital can be two letters, and the mark of the cut
    assert "\n" not in title
    assert " ".join(words.split()).casefold().startswith(title.removesuffix("\u00a0…").casefold())
