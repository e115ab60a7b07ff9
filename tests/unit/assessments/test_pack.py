"""The pack for the next inspection: what each part holds, its numbers, and the same in PDF, Word and the index."""

import csv
import hashlib
import json
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pdfua
import pypdfium2
import pytest

from tests.unit.assessments.packs import (
    EXEMPT,
    HUSH,
    SECRET,
    SHOWN,
    asked,
    entry,
    full,
    inspected,
    pack,
    proof,
    tracked,
)
from tracker.assessments.over_time import Judged, Judging, over_time
from tracker.assessments.pack.contents import Pack
from tracker.assessments.pack.layout import lay_out
from tracker.assessments.pack.numbering import numbered, safe_name
from tracker.assessments.pack.parting import has_exempt, left_out, part_of, to_be_frozen
from tracker.assessments.pack.pieces import Different, Line, Said
from tracker.assessments.pack.tables import not_done
from tracker.assessments.pack.zipping import without, write_zip, zipped_files
from tracker.errors import MoveNotAllowed
from tracker.scrutiny.document import Chart, Document
from tracker.scrutiny.figures import Totals
from tracker.scrutiny.frozen import digest_of, plain, thawed
from tracker.scrutiny.rendering import render
from tracker.terms import Delivery, DocumentForm, DocumentPart, Grade, Marking, Response

PUBLIC, APART = DocumentPart.PUBLIC, DocumentPart.EXEMPT
BOTH = (DocumentForm.PDF, DocumentForm.WORD)
BOTH_PARTS = (PUBLIC, APART)


def pdf_pages(found: Document) -> list[str]:
    pdf = pypdfium2.PdfDocument(render(found, DocumentForm.PDF))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


def word_text(found: Document) -> str:
    made = docx.Document(BytesIO(render(found, DocumentForm.WORD)))
    cells = (cell.text for table in made.tables for line in table.rows for cell in line.cells)
    return " ".join(" ".join((*(one.text for one in made.paragraphs), *cells)).split())


def everything(found: Document, form: DocumentForm) -> str:
    return " ".join(pdf_pages(found)) if form is DocumentForm.PDF else word_text(found)


def frozen(**values: object) -> Pack:
    return to_be_frozen(full(**values))


def test_what_is_confidential_is_never_frozen_and_what_is_exempt_only_where_it_is_chosen() -> None:
    assert HUSH not in json.dumps(plain(frozen()))
    assert SECRET in json.dumps(plain(frozen()))
    without = json.dumps(plain(frozen(with_exempt=False)))
    assert SECRET not in without
    assert HUSH not in without


def test_what_was_frozen_reads_back_as_it_was_with_the_same_digest() -> None:
    kept = json.loads(json.dumps(plain(frozen())))
    assert thawed(Pack, kept) == frozen()
    assert digest_of(kept) == digest_of(plain(frozen()))


@pytest.mark.parametrize("form", BOTH)
@pytest.mark.parametrize("with_exempt", [True, False])
def test_the_public_part_counts_what_is_not_open_and_has_no_word_of_it(form: DocumentForm, with_exempt: bool) -> None:
    text = everything(lay_out(frozen(with_exempt=with_exempt), PUBLIC), form)
    for word in (SECRET, HUSH, "WES-2026-03", "WES-2026-04"):
        assert word not in text
    assert text.count("1 recommendation is exempt and 1 recommendation is confidential, and not in this part.") == 1
    assert "in the table by area and the lists they are not counted" in text
    assert "Not here because exempt or confidential: 2 notes and 2 pieces of evidence." in text


def told_again(marking: Marking, words: str, number: int = 9) -> Said:
    return Said("WES-2027", date(2027, 1, 5), "The matter told again", words, "page 4", marking, (number,))


