"""The sweep: writes each morning's reminders with their mails, once, however many processes sweep at the same moment.

What is due is read first; then short transactions write some people's mails, each with its reminders and its history.
The unique keys are the guard. Locks only save work: a council whose mails another process is writing right now is left
to it.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from tracker import audit
from tracker.adapters.mailer import clean_header
from tracker.clock import london_date
from tracker.config import Settings
from tracker.db import writing
from tracker.models import Council, Heartbeat, Person, Reminder, work_for
from tracker.models.portable import insert_new
from tracker.reminders.digests import PlannedDigest, planned_digests
from tracker.reminders.due import batches, works_on
from tracker.reminders.emails import render
from tracker.reminders.outbox import Draft, post
from tracker.reminders.schedule import HEARTBEAT, mail_is_due

log = logging.getLogger(__name__)

PEOPLE_AT_ONCE = 100  # mails a transaction, each whole with its reminders and history: nobody else waits long for it
TRIES = 3  # another process may write between our reading and our writing


class Overtaken(Exception):
    """Another process reminded somebody of the same thing since we read what is due."""


@dataclass(frozen=True)
class Swept:
    """What a sweep wrote: counts of mails and reminders, and the councils it failed for."""

    digests: int = 0
    reminders: int = 0
    failed: tuple[int, ...] = ()


def sweep(sessions: sessionmaker[Session], *, now: datetime, settings: Settings, sign_of_life: bool = True) -> Swept:
    """Write what is due by now for every council, then the heartbeat. Doing it again writes nothing twice.

    One council's failure is logged and does not stop the others; the heartbeat is then left out, so that it shows. A
    sweep by hand is no ``sign_of_life``: it says nothing of the scheduler.
    """
    digests = reminders = 0
    failed = []
    for council_id in _councils(sessions) if mail_is_due(now, settings.mail_hour) else []:
        try:
            written = remind_council(sessions, council_id, now=now, settings=settings)
        except Exception:
            log.exception("reminders of council %s could not be written", council_id)
            failed.append(council_id)
        else:
            digests += len(written)
            reminders += sum(len(planned.reminders) for planned in written)
    if sign_of_life and not failed:
        _beat(sessions, now)
    return Swept(digests, reminders, tuple(failed))


def remind_council(
    sessions: sessionmaker[Session], council_id: int, *, now: datetime, settings: Settings
) -> list[PlannedDigest]:
    """Write one council's reminders and mails of this London day, and return what was written by this process."""
    written: list[PlannedDigest] = []
    for left in reversed(range(TRIES)):
        planned = _read(sessions, council_id, london_date(now))
        try:
            for some in batches(planned, PEOPLE_AT_ONCE):
                with _council_session(sessions, council_id) as session, session.begin():
                    written += _write(session, council_id, some, now=now, settings=settings)
        except (Overtaken, IntegrityError, OperationalError):
            if not left:
                raise
        else:
            break
    return written


def _read(sessions: sessionmaker[Session], council_id: int, day: date) -> list[PlannedDigest]:
    with _council_session(sessions, council_id) as session:
        council = session.scalars(select(Council).where(Council.id == council_id)).one()
        planned = planned_digests(session, council, day)
        # The calendar is asked last: it takes a second to load, and most sweeps find nothing to say.
        return planned if planned and works_on(session, council, day) else []


def _write(
    session: Session, council_id: int, planned: Sequence[PlannedDigest], *, now: datetime, settings: Settings
) -> list[PlannedDigest]:
    drafts = [_draft(council_id, item, settings.base_url) for item in planned]
    writing(session)
    # Rows of others may still refer to the council meanwhile; only a second sweep is kept out.
    free = select(Council.id).where(Council.id == council_id).with_for_update(key_share=True, skip_locked=True)
    if session.scalar(free) is None:
        return []
    messages = post(session, drafts, now=now, host=settings.host)
    mine = [item for item in planned if item.dedupe_key in messages]
    rows = [
        {
            "council_id": council_id,
            "action_id": reminder.action_id,
            "person_id": reminder.person_id,
            "stage": reminder.stage,
            "about_date": reminder.about_date,
            "message_id": messages[item.dedupe_key],
            "created_at": now,
        }
        for item in mine
        for reminder in item.reminders
    ]
    new = insert_new(session, Reminder).returning(Reminder.__table__.c.id)
    if rows and len(session.execute(new, rows).all()) < len(rows):
        raise Overtaken
    _record(session, mine, now)
    return mine


def _record(session: Session, written: Sequence[PlannedDigest], now: datetime) -> None:
    """Append to the history whom the service wrote to about what. Last, since it holds the council's chain."""
    people = {
        person.id: person
        for chunk in batches([item.digest.person_id for item in written])
        for person in session.scalars(select(Person).where(Person.id.in_(chunk)))
    }
    for item in written:
        references = [entry.reference for entry in (*item.digest.yours, *item.digest.as_lead)]
        audit.record(
            session,
            people[item.digest.person_id],
            "reminded",
            f"wrote to {item.digest.person_name} about {', '.join(references)}",
            by=None,
            at=now,
            after={"mail": item.dedupe_key, "reminders": len(item.reminders)},
        )


def _draft(council_id: int, planned: PlannedDigest, base_url: str) -> Draft:
    mail = render(planned.digest, base_url)
    return Draft(
        council_id=council_id,
        dedupe_key=planned.dedupe_key,
        person_id=planned.digest.person_id,
        to_address=planned.digest.to_address,
        subject=clean_header(mail.subject),
        text=mail.text,
    )


def _councils(sessions: sessionmaker[Session]) -> Sequence[int]:
    with sessions() as session:
        return session.scalars(select(Council.id).order_by(Council.id)).all()


def _beat(sessions: sessionmaker[Session], now: datetime) -> None:
    with sessions.begin() as session:
        writing(session)
        new = insert_new(session, Heartbeat).values(name=HEARTBEAT, at=now)
        if not session.execute(new.returning(Heartbeat.__table__.c.name)).all():
            session.merge(Heartbeat(name=HEARTBEAT, at=now))


@contextmanager
def _council_session(sessions: sessionmaker[Session], council_id: int) -> Iterator[Session]:
    with sessions() as session:
        work_for(session, council_id)
        yield session
