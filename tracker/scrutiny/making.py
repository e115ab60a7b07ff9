"""Making documents in the background: claim one, draw it outside any transaction, write what became of it.

A process may be killed at any instruction: the document's lease ends, and whoever looks next makes it again. It is
drawn from what was frozen, so that however often it is made it is the same.
"""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, sessionmaker

from tracker.adapters.files import Files, StoredFile
from tracker.clock import Clock
from tracker.errors import TrackerError
from tracker.models import CommitteeDocument, CommitteeReport, Meeting, work_for, work_for_all
from tracker.models.portable import database_time
from tracker.models.transactions import write_for
from tracker.scrutiny.document import Document
from tracker.scrutiny.papers import laid_out
from tracker.scrutiny.rendering import render
from tracker.terms import DocumentForm, DocumentPart, DocumentStatus

log = logging.getLogger(__name__)

MOST_TRIES = 3
LEASE = timedelta(minutes=5)
STOPPED = "Making this document was begun three times and never came to an end. Ask for it again."
TO_BE_MADE = CommitteeDocument.status.in_((DocumentStatus.WAITING, DocumentStatus.MAKING))


@dataclass(frozen=True)
class Desk:
    """What documents are made with. ``draw`` gives the file."""

    sessions: sessionmaker[Session]
    files: Files
    clock: Clock
    draw: Callable[[Document, DocumentForm], bytes] = render


@dataclass(frozen=True)
class Claimed:
    """A document in hand, until its lease ends."""

    document_id: int
    report_id: int
    council_id: int
    form: DocumentForm
    part: DocumentPart
    token: str
    tries: int


def make_waiting(desk: Desk, *, waited: float = 0, stopping: Callable[[], bool] = lambda: False) -> int:
    """Make what has waited at least so many seconds, one after the other, until nothing waits; return how many."""
    number = 0
    while not stopping() and (claimed := _claim(desk, waited)):
        _make(desk, claimed)
        number += 1
    return number


def _claim(desk: Desk, waited: float) -> Claimed | None:
    with desk.sessions() as session:  # mostly nothing waits: that is told without making other writers wait
        work_for_all(session)
        if session.scalar(select(CommitteeDocument.id).where(TO_BE_MADE).limit(1)) is None:
            return None
    with write_for(desk.sessions) as session:
        now = session.scalars(select(database_time(session.get_bind().dialect.name))).one()
        document = session.scalar(
            select(CommitteeDocument)
            .where(
                TO_BE_MADE,
                CommitteeDocument.asked_at <= now - timedelta(seconds=waited),
                or_(CommitteeDocument.lease_until.is_(None), CommitteeDocument.lease_until <= now),
            )
            .order_by(CommitteeDocument.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if document is None:
            return None
        document.status, document.lease_until = DocumentStatus.MAKING, now + LEASE
        document.lease_token = secrets.token_urlsafe(16)
        document.attempts += 1
        return Claimed(
            document.id,
            document.report_id,
            document.council_id,
            document.form,
            document.part,
            document.lease_token,
            document.attempts,
        )


def _make(desk: Desk, claimed: Claimed) -> None:
    try:
        if claimed.tries > MOST_TRIES:
            _fail(desk, claimed, STOPPED)
            return
        with desk.sessions() as session:
            work_for(session, claimed.council_id)
            with_meeting = joinedload(CommitteeReport.meeting).joinedload(Meeting.committee)
            document = laid_out(
                session.get_one(CommitteeReport, claimed.report_id, options=[with_meeting]), claimed.part
            )
        _keep(desk, claimed, desk.draw(document, claimed.form))
    except TrackerError as refused:
        _fail(desk, claimed, refused.sentence)
    except Exception:  # one document that cannot be made must not hold up the others
        log.exception("document %s could not be made, try %s of %s", claimed.document_id, claimed.tries, MOST_TRIES)
        _give_back(desk, claimed)


def _keep(desk: Desk, claimed: Claimed, data: bytes) -> None:
    stored = desk.files.keep(claimed.council_id, data)
    before = _finish(desk, claimed, stored)
    if before:
        desk.files.remove(before)


def _finish(desk: Desk, claimed: Claimed, stored: StoredFile) -> str | None:
    """Write that it is made; return the file that is nobody's any more: the one before, or ours where it came late."""
    with write_for(desk.sessions, claimed.council_id) as session:
        document = _held(session, claimed)
        if document is None:
            return stored.key  # asked for again meanwhile, in other words
        before, document.file_key = document.file_key, stored.key
        document.status, document.lease_token, document.lease_until = DocumentStatus.MADE, None, None
        document.size, document.sha256, document.made_at = stored.size, stored.sha256, desk.clock.now()
        return before


def _fail(desk: Desk, claimed: Claimed, fault: str) -> None:
    with write_for(desk.sessions, claimed.council_id) as session:
        document = _held(session, claimed)
        if document is not None:
            document.status, document.lease_token, document.lease_until = DocumentStatus.FAILED, None, None
            document.fault = fault


def _give_back(desk: Desk, claimed: Claimed) -> None:
    with write_for(desk.sessions, claimed.council_id) as session:
        document = _held(session, claimed)
        if document is not None:
            document.status, document.lease_token, document.lease_until = DocumentStatus.WAITING, None, None


def _held(session: Session, claimed: Claimed) -> CommitteeDocument | None:
    question = select(CommitteeDocument).where(
        CommitteeDocument.id == claimed.document_id, CommitteeDocument.lease_token == claimed.token
    )
    return session.scalar(question.with_for_update())
