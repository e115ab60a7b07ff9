# ruff: noqa: E501 - lines of sample reports
"""What a report says twice is proposed once, with both places, the fuller wording, and what either says of the time."""

import pytest

from tracker.reports.reading import Reading, from_dict, read_text, to_dict

FIRST = "The council should extend the exemption to every care leaver up to the age of 25, wherever they live."
SECOND = "The board should publish the results of each unannounced visit within the month."


def passages(reading: Reading) -> list[list[str]]:
    return [[reading.text[place.start : place.end] for place in (one.place, *one.also)] for one in reading.points]


def test_a_summary_and_a_chapter_give_one_point_with_both_places() -> None:
    report = f"Summary of recommendations\n\n1. {FIRST}\n\n2. {SECOND}\n\nFindings\n\nAll is well.\n\nChapter 9 Recommendations\n\n1. {FIRST}\n\n2. {SECOND}\n"
    reading = read_text(report)

    assert passages(reading) == [[FIRST, FIRST], [SECOND, SECOND]]
    assert all("says it again under “" in point.reason for point in reading.points)


def test_the_fuller_wording_is_kept_and_the_time_is_taken_from_the_table() -> None:
    report = (
        f"Recommendations\n\n- {FIRST[:-1]}\n\nFindings\n\nAll is well.\n\n"
        f"Recommendation\tOwner\tDue date\n{FIRST[:-1]}, and tell each of them so.\tDirector of Finance\t1 April 2026\n"
    )
    (point,) = read_text(report).points

    assert point.text.endswith("and tell each of them so.")
    assert str(point.time_limit.day) == "2026-04-01"
    assert len(point.also) == 1


def test_the_same_number_in_nearly_the_same_words_is_one_point() -> None:
    report = (
        "Recommendation 1: The Department should place a duty of candour upon the leaders of every service.\n\n"
        "Recommendation 2: The regulator should publish what it finds on each of its visits.\n\nThe evidence\n\nAll is well.\n\n"
        "Recommendation 1: The Department should place a duty of candour on the leaders of every service.\n"
    )

    assert len(read_text(report).points) == 2


@pytest.mark.parametrize(
    "other",
    [
        "The council should extend the exemption to every foster carer up to the age of 65, wherever they live.",
        "The council should extend its thanks to every care leaver.",
    ],
)
def test_points_that_only_look_alike_are_two(other: str) -> None:
    assert len(read_text(f"Recommendations\n\n- {FIRST}\n- {other}\n").points) == 2


def test_both_places_survive_the_stored_form_and_older_readings_have_none() -> None:
    reading = read_text(f"Recommendations\n\n1. {FIRST}\n\nFindings\n\nWell.\n\nRecommendations\n\n1. {FIRST}\n")
    plain = to_dict(reading)

    assert from_dict(plain) == reading
    for point in plain["points"]:
        del point["also"], point["number"]
    assert from_dict(plain).points[0].also == ()
