import xml.etree.ElementTree as ET

import pytest

from tracker.charts import drawing as charts
from tracker.terms import Grade

SVG = "{http://www.w3.org/2000/svg}"


def bars(rows: list[tuple[str, float]]) -> str:
    return charts.bar_chart(rows, title="Late actions by age", desc="Two are late.")


def every_chart(title: str = "Title", font: str = charts.FONT) -> list[str]:
    words = {"title": title, "desc": "What it shows", "font": font}
    return [
        charts.bar_chart([("1 to 30 days", 4), ("Over 180 days", 0)], unit="actions", **words),
        charts.stacked_bar_chart([("Safeguarding, 2012", (9, 1, 2)), ("Adoption", (0, 0, 0))], **words),
        charts.line_chart([("Jan 2012", (40, 3)), ("Mar 2012", (47, 9))], **words),
        charts.judgement_grid([("Leadership", (0, None, 3))], reports=["2009", "2012", "2014"], **words),
    ]


def root_of(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own picture


def words_of(svg: str) -> list[str | None]:
    return [element.text for element in root_of(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("which", range(4))
def test_a_chart_says_what_it_is_and_carries_no_script_or_style(which: int) -> None:
    svg = every_chart("Late & <early>")[which]
    root = root_of(svg)
    assert root.get("role") == "img"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert (title.text, desc.text) == ("Late & <early>", "What it shows")
    assert root.get("aria-labelledby") == title.get("id")
    assert root.get("aria-describedby") == desc.get("id")
    assert not [e for e in root.iter() if e.tag == f"{SVG}script" or "style" in e.attrib or "class" in e.attrib]


@pytest.mark.parametrize("which", range(4))
def test_a_chart_is_the_same_bytes_every_time_in_the_font_asked_for(which: int) -> None:
    assert every_chart()[which] == every_chart()[which]
    assert 'font-family="Source Sans 3"' in every_chart(font="Source Sans 3")[which]


def test_two_charts_on_one_page_share_no_id() -> None:
    ids = [e.get("id") for svg in every_chart() for e in root_of(svg).iter() if e.get("id")]
    assert len(ids) == len(set(ids)) == 8


def test_the_longest_bar_is_full_and_the_others_are_in_proportion() -> None:
    drawn = [float(e.get("width")) for e in root_of(bars([("a", 8), ("b", 4)])).iter(f"{SVG}rect")]
    assert drawn == [1, charts.BARS - 1, 1, charts.BARS / 2 - 1]


def test_a_bar_of_nothing_still_says_nought_and_a_long_label_is_broken() -> None:
    assert words_of(bars([("Over 180 days late", 0)])) == ["Over 180 days late", "0"]
    assert len(words_of(bars([("word " * 20, 1)]))) == 4
    assert words_of(bars([])) == []


def test_numbers_are_written_with_commas_and_their_unit() -> None:
    svg = charts.bar_chart([("a", 1204), ("b", 2.5)], title="t", desc="d", unit="days")
    assert words_of(svg) == ["a", "1,204 days", "b", "2.5 days"]


def test_a_bar_shorter_than_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter than nothing"):
        bars([("a", -1)])


def test_a_part_too_narrow_for_its_number_leaves_it_to_the_table() -> None:
    svg = charts.stacked_bar_chart([("a", (100, 1, 0))], title="t", desc="d")
    assert words_of(svg) == ["Done", "Open", "Late", "a", "100", "101"]


@pytest.mark.parametrize(("highest", "top"), [(0, 2), (2, 2), (3, 4), (7, 10), (11, 20), (61, 100), (101, 200)])
def test_the_scale_ends_on_a_round_number(highest: int, top: int) -> None:
    svg = charts.line_chart([("Jan 2012", (highest,))], title="t", desc="d", series=("Late",))
    assert words_of(svg)[1:4] == ["0", str(top // 2), str(top)]


def test_labels_are_thinned_so_that_they_do_not_touch_and_the_last_is_kept() -> None:
    points = [(str(year), (1, 1)) for year in range(2001, 2014)]
    svg = charts.line_chart(points, title="t", desc="d")
    assert [word for word in words_of(svg) if word.startswith("20")] == ["2001", "2005", "2009", "2013"]
    assert words_of(charts.line_chart([], title="t", desc="d"))[:2] == ["Open", "Late"]


def test_whole_dates_need_more_room_than_years() -> None:
    points = [(f"{day} Oct 2026", (1, 1)) for day in (10, 12, 14, 16)]
    svg = charts.line_chart(points, title="t", desc="d")
    assert [word for word in words_of(svg) if word.endswith("2026")] == ["12 Oct 2026", "16 Oct 2026"]


def test_the_best_grade_is_at_the_top_and_a_gap_is_said() -> None:
    svg = charts.judgement_grid([("Health", (0, None, 3))], reports=["2009", "2012", "2014"], title="t", desc="d")
    worst, best = [float(e.get("cy")) for e in root_of(svg).iter(f"{SVG}circle")]
    assert best < worst
    assert words_of(svg).count("not judged") == 1
    assert "stroke-dasharray" in svg


def test_one_report_stands_in_the_middle() -> None:
    svg = charts.judgement_grid([("Health", (2,))], reports=["2012"], title="t", desc="d")
    assert next(root_of(svg).iter(f"{SVG}circle")).get("cx") == "246"


def test_outstanding_is_the_highest_level() -> None:
    assert [charts.level(grade) for grade in Grade] == [3, 2, 1, 0]
    assert charts.level(None) is None
