"""A document as a Word file: real headings, a contents list, tables whose head repeats, charts with their words.

Tables are written as XML, row by row: python-docx takes a minute where this takes a second. Everything anybody wrote is
escaped, or set as text by the library; nothing is a template. The same document gives the same bytes.
"""

from datetime import UTC, datetime, time
from io import BytesIO
from itertools import count, zip_longest
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as WordFile
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from tracker.scrutiny.document import Chart, Document, Paragraph, Section, Style, Table, lines_of
from tracker.scrutiny.paper_pdf import chart_png
from tracker.scrutiny.word_xml import bookmark, contents, held, page_number, table_xml

FONT = "Arial"
ALWAYS = (1980, 1, 1, 0, 0, 0)  # the date of the parts of the file, so that it is the same file each time
CONTENTS_FROM = 4  # sections


def document_word(document: Document) -> bytes:
    """Return the Word file."""
    made = docx.Document()
    _page(made, document)
    _properties(made, document)
    _top(made, document)
    for number, section in enumerate(document.sections, start=1):
        _section(made, section, number)
    kept = BytesIO()
    made.save(kept)
    return _steady(kept.getvalue())


def _page(made: WordFile, document: Document) -> None:
    paper = made.sections[0]
    paper.page_width, paper.page_height = Mm(210), Mm(297)
    paper.left_margin = paper.right_margin = Mm(18)
    paper.top_margin = paper.bottom_margin = Mm(18)
    plain = made.styles["Normal"]
    plain.font.name, plain.font.size = FONT, Pt(10.5)
    plain.paragraph_format.space_after = Pt(6)
    for name, size in (("Title", 20), ("Heading 1", 14), ("Heading 2", 11)):
        style = made.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor(0, 0, 0)
        style.font.bold = True
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:hAnsi"), FONT)
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    foot = paper.footer.paragraphs[0]
    foot.add_run(held(f"{document.council}. {document.subtitle}. Page ")).font.size = Pt(8.5)
    for piece in page_number():
        foot._p.append(piece)  # noqa: SLF001 - the library has no fields


def _properties(made: WordFile, document: Document) -> None:
    day = datetime.combine(document.day, time.min, tzinfo=UTC).replace(tzinfo=None)
    told = made.core_properties
    told.title = held(f"{document.title}, {document.subtitle}")[:255]
    told.subject = held(document.subtitle)[:255]
    told.author = told.last_modified_by = held(document.council)[:255]
    told.created = told.modified = day
    told.language, told.comments, told.keywords = "en-GB", "", ""


def _top(made: WordFile, document: Document) -> None:
    made.add_paragraph(held(document.council)).runs[0].bold = True
    made.add_paragraph(held(document.title), style="Title")
    made.add_paragraph(held(document.subtitle))
    if document.not_public:
        made.add_paragraph(held(document.not_public)).runs[0].bold = True
    for label, value in document.fields:
        line = made.add_paragraph()
        line.add_run(held(f"{label}: ")).bold = True
        line.add_run(held(value))
    if len(document.sections) >= CONTENTS_FROM:
        for piece in contents([section.heading for section in document.sections]):
            made.element.body.insert_element_before(piece, "w:sectPr")
        made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _section(made: WordFile, section: Section, number: int) -> None:
    heading = made.add_heading(held(section.heading), level=1)
    begin, end = bookmark(number)
    heading._p.insert(1 if heading._p.pPr is not None else 0, begin)  # noqa: SLF001 - the library has no bookmarks
    heading._p.append(end)  # noqa: SLF001
    pictures = count(100 * number)
    for block, following in zip_longest(section.blocks, section.blocks[1:]):
        if isinstance(block, Paragraph):
            leads_up = isinstance(following, Table | Chart)  # then it stays on the page of the table
            made.add_paragraph(held(block.words)).paragraph_format.keep_with_next = leads_up or None
        elif isinstance(block, Chart):
            _chart(made, block, next(pictures))
        else:
            _table(made, block)


def _chart(made: WordFile, chart: Chart, number: int) -> None:
    made.add_heading(held(chart.title), level=2)
    made.add_picture(BytesIO(chart_png(chart)), width=Mm(120))
    told = made.paragraphs[-1]._p.find(f".//{qn('wp:docPr')}")  # noqa: SLF001
    told.set("id", str(number))
    told.set("name", held(chart.title))
    told.set("descr", held(chart.words))


def _table(made: WordFile, table: Table) -> None:
    made.add_heading(held(table.name), level=2)
    numbers = {column.printed for column in table.columns if column.style is Style.NUMBER}
    rows = [lines_of(table, row) for row in table.rows]
    xml = table_xml(table.name, table.heads, table.shares, rows, numbers)
    made.element.body.insert_element_before(parse_xml(xml), "w:sectPr")
    made.element.body.insert_element_before(parse_xml(f"<w:p {nsdecls('w')}/>"), "w:sectPr")


def _steady(made: bytes) -> bytes:
    """Write the parts again under a date that is always the same."""
    kept = BytesIO()
    with ZipFile(BytesIO(made)) as before, ZipFile(kept, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = ZipInfo(name, ALWAYS)
            part.compress_type = ZIP_DEFLATED
            after.writestr(part, before.read(name))
    return kept.getvalue()
