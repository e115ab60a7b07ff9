"""PDF to lines with their place on the page, by pypdfium2."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2

from tracker.errors import UnreadableDocument
from tracker.reports.reading.document import Document, Line
from tracker.reports.reading.hyphens import Hyphens
from tracker.reports.reading.pdf_lines import lines_of

MOST_PAGES = 1500
_WIDE_AFTER_STOP = 1.14  # after a full stop less will do: the rows of a table stand close
_WIDE = 1.28  # of the usual distance between lines: a paragraph's space

SCAN = (
    "This PDF is a scan: it has no text. "
    "Ask for a copy with text, have the text recognised (OCR), or paste the report's text."
)
LOCKED = "This PDF is locked with a password. Save a copy without the password and add that."
BROKEN = "This PDF is damaged and cannot be opened. Ask for it again, or save it again as a PDF."


def pdf_document(data: bytes) -> Document:
    """Read a PDF. Refused: one that needs a password, is damaged, has no text, or more than MOST_PAGES pages."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(LOCKED if "assword" in str(error) else BROKEN) from error
    try:
        pages = len(pdf)
        if not 0 < pages <= MOST_PAGES:
            raise UnreadableDocument(
                BROKEN if not pages else f"This PDF has {pages} pages. Add the part with the recommendations only."
            )
        read = [_page(pdf, number) for number in range(pages)]
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(BROKEN) from error
    finally:
        pdf.close()
    if not any(_letters(line.text) for page in read for line in page):
        raise UnreadableDocument(SCAN)
    if sum(_letters(line.text) for page in read for line in page) < 20 * pages:
        raise UnreadableDocument(SCAN)
    return _assemble(read)


def _letters(text: str) -> int:
    return sum(c.isalnum() for c in text)


def _page(pdf: Any, number: int) -> list[Line]:  # noqa: ANN401 - pypdfium2 has no types
    """Return the lines of one page. Page and text page are kept in names and closed, or PDFium crashes."""
    page = pdf[number]
    try:
        textpage = page.get_textpage()
        try:
            return lines_of(page, textpage, number + 1)
        finally:
            textpage.close()
    finally:
        page.close()


def _assemble(pages: list[list[Line]]) -> Document:
    """One text of all pages, hyphens at line ends decided by the words of the whole document."""
    hyphens = Hyphens(line.text for page in pages for line in page)
    usual = _usual_pitch(pages)
    parts, lines, page_starts, position = [], [], [], 0
    for page in pages:
        page_starts.append(position)
        before: Line | None = None
        for line in page:
            text = hyphens.mend(line.text)
            wide = _WIDE_AFTER_STOP if before and before.text.endswith(".") else _WIDE
            gap = before is None or not 0 < before.foot - line.foot <= wide * usual(max(line.size, before.size))
            lines.append(_moved(line, text, position, gap=gap))
            parts.append(text)
            position += len(text) + 1
            before = line
        parts.append("")
        position += 1
    return Document(text="\n".join(parts), page_starts=tuple(page_starts), lines=tuple(lines), measured=True)


def _moved(line: Line, text: str, start: int, *, gap: bool) -> Line:
    return replace(line, text=text, start=start, gap=gap)


def _usual_pitch(pages: list[list[Line]]) -> Callable[[float], float]:
    """Return a function from a letter size to the usual distance between its lines."""
    found: dict[int, list[float]] = {}
    for page in pages:
        for before, line in pairwise(page):
            if 0 < (step := before.foot - line.foot) < 4 * max(line.size, 1) and abs(before.size - line.size) < 1:
                found.setdefault(round(line.size), []).append(step)
    usual = {size: _low_median(steps) for size, steps in found.items() if len(steps) > 3}  # noqa: PLR2004 - too few to tell
    return lambda size: usual.get(round(size), 1.25 * size)


def _low_median(steps: list[float]) -> float:
    """Return the middle of the lower three quarters: paragraph spaces are in the upper."""
    steps = sorted(steps)
    return median(steps[: max(1, len(steps) * 3 // 4)])
