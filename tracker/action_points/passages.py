"""Finding words in a report's text, wherever its lines and pages break. Pure."""

import re
from bisect import bisect_right
from collections.abc import Sequence

LONGEST_SEARCH = 4_000  # characters; nobody types a longer point


def find(text: str, words: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Return where words stand in a text, spaces and line ends not counting; None where they do not."""
    parts = words[:LONGEST_SEARCH].split()
    if not parts:
        return None
    found = re.compile(r"\s+".join(map(re.escape, parts)), re.IGNORECASE).search(
        text, start, len(text) if end is None else end
    )
    return found.span() if found else None


def page_of(position: int, page_starts: Sequence[int]) -> int:
    """Return the page, counted from 1, that a character stands on."""
    return max(1, bisect_right(page_starts, position))
