"""A council with one action that has a whole life, for the tests of the pack."""

from datetime import date
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from tests.factories import (
    make_action,
    make_council,
    make_judgement,
    make_person,
    make_report,
    make_update,
)
from tests.integration.assessments.packs import moment
from tracker.actions import evidence, extensions, services
from tracker.adapters.files import Files
from tracker.adapters.mailer import MemoryMailer
from tracker.assessments.pack.making import PACKS
from tracker.clock import FixedClock
from tracker.config import Settings
from tracker.jobs import Worker
from tracker.models import (
    Action,
    Council,
    Evidence,
    Person,
    Report,
    work_for,
)
from tracker.scrutiny.making import Desk
from tracker.terms import (
    Role,
)


@pytest.fixture
def council(session: Session) -> Council:
    made = make_council(session)
    work_for(session, made.id)
    return made


@pytest.fixture
def lead(session: Session, council: Council) -> Person:
    return make_person(session, council, Role.LEAD, name="Helen Marchbank")


@pytest.fixture
def director(session: Session, council: Council) -> Person:
    return make_person(session, council, Role.DIRECTOR, name="Ruth Calder")


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "files")


@pytest.fixture
def desk(sessions: sessionmaker[Session], clock: FixedClock, files: Files) -> Desk:
    return Desk(sessions, files, clock, kinds=(PACKS,))


@pytest.fixture
def worker(database_url: str, sessions: sessionmaker[Session], files: Files, clock: FixedClock) -> Worker:
    settings = Settings(database_url=database_url, secret_key="s" * 40, base_url="http://localhost", files=files.folder)
    return Worker(settings, clock, sessions, MemoryMailer(), Event())


@pytest.fixture
def report(session: Session, council: Council, lead: Person) -> Report:
    made = make_report(session, council, added_by=lead, published=date(2026, 7, 10))
    make_judgement(session, made, "Areas for improvement")
    return made


@pytest.fixture
def lived(session: Session, council: Council, lead: Person, director: Person, report: Report, files: Files) -> Action:
    """An action that was begun, moved, claimed with two files, returned, claimed again, checked and looked at again."""
    action = make_action(session, council, report=report, lead=lead, due=date(2026, 9, 1), title="Appoint a nurse")
    owner = action.owner
    make_update(session, action, at=moment(date(2026, 8, 1)), text="The post is advertised.")
    asked = extensions.ask_for_more_time(
        session, action, until=date(2026, 10, 1), reason="Nobody applied", safeguard="A nurse is lent",
        by=owner, now=moment(date(2026, 8, 20)),
    )  # fmt: skip
    extensions.decide_extension(session, asked, agreed=True, note="", by=director, now=moment(date(2026, 8, 21)))
    uploads = [
        evidence.Upload("contract signed.txt", b"signed\n" * 50),
        evidence.Upload("../../rota.pdf", b"%PDF-1.7 rota"),
    ]
    claim = services.claim(session, action, note="She has begun.", by=owner, now=moment(date(2026, 9, 20)))
    evidence.attach(
        session, files, action, uploads, by=owner, now=moment(date(2026, 9, 20)), shown=evidence.Shown(claim=claim)
    )
    services.send_back(session, claim, finding="The rota is empty.", by=lead, now=moment(date(2026, 9, 22)))
    claim = services.claim(session, action, note="The rota is full.", by=owner, now=moment(date(2026, 9, 25)))
    services.accept(session, claim, finding="Seen at the clinic.", by=lead, now=moment(date(2026, 9, 28)))
    evidence.add_link(session, action, "https://example.org/minutes", by=owner, now=moment(date(2026, 9, 29)))
    session.flush()
    session.scalars(select(Evidence).where(Evidence.filename == "rota.pdf")).one().by_checker = True
    return action
