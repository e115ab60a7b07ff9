"""A committee report: frozen as it was, exempt words apart, and the same figures in every form."""

import csv
import json
from io import BytesIO, StringIO
from zipfile import ZipFile

import docx
import openpyxl
import pypdfium2
import pytest
from docx.oxml.ns import qn

from tests.unit.scrutiny.made import row
from tests.unit.scrutiny.papers import SECRET, document, paper, whole
from tests.unit.scrutiny.test_renderings import pages_of
from tracker.scrutiny.document import Document
from tracker.scrutiny.frozen import digest_of, plain, thawed
from tracker.scrutiny.overdue_document import overdue_document
from tracker.scrutiny.paper import Paper, part_of
from tracker.scrutiny.pdf import overdue_pdf
from tracker.scrutiny.rendering import render
from tracker.terms import DocumentForm, DocumentPart

HOSTILE = '=cmd|"/c calc"!A1 {{ 7*7 }} <w:t>&amp;</w:t> #panic("no") \x00\x0b ŵ'
HEARD = '=cmd|"/c calc"!A1 {{ 7*7 }} <w:t>&amp;</w:t> #panic("no")'


def pdf_text(found: Document) -> str:
    pdf = pypdfium2.PdfDocument(render(found, DocumentForm.PDF))
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)


def word_file(found: Document) -> docx.document.Document:
    return docx.Document(BytesIO(render(found, DocumentForm.WORD)))


def word_tables(found: Document) -> list[list[list[str]]]:
    return [[[cell.text for cell in line.cells] for line in table.rows] for table in word_file(found).tables]


def workbook(found: Document) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(render(found, DocumentForm.EXCEL)))


def csv_tables(found: Document) -> dict[str, list[list[str]]]:
    lines = list(csv.reader(StringIO(render(found, DocumentForm.CSV).decode("utf-8-sig"))))
    tables: dict[str, list[list[str]]] = {}
    name = ""
    for before, line in zip([[""], *lines], lines, strict=False):
        if not before and line:
            name = line[0]
            tables[name] = []
        elif name and line:
            tables[name].append(line)
    return tables


def everything(found: Document, form: DocumentForm) -> str:
    if form is DocumentForm.PDF:
        return pdf_text(found)
    made = render(found, form)
    if form is DocumentForm.CSV:
        return made.decode()
    with ZipFile(BytesIO(made)) as parts:
        return " ".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist() if "xml" in name)


def test_what_was_frozen_reads_back_as_it_was_with_the_same_digest() -> None:
    kept = json.loads(json.dumps(plain(paper())))
    assert thawed(Paper, kept) == paper()
    assert digest_of(kept) == digest_of(plain(paper()))
    kept["overdue"]["totals"]["late"] += 1
    assert digest_of(kept) != digest_of(plain(paper()))


@pytest.mark.parametrize("form", list(DocumentForm))
def test_the_same_contents_give_the_same_bytes(form: DocumentForm) -> None:
    assert render(document(), form) == render(document(), form)


@pytest.mark.parametrize("form", list(DocumentForm))
def test_the_public_part_has_a_count_and_no_word_of_what_is_exempt(form: DocumentForm) -> None:
    public = everything(document(), form)
    assert SECRET not in public
    assert "WES-2026-03" not in public
    if form in (DocumentForm.PDF, DocumentForm.EXCEL):
        assert "1 late action is exempt or confidential" in public
        assert "1 question is exempt or confidential" in public
    assert SECRET in everything(document(DocumentPart.EXEMPT), form)


def test_the_exempt_part_says_why_it_is_not_public_and_has_nothing_else() -> None:
    text = pdf_text(document(DocumentPart.EXEMPT))
    assert "Not for publication" in text
    assert "WES-2026-01" not in text
    assert not part_of(paper(overdue=whole(row(1, 2)), changes=(), questions=()), DocumentPart.EXEMPT).has_rows


def test_figures_agree_in_the_four_forms() -> None:
    found = document()
    text, in_word, in_csv, book = pdf_text(found), word_tables(found), csv_tables(found), workbook(found)
    totals = paper().overdue.totals
    figures = next(table for table in found.tables if table.name == "Figures")
    assert [line[1] for line in figures.rows] == [totals.open, totals.late, totals.implemented, totals.on_time]
    for table, drawn in zip(found.tables, in_word, strict=True):
        sheet = [list(line) for line in book[table.name].iter_rows(values_only=True)]
        assert len(drawn) == len(sheet) == len(in_csv[table.name]) == len(table.rows) + 1, table.name
        for number, line in enumerate(table.rows, start=1):
            for place, cell in enumerate(line):
                if isinstance(cell, int):
                    assert sheet[number][place] == cell
                    assert in_csv[table.name][number][place] == str(cell)
                    printed = table.columns[place].printed
                    if printed is not None:
                        assert str(cell) in drawn[number][printed]
            words = " ".join(str(cell) for cell in line) if table.name == "Figures" else ""
            assert " ".join(words.split()) in text


def test_word_has_headings_a_contents_list_heads_that_repeat_and_charts_with_their_words() -> None:
    found = document()
    made = word_file(found)
    headings = [one.text for one in made.paragraphs if one.style.name == "Heading 1"]
    assert headings == [section.heading for section in found.sections]
    assert headings[0] == "1. Purpose"
    body = made.element.body
    assert any("TOC" in (one.text or "") for one in body.iter(qn("w:instrText")))
    anchors = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))}
    assert anchors == {one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))}
    assert all(table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None for table in made.tables)
    pictures = [one.get("descr") for one in body.iter(qn("wp:docPr"))]
    assert len(pictures) == 2
    assert any("1 to 30 days late: 1" in words for words in pictures)
    told = made.core_properties
    assert (told.author, told.language) == ("Westmere Council", "en-GB")
    assert told.title.startswith("What has become of the inspectorates")


def test_words_that_look_like_markup_or_a_formula_are_only_words() -> None:
    found = overdue_document(whole(row(1, 2, title=HOSTILE, owner=HOSTILE)))
    assert HEARD in pdf_text(found).replace("“", '"').replace("”", '"')
    assert HEARD in word_tables(found)[-1][1][0]
    sheet = workbook(found)["Late actions"]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value.startswith(HEARD)
    assert csv_tables(found)["Late actions"][1][0].startswith("'=cmd")


def test_excel_has_dates_as_dates_and_words_on_its_first_sheet() -> None:
    book = workbook(document())
    assert book.sheetnames[0] == "Report"
    dated = book["Late actions"]["G2"]
    assert dated.is_date
    assert book.properties.creator == "Westmere Council"


def test_the_paper_is_tagged_and_built_to_pdf_ua() -> None:
    made = render(document(), DocumentForm.PDF)
    assert b"pdfuaid" in made
    pdf = pypdfium2.PdfDocument(made)
    assert pdf.is_tagged()
    assert pdf.get_metadata_value("Title").startswith("What has become of")


def test_letters_that_no_font_has_become_question_marks_on_paper_and_stay_elsewhere() -> None:
    found = overdue_document(whole(row(1, 2, title="Done \U0001f600 \u4e2d\u6587 ŵ")))
    assert "Done ? ?? ŵ" in pdf_text(found)
    assert "Done \U0001f600 \u4e2d\u6587 ŵ" in word_tables(found)[-1][1][0]
    assert "Done ?" in pages_of(overdue_pdf(whole(row(1, 2, title="Done \U0001f600"))))[0]
