"""Tables on their side on a page: names in the left column ("Recommendation", "Target date"), what they say beside."""

from collections.abc import Sequence

from tracker.reports.reading.cells import Piece, pieces_of
from tracker.reports.reading.document import Line
from tracker.reports.reading.headings import is_numbered_name
from tracker.reports.reading.table_heads import Holds, holds

Record = list[tuple[str, list[Piece]]]  # names, and what stands beside each

_NEAR = 3.0  # points
_FEWEST = 3  # rows
_LONGEST_NAME = 60  # characters
_MOST_LINES = 120


def record_at(lines: Sequence[Line], at: int) -> tuple[Record, int] | None:
    """Return the rows of such a table that begins at this line, and where it ends; None where none does."""
    first = pieces_of(lines[at])
    if not _names(first[0].text) or not (beside := _beside(lines, at)):
        return None
    left, right = first[0].left, beside.left
    rows: Record = []
    position = at
    while position < len(lines) and position < at + _MOST_LINES:
        pieces = pieces_of(lines[position])
        name = pieces[0] if abs(pieces[0].left - left) < _NEAR else None
        said = pieces[1:] if name else pieces
        if said and abs(said[0].left - right) > _NEAR:
            break
        if name and not _take_name(rows, name, said):
            break
        if said:
            whole = Piece(" ".join(piece.text for piece in said), said[0].left, said[-1].right, lines[position])
            rows[-1][1].append(whole)
        position += 1
    rows = [row for row in rows if row[1]]
    kinds = {_names(name) for name, _ in rows}
    return (rows, position) if len(rows) >= _FEWEST and Holds.REQUEST in kinds else None


def _take_name(rows: Record, name: Piece, said: list[Piece]) -> bool:
    """Begin a row, or add to the name of one that wraps; tell whether the words are a name at all."""
    if _names(name.text):
        rows.append((name.text, []))
        return True
    if rows and not said and _names(f"{rows[-1][0]} {name.text}"):
        rows[-1] = (f"{rows[-1][0]} {name.text}", rows[-1][1])
        return True
    return False


def _names(text: str) -> Holds | None:
    if len(text) > _LONGEST_NAME:
        return None
    return Holds.REQUEST if is_numbered_name(text) else holds(text)


def _beside(lines: Sequence[Line], at: int) -> Piece | None:
    """Return the words that begin beside the name: on its line, or on one of the next at the same height."""
    pieces = pieces_of(lines[at])
    if len(pieces) > 1:
        return pieces[1]
    for line in lines[at + 1 : at + 4]:
        if abs(line.foot - lines[at].foot) < _NEAR and line.left > lines[at].right:
            return pieces_of(line)[0]
    return None
