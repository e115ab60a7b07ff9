"""The readers as they run: a web worker that is killed while it reads leaves the report to a scheduler."""

import os
import signal
import time
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import make_council, make_person
from tests.hostile import Sent
from tests.pages import PASSWORD
from tests.running import Sender, running
from tests.web.conftest import password_hash
from tracker.models import Intake, Report
from tracker.terms import IntakeStatus, Role

SOON = 100  # seconds; a machine may be busy
A_WHILE = b"The council should review the records within three months. " * 12_000  # long enough to be seen at it


def until(session: Session, status: IntakeStatus) -> Intake:
    end = time.monotonic() + SOON
    while time.monotonic() < end:
        found = session.scalars(select(Intake).execution_options(populate_existing=True)).one()
        session.rollback()
        if found.status is status:
            return found
        time.sleep(0.02)
    raise AssertionError(f"it stayed {found.status}: {found.refusal}")


def test_a_worker_that_is_killed_while_it_reads_leaves_the_report_to_a_scheduler(
    session: Session, database_url: str, tmp_path: Path
) -> None:
    lead = make_person(session, make_council(session), Role.LEAD, password_hash=password_hash())
    session.commit()
    settings = {"TRACKER_READING_SECONDS": "9", "TRACKER_READING_LOOK_SECONDS": "0.5"}
    with running(database_url, tmp_path, **settings) as service:
        status, where, _ = Sender(service.url, lead.email, PASSWORD).post(Sent("slow", "report.txt", A_WHILE))
        assert (status, where) == (302, "/reports/adding/1")
        until(session, IntakeStatus.READING)
        for worker in service.workers():
            os.kill(worker, signal.SIGKILL)
        intake = until(session, IntakeStatus.READ)
    assert intake.tries == 2
    assert session.scalar(select(func.count(Report.id))) == 1
