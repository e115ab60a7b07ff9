"""What Flask-Login keeps of a person: the token of their sign-in, looked up again at every request."""

from datetime import timedelta

from flask import Flask
from flask_login import LoginManager, UserMixin

from tracker.accounts.services import Limits, find_sign_in, seen
from tracker.config import Settings
from tracker.db import writing
from tracker.models import Person, SignIn, work_for, work_for_all
from tracker.web.wiring import db, now, wiring

HEARD_OF_EVERY = timedelta(minutes=1)  # seen_at is written at most this often


class SignedIn(UserMixin):  # type: ignore[misc]  # the library has no types
    """A person with an open sign-in."""

    def __init__(self, token: str, person: Person) -> None:
        """Keep the token, which is what the browser's cookie carries."""
        self.token = token
        self.person = person

    def get_id(self) -> str:
        """Return the token: Flask-Login stores it in the signed cookie."""
        return self.token


def init_sign_in(app: Flask) -> None:
    """Let Flask-Login find who it is by the sign-in's row; a cookie alone opens nothing."""
    manager = LoginManager(app)
    manager.session_protection = None  # the row is the protection; an officer's address changes on the way to work
    manager.user_loader(_load)


def limits(settings: Settings) -> Limits:
    """Return how long a sign-in lasts here."""
    return Limits(timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours))


def _load(token: str) -> SignedIn | None:
    session, settings = db(), wiring().settings
    work_for_all(session)  # whose council it is, is known only from the row
    found = find_sign_in(session, token, now=now(), limits=limits(settings), demonstration=settings.demonstration)
    if found is None:
        session.info.clear()
        return None
    work_for(session, found.council_id)
    if now() - found.seen_at > HEARD_OF_EVERY:
        _note_seen(found)
    return SignedIn(token, found.person)


def _note_seen(found: SignIn) -> None:
    """Write it in a transaction of its own: the request's own may be a read, which never writes.

    A request that writes has already begun its transaction, and on SQLite a second writer would wait for it: it is
    noted there, before anything else, and committed, so that it stands whatever becomes of the request.
    """
    if db().connection().get_execution_options().get("tracker_writes"):
        seen(db(), found.id, now())
        db().commit()
        writing(db())
        return
    with wiring().sessions() as apart:
        work_for(apart, found.council_id)
        seen(apart, found.id, now())
        apart.commit()
