"""The sweep: writes each morning's reminders with their mails, once, however many processes sweep at the same moment.

What is due is read and put into words first; then short transactions write some people's mails, each with its reminders
and its history. What changes in between is seen when a mail is looked at once more before it leaves.
The unique keys are the guard. Locks only save work: a council whose mails another process is writing right now is left
to it.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from time import monotonic
from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from tracker.clock import london_date
from tracker.config import Settings
from tracker.db import writing
from tracker.models import Council, Heartbeat, work_for
from tracker.models.portable import insert_new
from tracker.reminders.delivery.outbox import Draft, Overtaken
from tracker.reminders.delivery.parting import each_with_its_own
from tracker.reminders.planning.already import first_morning
from tracker.reminders.planning.asking import batches
from tracker.reminders.planning.bodies import PlannedLetter, planned_letters
from tracker.reminders.planning.digests import PlannedDigest, planned_digests
from tracker.reminders.planning.mornings import works_on
from tracker.reminders.planning.notes import Tellers
from tracker.reminders.stages.schedule import HEARTBEAT, mail_is_due
from tracker.reminders.words.summaries import Written, line_of, line_of_letter
from tracker.reminders.writing import (
    draft_of_digest,
    draft_of_letter,
    note_first_morning,
    write_digests,
    write_letters,
)

T = TypeVar("T")

log = logging.getLogger(__name__)

PEOPLE_AT_ONCE = 100  # mails a transaction, each whole with its reminders and history: nobody else waits long for it
TRIES = 3  # another process may write between our reading and our writing


@dataclass(frozen=True)
class Swept:
    """What a sweep wrote: counts of mails and reminders, the councils it failed for, and a line for each mail."""

    digests: int = 0
    reminders: int = 0
    failed: tuple[int, ...] = ()
    mails: tuple[Written, ...] = ()


@dataclass(frozen=True)
class Way(Generic[T]):
    """How a kind of mail comes about: what is due, in which words, written how."""

    plan: Callable[[Session, Council, date], list[T]]
    draft: Callable[[int, T, str], Draft]
    write: Callable[[Session, Council, Sequence[tuple[T, Draft]], datetime, str], list[T]]


def sweep(
    sessions: sessionmaker[Session],
    *,
    now: datetime,
    settings: Settings,
    tellers: Tellers = (),
    sign_of_life: bool = True,
) -> Swept:
    """Write what is due by now for every council, then the heartbeat. Doing it again writes nothing twice.

    One council's failure is logged and does not stop the others; the heartbeat is then left out, so that it shows. A
    sweep by hand is no ``sign_of_life``: it says nothing of the scheduler. ``tellers`` are the later stages' part.
    """
    began, digests, reminders = monotonic(), 0, 0
    failed: list[int] = []
    mails: list[Written] = []
    for council_id in _councils(sessions) if mail_is_due(now, settings.mail_hour) else []:
        written: list[PlannedDigest] = []
        letters: list[PlannedLetter] = []
        try:
            written = remind_council(sessions, council_id, now=now, settings=settings, tellers=tellers)
            letters = remind_bodies(sessions, council_id, now=now, settings=settings)
        except Exception:
            log.exception("reminders of council %s could not be written", council_id)
            failed.append(council_id)
        # What was written before a failure is in the outbox, and leaves.
        digests += len(written) + len(letters)
        reminders += sum(len(one.reminders) + len(one.sayings) for one in written)
        reminders += sum(len(one.reminders) for one in letters)
        mails += [line_of(one.digest) for one in written] + [line_of_letter(one.letter) for one in letters]
    if sign_of_life and not failed:
        _beat(sessions, now, seconds=monotonic() - began)
    return Swept(digests, reminders, tuple(failed), tuple(mails))


def remind_council(
    sessions: sessionmaker[Session], council_id: int, *, now: datetime, settings: Settings, tellers: Tellers = ()
) -> list[PlannedDigest]:
    """Write one council's reminders and mails of this London day, and return what was written by this process.

    Where they are all written, and it is the first such day of the week, that is written down as well.
    """
    way = Way(partial(planned_digests, tellers=tellers), draft_of_digest, write_digests)
    written, all_of_it = _remind(sessions, council_id, way, now=now, settings=settings)
    if all_of_it:
        _morning_is_done(sessions, council_id, london_date(now))
    return written


def remind_bodies(
    sessions: sessionmaker[Session], council_id: int, *, now: datetime, settings: Settings
) -> list[PlannedLetter]:
    """Write the mails to the contacts of a council's bodies, in the same way."""
    way = Way(planned_letters, draft_of_letter, each_with_its_own(write_letters))
    return _remind(sessions, council_id, way, now=now, settings=settings)[0]


def _remind(
    sessions: sessionmaker[Session], council_id: int, way: Way[T], *, now: datetime, settings: Settings
) -> tuple[list[T], bool]:
    """Return what was written by this process, and whether that was all there was to write."""
    written: list[T] = []
    all_of_it = False
    for left in reversed(range(TRIES)):
        with _council_session(sessions, council_id) as session:
            planned = _due_today(session, council_id, way.plan, london_date(now))
        before = len(written)
        try:
            for some in batches(planned, PEOPLE_AT_ONCE):
                mails = [(one, way.draft(council_id, one, settings.base_url)) for one in some]
                with _council_session(sessions, council_id) as session, session.begin():
                    writing(session)
                    council = _free(session, council_id)
                    written += way.write(session, council, mails, now, settings.host) if council else []
        except (Overtaken, IntegrityError, OperationalError):
            if not left:
                raise
        else:
            all_of_it = len(written) - before == len(planned)
            break
    return written, all_of_it


def _morning_is_done(sessions: sessionmaker[Session], council_id: int, day: date) -> None:
    """Write down a week's first finished morning: once a week, so it is asked first whether it is there."""
    with _council_session(sessions, council_id) as session:
        council = session.scalars(select(Council).where(Council.id == council_id)).one()
        if first_morning(session, council_id, day) is not None or not works_on(session, council, day):
            return
    with _council_session(sessions, council_id) as session, session.begin():
        writing(session)
        note_first_morning(session, council_id, day)


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
