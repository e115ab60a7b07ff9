"""The overdue report as a CSV file that a spreadsheet opens well: a line for every late action."""

import csv
from collections.abc import Iterator
from io import StringIO

from tracker.actions.listing.spreadsheet import MARK, guarded
from tracker.scrutiny.contents import OverdueAction, OverdueReport

COLUMNS = (
    "As at",
    "Reference",
    "Action",
    "Report",
    "Section and page",
    "What the report says",
    "Owner",
    "Post",
    "Original due date",
    "Days late",
    "Current due date",
    "Times moved",
    "Days gained",
    "Why it was moved",
    "What protects people meanwhile",
    "Status",
    "Last update",
    "Last update on",
    "Last update by",
    "Bodies that have not replied",
)


def overdue_csv(report: OverdueReport) -> Iterator[str]:
    """Yield the lines of the file, dates as 2026-11-21. An exempt action has a line with its reference only."""
    yield MARK + _line(COLUMNS)
    for row in report.rows:
        yield _line(_cells(report, row))


def _cells(report: OverdueReport, row: OverdueAction) -> tuple[object, ...]:
    if row.withheld:
        return (report.at, row.reference, row.title)
    last = row.last_update
    return (
        report.at,
        row.reference,
        row.title,
        row.report,
        row.place,
        row.words,
        row.owner,
        row.post,
        row.original_due,
        row.days_late,
        row.current_due,
        row.times_moved,
        row.days_gained,
        row.reason,
        row.safeguard,
        row.delivery.label,
        last.words if last else "",
        last.on if last else "",
        last.by if last else "",
        "; ".join(row.silent_bodies),
    )


def _line(cells: tuple[object, ...]) -> str:
    line = StringIO()
    padded = [*cells, *[""] * (len(COLUMNS) - len(cells))]
    csv.writer(line, lineterminator="\r\n").writerow([guarded(cell) for cell in padded])
    return line.getvalue()
