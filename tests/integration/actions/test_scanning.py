"""Where a virus scanner is set up, a file is held until it has passed; a real command is asked."""

import shlex
import sys
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.integration.actions.made import NOW, Desk
from tracker.actions import evidence
from tracker.actions.scanning import scan_waiting
from tracker.adapters.files import Files
from tracker.adapters.scanner import Scanner
from tracker.clock import FixedClock
from tracker.models import Evidence
from tracker.terms import Scan

LOOKS = "import sys; sys.exit(1 if b'EICAR' in sys.stdin.buffer.read() else 0)"
CLOCK = FixedClock(NOW)


def command(code: str) -> Scanner:
    return Scanner(shlex.join([sys.executable, "-c", code]))


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "files")


def added(desk: Desk, files: Files, data: bytes, scan: Scan = Scan.WAITING) -> Evidence:
    uploads = [evidence.Upload("log.txt", data)]
    (row,) = evidence.attach(desk.session, files, desk.action, uploads, by=desk.owner, now=NOW, scan=scan)
    desk.session.commit()
    return row


@pytest.mark.parametrize(("data", "found"), [(b"Log read.", Scan.PASSED), (b"an EICAR file", Scan.REFUSED)])
def test_a_file_is_passed_or_held_back_and_the_history_says_so(
    desk: Desk, files: Files, sessions: sessionmaker[Session], data: bytes, found: Scan
) -> None:
    row = added(desk, files, data)
    assert scan_waiting(sessions, files, command(LOOKS), CLOCK) == 1
    desk.session.refresh(row)
    assert row.scan is found
    last = desk.last()
    assert (last.kind, last.person_name) == ("action:evidence_scanned", "The service")
    assert scan_waiting(sessions, files, command(LOOKS), CLOCK) == 0


@pytest.mark.parametrize("scanner", [command("import sys; sys.exit(2)"), Scanner("/no/such/scanner -")])
def test_a_scanner_that_gives_no_answer_is_asked_again(
    desk: Desk, files: Files, sessions: sessionmaker[Session], scanner: Scanner
) -> None:
    row = added(desk, files, b"Log read.")
    assert scan_waiting(sessions, files, scanner, CLOCK) == 0
    desk.session.refresh(row)
    assert row.scan is Scan.WAITING
    assert scan_waiting(sessions, files, command(LOOKS), CLOCK) == 1


def test_what_was_added_without_a_scanner_is_left_as_it_is(
    desk: Desk, files: Files, sessions: sessionmaker[Session]
) -> None:
    added(desk, files, b"Log read.", Scan.NOT_SET_UP)
    assert scan_waiting(sessions, files, command(LOOKS), CLOCK) == 0


def test_a_file_that_is_gone_is_never_given_out(desk: Desk, files: Files, sessions: sessionmaker[Session]) -> None:
    row = added(desk, files, b"Log read.")
    files.remove(row.file_key or "")
    scan_waiting(sessions, files, command(LOOKS), CLOCK)
    desk.session.refresh(row)
    assert row.scan is Scan.REFUSED
