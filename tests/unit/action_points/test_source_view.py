"""The report beside a point: nothing of its text is lost or doubled, and each mark covers what it should."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.action_points.source_view import WINDOW, Mark, Piece, SourceView, source_view

TEXT = "Page one asks for this. And for that.\nPage two asks for more."
SECOND = TEXT.index("Page two")


def joined(view: SourceView) -> str:
    return "".join(piece.text for page in view.pages for piece in page.pieces)


def marked(view: SourceView, point_id: int) -> str:
    return "".join(piece.text for page in view.pages for piece in page.pieces if piece.point_id == point_id)


def mark(key: int, words: str) -> Mark:
    start = TEXT.index(words)
    return key, start, start + len(words)


def test_a_page_is_plain_text_and_marked_passages_in_turn() -> None:
    view = source_view(TEXT, [0, SECOND], [mark(7, "asks for this"), mark(8, "asks for more")], 7)
    assert [page.number for page in view.pages] == [1, 2]
    assert view.pages[0].pieces == (
        Piece("Page one "), Piece("asks for this", 7), Piece(". And for that.\n"),
    )  # fmt: skip
    assert view.pages[1].pieces == (Piece("Page two "), Piece("asks for more", 8), Piece("."))
    assert (view.whole, view.found) == (True, True)


def test_a_passage_over_two_pages_is_marked_on_both() -> None:
    view = source_view(TEXT, [0, SECOND], [mark(7, "for that.\nPage two asks")], 7)
    assert [[piece.text for piece in page.pieces if piece.point_id] for page in view.pages] == [
        ["for that.\n"], ["Page two asks"],
    ]  # fmt: skip


def test_a_point_without_a_place_is_said_not_to_be_found() -> None:
    view = source_view(TEXT, [0], [(7, None, None), mark(8, "this")], 7)
    assert not view.found
    assert joined(view) == TEXT


@pytest.mark.parametrize("current", [7, 8])
def test_of_two_points_with_one_passage_the_one_in_hand_has_the_mark(current: int) -> None:
    view = source_view(TEXT, [0], [mark(7, "this. And for that"), mark(8, "this. And for that")], current)
    assert marked(view, current) == "this. And for that"
    assert marked(view, 15 - current) == ""


def test_a_passage_within_another_is_whole_while_it_is_in_hand() -> None:
    view = source_view(TEXT, [0], [mark(7, "this. And for that"), mark(8, "And")], 8)
    assert marked(view, 8) == "And"
    assert marked(view, 7) == "this.  for that"
    assert joined(view) == TEXT


@pytest.mark.parametrize(
    ("position", "shown"), [(0, (0, WINDOW)), (WINDOW, (0, 2 * WINDOW)), (70_000, (10_000, 130_000))]
)
def test_a_long_report_is_shown_around_the_point(position: int, shown: tuple[int, int]) -> None:
    text = "".join(f"{number:09}\n" for number in range(20_000))
    starts = list(range(0, len(text), 3_000))
    view = source_view(text, starts, [(1, position, position + 5)], 1)
    assert joined(view) == text[slice(*shown)]
    assert not view.whole
    assert view.pages[0].number == shown[0] // 3_000 + 1


def test_an_empty_text_is_one_empty_page() -> None:
    view = source_view("", [0], [], 1)
    assert (joined(view), view.whole, view.found) == ("", True, False)


@given(
    st.text(max_size=300),
    st.lists(st.integers(0, 300), max_size=5),
    st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=8),
    st.integers(1, 9),
)
def test_nothing_is_lost_or_doubled_and_the_point_in_hand_is_marked_whole(
    text: str, starts: list[int], spans: list[tuple[int, int]], current: int
) -> None:
    page_starts = sorted({0, *(start for start in starts if start < len(text))})
    marks = [(key, min(span), max(span)) for key, span in enumerate(spans, start=1) if max(span) <= len(text)]
    view = source_view(text, page_starts, marks, current)
    assert joined(view) == text
    position, numbers = 0, []
    for page in view.pages:
        numbers.append(page.number)
        for piece in page.pieces:
            end = position + len(piece.text)
            if piece.point_id is not None:
                ((_, start, stop),) = [one for one in marks if one[0] == piece.point_id]
                assert start <= position < end <= stop
            position = end
    assert numbers == list(range(1, len(page_starts) + 1))
    for key, start, stop in marks:
        if key == current:
            assert marked(view, current) == text[start:stop]
