"""Lines to blocks: headings, list items, paragraphs and table rows, each rejoined over lines and pages."""

import re
from collections.abc import Iterable
from dataclasses import replace

from tracker.reports.reading.document import LOST, PARAGRAPH_END, Block, BlockKind, Document, Line
from tracker.reports.reading.furniture import body_lines, body_size
from tracker.reports.reading.grid import with_rows
from tracker.reports.reading.headings import asks, heading_of, is_instruction, is_time_heading
from tracker.reports.reading.hyphens import Hyphens
from tracker.reports.reading.layout import Group, Layout

_MARKDOWN = re.compile(r"\*\*|(?<!\w)__|__(?!\w)|</?(?:sup|sub|b|i|em|strong|u|p|br|span)\s*/?>")
_ESCAPED = re.compile(r"\\([*_#~`\\\[\]().!+-])")
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\([^()\s]{1,300}\)")
_NOTE = re.compile(r"(?<=[\w.,;:)’”])\s?\[(?:(?:foot)?note )?\d{1,3}\](?=\W|$)")  # "[footnote 1]", as web pages paste
_SHORT_NAME = re.compile(r"\W*R\d{1,2}\b")  # "R2 Strengthen self-evaluation"
_SENTENCE_END = (".", ";", ",", "!")
_LONGEST_HEADING = 140  # characters, of a heading known only by standing alone
_LONGEST_BOLD = 260  # of one set in bold or large letters


def blocks_of(document: Document) -> tuple[Block, ...]:
    """Return the document's blocks in their order, without page furniture."""
    lines = body_lines(document)
    hyphens = Hyphens(line.text for line in lines)
    normal = body_size(lines)
    lines = with_rows(lines, hyphens)
    layout = Layout(document, lines)
    return _without_side_headings([_block(group, document, hyphens, normal) for group in _groups(lines, layout)])


def _without_side_headings(blocks: list[Block]) -> tuple[Block, ...]:
    """Return a heading set in the margin cuts a sentence in two: put the sentence together, the heading after it."""
    position = 2
    while position < len(blocks):
        before, heading, after = blocks[position - 2 : position + 1]
        if heading.is_heading and after.kind is BlockKind.PARAGRAPH and after.text[:1].islower() and _is_cut(before):
            whole = replace(before, text=f"{before.text} {after.text}", end=after.end)
            blocks[position - 2 : position + 1] = [whole, heading]
        position += 1
    return tuple(blocks)


def _is_cut(block: Block) -> bool:
    """Return a sentence without its end."""
    is_prose = block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and len(block.text) > 60  # noqa: PLR2004 - a sentence
    return is_prose and not block.text.endswith((".", ":", "?", "!", ";"))


def clean(text: str) -> str:
    """One line's words: Markdown's marks and escapes undone, spaces single."""
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "[" in text:
        text = _NOTE.sub("", text)
    if "*" in text or "_" in text or "<" in text:
        text = _MARKDOWN.sub("", text)
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    return " ".join(text.split())


def _groups(lines: Iterable[Line], layout: Layout) -> list[Group]:
    groups: list[Group] = []
    for line in lines:
        mark = layout.mark_of(line, groups[-1] if groups else None)
        if (groups and not mark and layout.goes_on(groups[-1], line)) or (
            groups and groups[-1].is_bare_mark and len(groups[-1].lines) == 1 and not mark
        ):
            groups[-1].lines.append(line)
        else:
            groups.append(Group([line], mark, lost=not mark and layout.is_lost(line)))
    return groups


def _block(group: Group, document: Document, hyphens: Hyphens, normal: float) -> Block:
    first, last = group.lines[0], group.lines[-1]
    text = _rejoined(group, hyphens)
    start = first.start + group.mark.length
    if group.is_bare_mark and len(group.lines) > 1:
        start = group.lines[1].start
    while start < last.end and document.text[start].isspace():
        start += 1
    lost = not group.mark and group.lost
    listed = (
        tuple(_cell(cell) for cell in (first.text.strip("|").split("|") if first.row else first.text.split("\t")))
        if group.is_row
        else ()
    )
    kind, certain = (BlockKind.ROW, False) if listed else _kind(group, text, document, normal, lost=lost)
    return Block(
        kind=kind,
        text=text,
        start=start,
        end=max(last.end, start),
        page=first.page,
        mark=LOST if lost else group.mark.bullet,
        number=group.mark.number,
        left=first.left,
        size=_rank(first),
        cells=tuple(map(clean, listed)),
        listed=listed,
        certain=certain,
    )


def _cell(text: str) -> str:
    """Return a cell's words, its paragraphs kept apart."""
    return PARAGRAPH_END.join(filter(None, map(clean, text.split(PARAGRAPH_END))))


def _rank(line: Line) -> float:
    """Bigger for headings that stand higher."""
    if line.level:
        return 40.0 - 2 * line.level
    return line.size + (0.6 if line.bold else 0.0) if line.size else 0.0


def _kind(group: Group, text: str, document: Document, normal: float, *, lost: bool) -> tuple[BlockKind, bool]:
    """Return what the group is, and for a heading whether its look or wording says so."""
    if group.lines[0].level or (not group.mark.bullet and not lost and (heading_of(text) or is_time_heading(text))):
        return BlockKind.HEADING, True
    if (document.measured and _looks_like_heading(group, text, normal)) or _bold_alone(group, text):
        return BlockKind.HEADING, True
    if (
        (group.lines[0].gap or not document.measured)
        and not lost
        and not group.mark.bullet
        and _stands_alone(group, text)
    ):
        return BlockKind.HEADING, False
    return (BlockKind.ITEM if group.mark or lost else BlockKind.PARAGRAPH), False


def _looks_like_heading(group: Group, text: str, normal: float) -> bool:
    if (
        group.mark.bullet
        or len(text) > _LONGEST_BOLD
        or text.endswith(_SENTENCE_END[1:])
        or not any(map(str.isalpha, text))
    ):
        return False
    if text.endswith(".") and (group.mark.number or ". " in text or len(text) > _LONGEST_HEADING):
        return False
    large = all(line.size >= 1.08 * normal for line in group.lines)
    bold = all(line.bold for line in group.lines)
    return (large or bold) and (not group.mark.number or not is_instruction(text))


def _bold_alone(group: Group, text: str) -> bool:
    """Markdown's or a web page's bold paragraph."""
    bold = len(group.lines) == 1 and group.lines[0].bold and not group.lines[0].size
    return bold and not group.mark.bullet and len(text) <= _LONGEST_HEADING and not text.endswith(_SENTENCE_END)


def _stands_alone(group: Group, text: str) -> bool:
    """Return a short line of its own that is no sentence."""
    if (
        len(group.lines) > 1
        or len(text) > _LONGEST_HEADING
        or (text.endswith((*_SENTENCE_END, ")")) and not text.endswith("es)"))
    ):
        return False
    if group.mark.number and _SHORT_NAME.match(group.lines[0].text):
        return False
    if group.mark.number and ((is_instruction(text) and " " in text) or len(text) > 60):  # noqa: PLR2004 - longer is an item without its full stop
        return False
    if text.endswith(":") and asks(text):
        return False
    return (text[:1].isupper() or text[:4].isdigit()) and "@" not in text and "www." not in text


def _rejoined(group: Group, hyphens: Hyphens) -> str:
    first, *others = group.lines
    return hyphens.rejoin([clean(first.text[group.mark.length :]), *(clean(line.text) for line in others)])
