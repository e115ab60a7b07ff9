"""The report's text as it is shown beside a point: in pages, with every point's passage marked. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.action_points.passages import page_of

WINDOW = 60_000  # characters shown before and after the current passage; a longer report is shown in part

Mark = tuple[int, int | None, int | None]  # a point's id and the characters it covers


@dataclass(frozen=True)
class Piece:
    """A run of text: plain, or the passage of a point."""

    text: str
    point_id: int | None = None


@dataclass(frozen=True)
class Page:
    """A page of the report as pieces."""

    number: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class SourceView:
    """What is shown of a report."""

    pages: tuple[Page, ...]
    whole: bool  # False where parts before or after are left away
    found: bool  # False where the current point has no place in the text


def source_view(text: str, page_starts: Sequence[int], marks: Sequence[Mark], current_id: int) -> SourceView:
    """Cut a report's text into pages and marked passages around the current point."""
    placed = _placed(marks, current_id)
    at = next((start for start, _, key in placed if key == current_id), 0)
    first, last = max(0, at - WINDOW), min(len(text), at + WINDOW)
    starts = [start for start in page_starts if first < start < last]
    edges = [first, *starts, last]
    pages = tuple(
        Page(page_of(begin, page_starts), _pieces(text, begin, end, placed)) for begin, end in pairwise(edges)
    )
    return SourceView(pages, (first, last) == (0, len(text)), any(key == current_id for *_, key in placed))


def _placed(marks: Sequence[Mark], current_id: int) -> list[tuple[int, int, int]]:
    """Return the passages in order, the current one whole: of the others only what does not cover it."""
    known = [(start, end, key) for key, start, end in marks if start is not None and end is not None]
    current = next((row for row in known if row[2] == current_id), None)
    if current is None:
        return sorted(known)
    first, last, _ = current
    parts = [
        part
        for start, end, key in known
        if key != current_id
        for part in ((start, min(end, first), key), (max(start, last), end, key))
        if part[0] < part[1]
    ]
    return sorted([current, *parts])


def _pieces(text: str, begin: int, end: int, placed: Sequence[tuple[int, int, int]]) -> tuple[Piece, ...]:
    pieces, position = [], begin
    for start, stop, key in placed:
        start, stop = max(start, position), min(stop, end)  # noqa: PLW2901 - a passage may begin on the page before
        if start >= stop:
            continue
        if start > position:
            pieces.append(Piece(text[position:start]))
        pieces.append(Piece(text[start:stop], key))
        position = stop
    if position < end:
        pieces.append(Piece(text[position:end]))
    return tuple(pieces)
