"""PDF to lines with their place on the page, by pypdfium2."""

import ctypes
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2
from pypdfium2 import raw as pdfium

from tracker.errors import UnreadableDocument
from tracker.reports.reading.document import Cut, Document, Line
from tracker.reports.reading.hyphens import BREAK, Hyphens
from tracker.reports.reading.pdf_bullets import Box, bullet_of, drawn_bullets
from tracker.reports.reading.text import tidy

MOST_PAGES = 1500
_BOLD_WEIGHT = 600
_SYMBOL_BULLETS = str.maketrans(
    dict.fromkeys("\uf06e\uf0a7\uf0b7\uf0be\uf02d\uf0a8\uf0d8\uf0fc\uf076\uf071\uf06f", "•")
)
_NOTE_MARK = re.compile(r"(?<=[a-z.,;:?)’”])\d{1,2}(?=[\s.,;:)]|$)|^\d{1,2}\s+(?=[a-z])")
_TOUCHING = 0.4  # of the letters' size: less than the space between two columns
_RAISED = 0.8  # of the line's letters: smaller digits are the mark of a note
_CELL_GAP = 0.6  # of the letters' size: a wider space may part the cells of a row
_SPACE = re.compile(r"\s+")
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
            lines = _lines(textpage, textpage.get_text_range(), number + 1)
            return _with_drawn_bullets(lines, drawn_bullets(page))
        finally:
            textpage.close()
    finally:
        page.close()


def _lines(textpage: Any, text: str, page: int) -> list[Line]:  # noqa: ANN401 - pypdfium2 has no types
    lines, position = [], 0
    handle = textpage.raw
    astral = any(ord(c) > 0xFFFF for c in text)  # noqa: PLR2004 - PDFium counts those twice
    for raw in text.split("\n"):
        if body := tidy(raw.replace("\x02", BREAK)).strip():
            first = position + len(raw) - len(raw.lstrip())
            offset = sum(ord(c) > 0xFFFF for c in text[:first]) if astral else 0  # noqa: PLR2004
            lines.append(_line(handle, body.translate(_SYMBOL_BULLETS), first + offset, page))
        position += len(raw) + 1
    return _whole(lines)


def _with_drawn_bullets(lines: list[Line], bullets: list[Box]) -> list[Line]:
    """Write the bullets that the page only draws."""
    if not bullets:
        return lines
    return [_bulleted(line, box) if (box := bullet_of(line, bullets)) else line for line in lines]


def _bulleted(line: Line, box: Box) -> Line:
    cuts = tuple(cut._replace(words=cut.words + 1) for cut in line.cuts)
    return replace(line, text=f"• {line.text}", left=box[0], cuts=cuts)


def _whole(lines: list[Line]) -> list[Line]:
    """Put together the pieces of a printed line that PDFium cut at a raised note mark: they touch."""
    whole: list[Line] = []
    for line in lines:
        before = whole[-1] if whole else None
        if before and abs(before.foot - line.foot) < 1 and -1 < line.left - before.right < _TOUCHING * line.size:
            text, words = f"{before.text} {line.text}", len(before.text.split())
            cuts = (*before.cuts, *(cut._replace(words=cut.words + words) for cut in line.cuts))
            whole[-1] = replace(before, text=text, right=line.right, bold=before.bold and line.bold, cuts=cuts)
        else:
            whole.append(line)
    return whole


def _line(handle: Any, body: str, first: int, page: int) -> Line:  # noqa: ANN401 - pypdfium2 has no types
    start = pdfium.FPDFText_GetCharIndexFromTextIndex(handle, first)
    stop = pdfium.FPDFText_GetCharIndexFromTextIndex(handle, first + len(body) - 1)
    letter_at = next(
        (at for at, c in enumerate(body) if at > 1 and c.isalpha()), 0
    )  # past a bullet set in a symbol font
    inner = pdfium.FPDFText_GetCharIndexFromTextIndex(handle, first + letter_at)
    begin, close, letter = _box(handle, start), _box(handle, stop), _box(handle, inner)
    return Line(
        text=_without_note_marks(handle, body, first, letter[3] - letter[1]),
        start=0,
        page=page,
        left=begin[0],
        right=max(close[2], begin[2]),
        foot=letter[1],
        size=round(letter[3] - letter[1], 1),
        bold=all(pdfium.FPDFText_GetFontWeight(handle, at) >= _BOLD_WEIGHT for at in (start, inner, stop)),
        cuts=_cuts(handle, body, start, _CELL_GAP * (letter[3] - letter[1])) if stop - start == len(body) - 1 else (),
    )


def _cuts(handle: Any, body: str, start: int, wide: float) -> tuple[Cut, ...]:  # noqa: ANN401 - pypdfium2 has no types
    """Return the wide spaces of a line whose characters stand one after the other from ``start``."""
    cuts = []
    for words, space in enumerate(_SPACE.finditer(body), start=1):
        left, right = _box(handle, start + space.start() - 1)[2], _box(handle, start + space.end())[0]
        if right - left > wide:
            cuts.append(Cut(words, left, right))
    return tuple(cuts)


def _without_note_marks(handle: Any, body: str, first: int, height: float) -> str:  # noqa: ANN401 - as above
    """Return the line without the small raised numbers that point to footnotes."""
    for found in reversed(list(_NOTE_MARK.finditer(body))):
        index = pdfium.FPDFText_GetCharIndexFromTextIndex(handle, first + found.start())
        box = _box(handle, index)
        if 0 < box[3] - box[1] < _RAISED * height:
            body = body[: found.start()] + body[found.end() :]
    return body


def _box(handle: Any, index: int) -> tuple[float, float, float, float]:  # noqa: ANN401 - pypdfium2 has no types
    """Left, foot, right, head of a character, by its font's height: the same for all letters of a line."""
    rect = pdfium.FS_RECTF()
    if index < 0 or not pdfium.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(rect)):
        return (0.0, 0.0, 0.0, 0.0)
    return (rect.left, rect.bottom, rect.right, rect.top)


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
