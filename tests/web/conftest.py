"""The application on a test's own database, with somebody of each role in two councils."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests.factories import make_council, make_person
from tests.pages import PASSWORD, Page, PageClient, client_of
from tracker.accounts import passwords
from tracker.app import create_app
from tracker.assessments.views import PACKER
from tracker.clock import FixedClock
from tracker.config import Settings
from tracker.models import Council, Person
from tracker.reports.reader import BackgroundReader
from tracker.reports.views import READER
from tracker.scrutiny.views.papers import MAKER
from tracker.terms import Role

SECRET = "a secret of the tests, long enough to be taken"


@cache
def password_hash() -> str:
    """One hash for everybody, which is quick to compare: argon2 is slow by intent, and so would be every sign-in."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@cache
def slow_password_hash() -> str:
    """A hash as the service makes it."""
    return passwords.hash_password(PASSWORD)


@pytest.fixture(scope="session", autouse=True)
def _addresses_compiled_once() -> Iterator[None]:
    """Compile what builds each address once, not once for every test's own service: a fifth of a second each."""
    compile_builder = Rule._compile_builder
    known: dict[Any, Any] = {}

    def once(rule: Rule, append_unknown: bool = True) -> Any:
        key = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
        if key not in known:
            known[key] = compile_builder(rule, append_unknown)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", once)
        yield


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates once compiled, for every test's own service: compiling them takes longer than most tests."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@dataclass
class World:
    """Two councils, and one person of each role in each."""

    session: Session
    app: Flask
    ours: Council
    theirs: Council
    people: dict[Role, Person]
    strangers: dict[Role, Person]

    def browser(self, role: Role | None = None) -> PageClient:
        return client_of(self.app, self.people[role].email if role else None)

    @property
    def reader(self) -> BackgroundReader:
        made: BackgroundReader = self.app.extensions[READER]
        return made

    def add_report(self, browser: PageClient, **fields: Any) -> Page:
        """Send a report in, wait until it has been read, and look at what became of it."""
        sent = browser.send("/reports/add", **fields)
        self.reader.wait()
        return browser.page(sent.response.headers["Location"], None) if sent.status == 302 else sent

    def stranger(self, role: Role = Role.LEAD) -> PageClient:
        return client_of(self.app, self.strangers[role].email)


@pytest.fixture
def app(
    database_url: str, tmp_path: Path, clock: FixedClock, compiled_templates: FileSystemBytecodeCache
) -> Iterator[Flask]:
    settings = Settings(
        database_url=database_url, secret_key=SECRET, base_url="http://localhost", files=tmp_path / "files"
    )
    made = create_app(settings, clock=clock)
    made.config["TESTING"] = True
    made.jinja_env.bytecode_cache = compiled_templates
    made.config["PROPAGATE_EXCEPTIONS"] = False  # a fault is a page with status 500, which the tests refuse
    yield made
    made.extensions[READER].wait()
    made.extensions[MAKER].wait()
    made.extensions[PACKER].wait()
    made.extensions["tracker"].sessions.kw["bind"].dispose()


@pytest.fixture
def world(session: Session, app: Flask) -> World:
    ours, theirs = make_council(session, "Westmere"), make_council(session, "Northbrook")
    people, strangers = (
        {role: make_person(session, council, role, password_hash=password_hash()) for role in Role}
        for council in (ours, theirs)
    )
    session.commit()
    return World(session, app, ours, theirs, people, strangers)
