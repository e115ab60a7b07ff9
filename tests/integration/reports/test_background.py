"""Reading in the background: a process may be killed at any instruction, and each document becomes one report."""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session, sessionmaker

from tests.factories import make_council, make_person
from tracker import audit, chores, jobs
from tracker.adapters.files import Files
from tracker.adapters.mailer import MemoryMailer
from tracker.clock import FixedClock
from tracker.config import Settings
from tracker.db import make_engine, make_sessions, writing
from tracker.errors import UnreadableDocument
from tracker.models import ActionPoint, Council, HistoryEntry, Intake, Person, Report, ReportSource, work_for_all
from tracker.reports import intakes, services
from tracker.reports.background import MOST_TRIES, STOPPED, Desk, read_waiting
from tracker.reports.reading import Reading, read_bytes
from tracker.terms import IntakeStatus, Role

TEXT = (
    "Inspection of services {}\n\nWestmere\n\nAreas for improvement\n\nWithin three months:\n\n- review the records\n"
)
MOST = 200  # far more statements than reading one document takes


def at_once(data: bytes, name: str, seconds: float) -> Reading:
    """Read in this process: what is killed here is the reader, not its child."""
    return read_bytes(data, name)


def refusing(data: bytes, name: str, seconds: float) -> Reading:
    raise UnreadableDocument("This file is damaged.")


@dataclass
class Office:
    """A council, its lead, and the desk at which their documents are read."""

    council: Council
    lead: Person
    desk: Desk
    database_url: str

    def receive(self, text: str) -> int:
        with self.work() as session:
            received = intakes.receive(
                session,
                self.desk.files,
                council=self.council,
                data=text.encode(),
                filename="report.txt",
                by=self.lead,
                now=self.desk.clock.now(),
            )
            assert received.intake is not None
            return received.intake.id

    @contextlib.contextmanager
    def work(self) -> Iterator[Session]:
        with self.desk.sessions.begin() as session:
            work_for_all(session)
            writing(session)
            yield session

    def intake(self, intake_id: int) -> Intake:
        with self.work() as session:
            return session.get_one(Intake, intake_id)

    def count(self, model: Any) -> int:
        with self.work() as session:
            return session.scalar(select(func.count()).select_from(model)) or 0

    def kept(self) -> set[str]:
        return {path.name for path in self.desk.files.folder.rglob("*") if path.is_file()}

    def in_another_process(self, work: Callable[[Desk, Engine], None]) -> int:
        """Do it in a process of its own, with connections of its own; return the signal that ended it, 0 for none."""
        child = os.fork()
        if not child:
            try:
                engine = make_engine(self.database_url)
                work(replace(self.desk, sessions=make_sessions(engine)), engine)
            finally:
                os._exit(0)
        return os.WTERMSIG(os.waitpid(child, 0)[1])


@pytest.fixture
def office(
    sessions: sessionmaker[Session], session: Session, tmp_path: Path, clock: FixedClock, database_url: str
) -> Office:
    council = make_council(session)
    lead = make_person(session, council, Role.LEAD)
    session.commit()
    return Office(council, lead, Desk(sessions, Files(tmp_path / "files"), clock, 0.1, at_once), database_url)


def end_the_leases(office: Office) -> None:
    time.sleep(2 * office.desk.seconds + 0.01)


def test_a_document_becomes_a_report_with_its_file_its_points_and_its_history(office: Office) -> None:
    intake_id = office.receive(TEXT)
    assert read_waiting(office.desk) == 1
    intake = office.intake(intake_id)
    assert (intake.status, intake.points, intake.tries) == (IntakeStatus.READ, 1, 1)
    assert (intake.file_key, intake.lease_token, intake.finished_at) == (None, None, office.desk.clock.now())
    with office.work() as session:
        source = session.scalars(select(ReportSource)).one()
        assert (source.report_id, source.filename) == (intake.report_id, "report.txt")
        assert office.desk.files.read(source.file_key) == TEXT.encode()
        told = session.scalars(select(HistoryEntry).order_by(HistoryEntry.sequence)).all()
        assert [(entry.kind, entry.person_id) for entry in told] == [
            ("intake:received", office.lead.id),
            ("report:added", office.lead.id),
        ]
    assert read_waiting(office.desk) == 0


def test_a_refused_document_keeps_its_sentence_and_loses_its_file(office: Office) -> None:
    intake_id = office.receive(TEXT)
    read_waiting(replace(office.desk, read=refusing))
    intake = office.intake(intake_id)
    assert (intake.status, intake.refusal, intake.file_key) == (
        IntakeStatus.REFUSED,
        "This file is damaged.",
        None,
    )
    assert (office.count(Report), office.kept()) == (0, set())


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("read", [at_once, refusing])
def test_killed_at_any_statement_or_commit_it_is_one_report_or_one_refusal(office: Office, read: Any) -> None:
    for at in range(1, MOST):
        intake_id = office.receive(TEXT.format(at))

        def die(desk: Desk, engine: Engine, at: int = at) -> None:
            _dying_at(engine, at)
            read_waiting(replace(desk, read=read))

        killed = office.in_another_process(die)
        end_the_leases(office)
        read_waiting(replace(office.desk, read=read))
        ended = office.intake(intake_id)
        assert ended.status is (IntakeStatus.READ if read is at_once else IntakeStatus.REFUSED), f"at step {at}"
        assert ended.tries <= 2
        reports = at if read is at_once else 0
        assert (office.count(Report), office.count(ActionPoint)) == (reports, reports), f"at step {at}"
        assert len(office.kept()) == reports, f"a file too many at step {at}"
        if not killed:
            break
        assert killed == signal.SIGKILL
    else:
        pytest.fail("it never came to its end")
    assert at > 10  # it did die at many places
    with office.work() as session:
        assert audit.faults(session, office.council.id) == []


