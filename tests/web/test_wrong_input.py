"""Wrong input: one plain sentence each, no trace left behind, never a fault of the service."""

from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.factories import make_action, make_point, make_report
from tests.pages import Page
from tests.web.conftest import World
from tracker.models import ActionPoint, Extension, HistoryEntry, Intake, Report, ReportSource
from tracker.terms import PointDecision, ReportStatus, Role

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
A_REPORT = """Inspection of services for children

Westmere

Inspection dates: 2 March to 13 March 2026

Areas for improvement

Within three months:

- review how referrals are read
"""


def traces(world: World) -> tuple[int, ...]:
    """How many reports, sources, points and history rows there are, and files."""
    world.session.expire_all()
    counts = [
        world.session.scalar(select(func.count()).select_from(kind)) or 0
        for kind in (Report, ReportSource, ActionPoint)
    ]
    files: Path = world.app.extensions["tracker"].settings.files
    kept = [path for path in files.rglob("*") if path.is_file() and "templates" not in path.parts]
    world.session.rollback()
    return (*counts, len(kept))


def add_file(world: World, data: bytes, name: str) -> Page:
    return world.add_report(world.browser(Role.LEAD), files=True, way="file", file=(BytesIO(data), name))


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "report.pdf", "empty"),
        (b" \n ", "report.pdf", "empty"),
        (PNG, "report.pdf", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old Word file", "report.doc", "old Word"),
    ],
)
def test_what_the_first_bytes_tell_is_refused_at_once(world: World, data: bytes, name: str, words: str) -> None:
    before = traces(world)
    page = add_file(world, data, name)
    assert page.status == 400
    assert len(page.errors) == 1
    assert words in page.errors[0]
    assert page.errors[0].endswith(".")
    assert traces(world) == before
    assert world.session.scalar(select(func.count(Intake.id))) == 0


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"%PDF-1.7\nnothing of a PDF", "report.pdf", "damaged"),
        (bytes(range(1, 256)) * 20, "report.doc", "not a kind of file"),
    ],
)
def test_a_file_that_is_no_report_gets_one_sentence_and_leaves_nothing(
    world: World, data: bytes, name: str, words: str
) -> None:
    before = traces(world)
    page = add_file(world, data, name)
    assert page.heading.endswith("This file could not be read")
    said = page.soup.select(".govuk-inset-text")
    assert len(said) == 1
    assert words in said[0].get_text()
    assert said[0].get_text().strip().endswith(".")
    assert traces(world) == before


def test_a_file_of_100_megabytes_is_refused(world: World) -> None:
    before = traces(world)
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="huge.pdf"\r\n\r\n'
    body = head + bytes(100 * 1024 * 1024) + b"\r\n--x--\r\n"
    browser = world.browser(Role.LEAD)
    page = Page(browser.post("/reports/add", data=body, content_type="multipart/form-data; boundary=x"))
    assert page.status == 413
    assert "too large" in page.text.lower()
    assert traces(world) == before


def test_a_text_without_an_action_point_is_kept_and_says_so(world: World) -> None:
    browser = world.browser(Role.LEAD)
    text = "Thank you for your letter. The weather was fine all week."
    answer = world.add_report(browser, way="text", text=text)
    checking = browser.page(answer.response.headers["Location"], 302)  # there is no point to check
    page = browser.follow(checking)
    assert "No action point was found in this text" in page.soup.get_text()


def test_nothing_chosen_and_nothing_pasted_say_what_to_do(world: World) -> None:
    browser = world.browser(Role.LEAD)
    assert browser.send("/reports/add", way="file").errors == ["Choose the report’s file"]
    assert browser.send("/reports/add", way="text", text="  ").errors == ["Paste the report’s text"]


def test_the_same_file_is_not_added_twice(world: World) -> None:
    first = add_file(world, A_REPORT.encode(), "report.txt")
    again = add_file(world, A_REPORT.encode(), "the same report.txt")
    assert first.response.headers["Location"] == again.response.request.path
    assert "This file has been added before" in again.text
    assert traces(world)[0] == 1


