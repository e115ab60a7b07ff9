"""The real thing for the journeys: a server process, a scheduler process, a mail server, and one browser."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, sync_playwright
from sqlalchemy.orm import Session

from tests.browser import ARGUMENTS, chromium
from tests.factories import make_council, make_person
from tests.pages import PASSWORD
from tests.sinks import Sink, free_port, smtp_sink
from tests.web.conftest import password_hash
from tracker.models import Body, Council
from tracker.terms import Role

ROOT = Path(__file__).resolve().parents[2]
WIDTHS = (1280, 320)
MONDAY_MORNING = "2026-11-23T09:00:00+00:00"


@dataclass
class Service:
    """A running service, its settings, and its mailbox."""

    url: str
    environ: dict[str, str]
    sink: Sink

    def send_mail(self, at: str = MONDAY_MORNING) -> None:
        """Run a scheduler as though it were that moment until it has swept and sent."""
        command = [sys.executable, "-m", "tracker.jobs", "--at", at]
        scheduler = subprocess.Popen(command, env=self.environ, cwd=ROOT, stderr=subprocess.DEVNULL)
        before, settled = -1, 0
        for _ in range(120):
            time.sleep(0.25)
            settled = settled + 1 if len(self.sink.mails) == before and before else 0
            before = len(self.sink.mails)
            if settled > 8:
                break
        scheduler.terminate()
        scheduler.wait(20)


@pytest.fixture
def mailbox() -> Iterator[Sink]:
    with smtp_sink() as sink:
        yield sink


@pytest.fixture
def service(database_url: str, tmp_path: Path, mailbox: Sink) -> Iterator[Service]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environ = {key: value for key, value in os.environ.items() if not key.startswith("TRACKER_")} | {
        "TRACKER_DEMONSTRATION": "yes",  # only so that the scheduler may be told what time it is
        "TRACKER_BASE_URL": url,
        "TRACKER_DATABASE_URL": database_url,
        "TRACKER_FILES": str(tmp_path / "files"),
        "TRACKER_SMTP_HOST": "127.0.0.1",
        "TRACKER_SMTP_PORT": str(mailbox.port),
        "TRACKER_SWEEP_SECONDS": "1",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "gunicorn", "wsgi:application", "--bind", f"127.0.0.1:{port}"]
    options = ["--worker-class", "gthread", "--threads", "4", "--timeout", "90", "--log-level", "error"]
    server = subprocess.Popen([*command, *options], env=environ, cwd=ROOT)
    try:
        wait_for(url + "/health/live")
        yield Service(url, environ, mailbox)
    finally:
        server.terminate()
        server.wait(20)


def wait_for(address: str) -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own server
                answer.read()
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not start")


@pytest.fixture(scope="session")
def chromium_browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        message = "Chromium is not here: install it, or name it in CHROMIUM."
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def hackney(session: Session) -> Council:
    """The council of the core documents, with two leads, an owner, a member and the bodies its reports name."""
    council = make_council(session, "Hackney", slug="hackney")
    people = {
        "lead": (Role.LEAD, "Dana Lead"),
        "second": (Role.LEAD, "Sam Second"),
        "owner": (Role.SERVICE_MANAGER, "Olu Owner"),
        "member": (Role.SCRUTINY_MEMBER, "Mo Member"),
        "director": (Role.DIRECTOR, "Dee Director"),
        "administrator": (Role.ADMINISTRATOR, "Ade Administrator"),
    }
    for key, (role, name) in people.items():
        make_person(session, council, role, name=name, email=f"{key}@hackney.example", password_hash=password_hash())
    session.add(Body(council_id=council.id, name="Hackney Council", aliases=["council", "Hackney Borough Council"]))
    session.commit()
    return council


class Visit:
    """Somebody's browser window on the service, looked at by axe and at two widths wherever they say."""

    def __init__(self, browser: Browser, url: str, violations: list[str]) -> None:
        self.url = url
        self.context = browser.new_context(viewport={"width": WIDTHS[0], "height": 900}, base_url=url)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.violations = violations
        self.page.on("console", self._hear)

    def _hear(self, message: object) -> None:
        text = getattr(message, "text", "")
        if "Content Security Policy" in text or "Refused to" in text:
            self.violations.append(f"console: {text}")

    def sign_in(self, who: str) -> "Visit":
        self.page.goto("/sign-in")
        email = who if "@" in who else f"{who}@hackney.example"
        self.page.get_by_label("Email address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.press("Sign in")
        return self

    def go(self, address: str) -> "Visit":
        self.page.goto(address)
        return self

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state()

    def follow(self, name: str) -> None:
        self.page.locator("a", has_text=name).first.click()
        self.page.wait_for_load_state()

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label).first.fill(value)

    def see(self, words: str) -> Locator:
        found = self.page.locator("main").get_by_text(words).locator("visible=true").first
        found.wait_for(timeout=10_000)
        return found

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def look(self) -> None:
        """Look at the page as it stands: no violation axe can find, and nothing wider than a narrow screen."""
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            results = Axe().run(self.page, options={"resultTypes": ["violations"]}).response["violations"]
            self.violations += [
                f"{self.page.url} at {width}: {found['id']}: {found['nodes'][0]['html'][:120]}" for found in results
            ]
            if (wide := self.page.evaluate("document.documentElement.scrollWidth")) > width:
                self.violations.append(f"{self.page.url} is {wide} wide at {width}")
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 900})


@pytest.fixture
def visit(chromium_browser: Browser, service: Service) -> Iterator[Callable[[str], Visit]]:
    """Opens a window for somebody, signed in; at the end, what was looked at must have been without fault."""
    violations: list[str] = []
    visits: list[Visit] = []

    def open_for(who: str = "") -> Visit:
        opened = Visit(chromium_browser, service.url, violations)
        visits.append(opened)
        return opened.sign_in(who) if who else opened

    yield open_for
    for opened in visits:
        opened.context.close()
    assert not violations, "\n".join(violations)
