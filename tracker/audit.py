"""The append-only history: every change has a who, a when, a how, and the digest of the change before it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.models import (
    Action,
    ActionPoint,
    Committee,
    CommitteeReport,
    Council,
    HistoryEntry,
    HistoryHead,
    Intake,
    Person,
    Question,
    Report,
)
from tracker.terms import How

FIRST_DIGEST = "0" * 64
THE_SERVICE = "The service"
WAY = "the way its changes come in"  # of a session
_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode  # made once: a history has a million rows

Subject = Action | ActionPoint | Intake | Report | Person | Council | Committee | CommitteeReport | Question
NAMES: dict[type[Any], str] = {
    Action: "action",
    ActionPoint: "action_point",
    Intake: "intake",
    Report: "report",
    Person: "person",
    Council: "council",
    Committee: "committee",
    CommitteeReport: "committee_report",
    Question: "question",
}


def comes_in_by(session: Session, how: How) -> None:
    """Say by which way the changes of this session come in, where that is not a page: every verb then records it."""
    session.info[WAY] = how


def way_of(session: Session) -> How:
    """Return the way by which the changes of this session come in."""
    way: How = session.info.get(WAY, How.PAGE)
    return way


def record(
    session: Session,
    subject: Subject,
    verb: str,
    sentence: str,
    *,
    by: Person | None,
    at: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    note: str | None = None,
    outsider: str | None = None,
) -> HistoryEntry:
    """Append one change to the council's history, in the transaction of the change itself.

    ``sentence`` is read after the person's name: "claimed that it is done". ``by`` is None where the service acted, or
    somebody without an account, who is then named as ``outsider``.
    """
    session.flush()  # a new subject has no id before
    council_id = subject.id if isinstance(subject, Council) else subject.council_id
    name = NAMES[type(subject)]
    head = hold_head(session, council_id)
    entry = HistoryEntry(
        council_id=council_id,
        sequence=head.sequence + 1,
        at=at,
        person_id=by.id if by else None,
        person_name=by.name if by else outsider or THE_SERVICE,
        how=way_of(session) if by or outsider else How.SYSTEM,
        subject=name,
        subject_id=subject.id,
        kind=f"{name}:{verb}",
        sentence=sentence,
        before=_plain(before),
        after=_plain(after),
        note=note,
        previous_digest=head.digest,
    )
    entry.digest = digest_of(entry)
    head.sequence, head.digest = entry.sequence, entry.digest
    session.add(entry)
    return entry


@dataclass(frozen=True)
class Change:
    """One of many changes that are recorded together."""

    subject: Subject
    verb: str
    sentence: str
    after: Mapping[str, object] | None = None
    note: str | None = None


def record_many(
    session: Session, council_id: int, changes: Sequence[Change], *, by: Person | None, at: datetime
) -> None:
    """Append many changes of one council at once: thousands of rows in one go, linked like any others.

    The subjects must have their ids. ``by`` is None where the service acted.
    """
    head = hold_head(session, council_id)
    for change in changes:
        name = NAMES[type(change.subject)]
        entry = HistoryEntry(
            council_id=council_id,
            sequence=head.sequence + 1,
            at=at,
            person_id=by.id if by else None,
            person_name=by.name if by else THE_SERVICE,
            how=way_of(session) if by else How.SYSTEM,
            subject=name,
            subject_id=change.subject.id,
            kind=f"{name}:{change.verb}",
            sentence=change.sentence,
            before=None,
            after=_plain(change.after),
            note=change.note,
            previous_digest=head.digest,
        )
        entry.digest = digest_of(entry)
        head.sequence, head.digest = entry.sequence, entry.digest
        session.add(entry)


def hold_head(session: Session, council_id: int) -> HistoryHead:
    """Make every other writer of a council's history wait for us, and return the note of its last row.

    Whoever takes mails as well (a sweep, a marking, a hand) takes this first, so that nobody waits in a ring. What is
    read after it cannot be changed by another verb before our commit.
    """
    question = select(HistoryHead).where(HistoryHead.council_id == council_id).with_for_update()
    # What this session read of the head before it had the lock may be another writer's past.
    head = session.scalar(question.execution_options(populate_existing=True))
    if head is not None:
        return head
    try:
        with session.begin_nested():
            session.add(HistoryHead(council_id=council_id, sequence=0, digest=FIRST_DIGEST))
    except IntegrityError:  # another writer made the council's first link meanwhile
        pass
    return session.scalars(question.execution_options(populate_existing=True)).one()


def digest_of(entry: HistoryEntry) -> str:
    """Return the SHA-256 of everything a row says, and of the digest before it."""
    words = [
        entry.council_id,
        entry.sequence,
        entry.at.astimezone(UTC).isoformat(),  # as it is read back, whatever zone it was given in
        entry.person_id,
        entry.person_name,
        entry.how.value,
        entry.subject,
        entry.subject_id,
        entry.kind,
        entry.sentence,
        entry.before,
        entry.after,
        entry.note,
        entry.previous_digest,
    ]
    return hashlib.sha256(_canonical(words).encode()).hexdigest()


def faults(session: Session, council_id: int) -> list[str]:
    """Walk a council's history and say, a sentence each, where a row was changed, removed or put in between."""
    found: list[str] = []
    expected, previous = 1, FIRST_DIGEST
    rows = session.scalars(
        select(HistoryEntry)
        .where(HistoryEntry.council_id == council_id)
        .order_by(HistoryEntry.sequence)
        .execution_options(yield_per=500)
    )
    for entry in rows:
        if entry.sequence != expected:
            found.append(f"Rows {expected} to {entry.sequence - 1} are missing.")
        elif entry.previous_digest != previous:
            found.append(f"Row {entry.sequence} does not follow from the row before it.")
        if digest_of(entry) != entry.digest:
            found.append(f"Row {entry.sequence} was changed after it was written.")
        expected, previous = entry.sequence + 1, entry.digest
    head = session.scalar(select(HistoryHead).where(HistoryHead.council_id == council_id))
    if head is None:
        return [*found, "The note of the last row is missing."] if expected > 1 else found
    if (head.sequence, head.digest) != (expected - 1, previous):
        found.append(f"The last row is {expected - 1}, but {head.sequence} were written.")
    return found


def history_of(session: Session, *subjects: tuple[str, int]) -> list[HistoryEntry]:
    """Return the history of the things named, newest first."""
    entries: list[HistoryEntry] = []
    for name, subject_id in subjects:
        entries += session.scalars(
            select(HistoryEntry)
            .where(HistoryEntry.subject == name, HistoryEntry.subject_id == subject_id)
            .order_by(HistoryEntry.sequence.desc())
        )
    return sorted(entries, key=lambda entry: entry.sequence, reverse=True)


def _plain(values: Mapping[str, object] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {
        key: value if value is None or isinstance(value, int | float | bool) else str(value)
        for key, value in values.items()
    }
