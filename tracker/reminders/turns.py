"""Whose turn it is to sweep, where several schedulers run: one sweep in half an interval is enough for all of them.

Only saves work. The unique keys keep a second sweep from writing anything twice; a sweeper that dies leaves its turn to
whoever ticks next. By the database's clock, since those of the machines may differ.
"""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from tracker.db import writing
from tracker.models import Heartbeat
from tracker.models.portable import database_time, insert_new

TURN = "turn to sweep"


def take_turn(sessions: sessionmaker[Session], seconds: float) -> bool:
    """Take the turn to sweep; False where another process has taken it less than so many seconds ago."""
    with sessions.begin() as session:
        writing(session)
        now = session.scalars(select(database_time(session.get_bind().dialect.name))).one()
        waited = (Heartbeat.name == TURN) & (Heartbeat.at <= now - timedelta(seconds=seconds))
        if session.execute(update(Heartbeat).where(waited).values(at=now).returning(Heartbeat.name)).all():
            return True
        first = insert_new(session, Heartbeat).values(name=TURN, at=now)
        return bool(session.execute(first.returning(Heartbeat.name)).all())
