"""Draws charts as SVG: plain functions on plain values, the same bytes every time, no script, no inline style.

The same picture goes on a page and into a document, so nothing here knows of the web. A picture is 400 units wide with
14-unit text: 10 pixels on a phone of 320, as large as the words around it at its full width. A page also gives the
numbers as a table (templates/components/page.html: details).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from textwrap import wrap
from typing import Any
from zlib import crc32

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tracker.terms import Grade

TEMPLATES = Path(__file__).parents[2] / "templates" / "charts"
FONT = "Arial, Helvetica, sans-serif"  # documents pass the font they carry
WIDTH = 400
LETTERS = 48  # letters of a label that fit on one line
SHORT_LABEL = 8  # letters under a point of a line: a year, or a month with its year
LINE, BAR, GAP = 18, 18, 14  # heights of a line of text, a bar, and the space under it
BARS = 330  # the longest bar; its number stands behind it
TONES = ("#0f7a52", "#9fc5e8", "#a32a1c", "#8c8f91")  # they differ in lightness too, for a copy in black and white
ON_TONES = ("#ffffff", "#0b0c0c", "#ffffff", "#0b0c0c")
LINES = ("#1d5a96", "#a32a1c", "#0f7a52")
GRADES = ("Inadequate", "Adequate", "Good", "Outstanding")  # from the worst to the best
NARROWEST_NUMBER = 9  # units of width a digit in a segment needs


@dataclass(frozen=True)
class Bar:
    """One bar as drawn: its label's lines, where it stands, and its segments (x, width, value, tone)."""

    lines: list[str]
    y: int
    segments: list[tuple[float, float, float, int]]
    total: float


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["units"] = lambda value: f"{value:.1f}".removesuffix(".0")
    environment.filters["number"] = lambda value: f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
    return environment


_ENVIRONMENT = _environment()


def draw(template: str, *, title: str, desc: str, font: str, height: float, **values: Any) -> str:  # noqa: ANN401
    """Fill a template of `templates/charts`; every one extends frame.svg."""
    name = f"chart-{crc32(f'{title}{desc}{values}'.encode()):08x}"  # the same for the same chart, so ids stay unique
    frame = {"name": name, "title": title, "desc": desc, "font": font, "width": WIDTH, "height": height}
    return _ENVIRONMENT.get_template(template).render(**frame, **values).strip() + "\n"


def _keys(series: Sequence[str], colours: Sequence[str]) -> list[tuple[str, str, int]]:
    """Place the names of the series in a row: (name, colour, x)."""
    xs = accumulate((8 * len(name) + 42 for name in series), initial=0)
    return list(zip(series, colours, xs, strict=False))


def _spread(left: float, right: float, count: int) -> list[float]:
    return [left + (right - left) * at / max(count - 1, 1) for at in range(count)]


