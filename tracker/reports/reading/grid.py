"""Tables of actions on a page: their rows put together from the lines of cells, by where the cells stand.

A page knows no tables, only words and their places. The head tells the columns ("No. | Recommendation | By when"); what
stands below belongs to the column it stands under, until something reaches over two columns.
"""

from dataclasses import dataclass

from tracker.reports.reading.cells import Column, Piece, pieces_of, placed
from tracker.reports.reading.document import Line
from tracker.reports.reading.grid_records import record_at
from tracker.reports.reading.grid_rows import Row, rows_of
from tracker.reports.reading.headings import heading_of, is_time_heading
from tracker.reports.reading.hyphens import Hyphens
from tracker.reports.reading.table_heads import Columns, columns_of

_LEVEL = 2.5  # points within which feet of letters stand on one line
_MOST_HEAD_LINES = 30
_MOST_COLUMNS = 10
_LONGEST_NAME = 60  # characters of a column's head
_MOST_LINES_BESIDE = 150  # without a request among them: no table of actions
_OTHER_SIZE = 0.15  # of the letters: a heading, not a cell


@dataclass
class Head:
    """The head of a table: its columns, what they hold, and where it ends among the lines."""

    columns: list[Column]
    names: Columns
    end: int

    @property
    def words(self) -> list[str]:
        """The names of the columns."""
        return [column.head for column in self.columns]


def with_rows(lines: list[Line], hyphens: Hyphens) -> list[Line]:
    """Return the lines with each row of a table of actions as one line, its cells between tabs."""
    found: list[Line] = []
    position = 0
    while position < len(lines):
        read = _record(lines, position, hyphens) or _table(lines, position, hyphens)
        rows, position = read or ([lines[position]], position + 1)
        found += rows
    return found


def _table(lines: list[Line], at: int, hyphens: Hyphens) -> tuple[list[Line], int] | None:
    head = _head_at(lines, at)
    rows, end = _body(lines, head) if head else ([], 0)
    if not head or not rows:
        return None
    written = [
        _row_line([hyphens.rejoin(piece.text for piece in cell) for cell in row], _lines_of(row)) for row in rows
    ]
    return [_row_line(head.words, lines[at : head.end]), *written], end


def _record(lines: list[Line], at: int, hyphens: Hyphens) -> tuple[list[Line], int] | None:
    found = record_at(lines, at)
    if found is None:
        return None
    rows, end = found
    return [
        _row_line([name, hyphens.rejoin(piece.text for piece in said)], [piece.line for piece in said])
        for name, said in rows
    ], end


def _lines_of(row: Row) -> list[Line]:
    return sorted({piece.line.start: piece.line for cell in row for piece in cell}.values(), key=lambda one: one.start)


def _row_line(cells: list[str], lines: list[Line]) -> Line:
    first = lines[0]
    return Line(
        text="\t".join(cells),
        start=first.start,
        page=first.page,
        left=first.left,
        right=max(line.right for line in lines),
        foot=first.foot,
        size=first.size,
        gap=True,
        stop=max(line.end for line in lines),
    )


def _head_at(lines: list[Line], at: int, known: list[str] | None = None) -> Head | None:
    """Return the head of a table of actions that begins at this line; one that repeats ``known`` ends with it."""
    if not _may_begin(lines, at):
        return None
    columns: list[Column] = []
    best: Head | None = None
    for position in range(at, min(at + _MOST_HEAD_LINES, len(lines))):
        line = lines[position]
        if (
            line.page != lines[at].page
            or line.bold != lines[at].bold
            or _is_other(line, lines[at])
            or line.foot > lines[at].foot + _LEVEL
        ):
            break
        if len(columns) > 1 and line.left < columns[0].right and not (line.bold and lines[at].bold):
            break
        if not all(_into_head(columns, piece) for piece in pieces_of(line)):
            break
        names = columns_of([column.head for column in columns]) if len(columns) > 1 else Columns()
        if names.is_head:
            best = Head([Column(one.head, one.left, one.right) for one in columns], names, position + 1)
            if best.words == known:
                return best
    return best


def _may_begin(lines: list[Line], at: int) -> bool:
    """Whether another cell stands beside the first of the line."""
    line = lines[at]
    if len(line.text) > _MOST_COLUMNS * _LONGEST_NAME or line.text.endswith("."):
        return False
    beside = lines[at + 1 : at + 5]
    return bool(line.cuts) or any(abs(one.foot - line.foot) < _LEVEL and one.left > line.right for one in beside)


def _into_head(columns: list[Column], piece: Piece) -> bool:
    """Add the words to the column they stand under, or begin one; tell whether a head can go on so."""
    over = [column for column in columns if column.is_over(piece)]
    if len(over) > 1:
        return False
    if over:
        column = over[0]
        column.head = f"{column.head} {piece.text}"
        column.left, column.right = min(column.left, piece.left), max(column.right, piece.right)
    else:
        columns.append(Column(piece.text, piece.left, piece.right))
        columns.sort(key=lambda one: one.left)
        column = columns[-1]
    return len(columns) <= _MOST_COLUMNS and len(column.head) <= _LONGEST_NAME


def _is_other(line: Line, head: Line) -> bool:
    return abs(line.size - head.size) > _OTHER_SIZE * max(line.size, head.size)


def _body(lines: list[Line], head: Head) -> tuple[list[Row], int]:
    """Return the rows below the head, and where among the lines the table ends: after its last row with a request."""
    taken: list[tuple[int, Piece, int]] = []
    position, page, asked = head.end, lines[head.end - 1].page, head.end
    top = lines[head.end - 1].foot
    while position < len(lines):
        line = lines[position]
        if line.page != page:
            again = _head_at(lines, position, head.words)
            if again and again.words == head.words:
                position = again.end
                page, top = line.page, lines[again.end - 1].foot
                continue
            page, top = line.page, line.foot + 1
        if line.foot > top or _ends(line, lines[head.end - 1], head):
            break
        cells = placed(line, head.columns)
        if cells is None:
            break
        taken += [(number, piece, position) for number, piece in cells]
        asked = position if any(number == head.names.what for number, _ in cells) else asked
        if position > asked + _MOST_LINES_BESIDE:
            break
        position += 1
    last = max((at for number, _, at in taken if number == head.names.what), default=head.end - 1)
    end = max([last, *(at for _, at in _beside(taken, last))]) + 1
    return rows_of([(number, piece) for number, piece, at in taken if at < end], head.names), end


def _beside(taken: list[tuple[int, Piece, int]], last: int) -> list[tuple[int, int]]:
    """Cells that follow the last request in its own row: each further to the right, or under one that is."""
    found = []
    after = [(number, at) for number, _, at in taken if at > last]
    before = next((number for number, _, at in reversed(taken) if at == last), 0)
    for number, at in after:
        if number < before or number == 0:
            break
        found.append((number, at))
        before = number
    return found


def _ends(line: Line, head: Line, table: Head) -> bool:
    """Whether the line is a heading after the table."""
    if _is_other(line, head):
        return True
    first = table.columns[0]
    alone = not line.cuts and line.left < first.right
    return alone and (line.bold or not head.bold) and _is_heading(line.text)


def _is_heading(text: str) -> bool:
    return heading_of(text) is not None or is_time_heading(text)
