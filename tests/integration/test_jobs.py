"""What the scheduler does beside reminding: it ends pauses whose day has come, and asks the scanner about files."""

import shlex
import sys
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from tests.factories import make_action, make_council, make_pause, make_question
from tracker import chores, jobs
from tracker.actions import evidence
from tracker.adapters.files import Files
from tracker.adapters.mailer import MemoryMailer
from tracker.clock import FixedClock
from tracker.config import Settings
from tracker.models import Action, QuestionReminder
from tracker.terms import Delivery, Scan, Stage

MORNING = datetime(2026, 12, 20, 0, 30, tzinfo=UTC)


@pytest.fixture
def worker(database_url: str, sessions: sessionmaker[Session], tmp_path: Path) -> jobs.Worker:
    settings = Settings(
        database_url=database_url, secret_key="s" * 40, base_url="http://localhost", files=tmp_path / "files"
    )
    return jobs.Worker(settings, FixedClock(MORNING), sessions, MemoryMailer(), threading.Event())


@pytest.fixture
def action(session: Session) -> Action:
    made = make_action(session, make_council(session))
    session.commit()
    return made


def test_a_pause_ends_on_its_review_date_once_however_often_it_is_looked(
    worker: jobs.Worker, session: Session, action: Action
) -> None:
    make_pause(session, action, review_date=date(2026, 12, 20))
    later = make_action(session, make_council(session))
    make_pause(session, later, review_date=date(2026, 12, 21))
    session.commit()
    for _ in range(2):
        chores.end_pauses(worker)
    session.expire_all()
    assert (action.delivery, later.delivery) == (Delivery.IN_PROGRESS, Delivery.PAUSED)


def test_the_scheduler_and_the_command_line_say_what_scrutiny_has_to_say(
    worker: jobs.Worker, session: Session, action: Action
) -> None:
    monday = datetime(2026, 12, 21, 9, tzinfo=UTC)
    for due in (date(2026, 12, 21), date(2026, 12, 22)):
        make_question(session, action, due_on=due)
    session.commit()
    jobs.remind(replace(worker, clock=FixedClock(monday)))
    jobs.run_once(worker.settings, monday + timedelta(days=1))
    told = session.execute(select(QuestionReminder.stage, QuestionReminder.about_date).order_by(QuestionReminder.id))
    assert [tuple(row) for row in told] == [
        (Stage.ON_THE_DAY, date(2026, 12, 21)),
        (Stage.BEFORE, date(2026, 12, 21)),
        (Stage.ON_THE_DAY, date(2026, 12, 22)),
    ]


def test_files_are_scanned_only_where_a_scanner_is_set_up(
    worker: jobs.Worker, session: Session, action: Action
) -> None:
    files = Files(worker.settings.files)
    (row,) = evidence.attach(
        session, files, action, [evidence.Upload("log.txt", b"log")], by=action.owner, now=MORNING, scan=Scan.WAITING
    )
    session.commit()
    scanner = worker.settings
    worker.settings = replace(scanner, scanner=shlex.join([sys.executable, "-c", "import sys; sys.exit(2)"]))
    chores.scan_files(worker)
    session.rollback()
    session.refresh(row)
    assert row.scan is Scan.WAITING
    worker.settings = replace(scanner, scanner=shlex.join([sys.executable, "-c", "pass"]))
    chores.scan_files(worker)
    session.rollback()
    session.refresh(row)
    assert row.scan is Scan.PASSED


def test_what_waited_for_a_scanner_that_is_set_up_no_more_is_given_out(
    worker: jobs.Worker, session: Session, action: Action
) -> None:
    (row,) = evidence.attach(
        session, Files(worker.settings.files), action, [evidence.Upload("log.txt", b"log")], by=action.owner,
        now=MORNING, scan=Scan.WAITING,
    )  # fmt: skip
    session.commit()
    chores.scan_files(worker)
    session.rollback()
    session.refresh(row)
    assert row.scan is Scan.NOT_SET_UP


def test_every_job_of_the_schedule_goes_through_on_an_empty_database(worker: jobs.Worker) -> None:
    for job in jobs.SCHEDULE:
        job.work(worker)
        assert job.every(worker.settings) > 0
