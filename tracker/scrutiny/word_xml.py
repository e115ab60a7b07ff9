"""The pieces of a Word file that python-docx has no words for: fields, bookmarks, tables in one go. Pure."""

import re
from collections.abc import Collection, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from tracker.scrutiny.document import Style

W = nsdecls("w")
SMALL_TABLE = 8  # rows
WIDTH = 9_860  # of the text, in twentieths of a point: A4 less the margins
SMALL = {Style.QUIET: 17, Style.QUOTE: 18, Style.NUMBER: 19, Style.PLAIN: 19, Style.STRONG: 19}  # half points
MARKS = {Style.STRONG: "<w:b/>", Style.QUOTE: "<w:i/>", Style.QUIET: ""}
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML cannot hold these
LINE = "<w:tcBorders><w:bottom w:val='single' w:sz='{}' w:color='{}'/></w:tcBorders>"


def clean(words: str) -> str:
    """Take out what XML cannot hold, and escape what it would read."""
    return escape(held(words))


def held(words: str) -> str:
    """Take out what XML cannot hold, for the library to escape."""
    return FORBIDDEN.sub("", words)


def table_xml(
    name: str,
    heads: Sequence[str],
    shares: Sequence[float],
    rows: Sequence[Sequence[Sequence[tuple[str, Style]]]],
    numbers: Collection[int | None],
) -> str:
    """Return a whole table: its head repeats on every page, and no row is broken over two."""
    widths = [round(WIDTH * share / sum(shares)) for share in shares]
    grid = "".join(f"<w:gridCol w:w='{width}'/>" for width in widths)
    keep = "<w:keepNext/>" if len(rows) <= SMALL_TABLE else ""  # a small table stays in one piece
    last = len(rows) - 1
    lines = [_row([[(head, Style.STRONG)] for head in heads], widths, numbers, head=True, keep="<w:keepNext/>")]
    lines += [
        _row(cells, widths, numbers, head=False, keep=keep if place < last else "") for place, cells in enumerate(rows)
    ]
    return (
        f"<w:tbl {W}><w:tblPr><w:tblW w:w='{WIDTH}' w:type='dxa'/><w:tblLayout w:type='fixed'/>"
        f"<w:tblLook w:val='0020' w:firstRow='1'/><w:tblCaption w:val={quoteattr(clean(name))}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )


def _row(
    cells: Sequence[Sequence[tuple[str, Style]]],
    widths: Sequence[int],
    numbers: Collection[int | None],
    *,
    head: bool,
    keep: str,
) -> str:
    border = LINE.format(8, "000000") if head else LINE.format(4, "B1B4B6")
    row = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else "<w:trPr><w:cantSplit/></w:trPr>"
    made = [f"<w:tr>{row}"]
    for place, (lines, width) in enumerate(zip(cells, widths, strict=True)):
        right = "<w:jc w:val='right'/>" if place in numbers else ""
        made.append(f"<w:tc><w:tcPr><w:tcW w:w='{width}' w:type='dxa'/>{border}</w:tcPr>")
        made.extend(_line(words, style, keep, right) for words, style in lines or [("", Style.PLAIN)])
        made.append("</w:tc>")
    return "".join([*made, "</w:tr>"])


def _line(words: str, style: Style, keep: str, right: str) -> str:
    runs = "<w:br/>".join(f"<w:t xml:space='preserve'>{clean(part)}</w:t>" for part in words.splitlines() or [""])
    return (
        f"<w:p><w:pPr>{keep}<w:spacing w:before='30' w:after='30'/>{right}</w:pPr>"
        f"<w:r><w:rPr>{MARKS.get(style, '')}<w:sz w:val='{SMALL[style]}'/></w:rPr>{runs}</w:r></w:p>"
    )


def bookmark(number: int) -> tuple[BaseOxmlElement, BaseOxmlElement]:
    """Return the two ends of a bookmark round a heading, for the contents list to lead to."""
    begin = parse_xml(f"<w:bookmarkStart {W} w:id='{number}' w:name='_Toc{number:08}'/>")
    return begin, parse_xml(f"<w:bookmarkEnd {W} w:id='{number}'/>")


def contents(headings: Sequence[str]) -> Iterator[BaseOxmlElement]:
    """Yield a contents field with its lines written out, without page numbers: right before Word has looked at it."""
    begin = (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        r"<w:r><w:instrText xml:space='preserve'> TOC \o &quot;1-1&quot; \n \h \z </w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r>"
    )
    end = "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    for number, heading in enumerate(headings, start=1):
        words = f"<w:r><w:t>{clean(heading)}</w:t></w:r>"
        link = f"<w:hyperlink w:anchor='_Toc{number:08}' w:history='1'>{words}</w:hyperlink>"
        first, last = begin if number == 1 else "", end if number == len(headings) else ""
        yield parse_xml(f"<w:p {W}><w:pPr><w:spacing w:after='40'/></w:pPr>{first}{link}{last}</w:p>")


def page_number() -> Iterator[BaseOxmlElement]:
    """Yield a field that Word fills with the number of the page."""
    small = "<w:rPr><w:sz w:val='17'/></w:rPr>"
    for piece in (
        "<w:fldChar w:fldCharType='begin'/>",
        "<w:instrText xml:space='preserve'> PAGE </w:instrText>",
        "<w:fldChar w:fldCharType='separate'/>",
        "<w:t>1</w:t>",
        "<w:fldChar w:fldCharType='end'/>",
    ):
        yield parse_xml(f"<w:r {W}>{small}{piece}</w:r>")
