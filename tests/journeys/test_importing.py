"""A lead imports the council's own tracker in a real browser, in four steps, each looked at at two widths."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.integration.actions.importing.test_sheets import workbook
from tests.journeys.conftest import Visit
from tracker.models import Action, Council

HEADINGS: list[object] = ["Ref", "Recommendation", "Lead officer", "Target date", "RAG", "Progress", "Notes for us"]


def test_a_lead_imports_a_tracker(
    hackney: Council, visit: Callable[[str], Visit], session: Session, tmp_path: Path
) -> None:
    rows: list[list[object]] = [
        ["Improvement plan 2026"],
        [],
        HEADINGS,
        [
            1,
            "Ensure that referrals are read on the day they arrive.",
            "Olu Owner",
            date(2026, 12, 1),
            "Green",
            "Begun.",
        ],
        [2, "Agree with partners how health assessments are shared.", "O. Owner", date(2027, 1, 5), "Parked"],
        [3, "Show that care plans are signed.", "Olu Owner", "31 February 2027", "Red"],
    ]
    sheet = tmp_path / "tracker.xlsx"
    sheet.write_bytes(workbook(rows))
    lead = visit("lead").go("/reports/add")
    lead.follow("Import it")
    lead.look()
    lead.press("Read this file")
    assert "There is a problem" in lead.page.locator("main").inner_text()
    lead.look()
    lead.page.set_input_files("input[type=file]", str(sheet))
    lead.page.get_by_label("Which report").select_option("A new report")
    lead.fill("Title of the new report", "Improvement plan")
    for part, value in (("Day", "1"), ("Month", "3"), ("Year", "2026")):
        lead.page.get_by_label(part, exact=True).fill(value)
    lead.press("Read this file")
    assert lead.heading == "Match the columns"
    lead.look()
    lead.page.get_by_label("Notes for us").select_option("Theme")
    lead.press("Check the rows")
    lead.see("Row 6: 31 February 2027 is no date that there is")
    lead.look()
    lead.page.get_by_label("as owner, in 1 row").select_option(label="Olu Owner, Head of Service")
    lead.page.get_by_label("as status, in 1 row").select_option("In progress")
    lead.page.get_by_text("Row 6: 31 February 2027").click()
    lead.press("Check again")
    lead.see("2 of 3 rows are ready, 1 left out")
    lead.look()
    lead.press("Import 2 rows")
    lead.see("2 actions imported")
    assert session.scalars(select(Action.title).order_by(Action.id)).all() == [
        "Ensure that referrals are read on the day they arrive.",
        "Agree with partners how health assessments are shared.",
    ]
