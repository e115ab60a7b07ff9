"""Documents on their way in: received by a page, claimed by a reader under a lease, ended as a report or refused.

Every time of a lease is the database's own (as in the outbox of mails). A claim makes ``free_at`` the end of the
lease, so a document whose reader died is found by the same question as one that waits.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker import audit
from tracker.adapters.files import Files, StoredFile
from tracker.errors import DocumentTooLarge, UnreadableDocument
from tracker.models import Council, Intake, Person
from tracker.models.intake import UNDER_WAY
from tracker.models.portable import database_time
from tracker.reports import queries, services
from tracker.reports.reading import MAX_BYTES, Reading
from tracker.reports.reading.formats import EMPTY, REFUSED
from tracker.terms import IntakeStatus


@dataclass(frozen=True)
class Received:
    """What became of a document that was sent in: it is on its way, or a report was made of it before."""

    intake: Intake | None
    report_id: int | None = None


@dataclass(frozen=True)
class Claim:
    """A document held by one reader until the lease ends."""

    intake_id: int
    council_id: int
    token: str
    file_key: str
    filename: str
    tries: int  # with this one


def receive(
    session: Session, files: Files, *, council: Council, data: bytes, filename: str, by: Person, now: datetime
) -> Received:
    """Keep a document and write that it is to be read.

    The same file leads to the report that was made of it, or to its reading that is under way. Raises
    UnreadableDocument for what can be told at once: empty, too large, a kind of file that is never read.
    """
    refuse_at_sight(data)
    digest = hashlib.sha256(data).hexdigest()
    known = queries.same_document(session, digest)
    if known is not None:
        return Received(None, known.id)
    under_way = queries.under_way(session, digest)
    if under_way is not None:
        return Received(under_way)
    return Received(_write(session, files.keep(council.id, data), files, filename, by=by, now=now))


def refuse_at_sight(data: bytes) -> None:
    """Raise UnreadableDocument with a sentence for what the first bytes tell."""
    if len(data) > MAX_BYTES:
        raise DocumentTooLarge
    if not data.strip():
        raise UnreadableDocument(EMPTY)
    for beginning, sentence in REFUSED:
        if data.startswith(beginning):
            raise UnreadableDocument(sentence)


def claim_next(session: Session, *, waited: float, hold: float) -> Claim | None:
    """Take the document that has waited longest, and at least so many seconds, whoever else is taking one."""
    now = _clock(session)
    chosen = session.scalar(
        select(Intake)
        .where(UNDER_WAY, Intake.free_at <= now - timedelta(seconds=waited))
        .order_by(Intake.free_at, Intake.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if chosen is None:
        return None
    token = secrets.token_urlsafe(16)
    chosen.status, chosen.lease_token = IntakeStatus.READING, token
    chosen.free_at = now + timedelta(seconds=hold)
    chosen.tries += 1
    return Claim(chosen.id, chosen.council_id, token, chosen.file_key or "", chosen.filename, chosen.tries)


def finish(session: Session, claim: Claim, reading: Reading, *, now: datetime) -> bool:
    """Make the report of what was read. Returns False, and writes nothing, where the lease has gone to another."""
    intake = _held(session, claim)
    if intake is None:
        return False
    # One report at a time a council: two at once would take the same code.
    question = select(Council).where(Council.id == intake.council_id)
    council = session.scalars(question.with_for_update(key_share=True)).one()
    known = queries.same_document(session, intake.sha256)
    if known is None and intake.file_key is not None:
        stored = StoredFile(intake.file_key, intake.media_type, intake.size, intake.sha256)
        added = services.enter_report(
            session, reading, stored, council=council, filename=intake.filename, by=intake.added_by, now=now
        )
        intake.report_id, intake.points, intake.file_key = added.report.id, added.points, None
    elif known is not None:
        intake.report_id = known.id
    _end(intake, IntakeStatus.READ, now)
    return True


def refuse(session: Session, claim: Claim, sentence: str, *, now: datetime) -> bool:
    """Write why a document could not be read. Returns False where the lease has gone to another."""
    intake = _held(session, claim)
    if intake is None:
        return False
    intake.refusal = sentence
    _end(intake, IntakeStatus.REFUSED, now)
    audit.record(
        session, intake, "refused", f"could not read the file {intake.filename}", by=None, at=now, note=sentence
    )
    return True


def give_back(session: Session, claim: Claim) -> None:
    """Let the next reader try: something failed that has nothing to do with the document, or perhaps with it."""
    intake = _held(session, claim)
    if intake is not None:
        intake.status, intake.lease_token, intake.free_at = IntakeStatus.WAITING, None, _clock(session)


def dismiss(session: Session, intake: Intake, *, by: Person, now: datetime) -> None:
    """Take a refusal off the lists, once it was seen."""
    if intake.status is IntakeStatus.REFUSED and intake.dismissed_at is None:
        intake.dismissed_at = now
        audit.record(session, intake, "dismissed", f"put away that {intake.filename} could not be read", by=by, at=now)


def _write(session: Session, stored: StoredFile, files: Files, filename: str, *, by: Person, now: datetime) -> Intake:
    intake = Intake(
        council_id=by.council_id,
        filename=filename,
        media_type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
        file_key=stored.key,
        added_by_id=by.id,
        added_at=now,
        free_at=_clock(session),
    )
    try:
        with session.begin_nested():
            session.add(intake)
    except IntegrityError:  # sent twice at the same moment, and the other was first
        files.remove(stored.key)
        return queries.under_way(session, stored.sha256) or intake
    audit.record(
        session, intake, "received", f"sent in {filename} to be read", by=by, at=now, after={"sha256": stored.sha256}
    )
    return intake


def _held(session: Session, claim: Claim) -> Intake | None:
    question = select(Intake).where(Intake.id == claim.intake_id, Intake.lease_token == claim.token)
    return session.scalar(question.with_for_update())


def _end(intake: Intake, status: IntakeStatus, now: datetime) -> None:
    intake.status, intake.lease_token, intake.finished_at = status, None, now


def _clock(session: Session) -> datetime:
    return session.scalars(select(database_time(session.get_bind().dialect.name))).one()
