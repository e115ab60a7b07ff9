"""Recording that a mail has left, made ready before it leaves: after the mail server's 250 nothing is built any more.

A second copy is possible only from the 250 until the statement is on its way, so everything that takes time comes
before: on PostgreSQL the words are written out whole, and one call of the driver sends them.
"""

from collections.abc import Callable
from typing import cast

from psycopg import ClientCursor, OperationalError
from psycopg import Connection as Driver
from psycopg.pq import ExecStatus
from sqlalchemy import Connection

from tracker.reminders.delivery.outbox import Outcome, written_out
from tracker.terms import MessageStatus

TAKEN = Outcome(MessageStatus.SENT)  # by a mail server, which calls it nothing of its own


def made_ready(connection: Connection, message_id: int, token: str) -> Callable[[], bool]:
    """Return what records that the mail was taken: True where the lease was still ours. PostgreSQL, committing itself.

    It raises psycopg's OperationalError where the server did not do it, or is away.
    """
    driver = cast("Driver", connection.connection.driver_connection)
    words, values = written_out(connection.dialect, message_id, token, TAKEN)
    ready = ClientCursor(driver).mogrify(words, values).encode()

    def record() -> bool:
        done = driver.pgconn.exec_(ready)
        if done.status != ExecStatus.COMMAND_OK:
            raise OperationalError(done.error_message.decode("utf-8", "replace"))
        return bool(done.command_tuples)

    return record
