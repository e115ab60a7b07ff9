"""The lines of one page of a PDF: their words, place, size and wide spaces."""

import ctypes
import re
from dataclasses import replace
from typing import Any

from pypdfium2 import raw as pdfium

from tracker.reports.reading.document import Cut, Line
from tracker.reports.reading.hyphens import BREAK
from tracker.reports.reading.pdf_bullets import Box, bullet_of, drawn_bullets
from tracker.reports.reading.text import tidy

_BOLD_WEIGHT = 600
_SYMBOL_BULLETS = str.maketrans(
    dict.fromkeys("\uf06e\uf0a7\uf0b7\uf0be\uf02d\uf0a8\uf0d8\uf0fc\uf076\uf071\uf06f", "•")
)
_NOTE_MARK = re.compile(r"(?<=[a-z.,;:?)’”])\d{1,2}(?=[\s.,;:)]|$)|^\d{1,2}\s+(?=[a-z])")
_TOUCHING = 0.4  # of the letters' size: less than the space between two columns
_RAISED = 0.8  # of the line's letters: smaller digits are the mark of a note
_CELL_GAP = 0.6  # of the letters' size: a wider space may part the cells of a row
_SPACE = re.compile(r"\s+")


def lines_of(page: Any, textpage: Any, number: int) -> list[Line]:  # noqa: ANN401 - pypdfium2 has no types
    """Return the lines of a page, the bullets that it only draws written before them."""
    lines = _lines(textpage, textpage.get_text_range(), number)
    return _with_drawn_bullets(lines, drawn_bullets(page))


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
