"""Plain text, Markdown and pasted text: lines and pages from characters."""

import re
from dataclasses import replace

from tracker.reports.reading.document import Cut, Document, Line

_PAGE = "\f"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")
_HASHES = re.compile(r"(#{1,6})\s+")
_RULE = re.compile(r"[-=_*~\s|:]{3,}$")
_COLUMN_SPACE = re.compile(r"(?<=\S) {3,}(?=\S)")  # between the cells of a row set out with spaces
_RUN_ON = re.compile(r"\*\*\*\*|(?<=[\w)])\*\*(?=Grade\b)")  # two headings, or a heading and its grade, on one line
_BOLD = re.compile(r"\*\*[^*]+\*\*:?\s*$|__[^_]+__:?\s*$")


def tidy(text: str) -> str:
    """Line ends as line feeds; characters that cannot be shown or stored become spaces, one for one."""
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def text_document(text: str) -> Document:
    """Read plain text or Markdown. A form feed begins a page."""
    text = tidy(text)
    lines: list[Line] = []
    page_starts, position, page, gap = [0], 0, 1, False
    for raw in re.split(r"(?<=[\n\f\v\x85\u2028\u2029])", text):
        body = raw.strip()
        if body and not _RULE.fullmatch(body):
            lines.extend(_lines(raw, position, page, gap=gap))
            gap = False
        elif not body or body[0] in "-=_*~":
            gap = True
        position += len(raw)
        if raw.endswith(_PAGE):
            page, gap = page + 1, True
            page_starts.append(position)
    return Document(text=text, page_starts=tuple(page_starts), lines=tuple(_with_rows(lines)))


def _with_rows(lines: list[Line]) -> list[Line]:
    """Mark the rows of tables set with bars: each begins with one, or stands beside another with as many cells."""
    bars = [0 if "\t" in line.text else line.text.strip("|").count("|") for line in lines]
    marked = []
    for at, line in enumerate(lines):
        beside = bars[max(at - 1, 0) : at] + bars[at + 1 : at + 2]
        is_row = bars[at] > 0 and (line.text.startswith("|") or bars[at] in beside)
        marked.append(replace(line, row=True) if is_row else line)
    return marked


def _lines(raw: str, position: int, page: int, *, gap: bool) -> list[Line]:
    """Return the printed line, or its two parts where a heading runs on into another."""
    indent = len(raw) - len(raw.lstrip())
    body = raw.strip()
    hashes = _HASHES.match(body)
    level = len(hashes[1]) if hashes else 0
    skip = hashes.end() if hashes else 0
    if (cut := _RUN_ON.search(body)) and len(body) <= 240:  # noqa: PLR2004 - longer lines are prose
        parts = [(skip, cut.start()), (cut.end(), len(body))]
    else:
        parts = [(skip, len(body))]
    return [
        Line(
            text=body[begin:end].rstrip(),
            start=position + indent + begin,
            page=page,
            left=float(indent),
            right=float(indent + len(body)),
            level=level,
            bold=len(parts) > 1 or bool(_BOLD.match(body)),
            gap=gap or begin > skip or len(parts) > 1,
            cuts=_cuts(body[begin:end], indent) if len(parts) == 1 else (),
        )
        for begin, end in parts
        if body[begin:end].strip("* ")
    ]


def _cuts(body: str, indent: int) -> tuple[Cut, ...]:
    """Return the wide spaces that may part the cells of a row."""
    if "   " not in body:
        return ()
    return tuple(
        Cut(len(body[: space.start()].split()), float(indent + space.start()), float(indent + space.end()))
        for space in _COLUMN_SPACE.finditer(body)
    )
