"""Draws a report's actions on a time line: where the date began, where it stands now, and when it was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from dateutil.relativedelta import relativedelta

from tracker.charts.drawing import FONT, GAP, LETTERS, LINE, WIDTH, draw

MARGIN = 8  # units at both sides, so that a mark at the end is whole
MOST_LABELS = 6


@dataclass(frozen=True)
class Dates:
    """One action on the time line."""

    label: str
    original: date
    current: date
    done: date | None = None


def due_date_chart(rows: Sequence[Dates], *, today: date, title: str, desc: str, font: str = FONT) -> str:
    """Draw one line an action, from its original due date to the current one, with today across all of them."""
    days = [day for row in rows for day in (row.original, row.current, row.done) if day] + [today]
    first = min(days).replace(day=1)
    last = (max(days) + relativedelta(months=1)).replace(day=1)

    def across(day: date) -> float:
        return MARGIN + (WIDTH - 2 * MARGIN) * ((day - first).days / (last - first).days)

    lines, y = [], 2 * LINE + GAP
    for row in rows:
        words = wrap(row.label, LETTERS) or [""]
        middle = y + LINE * len(words) + 9
        done = across(row.done) if row.done else None
        lines.append(
            {
                "words": words,
                "y": y,
                "middle": middle,
                "original": across(row.original),
                "current": across(row.current),
                "done": done,
            }
        )
        y = middle + 22
    months = (last.year - first.year) * 12 + last.month - first.month
    every = next((step for step in (1, 3, 6, 12, 24, 60) if months / step <= MOST_LABELS), 120)
    starts = [first + relativedelta(months=at) for at in range(0, months, every)]
    ticks = [(across(day), f"{day:%b %Y}" if every < 12 else str(day.year)) for day in starts]  # noqa: PLR2004 - a year
    return draw(
        "dates.svg",
        title=title,
        desc=desc,
        font=font,
        height=y + LINE,
        lines=lines,
        ticks=ticks,
        bottom=y,
        today=across(today),
    )