@pytest.mark.parametrize("form", BOTH)
def test_what_inspectors_say_of_a_later_point_is_as_hidden_as_that_point_is(form: DocumentForm) -> None:
    said = (told_again(EXEMPT, SECRET), told_again(Marking.CONFIDENTIAL, HUSH), told_again(Marking.OPEN, "Of all."))
    differs = tuple(
        Different("WES-2027", words, marking) for words, marking in ((SECRET, EXEMPT), (HUSH, Marking.CONFIDENTIAL))
    )
    for one in (asked(1, said=said, different=differs), asked(1, said=said, different=differs, tracked=None)):
        found = to_be_frozen(pack(inspected(one)))
        assert HUSH not in json.dumps(plain(found))
        public, apart = (everything(lay_out(found, part), form) for part in BOTH_PARTS)
        assert SECRET not in public
        assert "Of all." in public
        assert "Not here because exempt or confidential: 2 quotations of later reports." in public
        assert SECRET in apart
        assert "Of all." not in apart
        assert left_out(part_of(found, PUBLIC)) == "2 quotations of later reports"


def test_what_every_later_report_says_differently_is_told_of_each_and_of_a_repeat_once() -> None:
    differs = (Different("WES-2027", "We say completed."), Different("WES-2028", "We say completed too."))
    first, again = inspected(asked(different=differs)), inspected(asked(different=differs[1:]), code="WES-2027")
    document = lay_out(pack(first, again), PUBLIC)
    [table] = [table for table in document.tables if table.name == "Where we and the inspectors differ"]
    assert [row[2] for row in table.rows] == ["WES-2027: We say completed.", "WES-2028: We say completed too."]
    [point] = [table for table in document.tables if table.name.startswith("1.")][:1]
    assert [row[3] for row in point.rows if row[0] == "Different"] == [row[2] for row in table.rows]


def test_what_is_left_out_is_counted_in_words() -> None:
    said = left_out(part_of(frozen(), PUBLIC))
    assert said == "1 exempt recommendation, 1 confidential recommendation, 2 notes and 2 pieces of evidence"
    assert left_out(pack(inspected(asked()))) == ""


@pytest.mark.parametrize("form", BOTH)
def test_the_exempt_part_holds_only_what_is_exempt_and_says_why(form: DocumentForm) -> None:
    text = everything(lay_out(frozen(), APART), form)
    assert SECRET in text
    assert HUSH not in text
    assert "Not for publication" in text
    assert "WES-2026-01" not in text  # nothing of it is exempt
    assert "We have begun." not in "".join(
        said.words for _, one in part_of(frozen(), APART).recommendations if one.tracked and one.number == 2
        for said in one.tracked.entries
    )  # fmt: skip


def test_there_is_an_exempt_part_only_where_it_was_chosen_and_has_something() -> None:
    assert has_exempt(frozen())
    assert not has_exempt(frozen(with_exempt=False))
    assert not has_exempt(to_be_frozen(pack(inspected(asked()))))


@pytest.mark.parametrize("form", BOTH)
def test_the_headline_comes_first_and_cannot_flatter(form: DocumentForm) -> None:
    text = everything(lay_out(frozen(), PUBLIC), form)
    shares = (
        "5 of 11 accepted actions (45%) are implemented. 4 of the 9 that have fallen due or are done (44%) were done"
    )
    assert shares in text
    contents = text.rindex("Headline")  # after the list of contents
    assert contents < text.index("What is not done, and why", contents) < text.rindex("They asked")


def test_what_is_not_done_is_listed_with_its_reason_and_what_nobody_tracks_too() -> None:
    refused = tracked(
        6, response=Response.NOT_ACCEPTED, reason="It is not ours to do.", entries=(),
        delivery=Delivery.CLOSED_NOT_COMPLETED, stands="closed 1 May 2026, not completed",
        closed_because="Approved by Ruth.",
    )  # fmt: skip
    document = lay_out(pack(inspected(asked(1), asked(2, tracked=None), asked(3, tracked=refused))), PUBLIC)
    rows = next(table for table in document.tables if table.name == "Not done").rows
    late, closed, nobody = rows
    assert late[3] == "83 days late: the original date was 1 September 2026"
    assert late[4] == "Moved twice, 92 days gained: now 2 December 2026."
    assert late[5] == "Update: We have begun."
    assert closed[5] == "Not accepted. It is not ours to do. Approved by Ruth."
    assert nobody[2] == "Nothing is tracked for it"