def _dying_at(engine: Engine, at: int) -> None:
    """Let this process be killed before its n-th statement or commit."""
    count = 0

    def step(*_arguments: Any) -> None:
        nonlocal count
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "before_cursor_execute", step)
    event.listen(engine, "commit", step)


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_file_that_kills_its_reader_each_time_is_refused_with_one_sentence(office: Office) -> None:
    intake_id = office.receive(TEXT)

    def kill(data: bytes, name: str, seconds: float) -> Reading:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    for _ in range(MOST_TRIES):
        assert office.in_another_process(lambda desk, _engine: _read(desk, kill)) == signal.SIGKILL
        end_the_leases(office)
    assert office.in_another_process(lambda desk, _engine: _read(desk, kill)) == 0
    intake = office.intake(intake_id)
    assert (intake.status, intake.refusal) == (IntakeStatus.REFUSED, STOPPED)
    assert (office.count(Report), office.kept()) == (0, set())


def _read(desk: Desk, read: Any) -> None:
    read_waiting(replace(desk, read=read))


def test_many_readers_at_once_make_one_report_of_each_document(office: Office) -> None:
    desk = replace(office.desk, seconds=30)
    for number in range(12):
        office.receive(TEXT.format(number))
    readers = [threading.Thread(target=read_waiting, args=(desk,)) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert (office.count(Report), office.count(ActionPoint)) == (12, 12)
    with office.work() as session:
        assert {intake.tries for intake in session.scalars(select(Intake))} == {1}
        assert audit.faults(session, office.council.id) == []


def test_a_reader_that_lost_its_lease_writes_nothing(office: Office) -> None:
    intake_id = office.receive(TEXT)
    with office.work() as session:
        late = intakes.claim_next(session, waited=0, hold=0)
    assert late is not None
    reading = read_bytes(TEXT.encode())
    read_waiting(office.desk)
    with office.work() as session:
        assert not intakes.finish(session, late, reading, now=office.desk.clock.now())
        assert not intakes.refuse(session, late, "Too late.", now=office.desk.clock.now())
        intakes.give_back(session, late)
    assert office.intake(intake_id).status is IntakeStatus.READ
    assert office.count(Report) == 1


def test_while_one_holds_a_document_no_other_takes_it(office: Office) -> None:
    office.receive(TEXT)
    with office.work() as session:
        assert intakes.claim_next(session, waited=0, hold=60) is not None
    assert read_waiting(office.desk) == 0


def test_a_document_that_became_a_report_meanwhile_is_that_report(office: Office) -> None:
    intake_id = office.receive(TEXT)
    with office.work() as session:
        services.enter_report(
            session,
            read_bytes(TEXT.encode()),
            office.desk.files.keep(office.council.id, TEXT.encode()),
            council=session.get_one(Council, office.council.id),
            filename="the same.txt",
            by=session.get_one(Person, office.lead.id),
            now=office.desk.clock.now(),
        )
    read_waiting(office.desk)
    intake = office.intake(intake_id)
    assert (intake.status, intake.points, intake.file_key) == (IntakeStatus.READ, None, None)
    assert (office.count(Report), len(office.kept())) == (1, 1)


def test_a_document_whose_file_is_gone_says_so(office: Office) -> None:
    intake_id = office.receive(TEXT)
    office.desk.files.remove(office.intake(intake_id).file_key or "")
    read_waiting(office.desk)
    assert "not there any more" in str(office.intake(intake_id).refusal)


def test_sent_twice_at_the_same_moment_it_is_read_once(office: Office) -> None:
    begun = threading.Barrier(2)
    found: list[int] = []

    def send() -> None:
        begun.wait()
        found.append(office.receive(TEXT))

    senders = [threading.Thread(target=send) for _ in range(2)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert len(set(found)) == 1
    assert (office.count(Intake), len(office.kept())) == (1, 1)


def test_a_scheduler_takes_what_has_waited_for_a_while(office: Office) -> None:
    intake_id = office.receive(TEXT)
    settings = Settings(
        database_url=office.database_url,
        secret_key="x" * 48,
        base_url="https://tracker.westmere.example",
        files=office.desk.files.folder,
        reading_look_seconds=0.6,
    )
    worker = jobs.Worker(settings, office.desk.clock, office.desk.sessions, MemoryMailer(), threading.Event())
    chores.read_reports(worker)
    assert office.intake(intake_id).status is IntakeStatus.WAITING  # the web process has not had its chance yet
    time.sleep(0.31)
    chores.read_reports(worker)
    assert office.intake(intake_id).status is IntakeStatus.READ


def test_a_scheduler_that_is_to_end_begins_no_other_document(office: Office) -> None:
    office.receive(TEXT)
    assert read_waiting(office.desk, stopping=lambda: True) == 0