@pytest.mark.parametrize(
    ("day", "month", "year", "words"),
    [
        ("31", "2", "2026", "Enter a real date"),
        ("1", "", "2026", "Enter the month as well"),
        ("1", "9", "26", "Enter the year with 4 digits"),
        ("x", "y", "zzzz", "Enter the year with 4 digits"),
    ],
)
def test_a_date_that_is_none_is_refused_in_words(world: World, day: str, month: str, year: str, words: str) -> None:
    report = make_report(world.session, world.ours, status=ReportStatus.BEING_CHECKED)
    world.session.commit()
    fields = {"inspection_end__day": day, "inspection_end__month": month, "inspection_end__year": year}
    page = world.browser(Role.LEAD).send(f"/reports/{report.id}/facts", title="A title", choice="published", **fields)
    assert page.status == 400
    assert words in page.errors[0]


def test_more_time_needs_a_real_and_later_date(world: World) -> None:
    action = make_action(world.session, world.ours, owner=world.people[Role.SERVICE_MANAGER])
    world.session.commit()
    browser, address = world.browser(Role.SERVICE_MANAGER), f"/actions/{action.reference}/update"
    asked = {"text": "It needs time", "what": "more_time", "safeguard": "A weekly look"}
    none = browser.send(address, **asked)
    unreal = browser.send(address, until__day="31", until__month="2", until__year="2027", **asked)
    earlier = browser.send(address, until__day="1", until__month="12", until__year="2026", **asked)
    assert "Enter the date you need, like 1 9 2012" in none.errors
    assert "Enter a real date, like 1 9 2012" in unreal.errors
    assert "Enter a date after 1 December 2026." in earlier.errors
    assert {none.status, unreal.status, earlier.status} == {400}
    assert world.session.scalar(select(func.count()).select_from(Extension)) == 0


@pytest.mark.parametrize("address", ["/reports/999", "/actions/NOT-1-01", "/evidence/999", "/nothing", "/reports/x"])
def test_what_is_not_there_is_a_page_that_says_so(world: World, address: str) -> None:
    page = world.browser(Role.LEAD).page(address, 404)
    assert page.heading == "Page not found"


def test_an_empty_point_form_says_what_is_missing_and_changes_nothing(world: World) -> None:
    report = make_report(world.session, world.ours, status=ReportStatus.BEING_CHECKED)
    point = make_point(world.session, report, decision=PointDecision.PROPOSED)
    world.session.commit()
    rows = world.session.scalar(select(func.count()).select_from(HistoryEntry))
    page = world.browser(Role.LEAD).send(f"/reports/{report.id}/points/{point.id}", do="keep")
    assert page.status == 400
    assert {"Enter a title", "Enter the report’s words"} <= set(page.errors)
    world.session.expire_all()
    assert world.session.scalar(select(func.count()).select_from(HistoryEntry)) == rows


def test_a_person_of_another_council_cannot_be_made_owner(world: World) -> None:
    report = make_report(world.session, world.ours, status=ReportStatus.BEING_CHECKED)
    point = make_point(world.session, report, decision=PointDecision.PROPOSED)
    stranger = world.strangers[Role.SERVICE_MANAGER].id
    world.session.commit()
    page = world.browser(Role.LEAD).send(
        f"/reports/{report.id}/points/{point.id}", do="save", title="T", words="W", section="S",
        limit_kind="not_given", limit_unit="days", owner=str(stranger), lead="0",
    )  # fmt: skip
    assert page.status == 400
    world.session.expire_all()
    assert point.owner_id is None


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 429, 500, 503])
def test_every_error_page_says_what_to_do_and_gives_a_reference(world: World, status: int) -> None:
    from flask import abort  # noqa: PLC0415

    def fail() -> None:
        abort(status)

    fail.access = frozenset({"everybody"})  # type: ignore[attr-defined]
    world.app.view_functions["help.index"] = fail
    page = world.browser(Role.LEAD).page("/help", status)
    assert page.soup.select_one(".app-reference")


def test_a_fault_of_ours_shows_no_trace(world: World) -> None:
    def fail() -> None:
        raise ZeroDivisionError("a secret in a message")

    fail.access = frozenset({"everybody"})  # type: ignore[attr-defined]
    world.app.view_functions["help.index"] = fail
    page = world.browser().page("/help", 500)
    assert "secret" not in page.response.get_data(as_text=True)