def test_what_is_open_comes_before_what_was_closed_and_the_oldest_original_date_first() -> None:
    days = {1: date(2026, 9, 1), 2: date(2026, 8, 1), 3: date(2026, 1, 1)}
    asked_for = [
        asked(key, tracked=tracked(key, original_due=day, delivery=Delivery.CLOSED_NOT_COMPLETED)) if key == 3
        else asked(key, tracked=tracked(key, original_due=day)) for key, day in days.items()
    ]  # fmt: skip
    found = pack(inspected(*asked_for))
    assert [one.number for _, one in not_done(found)] == [2, 1, 3]
    assert "What is open comes first, the oldest original date before the others" in word_text(lay_out(found, PUBLIC))


def test_nothing_left_to_do_is_said_only_where_nothing_is_left_out() -> None:
    done = tracked(1, delivery=Delivery.CHECKED)
    assert "Every recommendation is completed and checked." in word_text(
        lay_out(pack(inspected(asked(tracked=done))), PUBLIC)
    )
    hidden = tracked(2, delivery=Delivery.CHECKED, marking=EXEMPT)
    text = word_text(lay_out(pack(inspected(asked(tracked=done), asked(2, tracked=hidden))), PUBLIC))
    assert "Every recommendation is completed" not in text
    assert "Everything shown here is done; 1 recommendation is not shown." in text
    alone = word_text(lay_out(pack(inspected(asked(2, tracked=hidden))), PUBLIC))
    assert "1 recommendation is not shown." in alone
    assert "Everything shown" not in alone


def test_each_recommendation_tells_asked_answered_did_checked_and_what_they_said() -> None:
    document = lay_out(frozen(), PUBLIC)
    [table] = [table for table in document.tables if table.name == "1. Make thing 1 better"]
    assert table.heads == (
        "WES-2026-01", "Completed and checked, done 28 August 2026, on time: the original date was 1 September 2026"
    )  # fmt: skip
    told = {row[0]: " ".join(str(cell) for cell in row[1:] if cell) for row in table.rows}
    assert (
        told["They asked"] == "Make thing 1 a great deal better. WES-2026, Recommendation, page 1. Within three months"
    )
    assert told["We answered"] == "Accepted. Alex Marsh, Head of Service"
    assert told["Checked: it is done"] == "1 August 2026 Ten cases read; nine show it. Alex Marsh"
    assert told["Date moved"] == "Moved twice, 92 days gained: now 2 December 2026."
    assert told["They said"] == "5 January 2027 Little has changed. WES-2027, page 3: limited progress"
    assert told["Different"] == "WES-2027: We say completed. The inspectors say limited progress."
    assert told["Evidence"].splitlines() == [
        "E1 sample 1.txt", "E2 sample 2.txt", "E3 sample 3.txt (held back: being scanned)", "E4 minutes"
    ]  # fmt: skip


def test_a_date_that_was_assumed_a_success_test_and_a_closing_are_told() -> None:
    closed = tracked(
        1, assumed=True, success_test="Nine of ten.", delivery=Delivery.CLOSED_NOT_COMPLETED, moves=(), proofs=(),
        stands="closed 1 May 2026, not completed; the original date was 1 September 2026",
        closed_because="Approved by R.",
        bodies=(Line("The trust", "Done", "Our part."), Line("The police", "No reply yet", "")),
    )  # fmt: skip
    document = lay_out(pack(inspected(asked(tracked=closed, elsewhere="WES-2020"))), PUBLIC)
    [table] = [table for table in document.tables if table.name.startswith("1.")]
    assert table.heads[1] == "Closed 1 May 2026, not completed; the original date was 1 September 2026"
    told = {str(row[0]): row[3] for row in table.rows}
    assert told["Repeated"] == "It repeats WES-2026-01 of WES-2020, and is tracked there."
    assert told["Original date"] == "1 September 2026. The report gives no date: this one was assumed."
    assert told["How we would know"] == "Nine of ten."
    assert told["Closed because"] == "Approved by R."
    assert (told["The trust"], told["The police"]) == ("Done. Our part.", "No reply yet.")
    assert told["Evidence"] == "None is listed."
    assert "Date moved" not in told


