"""The engine and the sessions, on SQLite or PostgreSQL. No Flask: the worker and the command line use it too."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

SQLITE_BUSY_MS = 10_000  # how long a writer waits for another; a sweep's transaction is far shorter


def make_engine(url: str) -> Engine:
    """Make an engine for the address.

    On SQLite every transaction is begun by us (pysqlite's own habit leaks savepoints), writers wait for each other,
    foreign keys are on and a commit is on the disk before it returns.
    """
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, pool_use_lifo=True)  # the connection that has its plans ready
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def make_sessions(engine: Engine) -> sessionmaker[Session]:
    """Make the session factory that the web, the worker and the command line share."""
    return sessionmaker(engine, expire_on_commit=False)


def writing(session: Session) -> None:
    """Say, before the first statement, that this transaction will write.

    SQLite refuses at once, in spite of its time-out, when a transaction that has read wants to write after
    somebody else has; BEGIN IMMEDIATE waits its turn instead. PostgreSQL needs nothing.
    """
    session.connection(execution_options={"tracker_writes": True})


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own type
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={SQLITE_BUSY_MS}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("tracker_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
