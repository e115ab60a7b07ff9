"""What the application was made with, and the request's own session, time and person."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from flask import Flask, current_app, g, request
from flask_login import current_user
from sqlalchemy.orm import Session, sessionmaker

from tracker.adapters.files import Files
from tracker.clock import Clock, london_date
from tracker.config import Settings
from tracker.db import writing
from tracker.models import Person

READS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Wiring:
    """The parts of the outside world that pages use."""

    settings: Settings
    sessions: sessionmaker[Session]
    clock: Clock
    files: Files


def init_wiring(app: Flask, wiring: Wiring) -> None:
    """Give the application its parts, and end each request's session with the request."""
    app.extensions["tracker"] = wiring
    app.teardown_request(_close)


def wiring() -> Wiring:
    """Return the application's parts."""
    return cast("Wiring", current_app.extensions["tracker"])


def db() -> Session:
    """Return the request's session: one a request, committed only by a view that says ``commits``."""
    if "db" not in g:
        g.db = wiring().sessions()
        if request.method not in READS:
            writing(g.db)
    return cast("Session", g.db)


@contextmanager
def outside_transaction() -> Iterator[None]:
    """Do slow work between two transactions: on SQLite everybody else's changes would wait for ours.

    What was read before is read again after it. Change nothing before: it is rolled back.
    """
    session = db()
    session.rollback()
    try:
        yield
    finally:
        writing(session)


def now() -> datetime:
    """Return the moment this request is answered at: one moment for the whole request."""
    if "now" not in g:
        g.now = wiring().clock.now()
    return cast("datetime", g.now)


def today() -> date:
    """Return today in Europe/London."""
    return london_date(now())


def me() -> Person:
    """Return the person who is signed in. Only for views that somebody must be signed in for."""
    return cast("Person", current_user.person)


def _close(_error: BaseException | None) -> None:
    session = g.pop("db", None)
    if session is not None:
        session.close()
