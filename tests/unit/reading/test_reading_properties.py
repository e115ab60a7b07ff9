# ruff: noqa: E501, PT017 - lines of sample text; a refusal is one of two good outcomes
"""Whatever the text: no error but a refusal, every place inside the text, and a reading survives its stored form."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import UnreadableDocument
from tracker.reports.reading import Reading, from_dict, read_bytes, read_text, to_dict, to_scoring_form

LINES = st.sampled_from(
    [
        "Recommendations", "Areas for improvement", "For immediate action", "Within three months:", "Grade 3", "## Being healthy",
        "**Staying safe****Strengths**", "- ensure that it is done", "• ", "1. The council should act by 3 May 2021.", "(a) or not",
        " The lost mark of a long enough line", "and goes on", "LA\tA\tB\tC\tTotal", "Westmere\t3\t3\t3\t9", "Contents", "Findings 7",
        "Requirement\tDue date", "Dear Ms Pell", "Inspection dates: 3 to 7 June 2021", "\f", "", "Good progress was made since the joint area review.",
        "Two recommendations emerged from the joint area review.", "Responsible body Areas for priority action", "<p>", "|a|b|c|",
    ]
)  # fmt: skip


def check(reading: Reading) -> None:
    places = [one.place for one in (*reading.points, *reading.judgements, *reading.progress)]
    places += [place for point in reading.points for place in point.also]
    assert all(0 <= place.start <= place.end <= len(reading.text) for place in places)
    assert all(1 <= place.page <= len(reading.page_starts) for place in places)
    assert all(0 <= number < len(reading.points) for one in reading.progress for number in one.about)
    assert from_dict(json.loads(json.dumps(to_dict(reading)))) == reading
    assert len(to_scoring_form(reading)["action_points"]) == len(reading.points)


@given(st.lists(LINES | st.text(max_size=60), max_size=40).map("\n".join))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        check(read_text(text))
    except UnreadableDocument as refusal:
        assert refusal.sentence.endswith(".")


@given(st.binary(max_size=400) | st.binary(max_size=200).map(lambda data: b"%PDF-1.4\n" + data))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        check(read_bytes(data))
    except UnreadableDocument as refusal:
        assert refusal.sentence.endswith(".")


def test_long_texts_are_read_in_time_in_step_with_their_length() -> None:
    started = time.process_time()
    for text in (
        "- item one\n" * 20_000,
        "a\tb\n" * 20_000,
        "The " * 50_000 + "should",
        "(" * 100_000 + "a",
        "Ab and " * 30_000,
    ):
        read_text("Recommendations\n\n" + text)

    assert time.process_time() - started < 20


LONG = 200_000  # characters; where reading is not in step with the length this takes minutes
REPEATED = {
    "hyphens at line ends": "long-\nterm ",
    "line breaks of a web page": "<p>a<br>b</p>",
    "rows set out with spaces": "a    b    c    d of them\n",
    "heads of tables": "No   Recommendation    Lead    When\n",
    "the same numbered point": "Recommendation 1: The council should do the very same thing again and again.\n\n",
    "lists inside lists": "<ul><li>The council should act",
    "half dates": "3 to 14 June 2024 and ",
    "spaces": "        ",
    "marks over letters": "e\u0301\u202e\U0001f600 ",
    "control characters": "a\x00\x1b[0m ",
    "labels of rows": "Finding\tThis is a long enough cell of words.\n",
}


@pytest.mark.parametrize("kind", REPEATED)
def test_long_repetition_is_read_in_time(kind: str) -> None:
    piece = REPEATED[kind]
    start = "<html><body>" if "<" in piece else "Recommendations\n\nEnsure that all is well.\n\n"
    text = start + "<p>Words</p>" * ("<" in piece) + piece * (LONG // len(piece))
    started = time.process_time()

    check(read_text(text))

    assert time.process_time() - started < 6


ODD = st.characters(codec="utf-8", categories=["Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "So", "Po", "Nd", "Lu"])


@given(st.lists(LINES | st.text(ODD, max_size=40), max_size=25).map(" \u2028\n".join))
@settings(max_examples=80, deadline=None)
def test_odd_characters_between_the_words_of_reports(text: str) -> None:
    try:
        check(read_text(text))
    except UnreadableDocument as refusal:
        assert refusal.sentence.endswith(".")


@given(
    st.lists(
        st.sampled_from(
            ["<div>", "<ul>", "<li>", "<table>", "<tr>", "<td>", "<b>", "</ul>", "</td>", "<p>", "Act now."]
        ),
        max_size=300,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_web_page_is_read_or_refused(tags: list[str]) -> None:
    try:
        check(read_text("<html><body>" + "".join(tags)))
    except UnreadableDocument as refusal:
        assert refusal.sentence.endswith(".")
