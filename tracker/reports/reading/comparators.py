"""Tables that set authorities side by side: a name, a grade in each column, perhaps a total."""

import re
from dataclasses import dataclass

from tracker.reports.reading.document import Block, BlockKind
from tracker.reports.reading.model import Comparator

_NAME_HEAD = re.compile(
    r"(?:LA|LAs|local authority|authority|authorities|council|councils|borough|area|name|force|county|trust)$",
    re.IGNORECASE,
)
_TOTAL_HEAD = re.compile(r"\btotal\b|\boverall score\b|\bsum\b", re.IGNORECASE)
_MARK = re.compile(r"\s*(?:\((?:JAR|[A-Z]{2,5}|\*+)\)|[*†‡]+)\s*$")
_LINE = re.compile(r"([A-Z][A-Za-z&.,'’() -]{2,50}?)((?:\s+[1-4]){3,10})(?:\s+(\d{1,3}))?$")
_FEWEST_COLUMNS, _FEWEST_ROWS = 3, 3


@dataclass(frozen=True)
class ComparatorRow:
    """One authority's row, and the block it stands in."""

    comparator: Comparator
    block: Block


def comparators_of(blocks: tuple[Block, ...]) -> tuple[ComparatorRow, ...]:
    """Return the rows of every such table, in the order printed. A table may be in parts, its head repeated."""
    rows: list[ComparatorRow] = []
    head: tuple[str, ...] = ()
    for block in blocks:
        if block.kind is BlockKind.ROW and len(block.cells) > _FEWEST_COLUMNS:
            if _NAME_HEAD.match(block.cells[0]) and not any(cell.isdigit() for cell in block.cells):
                head = block.cells
            elif head and (row := _row(block, head)):
                rows.append(row)
        elif block.kind is not BlockKind.ROW:
            head = ()
    return tuple(rows) if len(rows) >= _FEWEST_ROWS else _lines(blocks)


def _row(block: Block, head: tuple[str, ...]) -> ComparatorRow | None:
    name, *values = block.cells
    columns = list(zip(head[1:], values, strict=False))
    if not name or sum(value.isdigit() for _, value in columns) < _FEWEST_COLUMNS:
        return None
    total = next((int(value) for column, value in columns if _TOTAL_HEAD.search(column) and value.isdigit()), None)
    grades = {column: value for column, value in columns if not _TOTAL_HEAD.search(column) and value}
    return ComparatorRow(Comparator(plain_name(name), grades, total, _note(grades, total)), block)


def _lines(blocks: tuple[Block, ...]) -> tuple[ComparatorRow, ...]:
    """Return the same from a page's lines, where the columns have lost their heads."""
    rows: list[ComparatorRow] = []
    for block in blocks:
        found = _LINE.match(block.text) if len(block.text) < 100 else None  # noqa: PLR2004 - longer than any row
        if found:
            grades = {str(number): grade for number, grade in enumerate(found[2].split(), start=1)}
            total = int(found[3]) if found[3] else None
            rows.append(ComparatorRow(Comparator(plain_name(found[1]), grades, total, _note(grades, total)), block))
    return tuple(rows) if len(rows) > _FEWEST_ROWS else ()


def _note(grades: dict[str, str], total: int | None) -> str | None:
    added = sum(int(grade) for grade in grades.values() if grade.isdigit())
    if total is None or added == total:
        return None
    return f"The printed total is {total}; the grades add up to {added}."


def plain_name(printed: str) -> str:
    """Return the name without marks and capitals: "EALING (JAR)" is Ealing."""
    name = _MARK.sub("", printed).strip()
    return name.title() if name.isupper() and len(name) > 4 else name  # noqa: PLR2004 - shorter capitals are initials
