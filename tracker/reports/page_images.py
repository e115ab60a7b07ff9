"""A page of a PDF as a picture, with the passage of a point marked: drawn in a child process that limits itself."""

from tracker.errors import NotFound, UnreadableDocument
from tracker.reports.png import SIGNATURE
from tracker.reports.reading.safely import in_child

PDF = "application/pdf"
MOST_WORDS = 4_000  # characters of a passage that are looked for
SECONDS = 15.0


def page_image(data: bytes, page: int, words: str) -> bytes:
    """Return the PNG of a page, counted from 1. Raises NotFound where the page is not there or cannot be drawn."""
    sentence = "This page cannot be shown as a picture. Its text stands beside the point."
    try:
        drawn = in_child("tracker.reports.page_child", data, str(page), words[:MOST_WORDS], seconds=SECONDS)
    except UnreadableDocument as refused:
        raise NotFound(sentence) from refused
    if not drawn.startswith(SIGNATURE):
        raise NotFound(sentence)
    return drawn