def test_what_is_counted_twice_and_what_nobody_has_decided_is_said() -> None:
    one, again = inspected(asked()), inspected(asked(elsewhere="WES-2026"), code="WES-2027")
    both = pack(one, again, suggested=2, totals=Totals(3, 2, 5, 1, 4, 1))
    text = word_text(lay_out(both, PUBLIC))
    assert "What a later report repeats is counted with each of the two reports, and once in all of them." in text
    assert "2 places in later reports may speak of these recommendations too." in text
    text = word_text(lay_out(pack(inspected(asked()), suggested=1), PUBLIC))
    assert "so it is not in this pack" in text


def test_grades_of_many_areas_are_several_charts_that_fit_the_paper() -> None:
    judged = tuple(Judged(f"Area {number}", None, "Grade 2", Grade.GOOD) for number in range(9))
    found = over_time([Judging(at, "A report", date(2020 + at, 1, 1), "1", judged) for at in (1, 2)])
    document = lay_out(pack(inspected(asked()), over_time=found), PUBLIC)
    charts = [block for section in document.sections for block in section.blocks if isinstance(block, Chart)]
    assert [chart.title for chart in charts] == [f"Grades from report to report, {number} of 3" for number in (1, 2, 3)]
    assert "Area 8: good in Jan 2021, good in Jan 2022" in charts[2].words
    assert (
        not lay_out(pack(inspected(asked()), over_time=over_time([])), PUBLIC)
        .sections[2]
        .heading.startswith("Judgements")
    )


def test_areas_are_counted_beside_their_latest_judgement_and_what_is_repeated_once() -> None:
    done = asked(1, tracked=tracked(1, delivery=Delivery.CHECKED))
    first = inspected(done, asked(2), asked(3, section="Being healthy", tracked=None))
    again = inspected(asked(1, tracked=tracked(1, delivery=Delivery.CHECKED)), code="WES-2027")
    document = lay_out(pack(first, again), PUBLIC)
    [table] = [table for table in document.tables if table.name == "By area"]
    assert table.rows == (("Being healthy", "Not judged", 1, 0, 1), ("Staying safe", "Good in Jan 2022", 2, 1, 1))


def test_an_area_that_was_judged_in_parts_has_the_lowest_of_them() -> None:
    parts = (
        Judged("Overall effectiveness", "Safeguarding services", "Grade 3", Grade.ADEQUATE),
        Judged("Capacity to improve", "Safeguarding services", "Grade 2", Grade.GOOD),
    )
    found = over_time([Judging(1, "A report", date(2021, 1, 1), "1", parts)])
    document = lay_out(pack(inspected(asked(section="Safeguarding services")), over_time=found), PUBLIC)
    [table] = [table for table in document.tables if table.name == "By area"]
    assert table.rows == (("Safeguarding services", "Adequate at the lowest in Jan 2021", 1, 0, 1),)


def test_an_area_carries_the_judgement_of_its_name() -> None:
    document = lay_out(frozen(), PUBLIC)
    [area] = [section for section in document.sections if section.heading == "WES-2026: Being healthy"]
    assert area.blocks[0].words == "Judged by this report: Being healthy: Adequate."  # type: ignore[union-attr]


@pytest.mark.parametrize("form", BOTH)
def test_figures_and_numbers_are_the_same_in_pdf_and_word(form: DocumentForm) -> None:
    document = lay_out(frozen(), PUBLIC)
    text = everything(document, form).replace("“", '"').replace("”", '"')
    figures = document.tables[0]
    for row in figures.rows:
        assert " ".join(str(cell) for cell in row) in text
    for one in numbered(part_of(frozen(), PUBLIC), PUBLIC).values():
        assert f"{one.number} {one.proof.name}" in text


