"""One database connection for the mails of a delivery: the way from a mail server's 250 to its commit is one statement.

On PostgreSQL every statement commits itself, so that what has left is recorded in one round trip, by a statement made
ready before; on SQLite a transaction around one statement costs nothing.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

import psycopg
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from tracker.reminders.delivery import at_once
from tracker.reminders.delivery.outbox import Outcome, finish
from tracker.reminders.delivery.wanted import Mail, look

PATIENCE = 10.0  # seconds to go on trying to record that a mail has left, while the database restarts
BETWEEN_TRIES = 0.2


class Held:
    """The way to the database of a sender who holds mails. Opened when it is first needed, and anew when it broke."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        with sessions() as session:
            self._engine: Engine = session.get_bind().engine
        self._connection: Connection | None = None
        self._ready: tuple[int, Callable[[], bool]] | None = None  # of the mail looked at last

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.let_go()

    def look(self, message_id: int, token: str) -> Mail | None:
        """Return the mail as it stands now, and make ready to record that it was taken; None where another holds it."""
        connection = self._open(writes=False)
        try:
            with connection.begin():
                mail = look(connection, message_id, token)
        except OperationalError:
            self.let_go()
            raise
        if connection.dialect.name == "postgresql":
            self._ready = message_id, at_once.made_ready(connection, message_id, token)
        return mail

    def record(self, message_id: int, token: str, outcome: Outcome) -> bool:
        """Record what became of a mail; where the database is away for a moment, go on trying.

        To forget that a mail has left would send a second copy. Nothing else is done in this transaction.
        """
        ready, self._ready = self._ready, None
        if ready is not None and ready[0] == message_id and outcome == at_once.TAKEN:
            with suppress(psycopg.OperationalError):
                return ready[1]()
            self.let_go()
        until = time.monotonic() + PATIENCE
        while True:
            try:
                connection = self._open(writes=True)
                with connection.begin():
                    return finish(connection, message_id, token, outcome)
            except OperationalError:
                self.let_go()
                if time.monotonic() >= until:
                    raise
                time.sleep(BETWEEN_TRIES)

    def let_go(self) -> None:
        """Give the connection back; one that broke is found out by the next who asks for it."""
        connection, self._connection, self._ready = self._connection, None, None
        if connection is not None:
            connection.close()

    def _open(self, *, writes: bool) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
            if self._engine.dialect.name == "postgresql":
                self._connection.execution_options(isolation_level="AUTOCOMMIT")
        return self._connection.execution_options(tracker_writes=writes)
