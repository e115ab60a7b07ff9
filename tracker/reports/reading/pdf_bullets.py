"""Bullets that a page draws instead of writing: browsers print the marks of a list as small filled shapes."""

import ctypes
from typing import Any

from pypdfium2 import raw as pdfium

from tracker.reports.reading.document import Line

_SMALLEST, _LARGEST = 1.5, 9.0  # points a bullet is wide
_ROUND = 0.6  # of its width: how high it is at least, and the other way round
_FURTHEST = 26.0  # points from a bullet to its words
_MOST_SHAPES = 4000  # on a page; more are a drawing
_DRAWN = frozenset((pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM))

Box = tuple[float, float, float, float]  # left, foot, right, head


def drawn_bullets(page: Any) -> list[Box]:  # noqa: ANN401 - pypdfium2 has no types
    """Return the places of the small, about square shapes on the page."""
    count = pdfium.FPDFPage_CountObjects(page.raw)
    found = []
    for number in range(min(count, _MOST_SHAPES)):
        shape = pdfium.FPDFPage_GetObject(page.raw, number)
        if pdfium.FPDFPageObj_GetType(shape) in _DRAWN and (box := _box(shape)) and _is_bullet(box):
            found.append(box)
    return found


def _box(shape: Any) -> Box | None:  # noqa: ANN401 - as above
    left, foot, right, head = (ctypes.c_float() for _ in range(4))
    known = pdfium.FPDFPageObj_GetBounds(shape, left, foot, right, head)
    return (left.value, foot.value, right.value, head.value) if known else None


def _is_bullet(box: Box) -> bool:
    wide, high = box[2] - box[0], box[3] - box[1]
    return _SMALLEST <= wide <= _LARGEST and _ROUND * wide <= high <= wide / _ROUND


def bullet_of(line: Line, bullets: list[Box]) -> Box | None:
    """Return the bullet drawn before the line, if any."""
    return next(
        (
            box
            for box in bullets
            if 0 < line.left - box[2] < _FURTHEST and line.foot < (box[1] + box[3]) / 2 < line.foot + line.size
        ),
        None,
    )
