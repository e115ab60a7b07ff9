"""A point that stands twice in a report says where else."""

from typing import Any

import pytest

from tracker.action_points.elsewhere import said_again


def reading(*pages: int) -> dict[str, Any]:
    return {"points": [{"also": []}, {"also": [{"page": page, "start": 0, "end": 9} for page in pages]}]}


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ((), ""),
        ((12,), "also on page 12"),
        ((12, 2), "also on pages 2 and 12"),
        ((2, 2, 7, 5), "also on pages 2, 5 and 7"),
    ],
)
def test_the_other_places_are_named_by_their_pages(pages: tuple[int, ...], said: str) -> None:
    assert said_again(reading(*pages), 1, (0, 100, 200)) == said


def test_a_document_without_pages_says_only_that_it_is_said_again() -> None:
    assert said_again(reading(1), 1, (0,)) == "said again further on"


@pytest.mark.parametrize("position", [None, 0, 7])
def test_a_point_that_stands_once_or_was_added_says_nothing(position: int | None) -> None:
    assert said_again(reading(12), position, (0, 100)) == ""


def test_what_was_read_by_an_earlier_version_says_nothing() -> None:
    assert said_again({"points": [{"text": "Review the records."}]}, 0, (0, 100)) == ""
    assert said_again({}, 0, (0, 100)) == ""
