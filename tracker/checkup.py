"""Is this installation well? One finding a part, each with what to do where it is not. Changes nothing."""

import secrets
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from alembic.util.exc import CommandError
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tracker import audit, migrate
from tracker.adapters.choosing import make_mailer
from tracker.adapters.mailer import MemoryMailer
from tracker.config import Settings
from tracker.db import make_engine, make_sessions
from tracker.models import Council, work_for_all
from tracker.reminders.queries import is_sweeping, last_heartbeat
from tracker.reports.queries import stuck
from tracker.wording import plural

MAIL_SECONDS = 5.0  # to answer a connection
READ_WITHIN, READINGS = timedelta(minutes=5), 4  # what a document may wait: this long, or so many of the slowest


@dataclass(frozen=True)
class Finding:
    """What was found of one part."""

    part: str
    well: bool
    words: str


def examine(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Look at each part in turn. What cannot be looked at because of an earlier fault is left out."""
    engine = make_engine(settings.database_url)
    try:
        database = _database(engine)
        yield database
        if database.well:
            schema = _schema(engine)
            yield schema
            if schema.well:
                with make_sessions(engine)() as session:
                    work_for_all(session)
                    yield from _history(session)
                    yield _scheduler(session, settings, now)
                    yield _reading(session, settings, now)
    finally:
        engine.dispose()
    yield _files(settings)
    yield _mail(settings)


def _database(engine: Engine) -> Finding:
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        return Finding(
            "Database", well=False, words=f"It does not answer: {str(error.__cause__ or error).splitlines()[0]}"
        )
    return Finding("Database", well=True, words=f"{engine.dialect.name} answers.")


def _schema(engine: Engine) -> Finding:
    try:
        migrate.check(engine)
    except (CommandError, SQLAlchemyError):
        return Finding("Schema", well=False, words="It is not that of this version. Run: tracker db upgrade")
    return Finding("Schema", well=True, words="It is that of this version.")


def _history(session: Session) -> Iterator[Finding]:
    for council in session.scalars(select(Council).order_by(Council.name)).all():
        faults = audit.faults(session, council.id)
        words = "No fault." if not faults else f"{len(faults)} faults. See: tracker audit verify"
        yield Finding(f"History of {council.name}", well=not faults, words=words)


def _scheduler(session: Session, settings: Settings, now: datetime) -> Finding:
    if is_sweeping(session, now=now, sweep_seconds=settings.sweep_seconds):
        return Finding("Scheduler", well=True, words="It runs.")
    beat = last_heartbeat(session)
    since = f"since {beat:%d %B %Y %H:%M} UTC" if beat else "ever"
    return Finding("Scheduler", well=False, words=f"No sweep has gone through {since}. Start it: tracker scheduler")


def _reading(session: Session, settings: Settings, now: datetime) -> Finding:
    """Say whether a document waits to be read for longer than a few would take, one after the other."""
    late = stuck(session, now - max(READ_WITHIN, timedelta(seconds=READINGS * settings.reading_seconds)))
    if not late:
        return Finding("Reading of reports", well=True, words="No document waits for long.")
    words = f"{plural(len(late), 'document')} not read since {late[0].added_at:%d %B %Y %H:%M} UTC. "
    words += "The web process reads, and so does the scheduler: see that both run, and what their logs say."
    return Finding("Reading of reports", well=False, words=words)


def _files(settings: Settings) -> Finding:
    probe = settings.files / f"probe-{secrets.token_hex(4)}"
    try:
        settings.files.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"probe")
        probe.unlink()
    except OSError as error:
        return Finding("Files", well=False, words=f"{settings.files} cannot be written to: {error.strerror}.")
    return Finding("Files", well=True, words=f"{settings.files} can be written to.")


def _mail(settings: Settings) -> Finding:
    if isinstance(make_mailer(settings), MemoryMailer):
        return Finding("Mail server", well=True, words="No mail leaves the demonstration.")
    host, port = settings.smtp_host, settings.smtp_port
    if settings.notify_key:
        notify = urlsplit(settings.notify_url)
        host, port = notify.hostname or "", notify.port or (443 if notify.scheme == "https" else 80)
    where = f"{host}:{port}"
    try:
        socket.create_connection((host, port), MAIL_SECONDS).close()
    except OSError:
        return Finding("Mail server", well=False, words=f"{where} does not answer. Mails wait until it does.")
    return Finding("Mail server", well=True, words=f"{where} answers.")
