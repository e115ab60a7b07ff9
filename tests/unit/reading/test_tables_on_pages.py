# ruff: noqa: E501 - lines of sample reports
"""Tables of three and more columns in a PDF: rows put together from wrapped cells, over pages, with and without rules."""

import pytest
import typst

from tests.unit.reading.kinds import letters
from tracker.reports.reading import Reading, read_bytes, read_text, to_scoring_form

ROWS = (
    ("The partnership should agree one form for referral, and every agency should use that form.", "Business unit", "31 January 2026", "2026-01-31"),
    ("Schools should be told of each incident attended by the police on the day after it.", "Eastvale Police", "Within three months", None),
    ("Health visitors should see every baby who moves into the area, within ten days of notification, and should write down what they see.", "Eastvale Community Health NHS Trust", "Immediately", None),
    ("Housing officers should report what they see.", "Eastvale Homes", "Ongoing", None),
    ("The escalation policy should be tested in each agency by a sample of cases.", "All agencies", "30 June 2026", "2026-06-30"),
    ("A single point of contact for fathers should be tried.", "Early help", "31/07/2026", "2026-07-31"),
)  # fmt: skip
HEAD = ("No.", "Recommendation", "Responsible body", "Timescale")
SCALES = ["other", "three_months", "immediate", "other", "other", "other"]


def page(table: str, *, width: int = 15, height: int = 30) -> Reading:
    source = f"#set page(width: {width}cm, height: {height}cm, margin: 1.5cm)\n#set text(size: 10pt)\n= Review\n{table}\n== Background\nThe board should meet in each month of the year, and the minutes of it must be kept for seven years."
    return read_bytes(typst.compile(source.encode()))


def table(*, rules: str = "", head: str = "", align: str = "left", repeat: bool = False) -> str:
    cells = ", ".join(f"[{number}], [{what}], [{who}], [{when}]" for number, (what, who, when, _) in enumerate(ROWS, 1))
    names = ", ".join(f"[{head}{name}{head}]" for name in HEAD)
    first = f"table.header({names})" if repeat else names
    return f"#table(columns: (auto, 3fr, 2fr, 1.5fr), align: {align}, {rules} {first}, {cells})"


def read_of(reading: Reading) -> list[tuple[str, str, str | None]]:
    return [
        (letters(one["text"]), one["timescale"], one["due_date"]) for one in to_scoring_form(reading)["action_points"]
    ]


WANTED = [(letters(what), scale, day) for (what, _, _, day), scale in zip(ROWS, SCALES, strict=True)]


@pytest.mark.parametrize(
    "drawn",
    [
        table(),
        table(rules="stroke: none,"),
        table(head="*"),
        table(rules="stroke: none, row-gutter: 4pt,", head="*"),
        table(align="(center, left, left, center)", head="*"),
    ],
    ids=["ruled", "unruled", "bold head", "unruled with space", "centred cells"],
)
def test_rows_are_put_together(drawn: str) -> None:
    reading = page(drawn)

    assert read_of(reading) == WANTED
    assert [point.bodies for point in reading.points][:2] == [("Business unit",), ("Eastvale Police",)]


@pytest.mark.parametrize("repeat", [False, True])
@pytest.mark.parametrize("height", [8, 9, 10, 12])
def test_a_page_may_end_inside_a_row_and_repeat_the_head(height: int, *, repeat: bool) -> None:
    assert read_of(page(table(repeat=repeat, head="*"), height=height)) == WANTED


def test_a_table_of_findings_with_six_columns_gives_the_recommendations() -> None:
    reading = page(
        "#table(columns: (auto, 2fr, auto, 2fr, 2fr, 1.4fr), [Ref], [Finding and risk], [Priority], [Recommendation], [Management response], [Target date],"
        " [1.1], [Reviews should be yearly, and four in ten were late.], [High], [A list of reviews that are due should go to managers each month.], [Agreed. We should have one.], [30/09/2026],"
        " [1.2], [Guidance must be replaced.], [Low], [The guidance should be written again.], [Agreed], [December 2026])",
        width=21,
    )

    assert read_of(reading) == [
        (letters("A list of reviews that are due should go to managers each month."), "other", "2026-09-30"),
        (letters("The guidance should be written again."), "other", None),
    ]


def test_rows_set_out_with_spaces() -> None:
    text = (
        "Recommendations\n\n"
        "No   Recommendation                                      Lead         By when\n\n"
        "1    The team should visit each place at least           Licensing    Ongoing\n"
        "     once in a year.\n\n"
        "2    Complaints should be logged.                        Licensing    30/09/2026\n\n"
        "The council should be thanked.\n"
    )

    assert read_of(read_text(text)) == [
        (letters("The team should visit each place at least once in a year."), "other", None),
        (letters("Complaints should be logged."), "other", "2026-09-30"),
    ]


def test_bullets_that_are_only_drawn_part_the_items() -> None:
    source = (
        "#set page(width: 15cm, height: 12cm)\n#set list(marker: box(circle(radius: 1.6pt, fill: black)), indent: 12pt)\n"
        "== Areas for improvement\n- Leaders should write clear plans\n- Partners should share what they know\n\n== Conclusion\nAll should be well."
    )

    assert [point.text for point in read_bytes(typst.compile(source.encode())).points] == [
        "Leaders should write clear plans",
        "Partners should share what they know",
    ]
