"""The files hold exactly what is listed, as a second program reads them; text stays text, and words are kept back."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from tests.factories import make_action, make_body, make_extension, make_service, make_update
from tracker.actions.listing.exporting import fields_of, headings, lines
from tracker.actions.listing.filters import Filters
from tracker.actions.listing.pages import page_of
from tracker.actions.listing.shown import Column, Order, Shown
from tracker.actions.listing.spreadsheet import LONGEST_CELL, csv_pieces, excel_pieces, guarded
from tracker.models import Action, Contribution, Council
from tracker.terms import LATE, Delivery, Marking

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
EVERYTHING = Shown(Filters(), columns=tuple(Column))
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x.example")', "http://x.example")


def as_csv(session: Session, shown: Shown, council: Council) -> list[dict[str, str]]:
    fields = fields_of(shown.columns, TODAY)
    text = "".join(csv_pieces(headings(fields), lines(session, shown, fields, council=council, today=TODAY)))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


def as_excel(session: Session, shown: Shown, council: Council) -> list[dict[str, Any]]:
    fields = fields_of(shown.columns, TODAY)
    rows = lines(session, shown, fields, council=council, today=TODAY)
    data = b"".join(excel_pieces("Actions", headings(fields), rows, [field.width for field in fields]))
    sheet = load_workbook(BytesIO(data))["Actions"]
    first, *others = sheet.iter_rows()
    assert sheet.freeze_panes == "B2"
    for cell in (cell for row in others for cell in row):
        assert cell.data_type != "f", "a formula"
        assert cell.hyperlink is None
    return [{str(head.value): cell.value for head, cell in zip(first, row, strict=True)} for row in others]


@pytest.fixture
def action(session: Session, council: Council) -> Action:
    made = make_action(
        session, council, due=TODAY - timedelta(days=40), title="Read all referrals", reference="WES-2026-01",
        service_id=make_service(session, council, "Care").id,
    )  # fmt: skip
    made.point.words = "The council should read all referrals."
    make_extension(session, made, days=30)
    make_extension(session, made, days=12)
    make_update(session, made, at=AT - timedelta(days=9), text="Begun.")
    make_update(session, made, at=AT, text="Half of it is done.")
    line = make_body(session, council, "The hospital trust")
    session.add(Contribution(council_id=council.id, action_id=made.id, body_id=line.id))
    session.commit()
    return made


def test_a_line_says_how_an_action_stands(session: Session, council: Council, action: Action) -> None:
    (line,) = as_csv(session, EVERYTHING, council)
    assert line == {
        "Reference": "WES-2026-01", "Action": "Read all referrals", "Marking": "Open",
        "What the report says": "The council should read all referrals.", "Original due date": "2026-10-14",
        "Current due date": "2026-11-25", "Days late": "40", "Times moved": "2", "Owner": action.owner.name,
        "Post": action.owner.post.name, "Last update": "Half of it is done.", "Last update on": "2026-11-20",
        "Status": "In progress", "Lead": action.lead.name, "Priority": "Normal", "Report": action.report.title,
        "Section": "Areas for improvement", "Service": "Care", "Theme": "", "Outcome area": "",
        "Bodies": "The hospital trust", "Response": "Accepted", "Time limit": "Within three months",
        "Outlook": line["Outlook"],
    }  # fmt: skip
    assert line["Outlook"] in ("On track", "At risk", "Off track")


def test_excel_holds_the_same_with_dates_as_dates_and_numbers_as_numbers(
    session: Session, council: Council, action: Action
) -> None:
    (cells,), (line,) = as_excel(session, EVERYTHING, council), as_csv(session, EVERYTHING, council)
    assert list(cells) == list(line)
    assert (cells["Original due date"].date(), cells["Days late"]) == (action.original_due_date, 40)
    plain = {name: value for name, value in cells.items() if isinstance(value, str | None)}
    assert plain == {name: line[name] or None for name in plain}


def test_a_file_holds_exactly_what_is_filtered_in_its_order(session: Session, council: Council) -> None:
    for number in range(30):
        make_action(session, council, due=TODAY + timedelta(days=number % 7 - 3), title=f"Thing {number}")
    session.commit()
    for order in Order:
        shown = Shown(Filters(age=LATE), order)
        listed = page_of(session, shown, council=council, today=TODAY).actions
        references = [action.reference for action in listed]
        assert 0 < len(references) < 30
        assert [line["Reference"] for line in as_csv(session, shown, council)] == references, order
        assert [line["Reference"] for line in as_excel(session, shown, council)] == references, order


@pytest.mark.parametrize("words", FORMULAS)
def test_what_looks_like_a_formula_stays_text(session: Session, council: Council, action: Action, words: str) -> None:
    action.title, action.owner.name = words, words
    make_update(session, action, at=AT + timedelta(days=1), text=words)
    session.commit()
    (line,), (cells,) = as_csv(session, EVERYTHING, council), as_excel(session, EVERYTHING, council)
    for name in ("Action", "Owner", "Last update"):
        assert line[name] == guarded(words)
        assert not line[name].startswith(("=", "+", "-", "@", "\t", "\r"))
        assert str(cells[name]).replace("_x000D_", "\r") == words


@pytest.mark.parametrize("marking", [Marking.EXEMPT, Marking.CONFIDENTIAL])
def test_of_what_is_not_open_only_reference_marking_and_dates_are_given(
    session: Session, council: Council, action: Action, marking: Marking
) -> None:
    action.marking = marking
    session.commit()
    given = {
        "Reference": "WES-2026-01", "Marking": marking.label, "Original due date": "2026-10-14",
        "Current due date": "2026-11-25", "Days late": "40",
    }  # fmt: skip
    (line,), (cells,) = as_csv(session, EVERYTHING, council), as_excel(session, EVERYTHING, council)
    assert {name: value for name, value in line.items() if value} == given
    assert {name for name, value in cells.items() if value is not None} == set(given)


def test_the_words_of_an_update_that_is_not_open_are_kept_back(
    session: Session, council: Council, action: Action
) -> None:
    make_update(session, action, at=AT + timedelta(days=1), text="A child was named.").marking = Marking.EXEMPT
    session.commit()
    (line,) = as_csv(session, EVERYTHING, council)
    assert (line["Last update"], line["Last update on"]) == ("", "2026-11-21")


def test_what_is_not_late_or_has_ended_has_no_days_late(session: Session, council: Council) -> None:
    make_action(session, council, due=TODAY, reference="WES-1")
    make_action(session, council, due=TODAY - timedelta(days=3), delivery=Delivery.CHECKED, reference="WES-2")
    session.commit()
    assert {line["Days late"] for line in as_csv(session, EVERYTHING, council)} == {""}


def test_an_empty_list_is_a_file_with_its_headings(session: Session, council: Council) -> None:
    assert as_csv(session, EVERYTHING, council) == []
    assert as_excel(session, EVERYTHING, council) == []


def test_a_text_too_long_for_a_cell_of_excel_is_cut_there_only(
    session: Session, council: Council, action: Action
) -> None:
    action.point.words = "x" * (LONGEST_CELL + 10)
    session.commit()
    assert len(as_csv(session, EVERYTHING, council)[0]["What the report says"]) == LONGEST_CELL + 10
    assert len(as_excel(session, EVERYTHING, council)[0]["What the report says"]) == LONGEST_CELL


def test_a_file_is_given_in_pieces(session: Session, council: Council) -> None:
    rows = ([f"WES-{number}", "x" * 100] for number in range(5_000))
    pieces = list(csv_pieces(["Reference", "Action"], rows))
    assert len(pieces) > 5
    assert max(len(piece) for piece in pieces) < 70_000
