import xml.etree.ElementTree as ET
from datetime import date

import pytest

from tracker.charts.dates import Dates, due_date_chart

SVG = "{http://www.w3.org/2000/svg}"
TODAY = date(2012, 10, 1)


def drawn(*rows: Dates, today: date = TODAY) -> ET.Element:
    svg = due_date_chart(rows, today=today, title="Dates", desc="When it is due")
    return ET.fromstring(svg)  # noqa: S314 - our own picture


def words_of(picture: ET.Element) -> list[str | None]:
    return [element.text for element in picture.iter(f"{SVG}text")]


def marks(picture: ET.Element) -> list[float]:
    """Where the two marks of the first row stand; the first circles are the key's."""
    key = 2
    return [float(element.get("cx", "")) for element in list(picture.iter(f"{SVG}circle"))[key:]]


def test_a_date_that_moved_stands_after_the_original_one() -> None:
    current, original = marks(drawn(Dates("Health assessments", date(2012, 9, 1), date(2012, 12, 1))))
    assert original < current


def test_a_date_that_never_moved_has_one_place() -> None:
    current, original = marks(drawn(Dates("Health assessments", date(2012, 9, 1), date(2012, 9, 1))))
    assert original == current


@pytest.mark.parametrize(("done", "strokes"), [(None, 0), (date(2012, 9, 20), 1)])
def test_what_is_done_has_its_tick(done: date | None, strokes: int) -> None:
    key = 1
    picture = drawn(Dates("Supervision", date(2012, 9, 1), date(2012, 9, 1), done))
    assert len([e for e in picture.iter(f"{SVG}path") if e.get("stroke") == "#0f7a52"]) == key + strokes


@pytest.mark.parametrize(
    ("last", "labels"),
    [
        (date(2012, 12, 1), ["Sep 2012", "Oct 2012", "Nov 2012", "Dec 2012"]),
        (date(2013, 12, 1), ["Sep 2012", "Dec 2012", "Mar 2013", "Jun 2013", "Sep 2013", "Dec 2013"]),
        (date(2016, 1, 1), ["2012", "2013", "2014", "2015"]),
        (date(2070, 1, 1), ["2012", "2022", "2032", "2042", "2052", "2062"]),
    ],
)
def test_the_scale_is_marked_so_that_labels_do_not_touch(last: date, labels: list[str]) -> None:
    words = words_of(drawn(Dates("a", date(2012, 9, 1), last)))
    assert [word for word in words if word and word[-4:].isdecimal()] == labels


def test_without_actions_there_is_still_today() -> None:
    assert "Today" in words_of(drawn())
