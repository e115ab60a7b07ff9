"""Files that were added are held until a virus scanner has passed them, where one is set up."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from tracker import audit
from tracker.adapters.files import Files
from tracker.adapters.scanner import Scanner
from tracker.clock import Clock
from tracker.errors import NotFound
from tracker.models import Action, Evidence, work_for_all
from tracker.models.transactions import write_for
from tracker.terms import Scan

AT_ONCE = 20  # files in one round
SAID = {
    Scan.PASSED: "scanned and passed",
    Scan.REFUSED: "scanned and held back",
    Scan.NOT_SET_UP: "gave out, since no scanner is set up any more,",
}


def scan_waiting(sessions: sessionmaker[Session], files: Files, scanner: Scanner, clock: Clock) -> int:
    """Ask the scanner about the files that wait, each outside any transaction; return how many it answered for."""
    with sessions() as session:
        work_for_all(session)
        question = select(Evidence.id, Evidence.file_key).where(Evidence.scan == Scan.WAITING)
        # In any order: files the scanner has no answer for must not keep the others waiting.
        waiting = session.execute(question.order_by(func.random()).limit(AT_ONCE)).all()
    answered = 0
    for evidence_id, key in waiting:
        found = _look(files, scanner, key)
        if found is not Scan.WAITING:
            _write(sessions, evidence_id, found, clock)
            answered += 1
    return answered


def give_free(sessions: sessionmaker[Session], clock: Clock) -> None:
    """Give out what waits for a scanner that is set up no more: as files are given out that were never scanned."""
    with sessions() as session:
        work_for_all(session)
        waiting = session.scalars(select(Evidence.id).where(Evidence.scan == Scan.WAITING).limit(AT_ONCE)).all()
    for evidence_id in waiting:
        _write(sessions, evidence_id, Scan.NOT_SET_UP, clock)


def _look(files: Files, scanner: Scanner, key: str | None) -> Scan:
    try:
        return scanner.scan(files.read(key or ""))
    except NotFound:
        return Scan.REFUSED  # it is not there to be given out either


def _write(sessions: sessionmaker[Session], evidence_id: int, found: Scan, clock: Clock) -> None:
    with write_for(sessions) as session:
        row = session.get_one(Evidence, evidence_id)
        session.refresh(row, with_for_update=True)
        if row.scan is not Scan.WAITING:
            return  # another scheduler was quicker
        row.scan = found
        sentence = f"{SAID[found]} the file {row.filename}"
        action = session.get_one(Action, row.action_id)
        audit.record(session, action, "evidence_scanned", sentence, by=None, at=clock.now(), after={"scan": found})
