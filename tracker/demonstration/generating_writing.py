"""Writes many rows fast into an empty database: on PostgreSQL by COPY, on SQLite in large batches.

Keys between tables and indexes are taken off PostgreSQL for the time and put back at the end, where the database
checks every row against them; SQLite checks each row as it comes.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, text

from tracker.demonstration.generating_rows import COLUMNS, Row, Rows

CACHE_KIB = 256 * 1024
KEYS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND conrelid::regclass::text = ANY(:tables) ORDER BY conname
"""
INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid::regclass::text = ANY(:tables)
    AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid) ORDER BY 1
"""


class Writer(Protocol):
    """Writes what waits."""

    def write(self, rows: Rows) -> None:
        """Write everything that waits."""


@contextmanager
def writer_for(engine: Engine) -> Iterator[Writer]:
    """Give the fastest writer for the database; when the block ends the database is as strict as before."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            with connection.begin(), _without_keys(connection):
                connection.exec_driver_sql("SET LOCAL TIME ZONE 'UTC'")
                with ThreadPoolExecutor(1) as thread:
                    copying = _Copying(connection, thread)
                    yield copying
                    copying.wait()
                _count_on(connection)
            _look_again(engine)
        else:
            with _hasty(connection):
                yield _Batches(connection)


class _Batches:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def write(self, rows: Rows) -> None:
        driver: Any = self.connection.connection.driver_connection
        driver.execute("BEGIN IMMEDIATE")
        for table, waiting in rows.take():
            driver.executemany(f"INSERT INTO {table} ({_columns(table)}) VALUES ({_marks(waiting[0])})", waiting)  # noqa: S608
        driver.execute("COMMIT")


class _Copying:
    """Copies in a thread of its own: while the server indexes the words of one batch, the next is made."""

    def __init__(self, connection: Connection, thread: ThreadPoolExecutor) -> None:
        self.connection, self.thread = connection, thread
        self.under_way: Future[None] | None = None

    def write(self, rows: Rows) -> None:
        self.wait()
        self.under_way = self.thread.submit(self._copy, list(rows.take()))

    def wait(self) -> None:
        if self.under_way is not None:
            self.under_way.result()

    def _copy(self, batch: list[tuple[str, list[Row]]]) -> None:
        driver: Any = self.connection.connection.driver_connection
        with driver.cursor() as cursor:
            for table, waiting in batch:
                with cursor.copy(f"COPY {table} ({_columns(table)}) FROM STDIN") as copy:
                    for row in waiting:
                        copy.write_row(row)


def _columns(table: str) -> str:
    return ", ".join(["id", *COLUMNS[table].split()])


def _marks(row: Row) -> str:
    return ", ".join("?" * len(row))


@contextmanager
def _hasty(connection: Connection) -> Iterator[None]:
    """Let SQLite write without waiting for the disk; the index of words is built at the end, which is twice as fast."""
    driver: Any = connection.connection.driver_connection
    (trigger,) = driver.execute("SELECT sql FROM sqlite_master WHERE name = 'search_text_added'").fetchone()
    driver.execute("PRAGMA synchronous=OFF")
    driver.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
    driver.execute("DROP TRIGGER search_text_added")
    try:
        yield
        driver.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
    finally:
        driver.execute(trigger)
    driver.execute("ANALYZE")
    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    driver.execute("PRAGMA synchronous=FULL")


@contextmanager
def _without_keys(connection: Connection) -> Iterator[None]:
    """Take keys between tables and plain indexes off PostgreSQL for the time, as the database itself writes them."""
    names = list(COLUMNS)
    keys = connection.execute(text(KEYS), {"tables": names}).all()
    indexes = connection.execute(text(INDEXES), {"tables": names}).all()
    for table, name, _made in keys:
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for name, _made in indexes:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    yield
    connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '256MB'")
    for _name, made in indexes:
        connection.exec_driver_sql(made)
    for table, name, made in keys:
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} {made}")


def _count_on(connection: Connection) -> None:
    """Let the next id follow the last that was written."""
    for table in COLUMNS:
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT coalesce(max(id), 1) FROM {table}))"  # noqa: S608
        )


def _look_again(engine: Engine) -> None:
    """Let the database count what it has, so that it finds the quick ways at once."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM (ANALYZE)")
