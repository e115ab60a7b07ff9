"""The sweep: writes each morning's reminders with their mails, once, however many processes sweep at the same moment.

What is due is read first; then short transactions write some people's mails, each with its reminders and its history.
The unique keys are the guard. Locks only save work: a council whose mails another process is writing right now is left
to it.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from time import monotonic
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from tracker.clock import london_date
from tracker.config import Settings
from tracker.db import writing
from tracker.models import Council, Heartbeat, work_for
from tracker.models.portable import insert_new
from tracker.reminders.delivery.outbox import Overtaken
from tracker.reminders.planning.asking import batches
from tracker.reminders.planning.bodies import PlannedLetter, planned_letters
from tracker.reminders.planning.digests import PlannedDigest, planned_digests
from tracker.reminders.planning.due import works_on
from tracker.reminders.stages.schedule import HEARTBEAT, mail_is_due
from tracker.reminders.words import body_mails
from tracker.reminders.words.emails import matter, subject_of
from tracker.reminders.writing import write_digests, write_letters

T = TypeVar("T")

log = logging.getLogger(__name__)

PEOPLE_AT_ONCE = 100  # mails a transaction, each whole with its reminders and history: nobody else waits long for it
TRIES = 3  # another process may write between our reading and our writing


@dataclass(frozen=True)
class Written:
    """A mail that a sweep wrote: to whom, about how many actions, under which subject."""

    person_name: str
    actions: int
    subject: str


@dataclass(frozen=True)
class Swept:
    """What a sweep wrote: counts of mails and reminders, the councils it failed for, and a line for each mail."""

    digests: int = 0
    reminders: int = 0
    failed: tuple[int, ...] = ()
    mails: tuple[Written, ...] = ()


def sweep(sessions: sessionmaker[Session], *, now: datetime, settings: Settings, sign_of_life: bool = True) -> Swept:
    """Write what is due by now for every council, then the heartbeat. Doing it again writes nothing twice.

    One council's failure is logged and does not stop the others; the heartbeat is then left out, so that it shows. A
    sweep by hand is no ``sign_of_life``: it says nothing of the scheduler.
    """
    began, digests, reminders = monotonic(), 0, 0
    failed: list[int] = []
    mails: list[Written] = []
    for council_id in _councils(sessions) if mail_is_due(now, settings.mail_hour) else []:
        try:
            written = remind_council(sessions, council_id, now=now, settings=settings)
            letters = remind_bodies(sessions, council_id, now=now, settings=settings)
        except Exception:
            log.exception("reminders of council %s could not be written", council_id)
            failed.append(council_id)
        else:
            digests += len(written) + len(letters)
            reminders += sum(len(one.reminders) for one in written) + sum(len(one.reminders) for one in letters)
            mails += [_line_of(one) for one in written] + [_line_of_letter(one) for one in letters]
    if sign_of_life and not failed:
        _beat(sessions, now, seconds=monotonic() - began)
    return Swept(digests, reminders, tuple(failed), tuple(mails))


def _line_of(planned: PlannedDigest) -> Written:
    digest = planned.digest
    return Written(digest.person_name, len(digest.items), subject_of(matter(digest), digest.council_name))


def _line_of_letter(planned: PlannedLetter) -> Written:
    letter = planned.letter
    subject = subject_of(body_mails.matter(letter), letter.council_name)
    return Written(letter.to_address, len(planned.reminders), subject)


def remind_council(
    sessions: sessionmaker[Session], council_id: int, *, now: datetime, settings: Settings
) -> list[PlannedDigest]:
    """Write one council's reminders and mails of this London day, and return what was written by this process."""
    return _remind(sessions, council_id, planned_digests, write_digests, now=now, settings=settings)


def remind_bodies(
    sessions: sessionmaker[Session], council_id: int, *, now: datetime, settings: Settings
) -> list[PlannedLetter]:
    """Write the mails to the contacts of a council's bodies, in the same way."""
    return _remind(sessions, council_id, planned_letters, write_letters, now=now, settings=settings)


def _remind(
    sessions: sessionmaker[Session],
    council_id: int,
    plan: Callable[[Session, Council, date], list[T]],
    write: Callable[[Session, Council, Sequence[T], datetime, Settings], list[T]],
    *,
    now: datetime,
    settings: Settings,
) -> list[T]:
    written: list[T] = []
    for left in reversed(range(TRIES)):
        with _council_session(sessions, council_id) as session:
            planned = _due_today(session, council_id, plan, london_date(now))
        try:
            for some in batches(planned, PEOPLE_AT_ONCE):
                with _council_session(sessions, council_id) as session, session.begin():
                    writing(session)
                    council = _free(session, council_id)
                    written += write(session, council, some, now, settings) if council else []
        except (Overtaken, IntegrityError, OperationalError):
            if not left:
                raise
        else:
            break
    return written


def _due_today(
    session: Session, council_id: int, plan: Callable[[Session, Council, date], list[T]], day: date
) -> list[T]:
    council = session.scalars(select(Council).where(Council.id == council_id)).one()
    planned = plan(session, council, day)
    # The calendar is asked last: it takes a second to load, and most sweeps find nothing to say.
    return planned if planned and works_on(session, council, day) else []


def _free(session: Session, council_id: int) -> Council | None:
    """Take the council; None where another sweep has it. Rows of others may still refer to it meanwhile."""
    question = select(Council).where(Council.id == council_id).with_for_update(key_share=True, skip_locked=True)
    return session.scalar(question)


def _councils(sessions: sessionmaker[Session]) -> Sequence[int]:
    with sessions() as session:
        return session.scalars(select(Council.id).order_by(Council.id)).all()


def _beat(sessions: sessionmaker[Session], now: datetime, *, seconds: float) -> None:
    with sessions.begin() as session:
        writing(session)
        new = insert_new(session, Heartbeat).values(name=HEARTBEAT, at=now, seconds=seconds)
        if not session.execute(new.returning(Heartbeat.__table__.c.name)).all():
            session.merge(Heartbeat(name=HEARTBEAT, at=now, seconds=seconds))


@contextmanager
def _council_session(sessions: sessionmaker[Session], council_id: int) -> Iterator[Session]:
    with sessions() as session:
        work_for(session, council_id)
        yield session