def test_evidence_has_the_same_numbers_in_the_document_the_index_and_the_zip(tmp_path: Path) -> None:
    for part, letter in ((PUBLIC, "E"), (APART, "X")):
        where = dict(kept_files(tmp_path, frozen(), part))
        archive = zipped(frozen(), part, where)
        [table] = [table for table in lay_out(frozen(), part).tables if table.name == "Evidence"]
        lines = list(csv.reader(StringIO(archive.read("index.csv").decode("utf-8-sig"))))
        listed = lines[lines.index(["Evidence"]) + 2 :]
        assert [line[:2] for line in listed] == [[row[0], row[1]] for row in table.rows]
        assert [row[0] for row in table.rows] == [f"{letter}{number}" for number in range(1, len(table.rows) + 1)]
        sheet = openpyxl.load_workbook(BytesIO(archive.read("index.xlsx")))["Evidence"]
        assert [[cell or "" for cell in row[:4]] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
            line[:4] for line in listed
        ]
        inside = [name for name in archive.namelist() if name.startswith("evidence/")]
        assert inside == [line[3] for line in listed if line[3]]
        assert all(
            name.startswith(f"evidence/{line[0]}-")
            for name, line in zip(inside, [one for one in listed if one[3]], strict=True)
        )


def kept_files(folder: Path, found: Pack, part: DocumentPart) -> Iterator[tuple[int, Path]]:
    for one in zipped_files(found, part):
        path = folder / str(one.proof.evidence_id)
        path.write_bytes(SHOWN)
        yield one.proof.evidence_id, path


def zipped(found: Pack, part: DocumentPart, where: dict[int, Path]) -> ZipFile:
    into = BytesIO()
    write_zip(into, found, part, where, lambda _done: None)
    return ZipFile(into)


def test_every_file_in_the_zip_is_byte_for_byte_what_was_added_and_is_counted(tmp_path: Path) -> None:
    where = dict(kept_files(tmp_path, frozen(), PUBLIC))
    done: list[int] = []
    into = BytesIO()
    write_zip(into, frozen(), PUBLIC, where, done.append)
    inside = ZipFile(into)
    assert [inside.read(name) for name in inside.namelist() if name.startswith("evidence/")] == [SHOWN] * 3
    assert done == [0, 0, 0, 1, 2, 3]  # each is read first; what is held back and the link are not in it


def test_the_same_pack_gives_the_same_bytes(tmp_path: Path) -> None:
    where = dict(kept_files(tmp_path, frozen(), PUBLIC))
    made = [BytesIO(), BytesIO()]
    for into in made:
        write_zip(into, frozen(), PUBLIC, where, lambda _done: None)
    assert made[0].getvalue() == made[1].getvalue()
    for form in BOTH:
        assert render(lay_out(frozen(), PUBLIC), form) == render(lay_out(frozen(), PUBLIC), form)


def test_a_zip_of_large_files_is_written_without_holding_one_in_memory(tmp_path: Path) -> None:
    size = 64 * 2**20
    for number in (1, 2):
        with (tmp_path / str(number)).open("wb") as large:
            large.truncate(size)
    with (tmp_path / "1").open("rb") as large:
        digest = hashlib.file_digest(large, "sha256").hexdigest()
    shown = (proof(1, size=size, sha256=digest, media_type="image/png"), proof(2, size=size, sha256=digest))
    found = pack(inspected(asked(tracked=tracked(1, proofs=shown))))
    tracemalloc.start()
    with (tmp_path / "made.zip").open("w+b") as into:
        write_zip(into, found, PUBLIC, {number: tmp_path / str(number) for number in (1, 2)}, lambda _done: None)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < size / 4
    with ZipFile(tmp_path / "made.zip") as archive:
        stored, packed = archive.infolist()[2:]
    assert (stored.compress_size, stored.file_size, packed.file_size) == (size, size, size)
    assert packed.compress_size < size / 100  # what is compressed already is only stored, the rest is packed


