"""Reading in the background: claim a document, read it outside any transaction, write what became of it.

A process may be killed at any instruction: the document's lease ends, and whoever looks next reads it again. The
report, its points and the end of the lease are one transaction, so that however often it is read it is one report.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from tracker.adapters.files import Files
from tracker.clock import Clock
from tracker.errors import NotFound, UnreadableDocument
from tracker.models import Intake, work_for_all
from tracker.models.intake import UNDER_WAY
from tracker.models.transactions import write_for
from tracker.reports import intakes
from tracker.reports.intakes import Claim
from tracker.reports.reading import Reading, read_safely
from tracker.terms import IntakeStatus

log = logging.getLogger(__name__)

MOST_TRIES = 3
STOPPED = (
    "Reading this file was begun three times and never came to an end. "
    "Save it again as a PDF, or paste the report's text."
)


class Read(Protocol):
    """Reads a document within so many seconds, or refuses it."""

    def __call__(self, data: bytes, name: str, seconds: float, /) -> Reading:
        """Return what was read. Raises UnreadableDocument."""


@dataclass
class Desk:
    """What a reader works with. ``seconds``: the longest a reading may take; a document is held for twice as long."""

    sessions: sessionmaker[Session]
    files: Files
    clock: Clock
    seconds: float
    read: Read = read_safely


def read_waiting(desk: Desk, *, waited: float = 0, stopping: Callable[[], bool] = lambda: False) -> int:
    """Read what has waited at least so many seconds, one after the other, until nothing waits; return how many.

    Any number of processes may do this at once.
    """
    number = 0
    while not stopping() and (claim := _claim(desk, waited)):
        _read(desk, claim)
        number += 1
    _clear(desk)
    return number


def _claim(desk: Desk, waited: float) -> Claim | None:
    with desk.sessions() as session:  # mostly nothing waits: that is told without making other writers wait
        work_for_all(session)
        if session.scalar(select(Intake.id).where(UNDER_WAY).limit(1)) is None:
            return None
    with write_for(desk.sessions) as session:
        return intakes.claim_next(session, waited=waited, hold=2 * desk.seconds)


def _read(desk: Desk, claim: Claim) -> None:
    try:
        _finish(desk, claim)
    except Exception:  # one document that cannot be dealt with must not hold up the others
        log.exception("document %s could not be dealt with, try %s of %s", claim.intake_id, claim.tries, MOST_TRIES)
        with write_for(desk.sessions, claim.council_id) as session:
            intakes.give_back(session, claim)


def _finish(desk: Desk, claim: Claim) -> None:
    try:
        reading = _reading(desk, claim)
    except (UnreadableDocument, NotFound) as refused:
        with write_for(desk.sessions, claim.council_id) as session:
            intakes.refuse(session, claim, refused.sentence, now=desk.clock.now())
        return
    with write_for(desk.sessions, claim.council_id) as session:
        if not intakes.finish(session, claim, reading, now=desk.clock.now()):
            log.warning("document %s was taken over by another reader", claim.intake_id)


def _reading(desk: Desk, claim: Claim) -> Reading:
    if claim.tries > MOST_TRIES:
        raise UnreadableDocument(STOPPED)
    return desk.read(desk.files.read(claim.file_key), claim.filename, desk.seconds)


def _clear(desk: Desk) -> None:
    """Remove the files of documents that did not become a report. Killed in between, it is done the next time."""
    ended = select(Intake).where(
        Intake.file_key.is_not(None), Intake.status.in_((IntakeStatus.READ, IntakeStatus.REFUSED))
    )
    with desk.sessions() as session:
        work_for_all(session)
        if session.scalar(ended.limit(1)) is None:
            return
    with write_for(desk.sessions) as session:
        for intake in session.scalars(ended.with_for_update(skip_locked=True)):
            desk.files.remove(intake.file_key or "")
            intake.file_key = None
