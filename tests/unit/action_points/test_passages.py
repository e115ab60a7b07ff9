"""Words are found in a report wherever its lines and pages break."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.action_points.passages import LONGEST_SEARCH, find, page_of

TEXT = "The council should review\nhow thresholds   are applied.\n\nIt should also review the forms (all of them)."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("review how thresholds are applied", "review\nhow thresholds   are applied"),
        ("REVIEW HOW", "review\nhow"),
        ("  review   how\n", "review\nhow"),
        ("review the forms (all of them).", "review the forms (all of them)."),
        ("The", "The"),
    ],
)
def test_spaces_line_ends_and_capitals_do_not_count(words: str, found: str) -> None:
    place = find(TEXT, words)
    assert place is not None
    assert TEXT[slice(*place)] == found


@pytest.mark.parametrize("words", ["", "  \n", "review why", "forms .all of them."])
def test_words_that_do_not_stand_there_are_not_found(words: str) -> None:
    assert find(TEXT, words) is None


def test_the_first_of_several_places_is_taken_within_the_bounds_that_are_given() -> None:
    first, second = TEXT.index("review"), TEXT.rindex("review")
    assert find(TEXT, "review") == (first, first + 6)
    assert find(TEXT, "review", first) == (first, first + 6)
    assert find(TEXT, "review", first + 1) == (second, second + 6)
    assert find(TEXT, "review", first + 1, second + 6) == (second, second + 6)
    assert find(TEXT, "review", first + 1, second + 5) is None


def test_of_very_long_words_the_beginning_is_looked_for() -> None:
    long = "word " * LONGEST_SEARCH
    place = find(long, long)
    assert place is not None
    assert place[0] == 0
    assert place[1] <= LONGEST_SEARCH


@given(st.text(max_size=40), st.lists(st.text("ab.(*[\\", min_size=1, max_size=5), min_size=1, max_size=5), st.text())
def test_words_that_stand_in_a_text_are_found_however_they_are_spaced(
    before: str, words: list[str], after: str
) -> None:
    text = " ".join([before, " \n ".join(words), after])
    place = find(text, " ".join(words))
    assert place is not None
    assert text[slice(*place)].split() == words


@pytest.mark.parametrize(("position", "page"), [(0, 1), (99, 1), (100, 2), (101, 2), (249, 2), (250, 3), (10_000, 3)])
def test_a_page_begins_where_its_first_character_stands(position: int, page: int) -> None:
    assert page_of(position, [0, 100, 250]) == page


def test_a_text_without_pages_has_one() -> None:
    assert page_of(500, []) == page_of(500, [0]) == 1
