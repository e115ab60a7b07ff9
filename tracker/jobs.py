"""The scheduler process: APScheduler ticks, and everything that must not be lost is in the database.

Run it with ``python -m tracker.jobs``, as many as wanted, on one database. The schedule is data (``SCHEDULE``). A
scheduler that lives proves nothing; the sign of life is the row the sweep itself writes.
"""

import argparse
import logging
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from time import monotonic
from types import FrameType

from apscheduler.schedulers.blocking import BlockingScheduler
from sqlalchemy.orm import Session, sessionmaker

from tracker.adapters.choosing import make_mailer
from tracker.adapters.mailer import Mailer
from tracker.clock import LONDON, Clock, FixedClock, SystemClock
from tracker.config import Settings, from_environment
from tracker.db import make_engine, make_sessions
from tracker.errors import SettingError
from tracker.reminders.services import Delivered, Swept, deliver, sweep, take_turn
from tracker.scrutiny.telling import TELLERS

log = logging.getLogger(__name__)


FIRST_CHORES = 5.0  # seconds after the start: mails come first
SHARE = 0.8  # of the interval, for the sweep and the sending together: ticks must not overlap


@dataclass
class Worker:
    """What every job works with. ``stopping`` is set when the process is asked to end."""

    settings: Settings
    clock: Clock
    sessions: sessionmaker[Session]
    mailer: Mailer
    stopping: threading.Event


@dataclass(frozen=True)
class Job:
    """One line of the schedule."""

    name: str
    every: Callable[[Settings], float]  # seconds
    work: Callable[[Worker], None]


def remind(worker: Worker) -> None:
    """Write what is due, where no other scheduler has just done so; send what waits; leave off before the next tick."""
    until = monotonic() + SHARE * worker.settings.sweep_seconds
    if take_turn(worker.sessions, worker.settings.sweep_seconds / 2):
        sweep(worker.sessions, now=worker.clock.now(), settings=worker.settings, tellers=TELLERS)
    deliver(
        worker.sessions,
        worker.mailer,
        settings=worker.settings,
        stopping=worker.stopping.is_set,
        seconds=max(until - monotonic(), 1),
    )


def _chore(name: str) -> Callable[[Worker], None]:
    """Find other work when it is first done: a scheduler that starts sends mails before it loads the rest."""

    def work(worker: Worker) -> None:
        found: Callable[[Worker], None] = getattr(import_module("tracker.chores"), name)
        found(worker)

    return work


SCHEDULE = (
    Job("reminders", lambda settings: settings.sweep_seconds, remind),
    Job("reading", lambda settings: settings.reading_look_seconds, _chore("read_reports")),
    Job("documents", lambda settings: settings.reading_look_seconds, _chore("make_documents")),
    Job("pauses", lambda settings: settings.sweep_seconds, _chore("end_pauses")),
    Job("tidying", lambda _settings: 3600, _chore("tidy")),
    Job("scanning", lambda settings: settings.reading_look_seconds, _chore("scan_files")),
)


def tick(worker: Worker, job: Job) -> None:
    """Do one job once. Whatever fails is logged and left to the next tick: the database may be restarting."""
    if worker.stopping.is_set():
        return
    try:
        job.work(worker)
    except Exception:
        log.exception("job %s failed; it is tried again in %s seconds", job.name, job.every(worker.settings))


def run_scheduler(settings: Settings, clock: Clock | None = None) -> None:
    """Tick until SIGTERM or SIGINT; then the mail in hand is finished, the others are given back."""
    engine = make_engine(settings.database_url)
    clock = clock or SystemClock()
    worker = Worker(settings, clock, make_sessions(engine), make_mailer(settings), threading.Event())
    # No job store: jobs kept in a shared one are lost and doubled (docs/decisions). A missed tick is made up once.
    scheduler = BlockingScheduler(
        timezone=LONDON, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    for job in SCHEDULE:
        every, first = job.every(settings), SystemClock().now()
        if job.work is not remind:
            first += timedelta(seconds=min(every, FIRST_CHORES))
        scheduler.add_job(tick, "interval", (worker, job), seconds=every, id=job.name, next_run_time=first)

    def end(_signal: int, _frame: FrameType | None) -> None:
        worker.stopping.set()
        threading.Thread(target=scheduler.shutdown).start()  # waits for the tick; a signal handler must not

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    log.info("scheduler started, every %s seconds", settings.sweep_seconds)
    scheduler.start()
    engine.dispose()


def run_once(settings: Settings, now: datetime) -> tuple[Swept, Delivered]:
    """Sweep and send once, as though it were ``now``: for the command line."""
    engine = make_engine(settings.database_url)
    try:
        sessions = make_sessions(engine)
        swept = sweep(sessions, now=now, settings=settings, tellers=TELLERS, sign_of_life=False)
        return swept, deliver(sessions, make_mailer(settings), settings=settings)
    finally:
        engine.dispose()


def main(arguments: list[str] | None = None) -> None:
    """Run the scheduler with the settings of the environment.

    ``--at`` lets it work as though that moment stood still: for demonstrations and tests, refused in service.
    """
    parser = argparse.ArgumentParser(prog="python -m tracker.jobs", description=__doc__)
    parser.add_argument("--at", type=datetime.fromisoformat, help="a moment with its time zone (demonstration only)")
    at: datetime | None = parser.parse_args(arguments).at
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(process)d %(name)s %(levelname)s %(message)s")
    # A tick that finds the one before still reading a long report is left out, which is no news.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    settings = from_environment(os.environ)
    if at is not None and (not settings.demonstration or at.tzinfo is None):
        raise SettingError("--at takes a moment with its time zone, and only where TRACKER_DEMONSTRATION is yes.")
    run_scheduler(settings, FixedClock(at) if at else None)


if __name__ == "__main__":
    main()
