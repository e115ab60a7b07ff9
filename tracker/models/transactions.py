"""Transactions of work that no request carries: the background's and the scheduler's."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session, sessionmaker

from tracker.db import writing
from tracker.models.scope import work_for, work_for_all


@contextmanager
def write_for(sessions: sessionmaker[Session], council_id: int | None = None) -> Iterator[Session]:
    """Give a session that will write, for one council or for all; commit at the end, roll back where it raises."""
    with sessions.begin() as session:
        if council_id is None:
            work_for_all(session)
        else:
            work_for(session, council_id)
        writing(session)
        yield session