def _thinned(xs: Sequence[float], labels: Sequence[str], *, most: int) -> list[tuple[float, str]]:
    """Keep so many labels that they do not touch, counted back from the last."""
    every = max(1, -(-len(labels) // most))
    return [
        (x, label) for at, (x, label) in enumerate(zip(xs, labels, strict=True)) if (len(labels) - 1 - at) % every == 0
    ]


def _bars(rows: Sequence[tuple[str, Sequence[float]]], top: int, length: int = BARS) -> tuple[list[Bar], int]:
    """Lay bars out from the top, the longest at the given length; return them and the height they need."""
    longest = max((sum(values) for _, values in rows), default=0) or 1
    bars = []
    for label, values in rows:
        if min(values, default=0) < 0:
            raise ValueError("A bar cannot be shorter than nothing.")
        lines = wrap(label, LETTERS) or [""]
        x, segments = 0.0, []
        for tone, value in enumerate(values):
            if value:
                segments.append((x, length * value / longest, value, tone))
                x += length * value / longest
        bars.append(Bar(lines=lines, y=top, segments=segments, total=sum(values)))
        top += LINE * len(lines) + BAR + GAP
    return bars, top


def bar_chart(rows: Sequence[tuple[str, float]], *, title: str, desc: str, unit: str = "", font: str = FONT) -> str:
    """Draw one bar a row with its number behind it: late actions by age. `unit` follows the number ("days")."""
    bars, height = _bars([(label, [value]) for label, value in rows], 0, BARS - 8 * len(unit))
    return draw(
        "bars.svg", title=title, desc=desc, font=font, height=height, bars=bars, tones=[LINES[0]], series=[], unit=unit
    )


def stacked_bar_chart(
    rows: Sequence[tuple[str, Sequence[float]]],
    *,
    title: str,
    desc: str,
    series: Sequence[str] = ("Done", "Open", "Late"),
    font: str = FONT,
) -> str:
    """Draw one bar a row, in up to four parts that always come in the order of `series`: delivery by report."""
    bars, height = _bars(rows, LINE + GAP)
    return draw(
        "bars.svg", title=title, desc=desc, font=font, height=height,
        bars=bars, tones=TONES, on=ON_TONES, series=_keys(series, TONES), unit="", least=NARROWEST_NUMBER,
    )  # fmt: skip


def line_chart(
    points: Sequence[tuple[str, Sequence[float]]],
    *,
    title: str,
    desc: str,
    series: Sequence[str] = ("Open", "Late"),
    font: str = FONT,
) -> str:
    """Draw up to three lines, each with a mark and a stroke of its own: open and late at each meeting."""
    left, right, top, bottom = 34, 370, LINE + GAP + 6, 210
    highest = _round_up(max((value for _, values in points for value in values), default=0))
    xs = _spread(left, right, len(points))
    lines = [
        [
            (x, bottom - (bottom - top) * values[one] / highest, values[one])
            for x, (_, values) in zip(xs, points, strict=True)
        ]
        for one in range(len(series))
    ]
    most = 4 if max((len(label) for label, _ in points), default=0) <= SHORT_LABEL else 3
    grid = [(bottom - (bottom - top) * share / 2, highest * share / 2) for share in range(3)]
    return draw(
        "lines.svg", title=title, desc=desc, font=font, height=240,
        series=[(*key, points) for key, points in zip(_keys(series, LINES), lines, strict=True)],
        labels=_thinned(xs, [label for label, _ in points], most=most), grid=grid, left=left, right=right,
    )  # fmt: skip


def judgement_grid(
    areas: Sequence[tuple[str, Sequence[int | None]]],
    *,
    reports: Sequence[str],
    title: str,
    desc: str,
    grades: Sequence[str] = GRADES,
    font: str = FONT,
) -> str:
    """Draw a small chart for every area: its grade at each report, the best at the top whatever number was printed.

    A grade is 0 (the worst) to len(grades) - 1 (the best), or None where the area was not judged (see `level`).
    """
    left, right, row = 126, 366, 20
    xs = _spread(left, right, len(reports)) if len(reports) > 1 else [(left + right) / 2]
    charts, y = [], 0
    for area, levels in areas:
        lines = wrap(area, LETTERS - 2) or [""]
        base = y + LINE * len(lines) + 16 + row * (len(grades) - 1)
        judged = [(at, xs[at], base - row * grade) for at, grade in enumerate(levels) if grade is not None]
        steps = [(*one[1:], *two[1:], two[0] - one[0] > 1) for one, two in pairwise(judged)]  # dashed over a gap
        gaps = [x for x, grade in zip(xs, levels, strict=True) if grade is None]
        charts.append({"lines": lines, "y": y, "base": base, "dots": judged, "steps": steps, "gaps": gaps})
        y = base + (64 if gaps else 46)
    return draw(
        "judgements.svg", title=title, desc=desc, font=font, height=y,
        charts=charts, grades=list(grades), reports=_thinned(xs, reports, most=5), row=row, left=left, right=right,
    )  # fmt: skip


def level(grade: Grade | None) -> int | None:
    """Return a judgement as `judgement_grid` takes it: 3 for outstanding down to 0 for inadequate."""
    return None if grade is None else 3 - list(Grade).index(grade)


def _round_up(value: float) -> float:
    """Return the next of 2, 4, 6, 10, 20, 40, 60, 100 … : a top whose half is a whole number."""
    size = 1
    while True:
        for front in (2, 4, 6, 10):
            if value <= front * size:
                return front * size
        size *= 10
