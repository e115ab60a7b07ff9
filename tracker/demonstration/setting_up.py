"""Sets the demonstration up: where it lives, and what is in it."""

import shutil
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from pathlib import Path

import click

from tracker import migrate
from tracker.adapters.files import Files
from tracker.adapters.mailer import MemoryMailer
from tracker.clock import LONDON
from tracker.config import Settings
from tracker.db import make_engine, make_sessions, writing
from tracker.demonstration.generating import Size, generate
from tracker.demonstration.story import tell
from tracker.models import work_for_all
from tracker.reminders.services import deliver, sweep
from tracker.scrutiny.telling import TELLERS
from tracker.working_days import is_working_day

FOLDER = Path("var/demonstration")


def environment(environ: Mapping[str, str], port: int) -> dict[str, str]:
    """Return the environment of a demonstration: a database, files and mail of its own, on this machine only."""
    folder = FOLDER.resolve()
    kept = {name: value for name, value in environ.items() if not name.startswith("TRACKER_")}
    return kept | {
        "TRACKER_DEMONSTRATION": "yes",
        "TRACKER_BASE_URL": f"http://127.0.0.1:{port}",
        "TRACKER_DATABASE_URL": f"sqlite:///{folder / 'tracker.sqlite3'}",
        "TRACKER_FILES": str(folder / "files"),
    }


def prepare(settings: Settings, now: datetime, *, keep: bool) -> None:
    """Make the demonstration anew, counted back from now; or leave that of last time where it is wanted."""
    if not _cleared(settings, keep=keep):
        return
    engine = make_engine(settings.database_url)
    migrate.upgrade(engine)
    sessions = make_sessions(engine)
    with sessions() as session, click.progressbar(length=100, label="Setting up the demonstration") as bar:
        writing(session)
        work_for_all(session)
        tell(session, Files(settings.files), now, step=bar.update)
        session.commit()
    morning = _last_morning(now)
    sweep(sessions, now=morning, settings=settings, tellers=TELLERS)
    deliver(sessions, MemoryMailer(), settings=settings)
    engine.dispose()


def prepare_large(settings: Settings, now: datetime, size: Size, *, keep: bool) -> None:
    """Make a large demonstration anew, or leave that of last time where it is wanted. No mail is written."""
    if not _cleared(settings, keep=keep):
        return
    engine = make_engine(settings.database_url)
    migrate.upgrade(engine)
    with click.progressbar(length=size.actions, label="Making actions") as bar:
        generate(engine, size, now, step=bar.update)
    engine.dispose()


def _cleared(settings: Settings, *, keep: bool) -> bool:
    """Remove the demonstration of last time, and say whether one is to be made."""
    folder = settings.files.parent
    if keep and (folder / "tracker.sqlite3").exists():
        return False
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return True


def _last_morning(now: datetime) -> datetime:
    """Return a moment after eight on the last working day that has had one: so that mails can be looked at at once."""
    eight = datetime.combine(now.astimezone(LONDON).date(), time(8, 5), LONDON)
    mornings = (eight - timedelta(days=days) for days in range(10))
    return next(m for m in mornings if m <= now and is_working_day(m.date(), "ENG"))
