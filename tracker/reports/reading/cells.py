"""Words on a page and the columns they stand under: what the rows of a table are put together from."""

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from tracker.reports.reading.document import Line


class Piece(NamedTuple):
    """Words of one line between two wide spaces."""

    text: str
    left: float
    right: float
    line: Line


@dataclass
class Column:
    """One column: its head's words and place, and how far the cells under it have been seen to reach."""

    head: str
    left: float
    right: float
    reach: tuple[float, float] = (0.0, 0.0)

    def __post_init__(self) -> None:
        """Begin with the head's own place."""
        self.reach = (self.left, self.right)

    def is_over(self, piece: Piece) -> bool:
        """Whether the words stand, at least in part, under the head."""
        return piece.left < self.right and self.left < piece.right

    def distance(self, piece: Piece) -> float:
        """How far the words stand from what is known of the column."""
        return max(self.reach[0] - piece.right, piece.left - self.reach[1], 0.0)

    def take(self, piece: Piece) -> None:
        """Remember how far it reaches."""
        self.reach = (min(self.reach[0], piece.left), max(self.reach[1], piece.right))


def pieces_of(line: Line) -> list[Piece]:
    """Return the words of a line, parted at its wide spaces."""
    words = line.text.split()
    found, begin, left = [], 0, line.left
    for cut in line.cuts:
        if begin < cut.words < len(words):
            found.append(Piece(" ".join(words[begin : cut.words]), left, cut.left, line))
            begin, left = cut.words, cut.right
    return [*found, Piece(" ".join(words[begin:]), left, line.right, line)]


def placed(line: Line, columns: list[Column]) -> list[tuple[int, Piece]] | None:
    """Return the column each piece of the line stands in; None where one reaches over two heads: it is of no row."""
    found: list[tuple[int, Piece]] = []
    for piece in pieces_of(line):
        over = [number for number, column in enumerate(columns) if column.is_over(piece)]
        if len(over) > 1:
            return None
        number = over[0] if over else min(range(len(columns)), key=lambda at: columns[at].distance(piece))
        before = found.pop()[1] if found and found[-1][0] == number else None
        words, left = (f"{before.text} {piece.text}", before.left) if before else (piece.text, piece.left)
        found.append((number, Piece(words, left, piece.right, line)))
    if any(after[0] <= before[0] for before, after in pairwise(found)):
        return None
    for number, piece in found:
        columns[number].take(piece)
    return found
