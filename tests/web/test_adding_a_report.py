"""A report that takes long to read must not make anybody else wait."""

import threading
import time

import pytest

from tests.pages import PageClient
from tests.web.conftest import World
from tracker.reports import views
from tracker.reports.reading import Reading, read_text
from tracker.terms import Role

A_REPORT = (
    "Inspection of services\n\nWestmere\n\nAreas for improvement\n\nWithin three months:\n\n- review the records\n"
)


def test_others_can_write_while_a_report_is_being_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, go_on = threading.Event(), threading.Event()

    def slow(data: bytes, name: str) -> Reading:  # stands for a report of hundreds of pages
        reading.set()
        go_on.wait(20)
        return read_text(data.decode())

    monkeypatch.setattr(views, "read_safely", slow)
    lead, administrator = world.browser(Role.LEAD), world.browser(Role.ADMINISTRATOR)
    answers: list[int] = []

    def add(browser: PageClient) -> None:
        answers.append(browser.send("/reports/add", way="text", text=A_REPORT).status)

    adding = threading.Thread(target=add, args=(lead,))
    adding.start()
    assert reading.wait(20)
    began = time.monotonic()
    assert administrator.send("/council/services", name="Children in care").status == 302
    waited = time.monotonic() - began
    go_on.set()
    adding.join(20)
    assert waited < 5
    assert answers == [302]


def test_what_a_person_corrected_can_be_sent_in_as_a_case(world: World) -> None:
    lead = world.browser(Role.LEAD)
    text = A_REPORT + "- tell the parents\n"
    lead.send("/reports/add", way="text", text=text)
    lead.send("/reports/1/points/1/leave-out", reason="It is a heading")
    lead.send(
        "/reports/1/points/add",
        words="review the records",
        limit_kind="immediately",
        limit_unit="days",
        owner="0",
        lead="0",
    )
    lead.send("/reports/1/points", points=["2"], do="keep", owner="0", lead="0")
    case = lead.get("/reports/1/reading.json").get_json()
    told = [(point["text"], point["timescale"]) for point in case["action_points"]]
    assert told == [("review the records", "immediate"), ("tell the parents", "three_months")]
