"""The overdue report as a document, for Word and Excel: the figures of its page and each late action. Pure."""

from dataclasses import replace

from tracker.scrutiny import tables
from tracker.scrutiny.contents import OverdueAction, OverdueReport
from tracker.scrutiny.document import Cell, Document, Paragraph, Section, Table
from tracker.scrutiny.layout import LATE_NOTE, NONE, stand

TOLD_OF_EXEMPT = ("Action", "Reference")  # the first says that it is exempt information


def overdue_document(report: OverdueReport) -> Document:
    """Return the report, ready to be drawn. An exempt action has a row with its reference and nothing else."""
    return Document(
        council=report.council,
        title="Overdue actions",
        subtitle=report.as_at,
        day=report.at,
        fields=tuple(("Narrowed to", words) for words in report.narrowed_to),
        sections=(
            Section("Where things stand", tuple(stand(report, ()))),
            Section(report.listed, (Paragraph(LATE_NOTE), _late(report)) if report.rows else (Paragraph(NONE),)),
        ),
    )


def _late(report: OverdueReport) -> Table:
    table = tables.late_table(report.rows)
    return replace(
        table, rows=tuple(_cells(table, row, cells) for row, cells in zip(report.rows, table.rows, strict=True))
    )


def _cells(table: Table, row: OverdueAction, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    if not row.withheld:
        return cells
    return tuple(
        cell if column.name in TOLD_OF_EXEMPT else None for column, cell in zip(table.columns, cells, strict=True)
    )
