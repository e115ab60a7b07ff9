"""A document before it is drawn: headings, paragraphs, tables and charts. PDF, Word, Excel and CSV draw the same one.

Pure. A table has flat columns for a spreadsheet; on paper several may stand in one printed column, a line each.
"""

from dataclasses import dataclass
from datetime import date

from tracker.terms import Term
from tracker.wording import format_short_date

Cell = str | int | date | None


class Style(Term):
    """How a line is set on paper."""

    PLAIN = "plain", "Plain"
    STRONG = "strong", "Strong"
    QUIET = "quiet", "Small"
    QUOTE = "quote", "In quotation marks"
    NUMBER = "number", "A number, to the right"


@dataclass(frozen=True)
class Column:
    """One column of a table. ``printed``: in which printed column it stands, by its place; None: not on paper."""

    name: str
    printed: int | None
    style: Style = Style.PLAIN
    label: str = ""  # stands before it on paper
    unit: str = ""  # stands after it on paper
    wide: int = 14  # characters, in a spreadsheet


@dataclass(frozen=True)
class Table:
    """A table: its name, columns and rows, and the heads and shares of the width of its printed columns."""

    name: str  # of its sheet as well: at most 31 characters
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heads: tuple[str, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Chart:
    """A picture, and what it shows in words."""

    title: str
    svg: str
    words: str


@dataclass(frozen=True)
class Paragraph:
    """Some words."""

    words: str


Block = Paragraph | Table | Chart


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """Everything that is drawn."""

    council: str
    title: str
    subtitle: str  # "As at 21 November 2026"
    day: date  # for the properties of the file
    fields: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    not_public: str = ""  # why, where it may not be published

    @property
    def tables(self) -> list[Table]:
        """The tables, in the order of the document."""
        return [block for section in self.sections for block in section.blocks if isinstance(block, Table)]


def lines_of(table: Table, row: tuple[Cell, ...]) -> list[list[tuple[str, Style]]]:
    """Return what stands in each printed column of a row: lines and how they are set. Nothing makes no line."""
    printed: list[list[tuple[str, Style]]] = [[] for _ in table.heads]
    for column, cell in zip(table.columns, row, strict=True):
        if column.printed is not None and cell not in (None, ""):
            printed[column.printed].append((_line(column, cell), column.style))
    return printed


def _line(column: Column, cell: Cell) -> str:
    words = format_short_date(cell) if isinstance(cell, date) else str(cell)
    if column.unit and isinstance(cell, int):
        words = f"{words} {column.unit if cell != 1 else column.unit.replace('days', 'day')}"
    if column.style is Style.QUOTE:
        words = f"“{words}”"
    return f"{column.label} {words}" if column.label else words
