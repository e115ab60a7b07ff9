"""The overdue report as a member meets it: on the page, on paper, as a table."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO

import docx
import pypdfium2
import pytest
from openpyxl import Workbook, load_workbook

from tests.factories import make_action, make_body, make_extension, make_person, make_report, make_service
from tests.pages import Page, PageClient
from tests.web.conftest import World
from tracker.models import Action, Contribution
from tracker.terms import Delivery, Marking, Role

TODAY = date(2026, 11, 23)


@pytest.fixture
def late(world: World) -> list[Action]:
    """Three late actions of two reports and two services, and others that are not late."""
    made = []
    for number, days in enumerate((3, 94, 200)):
        service = make_service(world.session, world.ours)
        owner = make_person(world.session, world.ours, service_id=service.id)
        made.append(make_action(world.session, world.ours, due=TODAY - timedelta(days=days), owner=owner))
        if number:
            make_extension(world.session, made[-1], days=300 * number)
    make_action(world.session, world.ours, due=TODAY)
    done = {"delivery": Delivery.CHECKED, "claimed_on": date(2026, 1, 1)}
    make_action(world.session, world.ours, due=date(2026, 2, 1), **done)
    world.session.commit()
    return made


@pytest.fixture
def member(world: World) -> PageClient:
    return world.browser(Role.SCRUTINY_MEMBER)


def paper(browser: PageClient, query: str = "") -> str:
    answer = browser.get(f"/overdue.pdf{query}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    document = pypdfium2.PdfDocument(answer.data)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def table(browser: PageClient, query: str = "") -> list[dict[str, str]]:
    answer = browser.get(f"/overdue.csv{query}")
    assert (answer.status_code, answer.content_type) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig"))))


def word_tables(browser: PageClient, query: str) -> list[list[str]]:
    """The rows of every table of the Word document."""
    answer = browser.get(f"/overdue.docx{query}")
    assert (answer.status_code, "wordprocessingml" in answer.mimetype) == (200, True)
    document = docx.Document(BytesIO(answer.data))
    return [[" ".join(cell.text.split()) for cell in row.cells] for one in document.tables for row in one.rows]


def sheets(browser: PageClient, query: str) -> list[list[str]]:
    """The rows of every sheet of the Excel workbook."""
    answer = browser.get(f"/overdue.xlsx{query}")
    assert (answer.status_code, "spreadsheetml" in answer.mimetype) == (200, True)
    book = load_workbook(BytesIO(answer.data))
    return [["" if cell is None else str(cell) for cell in row] for sheet in book for row in sheet.values]


def figures_in(rows: list[list[str]]) -> list[str]:
    """The four figures of a document as the page writes them: each stands beside its words."""
    found = {words: row for words in ("Open", "Late", "Accepted", "Done on time") for row in rows if _is_of(row, words)}
    return [row[1] if words in ("Open", "Late") else f"{row[1]} of {row[2]}" for words, row in found.items()]


def _is_of(row: list[str], words: str) -> bool:
    return row[0].startswith(words) and len(row) > 2 and row[1].isdecimal()


def late_sheet(book: Workbook) -> list[dict[str, object]]:
    """The lines of the sheet of late actions, by their headings."""
    for sheet in book:
        rows = [list(row) for row in sheet.values]
        for number, row in enumerate(rows):
            if "Reference" in row and "Days late" in row:
                return [dict(zip(map(str, row), line, strict=True)) for line in rows[number + 1 :]]
    raise AssertionError("there is no sheet of late actions")


def cards(page: Page) -> list[str]:
    return [" ".join(card.get_text(" ").split()) for card in page.soup.select(".app-card")]


def figures(page: Page) -> list[str]:
    return [figure.get_text() for figure in page.soup.select(".app-stat__figure")]


def test_the_page_says_as_at_which_day_and_lists_the_oldest_first(member: PageClient, late: list[Action]) -> None:
    page = member.page("/overdue")
    assert page.heading == "As at 23 November 2026 Overdue report"
    assert figures(page) == ["4", "3", "1 of 5", "1 of 4"]
    references = [action.reference for action in reversed(late)]
    assert [any(reference in card for card in cards(page)) for reference in references] == [True] * 3
    assert "200 days late" in cards(page)[0]
    assert "Date moved once, 600 days gained" in cards(page)[0]
    assert late[2].owner.name in cards(page)[0]


def test_the_page_the_paper_and_the_table_say_the_same(member: PageClient, late: list[Action]) -> None:
    page, pdf, lines = member.page("/overdue"), paper(member), table(member)
    open_, late_, implemented, on_time = figures(page)
    assert f"{open_} open {late_} late against the original date {implemented} accepted" in pdf
    assert f"{on_time} done on time" in pdf
    assert len(lines) == len(cards(page)) == int(late_)
    for line, card in zip(lines, cards(page), strict=True):
        for text in (line["Reference"], f"{line['Days late']} days late", line["Owner"], line["Action"]):
            assert text in card
            assert text in pdf
        moved = "Date moved once" if line["Times moved"] == "1" else "Date never moved"
        assert moved in card
    ages = [cell.get_text() for cell in page.soup.select("details.govuk-details td")]
    assert ages == ["1", "0", "1", "1"]
    assert "1 to 30 days late 1 31 to 90 days late 0 91 to 180 days late 1 Over 180 days late 1" in pdf


def test_downloads_keep_the_filters(member: PageClient, late: list[Action]) -> None:
    query = f"?report={late[1].report_id}&service={late[1].owner.service_id}&band=late_91_180"
    page = member.page(f"/overdue{query}&at-day=22&at-month=11&at-year=2026")
    assert len(cards(page)) == 1
    links = [str(link["href"]) for link in page.soup.select("main a") if "/overdue." in str(link["href"])]
    assert [link.partition("?")[0] for link in links] == [f"/overdue.{kind}" for kind in ("pdf", "docx", "xlsx", "csv")]
    for link in links:
        for part in ("at=2026-11-22", f"report={late[1].report_id}", "band=late_91_180"):
            assert part in link
    [line] = table(member, links[3].removeprefix("/overdue.csv"))
    assert (line["Reference"], line["Days late"], line["As at"]) == (late[1].reference, "93", "2026-11-22")
    assert "Narrowed to: 91 to 180 days late" in paper(member, query)


def test_a_past_day_is_kept_in_the_form(member: PageClient, late: list[Action]) -> None:
    page = member.page("/overdue?at=2026-05-08")
    assert page.heading == "As at 8 May 2026 Overdue report"
    assert (page.field("at-day"), page.field("at-month"), page.field("at-year")) == ("8", "5", "2026")
    assert "1 late action" in page.text


def test_word_and_excel_say_the_figures_of_the_page(member: PageClient, late: list[Action]) -> None:
    for query in ("", "?at=2026-11-20"):
        page, lines = member.page(f"/overdue{query}"), table(member, query)
        open_, late_, implemented, on_time = figures(page)
        tables = word_tables(member, query)
        assert figures_in(tables) == figures_in(sheets(member, query)) == [open_, late_, implemented, on_time]
        rows = [
            [line["Reference"], line["Days late"], line["Times moved"], line["Days gained"], line["Owner"]]
            for line in lines
        ]
        assert len(rows) == int(late_)
        found = member.get(f"/overdue.xlsx{query}")
        sheet = late_sheet(load_workbook(BytesIO(found.data)))
        assert [
            [str(row[name]) for name in ("Reference", "Days late", "Times moved", "Days gained", "Owner")]
            for row in sheet
        ] == rows
        told = " ".join(" ".join(cells) for cells in tables)
        for reference, days_late, *_ in rows:
            assert reference in told
            assert f"{days_late} days late" in told


def test_a_past_day_says_so_and_leads_back_to_today_and_asks_for_nothing(world: World, late: list[Action]) -> None:
    member = world.browser(Role.SCRUTINY_MEMBER)
    assert "Ask a question" in member.page("/overdue").text
    page = member.page(f"/overdue?at=2026-11-20&report={late[2].report_id}")
    assert "How things stood on 20 November 2026" in page.text
    assert "Ask a question" not in page.text
    assert "197 days late" in page.text
    back = next(link for link in page.soup.select("main a") if link.get_text() == "Show today")
    assert back["href"] == f"/overdue?report={late[2].report_id}"
    assert "How things stood" not in member.page(str(back["href"])).text
    assert "How things stood" not in member.page("/overdue?at=2026-11-23").text


def test_an_exempt_action_shows_its_reference_and_nothing_else(world: World, member: PageClient) -> None:
    action = make_action(world.session, world.ours, due=TODAY - timedelta(days=9), marking=Marking.EXEMPT, title="Oh!")
    world.session.commit()
    assert cards(member.page("/overdue")) == [f"Exempt information {action.reference}"]
    files = [paper(member), str(table(member)), str(word_tables(member, "")), str(sheets(member, ""))]
    assert all(action.reference in words for words in files)
    assert "9 days late" not in str(word_tables(member, ""))
    [line] = late_sheet(load_workbook(BytesIO(member.get("/overdue.xlsx").data)))
    assert {name for name, cell in line.items() if cell not in (None, "")} == {"Action", "Reference"}
    for words in (member.page("/overdue").text, *files):
        assert "Oh!" not in words
        assert action.owner.name not in words


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("at=2026-02-31", "Enter a real date, like 1 9 2012"),
        ("at-day=31&at-month=2&at-year=2026", "Enter a real date, like 1 9 2012"),
        ("at=2026-11-24", "Enter a date that is not after today, 23 November 2026"),
        ("at=soon", "Enter the day and the month as well, like 1 9 2012"),
        ("at=2026-11-21T10:00", "Enter a real date, like 1 9 2012"),
        ("report=x", "Choose a report from the list"),
        ("service=-1", "Choose a service from the list"),
        ("band=not_due", "Choose how late from the list"),
    ],
)
def test_what_cannot_be_used_is_answered_by_one_sentence_and_the_form(
    member: PageClient, query: str, sentence: str
) -> None:
    page = member.page(f"/overdue?{query}", status=400)
    assert page.errors == [sentence]
    for kind in ("pdf", "docx", "xlsx", "csv"):
        assert f"{sentence}." in member.page(f"/overdue.{kind}?{query}", status=400).text


def test_a_wrong_date_stays_in_the_form_to_be_corrected(member: PageClient) -> None:
    page = member.page("/overdue?at=2026-02-31", status=400)
    assert (page.field("at-day"), page.field("at-month"), page.field("at-year")) == ("31", "2", "2026")


def test_another_council_s_report_is_like_one_that_is_not_there(world: World, member: PageClient) -> None:
    theirs = make_action(world.session, world.theirs, due=TODAY - timedelta(days=9))
    world.session.commit()
    assert member.page("/overdue").text.count(theirs.reference) == 0
    ours = member.page(f"/overdue?report={theirs.report_id}", status=400)
    assert ours.errors == member.page("/overdue?report=999999", status=400).errors
    assert table(member) == []


@pytest.mark.parametrize("role", list(Role))
def test_everybody_of_the_council_may_read_it(world: World, role: Role) -> None:
    assert "Nothing is tracked yet." in world.browser(role).page("/overdue").text


def test_an_empty_day_says_what_to_do(member: PageClient, late: list[Action]) -> None:
    assert "Nothing was tracked on that day" in member.page("/overdue?at=2020-01-01").text


def test_where_things_stand_shows_the_four_figures_and_leads_to_the_report(
    member: PageClient, late: list[Action]
) -> None:
    page = member.page("/")
    assert page.heading == "As at 23 November 2026 Where things stand"
    assert figures(page) == ["4", "3", "1 of 5", "1 of 4"]
    assert page.soup.select_one('main a[href="/overdue"]')
    assert "Waiting for a decision" not in page.text


def test_a_director_sees_what_waits_for_a_decision(world: World, late: list[Action]) -> None:
    director = world.browser(Role.DIRECTOR)
    assert "Nothing waits for you." in director.page("/").text
    make_extension(world.session, late[0], agreed=False)
    make_report(world.session, world.ours, status="being_checked", title="A letter nobody has read")
    world.session.commit()
    page = director.page("/")
    assert page.soup.select_one(f'main a[href="/actions/{late[0].reference}/decide"]')
    assert "Check what was read: A letter nobody has read" in page.text


def test_a_council_without_actions_is_told_what_comes(member: PageClient) -> None:
    assert "Nothing is tracked yet." in member.page("/").text


def test_it_is_narrowed_to_the_actions_that_a_body_has_a_part_of(
    world: World, late: list[Action], member: PageClient
) -> None:
    hospital, other = (
        make_body(world.session, world.ours, "Westmere Hospital Trust"),
        make_body(world.session, world.ours),
    )
    for action, body in ((late[0], hospital), (late[1], hospital), (late[2], other)):
        world.session.add(Contribution(council_id=world.ours.id, action_id=action.id, body_id=body.id))
    world.session.commit()
    page = member.page(f"/overdue?body={hospital.id}")
    assert "2 late actions" in page.text
    assert late[2].reference not in page.text
    assert [row["Reference"] for row in table(member, f"?body={hospital.id}")] == [late[1].reference, late[0].reference]
    assert "Westmere Hospital Trust" in paper(member, f"?body={hospital.id}")
    wrong = member.page("/overdue?body=999", 400)
    assert wrong.errors == ["Choose a body from the list"]


def test_services_are_drawn_with_their_numbers_beside(member: PageClient, late: list[Action]) -> None:
    page = member.page("/overdue")
    drawn = page.soup.find("title", string="Actions by service")
    assert drawn is not None
    assert drawn.find_next("table") is not None
