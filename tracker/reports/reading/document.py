"""A document as lines with what the format knows of them, and as the blocks that structure makes of the lines."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple


class Cut(NamedTuple):
    """A wide space inside a line, as between the cells of a row: the words before it, and where it lies."""

    words: int
    left: float  # where the words before it end
    right: float  # where those after it begin


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. ``left``, ``right``, ``foot`` and ``size`` are points in a PDF, characters (or 0) elsewhere."""

    text: str  # without the spaces around it
    start: int  # of its first character that is not a space, in the document's text
    page: int = 1
    left: float = 0.0
    right: float = 0.0
    foot: float = 0.0  # distance from the foot of the page
    size: float = 0.0  # 0 where the format does not say
    bold: bool = False
    level: int = 0  # of a heading the format marks as one, 1 to 6
    gap: bool = False  # more space above it than between the lines of a paragraph
    row: bool = False  # of a table set with bars
    cuts: tuple[Cut, ...] = ()
    stop: int = 0  # where it ends, for a row put together from several lines

    @property
    def end(self) -> int:
        """Where it ends in the document's text."""
        return self.stop or self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Document:
    """The text as it is shown, and its lines."""

    text: str
    page_starts: tuple[int, ...]
    lines: tuple[Line, ...]  # without the blank ones
    measured: bool = False  # lines carry points of a page, not characters


class BlockKind(Enum):
    """What a block is."""

    HEADING = auto()
    ITEM = auto()  # of a list: bulleted, numbered, or with its mark lost
    PARAGRAPH = auto()
    ROW = auto()  # of a table


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, list item, paragraph or table row, its lines rejoined. ``start`` is after its mark or number."""

    kind: BlockKind
    text: str
    start: int
    end: int
    page: int
    mark: str = ""  # the bullet as printed; LOST where only its space is left
    number: str = ""  # "12" or "6.3" of a numbered block
    left: float = 0.0
    size: float = 0.0  # of its letters, more where bold or marked as a heading; 0 where not known
    cells: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()  # the cells again, PARAGRAPH_END between the paragraphs of each
    certain: bool = False  # a heading by its look or the format's word, not only by standing alone

    @property
    def is_heading(self) -> bool:
        """Whether it heads what follows."""
        return self.kind is BlockKind.HEADING


LOST = "lost"  # the mark of an item whose bullet was lost on the way
PARAGRAPH_END = "\u2029"  # between the paragraphs of one cell of a table
