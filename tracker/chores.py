"""What the scheduler does beside reminding. Loaded by ``jobs`` when the first of it is done."""

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from tracker.accounts.guessing import forget_old_attempts
from tracker.actions.decisions import pauses_to_review
from tracker.actions.importing.drafts import forget_expired
from tracker.actions.pausing import review
from tracker.actions.scanning import give_free, scan_waiting
from tracker.adapters.files import Files
from tracker.adapters.scanner import Scanner
from tracker.assessments.pack.making import PACKS
from tracker.clock import london_date
from tracker.models import Pause, work_for_all
from tracker.models.transactions import write_for
from tracker.reports.background import Desk, read_waiting
from tracker.scrutiny import making

if TYPE_CHECKING:
    from tracker.jobs import Worker

log = logging.getLogger(__name__)


def read_reports(worker: "Worker") -> None:
    """Read the documents that no web process has taken by now, or that one has left behind."""
    settings = worker.settings
    desk = Desk(worker.sessions, Files(settings.files), worker.clock, settings.reading_seconds)
    read_waiting(desk, waited=settings.reading_look_seconds / 2, stopping=worker.stopping.is_set)


def make_documents(worker: "Worker") -> None:
    """Make the documents and packs that no web process has made by now, or that one has left behind."""
    settings = worker.settings
    desk = making.Desk(worker.sessions, Files(settings.files), worker.clock, kinds=(making.PAPERS, PACKS))
    making.make_waiting(desk, waited=settings.reading_look_seconds / 2, stopping=worker.stopping.is_set)


def end_pauses(worker: "Worker") -> None:
    """Go on with the actions whose pause has come to its review date, each in a transaction of its own."""
    now = worker.clock.now()
    with worker.sessions() as session:
        work_for_all(session)
        due = [pause.id for pause in pauses_to_review(session, london_date(now))]
    for pause_id in due:
        try:
            with write_for(worker.sessions) as session:
                review(session, session.get_one(Pause, pause_id), now=now)
        except SQLAlchemyError:  # one that cannot be ended must not hold up the others
            log.exception("pause %s could not be ended", pause_id)


def scan_files(worker: "Worker") -> None:
    """Ask the virus scanner about the files that wait, where one is set up."""
    settings = worker.settings
    if settings.scanner:
        scan_waiting(worker.sessions, Files(settings.files), Scanner(settings.scanner), worker.clock)
    else:
        give_free(worker.sessions, worker.clock)


def tidy(worker: "Worker") -> None:
    """Forget, a day after, spreadsheets that were not imported, old wrong attempts, and unfinished files."""
    with write_for(worker.sessions) as session:
        forget_expired(session, worker.clock.now())
        forget_old_attempts(session, worker.clock.now())
    Files(worker.settings.files).remove_unfinished(worker.clock.now() - timedelta(days=1))
