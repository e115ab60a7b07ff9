"""Where else a report says a point: in a summary, an appendix, a table. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any


def said_again(reading: Mapping[str, Any], read_position: int | None, page_starts: Sequence[int]) -> str:
    """Say where a point stands besides its own place; nothing where it stands once, or a person added it.

    > also on page 12
    > also on pages 2 and 12
    """
    points = reading.get("points", [])
    if read_position is None or not read_position < len(points):
        return ""
    places = points[read_position].get("also", [])  # what was read by an earlier version has none
    if not places:
        return ""
    if len(page_starts) < 2:  # noqa: PLR2004 - a document without pages is one page
        return "said again further on"
    pages = [str(page) for page in sorted({place["page"] for place in places})]
    if len(pages) == 1:
        return f"also on page {pages[0]}"
    return f"also on pages {', '.join(pages[:-1])} and {pages[-1]}"
