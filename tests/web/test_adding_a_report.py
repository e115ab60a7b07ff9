"""A report that takes long to read must not make anybody else wait."""

import struct
import threading
import time
import zlib
from collections.abc import Iterator
from io import BytesIO

import pytest
import typst

from tests.pages import PageClient
from tests.web.conftest import World
from tracker.reports.reading import Reading, read_text
from tracker.terms import Role

PDF_REPORT = b"""
#set document(title: "Inspection of Westmere")
= Inspection of services in Westmere
Inspection dates: 2 March 2026 to 13 March 2026. Services are sound and people are glad of them. #lorem(60)
#pagebreak()
== Areas for improvement
Within three months:
- review how the records of children are kept and read
- tell parents what was decided
"""
A_REPORT = (
    "Inspection of services\n\nWestmere\n\nAreas for improvement\n\nWithin three months:\n\n- review the records\n"
)


def test_others_can_write_while_a_report_is_being_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, go_on = threading.Event(), threading.Event()

    def slow(data: bytes, name: str, seconds: float) -> Reading:  # stands for a report of hundreds of pages
        reading.set()
        go_on.wait(20)
        return read_text(data.decode())

    world.reader.desk.read = slow
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
    world.add_report(lead, way="text", text=text)
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


def test_a_page_of_a_pdf_is_shown_as_a_picture_with_the_passage_marked(world: World) -> None:
    made = typst.compile(PDF_REPORT)
    lead = world.browser(Role.LEAD)
    world.add_report(lead, files=True, way="file", file=(BytesIO(made), "report.pdf"))
    page = lead.page("/reports/1/check")
    image = page.soup.select_one("img")
    assert image is not None
    assert "Page 2 of the report" in str(image["alt"])
    answer = lead.get(str(image["src"]))
    assert answer.mimetype == "image/png"
    assert _yellow(answer.get_data()) > 1_000  # points of the picture
    assert lead.get("/reports/1/points/99/page.png").status_code == 404


def test_a_report_that_is_no_pdf_is_shown_as_text(world: World) -> None:
    lead = world.browser(Role.LEAD)
    world.add_report(lead, way="text", text=A_REPORT)
    page = lead.page("/reports/1/check")
    assert page.soup.select_one("img") is None
    mark = page.soup.select_one("mark.app-mark--now")
    assert mark is not None
    assert mark.get_text() == "review the records"
    assert lead.get("/reports/1/points/1/page.png").status_code == 404


def _yellow(picture: bytes) -> int:
    """How many points of a PNG are the yellow of a mark."""
    width, height = struct.unpack(">II", picture[16:24])
    body = zlib.decompress(b"".join(data for kind, data in _chunks(picture) if kind == b"IDAT"))
    rows = [body[at * (width * 3 + 1) + 1 : (at + 1) * (width * 3 + 1)] for at in range(height)]
    return sum(row[at : at + 3] == b"\xff\xff\x66" for row in rows for at in range(0, len(row), 3))


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(picture):
        length, kind = struct.unpack(">I4s", picture[at : at + 8])
        yield kind, picture[at + 8 : at + 8 + length]
        at += length + 12


def test_a_demand_for_an_action_plan_is_offered_as_an_action_of_its_own(world: World) -> None:
    demand = "You should send us an action plan within 70 working days of receiving this letter."
    lead = world.browser(Role.LEAD)
    page = lead.follow(world.add_report(lead, way="text", text=f"{A_REPORT}\n{demand}\n\nYours sincerely\n"))
    assert page.field("section") == "The answer the report asks for"  # the one to look at comes first
    assert "0 of 2 checked" in page.text
    assert page.field("words") == demand
