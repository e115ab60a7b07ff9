"""Adding a report never blocks a page: it is read in the background, shows how far it is, and can be left."""

import threading
import time
from collections.abc import Iterator
from io import BytesIO

import pytest
from sqlalchemy import func, select

from tests.factories import make_intake
from tests.pages import Page, PageClient
from tests.web.conftest import World
from tracker.models import HistoryEntry, Intake, Report
from tracker.reports.background import STOPPED
from tracker.reports.reading import Reading, read_text
from tracker.terms import IntakeStatus, Role

TEXT = "Inspection of services\n\nWestmere\n\nAreas for improvement\n\nWithin three months:\n\n- review the records\n"


class Held:
    """A reading that goes on only when it is told to."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def __call__(self, data: bytes, _name: str, _seconds: float) -> Reading:
        self.begun.set()
        assert self.go_on.wait(30)
        return read_text(data.decode())


@pytest.fixture
def held(world: World) -> Iterator[Held]:
    """The reader of the application, held until it is told to go on."""
    made = Held()
    world.reader.desk.read = made
    yield made
    made.go_on.set()
    world.reader.wait()


def send(browser: PageClient, text: str = TEXT) -> str:
    """Send a report in; return where that leads."""
    answer = browser.send("/reports/add", way="text", text=text)
    assert answer.status == 302, answer.errors
    return answer.response.headers["Location"]


def state(browser: PageClient, address: str) -> dict[str, object]:
    answer: dict[str, object] = browser.get(f"{address}/state.json").get_json()
    return answer


def test_adding_answers_at_once_and_shows_each_step(world: World, held: Held) -> None:
    lead = world.browser(Role.LEAD)
    began = time.monotonic()
    address = send(lead)
    assert time.monotonic() - began < 2
    assert held.begun.wait(20)
    page = lead.page(address)
    assert page.heading.endswith("Reading the report")
    assert "Received" in page.text
    assert "Being read" in page.text
    assert "You can leave this page" in page.text
    assert page.soup.find("a", string="Look again") is not None
    assert page.soup.find("meta", attrs={"http-equiv": "refresh"}) is None
    told = state(lead, address)
    assert (told["status"], told["ended"]) == ("reading", False)
    assert "Being read" in str(told["steps"])
    held.go_on.set()
    world.reader.wait()
    told = state(lead, address)
    assert (told["status"], told["ended"]) == ("read", True)
    assert "1 point found" in str(told["steps"])
    assert lead.get(address).headers["Location"] == "/reports/1/check"
    assert "0 of 1 checked" in lead.page("/reports/1/check").text


def test_what_is_being_read_stands_where_its_person_looks_and_nowhere_else(world: World, held: Held) -> None:
    lead = world.browser(Role.LEAD)
    send(lead)
    for address in ("/reports", "/"):
        assert "pasted text.txt" in lead.page(address).text
    assert "pasted text.txt" not in world.browser(Role.DIRECTOR).page("/reports").text
    assert "pasted text.txt" not in world.stranger().page("/reports").text
    held.go_on.set()
    world.reader.wait()
    for address in ("/reports", "/"):
        page = lead.page(address)
        assert "pasted text.txt" not in page.text
        assert "Inspection of services" in page.text


def test_the_same_file_leads_to_the_reading_that_is_under_way(world: World, held: Held) -> None:
    address = send(world.browser(Role.LEAD))
    assert send(world.browser(Role.DIRECTOR)) == address
    held.go_on.set()
    world.reader.wait()
    assert send(world.browser(Role.LEAD)) == "/reports/1/check"
    assert world.session.scalar(select(func.count(Intake.id))) == 1


def test_a_web_process_reads_one_after_the_other(world: World, held: Held) -> None:
    lead = world.browser(Role.LEAD)
    first, second = send(lead), send(lead, TEXT + "- and the plans\n")
    assert held.begun.wait(20)
    assert (state(lead, first)["status"], state(lead, second)["status"]) == ("reading", "waiting")
    assert "Waits for its turn" in lead.page(second).text
    held.go_on.set()
    world.reader.wait()
    assert (state(lead, first)["status"], state(lead, second)["status"]) == ("read", "read")
    assert world.session.scalar(select(func.count(Report.id))) == 2


def refused(world: World) -> tuple[PageClient, str]:
    lead = world.browser(Role.LEAD)
    answer = lead.send("/reports/add", files=True, way="file", file=(BytesIO(b"%PDF-1.7\nnothing"), "the letter.pdf"))
    world.reader.wait()
    return lead, answer.response.headers["Location"]


def test_a_refused_file_says_why_until_it_was_seen(world: World) -> None:
    lead, address = refused(world)
    page = lead.page(address)
    assert "damaged" in page.text
    for listed in ("/reports", "/"):
        assert "damaged" in lead.page(listed).text
    assert not [path for path in world.reader.desk.files.folder.rglob("*") if path.is_file() and "1" in path.parts]
    answer = lead.send(f"{address}/dismiss", then="reports")
    assert answer.response.headers["Location"] == "/reports"
    for listed in ("/reports", "/"):
        assert "the letter.pdf" not in lead.page(listed).text
    kept = world.session.scalars(select(Intake)).one()
    assert (kept.status, kept.file_key) == (IntakeStatus.REFUSED, None)


def test_add_another_puts_the_refusal_away_and_asks_for_the_next(world: World) -> None:
    lead, address = refused(world)
    assert lead.send(f"{address}/dismiss").response.headers["Location"] == "/reports/add"
    lead.send(f"{address}/dismiss")  # pressed twice
    kinds = world.session.scalars(select(HistoryEntry.kind).order_by(HistoryEntry.sequence)).all()
    assert [kind for kind in kinds if kind.startswith("intake")] == [
        "intake:received",
        "intake:refused",
        "intake:dismissed",
    ]


def test_a_refused_file_may_be_sent_again(world: World) -> None:
    lead, first = refused(world)
    _, second = refused(world)
    assert first != second
    assert "damaged" in lead.page(second).text


def test_a_fault_while_reading_ends_with_a_sentence_and_does_not_hold_up_the_next(world: World) -> None:
    def broken(data: bytes, name: str, seconds: float) -> Reading:
        if b"breaks" in data:
            raise ZeroDivisionError
        return read_text(data.decode())

    world.reader.desk.read = broken
    lead = world.browser(Role.LEAD)
    wrong, right = send(lead, "This breaks the reader."), send(lead)
    world.reader.wait()
    assert STOPPED in lead.page(wrong).text
    assert state(lead, right)["status"] == "read"
    assert world.session.scalars(select(Intake.tries).order_by(Intake.id)).all() == [4, 1]


def test_others_of_the_council_may_look_and_strangers_may_not(world: World) -> None:
    intake = make_intake(world.session, world.people[Role.LEAD])
    world.session.commit()
    assert world.browser(Role.DIRECTOR).get(f"/reports/adding/{intake.id}").status_code == 200
    assert world.stranger().get(f"/reports/adding/{intake.id}").status_code == 404
    assert Page(world.browser(Role.LEAD).get("/reports/adding/999")).status == 404


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/letter.pdf", "letter.pdf"),
        ("C:\\reports\\letter.pdf", "letter.pdf"),
        ("letter\u202efdp.exe", "letterfdp.exe"),
        ("a" * 4000 + ".pdf", "…"),
    ],
)
def test_a_strange_name_is_shown_plainly(world: World, given: str, shown: str) -> None:
    lead = world.browser(Role.LEAD)
    answer = lead.send("/reports/add", files=True, way="file", file=(BytesIO(b"%PDF-1.7\nnothing"), given))
    world.reader.wait()
    page = lead.page(answer.response.headers["Location"])
    assert shown in page.text
    assert "\u202e" not in page.text
    assert len(page.text) < 1_000
