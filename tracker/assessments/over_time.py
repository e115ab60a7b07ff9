"""Judgements over time: one row an area, one column a report, both scales the same way up. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.assessments.areas import common_name, order, plain
from tracker.charts.drawing import FONT, judgement_grid, level
from tracker.terms import Grade

NUMBER = re.compile(r"(?:grade\b)?[ :]*(?=\d)", re.IGNORECASE)  # "Grade 3", "Grade: 3", "3"
WORST_FIRST = tuple(reversed(Grade))


@dataclass(frozen=True)
class Judged:
    """One judgement as a report prints it."""

    area: str
    section: str | None
    grade: str
    normalised: Grade | None


@dataclass(frozen=True)
class Judging:
    """A report as a column: its judgements, and which number is the best on its scale."""

    report_id: int
    title: str
    day: date | None
    scale_best: str | None
    judgements: tuple[Judged, ...]

    @property
    def heading(self) -> str:
        """Name the column: > Jul 2012."""
        return f"{self.day:%b %Y}" if self.day else "No date"

    def printed(self, judged: Judged) -> str:
        """Say a grade as printed, with the scale's direction."""
        return printed(judged, self.scale_best)


def printed(judged: Judged, scale_best: str | None) -> str:
    """Say a grade as printed, with the scale's direction: > Grade 2 (Good), 1 is best."""
    found = NUMBER.match(judged.grade)
    if not found:
        return f"Printed “{judged.grade}”"
    words = f"Grade {judged.grade[found.end() :]}"
    return f"{words}, {scale_best} is best" if scale_best else f"{words}, direction of the scale not known"


@dataclass(frozen=True)
class Cell:
    """What one report says of one area: nothing, one judgement, or one of each of its parts."""

    judged: tuple[Judged, ...]

    @property
    def lowest(self) -> Grade | None:
        """The grade that is drawn: the lowest, where a report judges an area more than once."""
        grades = [one.normalised for one in self.judged if one.normalised]
        return min(grades, key=WORST_FIRST.index) if grades else None


@dataclass(frozen=True)
class Row:
    """One area, a cell for each report."""

    area: str
    cells: tuple[Cell, ...]

    @property
    def graded(self) -> int:
        """How many reports grade it."""
        return sum(cell.lowest is not None for cell in self.cells)


@dataclass(frozen=True)
class OverTime:
    """The council's judgements, reports from the oldest to the newest."""

    reports: tuple[Judging, ...]
    rows: tuple[Row, ...]

    @property
    def compared(self) -> tuple[Row, ...]:
        """The areas that more than one report grades: those a chart can say something of."""
        return tuple(row for row in self.rows if row.graded > 1)


def over_time(reports: Iterable[Judging], own: Mapping[str, str] | None = None) -> OverTime:
    """Put the judgements of reports beside each other, areas of different frameworks under one name.

    ``own`` are the names of areas that the council has set for itself.
    """
    columns = tuple(sorted(reports, key=lambda one: (one.day or date.min, one.report_id)))
    areas = {common_name(judged.area, own): None for column in columns for judged in column.judgements}
    rows = [Row(area, tuple(_cell(column, area, own) for column in columns)) for area in sorted(areas, key=order)]
    return OverTime(columns, tuple(rows))


def latest(found: OverTime, area: str) -> str:
    """Say the last grade of an area, the lowest where a report judges it, or parts of it, more than once.

    > Adequate in Jul 2026, > Adequate at the lowest in Jul 2026, > Not judged
    """
    row = next((one for one in found.rows if one.area == area), None)
    for at, report in reversed(list(enumerate(found.reports))):
        parts = Cell(tuple(one for one in report.judgements if one.section and plain(one.section) == plain(area)))
        for cell in (row.cells[at] if row else parts, parts):
            if cell.lowest:
                lowest = " at the lowest" if len(cell.judged) > 1 else ""
                return f"{cell.lowest.label}{lowest} in {report.heading}"
    return "Not judged"


def chart(found: OverTime, rows: Sequence[Row] | None = None, *, font: str = FONT) -> str:
    """Draw the areas that more than one report grades, or some of them, the best at the top whatever was printed."""
    drawn = found.compared if rows is None else rows
    return judgement_grid(
        [(row.area, [level(cell.lowest) for cell in row.cells]) for row in drawn],
        reports=[column.heading for column in found.reports],
        title="Judgements over time",
        desc=". ".join(in_words(row, found.reports) for row in drawn),
        font=font,
    )


def _cell(column: Judging, area: str, own: Mapping[str, str] | None) -> Cell:
    return Cell(tuple(judged for judged in column.judgements if common_name(judged.area, own) == area))


def in_words(row: Row, reports: Sequence[Judging]) -> str:
    """Say the grades of an area: > Staying safe: good in Dec 2008, outstanding in Jul 2012."""
    said = [
        f"{cell.lowest.label.lower()} in {column.heading}"
        for cell, column in zip(row.cells, reports, strict=True)
        if cell.lowest
    ]
    return f"{row.area}: {', '.join(said)}"