def test_what_is_damaged_or_gone_is_left_out_and_named_and_holds_up_no_other_file(tmp_path: Path) -> None:
    where = dict(kept_files(tmp_path, frozen(), PUBLIC))
    where[2].write_bytes(b"another")
    del where[5]
    into = BytesIO()
    lacking = write_zip(into, frozen(), PUBLIC, where, lambda _done: None)
    assert without(lacking) == (
        "E2, sample 2.txt, is not in the zip: the file is damaged. Nor is 1 other file: see its index. "
        "Tell your administrator."
    )
    archive = ZipFile(into)
    assert archive.namelist()[2:] == ["evidence/E1-sample-1.txt"]
    lines = list(csv.reader(StringIO(archive.read("index.csv").decode("utf-8-sig"))))
    held = {line[0]: line[4] for line in lines[lines.index(["Evidence"]) + 2 :]}
    assert held == {
        "E1": "", "E2": "The file is damaged", "E3": "Being scanned", "E4": "", "E5": "The file is not there any more"
    }  # fmt: skip
    assert without([]) == ""


def test_a_file_that_is_changed_while_the_zip_is_written_is_not_handed_over(tmp_path: Path) -> None:
    where = dict(kept_files(tmp_path, frozen(), PUBLIC))

    def meddle(number: int) -> None:
        if number == 1:
            where[2].write_bytes(b"another")

    with pytest.raises(MoveNotAllowed, match=r"E2, sample 2\.txt, was changed while the zip was written"):
        write_zip(BytesIO(), frozen(), PUBLIC, where, meddle)


def test_no_word_of_what_is_not_open_is_anywhere_in_the_public_zip(tmp_path: Path) -> None:
    archive = zipped(frozen(), PUBLIC, dict(kept_files(tmp_path, frozen(), PUBLIC)))
    told = " ".join(archive.namelist()) + archive.read("index.csv").decode()
    with ZipFile(BytesIO(archive.read("index.xlsx"))) as book:
        told += " ".join(book.read(name).decode("utf-8", "ignore") for name in book.namelist())
    for word in (SECRET, HUSH, safe_name(proof(1, name=SECRET)), "WES-2026-03"):
        assert word not in told


@pytest.mark.parametrize(
    ("name", "kind", "safe"),
    [
        ("audit sample.xlsx", "", "audit-sample.xlsx"),
        ("../../etc/passwd", "text/plain", "etc-passwd.txt"),
        ("..\\..\\boot.ini", "", "boot.ini"),
        ("C:\\con", "application/pdf", "C-con.pdf"),
        ("Prüfung – Größe.PDF", "", "Prufung-Groe.pdf"),
        ("\u202efdp.exe", "", "fdp.exe"),
        ("report.pdf.exe", "", "report-pdf.exe"),
        ("\u4e2d\u6587", "image/png", "file.png"),
        ("x" * 300 + ".docx", "", "x" * 80 + ".docx"),
        ("a\nb\x00c", "", "a-b-c"),
        ("", "", "file"),
    ],
)
def test_a_name_in_the_zip_is_plain_letters_and_leads_nowhere(name: str, kind: str, safe: str) -> None:
    assert safe_name(proof(1, name=name, media_type=kind)) == safe


def test_two_files_of_one_name_have_two_names_in_the_zip() -> None:
    same = tracked(1, proofs=(proof(1, name="log.txt"), proof(2, name="LOG.txt")))
    names = [one.path for one in zipped_files(pack(inspected(asked(tracked=same))), PUBLIC)]
    assert names == ["evidence/E1-log.txt", "evidence/E2-LOG.txt"]


def test_what_two_recommendations_show_is_one_piece_of_evidence() -> None:
    first, again = asked(1), asked(1, tracked=tracked(1), elsewhere="WES-2026")
    found = numbered(pack(inspected(first), inspected(again, code="WES-2027")), PUBLIC)
    assert [(one.number, one.about) for one in found.values()] == [("E1", "WES-2026-01")]


