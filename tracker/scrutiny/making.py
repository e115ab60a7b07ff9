"""Making files in the background: claim one, make it outside any transaction, write what became of it.

A process may be killed at any instruction: the file's lease ends, and whoever looks next makes it again. It is made
from what was frozen, so that however often it is made it is the same. What is made, and how, is a ``Kind``: the
documents of committee reports here, the packs for inspections in the stage above.
"""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, joinedload, sessionmaker

from tracker.adapters.files import Files, StoredFile
from tracker.clock import Clock
from tracker.errors import TrackerError
from tracker.models import CommitteeDocument, CommitteeReport, Meeting, ToBeMade, work_for, work_for_all
from tracker.models.portable import database_time
from tracker.models.transactions import write_for
from tracker.scrutiny.document import Document
from tracker.scrutiny.papers import laid_out
from tracker.scrutiny.rendering import render
from tracker.terms import DocumentForm, DocumentStatus

log = logging.getLogger(__name__)

MOST_TRIES = 3
LEASE = timedelta(minutes=5)
STOPPED = "Making this document was begun three times and never came to an end. Ask for it again."
TO_BE_MADE = (DocumentStatus.WAITING, DocumentStatus.MAKING)


class LeaseLost(Exception):
    """Somebody else has the file in hand, or it was asked for again: what is being made is nobody's any more."""


@dataclass(frozen=True)
class Kind:
    """One table of files, and what makes one of them. It is called outside any transaction and keeps the file."""

    table: type[ToBeMade]
    make: Callable[["Desk", "Claimed"], StoredFile]


@dataclass(frozen=True)
class Claimed:
    """A file in hand, until its lease ends."""

    kind: Kind
    row_id: int
    council_id: int
    token: str
    tries: int


@dataclass(frozen=True)
class Desk:
    """What files are made with, and which. ``draw`` gives a document as a file."""

    sessions: sessionmaker[Session]
    files: Files
    clock: Clock
    draw: Callable[[Document, DocumentForm], bytes] = render
    kinds: tuple[Kind, ...] = field(default_factory=lambda: (PAPERS,))


def make_waiting(desk: Desk, *, waited: float = 0, stopping: Callable[[], bool] = lambda: False) -> int:
    """Make what has waited at least so many seconds, one after the other, until nothing waits; return how many."""
    number = 0
    while not stopping() and (claimed := _claim(desk, waited)):
        _make(desk, claimed)
        number += 1
    return number


def still_held(desk: Desk, claimed: Claimed, **values: int | str | None) -> None:
    """Note how far a long work is, or what it lacks, and hold the file for another while.

    Raises LeaseLost where it is not held.
    """
    table = claimed.kind.table
    with write_for(desk.sessions, claimed.council_id) as session:
        until = _now(session) + LEASE
        row = session.scalar(
            update(table)
            .where(table.id == claimed.row_id, table.lease_token == claimed.token)
            .values(lease_until=until, **values)
            .returning(table.id)
        )
    if row is None:
        raise LeaseLost


def _claim(desk: Desk, waited: float) -> Claimed | None:
    return next((claimed for kind in desk.kinds if (claimed := _claim_of(desk, kind, waited))), None)


def _claim_of(desk: Desk, kind: Kind, waited: float) -> Claimed | None:
    table = kind.table
    with desk.sessions() as session:  # mostly nothing waits: that is told without making other writers wait
        work_for_all(session)
        if session.scalar(select(table.id).where(table.status.in_(TO_BE_MADE)).limit(1)) is None:
            return None
    with write_for(desk.sessions) as session:
        now = _now(session)
        row = session.scalar(
            select(table)
            .where(
                table.status.in_(TO_BE_MADE),
                table.asked_at <= now - timedelta(seconds=waited),
                or_(table.lease_until.is_(None), table.lease_until <= now),
            )
            .order_by(table.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if row is None:
            return None
        row.status, row.lease_until = DocumentStatus.MAKING, now + LEASE
        row.lease_token = secrets.token_urlsafe(16)
        row.attempts += 1
        return Claimed(kind, row.id, row.council_id, row.lease_token, row.attempts)


def _make(desk: Desk, claimed: Claimed) -> None:
    try:
        if claimed.tries > MOST_TRIES:
            _fail(desk, claimed, STOPPED)
            return
        _keep(desk, claimed, claimed.kind.make(desk, claimed))
    except LeaseLost:
        return
    except TrackerError as refused:
        _fail(desk, claimed, refused.sentence)
    except Exception:  # one file that cannot be made must not hold up the others
        name = claimed.kind.table.__name__
        log.exception("%s %s could not be made, try %s of %s", name, claimed.row_id, claimed.tries, MOST_TRIES)
        _give_back(desk, claimed)


def _paper(desk: Desk, claimed: Claimed) -> StoredFile:
    """Draw a document of a committee report."""
    with desk.sessions() as session:
        work_for(session, claimed.council_id)
        row = session.get_one(CommitteeDocument, claimed.row_id)
        with_meeting = joinedload(CommitteeReport.meeting).joinedload(Meeting.committee)
        document = laid_out(session.get_one(CommitteeReport, row.report_id, options=[with_meeting]), row.part)
        form = row.form
    return desk.files.keep(claimed.council_id, desk.draw(document, form))


PAPERS: Kind = Kind(CommitteeDocument, _paper)


def _keep(desk: Desk, claimed: Claimed, stored: StoredFile) -> None:
    before = _finish(desk, claimed, stored)
    if before:
        desk.files.remove(before)


def _finish(desk: Desk, claimed: Claimed, stored: StoredFile) -> str | None:
    """Write that it is made; return the file that is nobody's any more: the one before, or ours where it came late."""
    with write_for(desk.sessions, claimed.council_id) as session:
        row = _held(session, claimed)
        if row is None:
            return stored.key  # asked for again meanwhile, in other words
        before, row.file_key = row.file_key, stored.key
        row.status, row.lease_token, row.lease_until = DocumentStatus.MADE, None, None
        row.size, row.sha256, row.made_at = stored.size, stored.sha256, desk.clock.now()
        return before


def _fail(desk: Desk, claimed: Claimed, fault: str) -> None:
    with write_for(desk.sessions, claimed.council_id) as session:
        row = _held(session, claimed)
        if row is not None:
            row.status, row.lease_token, row.lease_until = DocumentStatus.FAILED, None, None
            row.fault = fault


def _give_back(desk: Desk, claimed: Claimed) -> None:
    with write_for(desk.sessions, claimed.council_id) as session:
        row = _held(session, claimed)
        if row is not None:
            row.status, row.lease_token, row.lease_until = DocumentStatus.WAITING, None, None


def _held(session: Session, claimed: Claimed) -> ToBeMade | None:
    table = claimed.kind.table
    question = select(table).where(table.id == claimed.row_id, table.lease_token == claimed.token)
    return session.scalar(question.with_for_update())


def _now(session: Session) -> datetime:
    return session.scalars(select(database_time(session.get_bind().dialect.name))).one()