def test_long_words_stay_on_the_paper() -> None:
    long = "The partnership meets every week and reads each case from its beginning to its end. " * 20
    said = tuple(entry(f"Update {number}", f"{long} End of {number}.") for number in range(4))
    few_rows = tracked(1, entries=said, moves=())  # a table that would else stay in one piece
    document = lay_out(pack(inspected(asked(tracked=few_rows))), PUBLIC)
    pdf = pypdfium2.PdfDocument(render(document, DocumentForm.PDF))
    seen = ""
    for page in pdf:
        text = page.get_textpage()
        seen += text.get_text_bounded(left=0, bottom=0, right=page.get_width(), top=page.get_height())
    for number in range(4):
        assert f"End of {number}." in " ".join(seen.split()), number
    assert seen.count("(all of it stands below)") == 1  # in the list of what is not done


def test_no_heading_and_no_line_that_leads_up_to_a_table_is_left_alone_at_the_foot_of_a_page() -> None:
    for length in (5, 12, 19):  # so that pages end elsewhere
        said = tuple(entry(words="We have begun with the first of them. " * length) for _ in range(2))
        rows = [
            asked(
                number, section="Staying safe" if number % 2 else "Being healthy", tracked=tracked(number, entries=said)
            )
            for number in range(1, 4)
        ]
        apart = [replace(one, section=f"{one.section} {one.number}") for one in rows]
        for text in pdf_pages(lay_out(pack(inspected(*rows, *apart)), PUBLIC)):
            words = text.rpartition("Westmere Council.")[0].rstrip()  # above the foot
            assert not words.endswith(("Judged by this report: Staying safe: Good.", "Being healthy: Adequate."))
    made = docx.Document(BytesIO(render(lay_out(frozen(), PUBLIC), DocumentForm.WORD)))
    kept = [one.paragraph_format.keep_with_next for one in made.paragraphs if one.text.startswith("Judged by this")]
    assert kept
    assert all(kept)


def test_words_that_look_like_markup_or_a_formula_are_only_words() -> None:
    hostile = '=cmd|"/c calc"!A1 {{ 7*7 }} <w:t>&amp;</w:t> #panic("no")'
    document = lay_out(pack(inspected(asked(words=hostile, tracked=tracked(1, title=hostile)))), PUBLIC)
    assert hostile in everything(document, DocumentForm.PDF).replace("“", '"').replace("”", '"')
    assert hostile in word_text(document)


@pytest.mark.parametrize("form", BOTH)
def test_what_cannot_be_written_in_a_file_is_left_out_wherever_it_stands(form: DocumentForm) -> None:
    bad = "Better\x00\x0b\x1f\ufffe <b>&</b>"
    one = tracked(1, title=bad, owner=bad, reference=bad, entries=(entry(bad, bad),), proofs=(proof(1, name=bad),))
    point = asked(words=bad, section=bad, tracked=one, different=(Different(bad, bad),))
    found = inspected(point, code=bad, title=bad, facts=bad)
    text = everything(lay_out(pack(found, council=bad, about=bad), PUBLIC), form)
    assert "Better" in text
    assert "<b>&</b>" in text
    assert "\x0b" not in text


@pytest.mark.parametrize("part", BOTH_PARTS)
def test_the_paper_is_tagged_and_nothing_is_found_against_pdf_ua(part: DocumentPart, tmp_path: Path) -> None:
    made = tmp_path / "pack.pdf"
    made.write_bytes(render(lay_out(frozen(), part), DocumentForm.PDF))
    assert b"pdfuaid" in made.read_bytes()
    assert [(found.rule_id, found.message) for found in pdfua.validate(made).findings] == []


def test_a_pack_of_a_report_that_asked_for_nothing_says_so() -> None:
    text = word_text(lay_out(pack(inspected()), PUBLIC))
    assert "It asked for nothing that is tracked." in text
    assert "No evidence is listed." in text
