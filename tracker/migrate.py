"""Brings a database's schema to this version of the service. Used by the command line, at start and by the tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

ROOT = Path(__file__).resolve().parent.parent


class BrokenReferences(RuntimeError):
    """A migration would have left a row that refers to one that is not there: a fault in the migration."""


def config() -> Config:
    """Return Alembic's configuration for the migrations beside the package."""
    made = Config(ROOT / "alembic.ini", stdout=StringIO())  # what it says is not for the person at the terminal
    made.set_main_option("script_location", str(ROOT / "migrations"))
    return made


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema up to a revision; doing it again changes nothing. A new SQLite file gets its folder."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
    with _references_at_the_end(engine) as connection:
        made = config()
        made.attributes["connection"] = connection
        command.upgrade(made, revision)


def check(engine: Engine) -> None:
    """Raise alembic's CommandError where the models say something the migrations do not."""
    with engine.begin() as connection:
        made = config()
        made.attributes["connection"] = connection
        command.check(made)


@contextmanager
def _references_at_the_end(engine: Engine) -> Iterator[Connection]:
    """One transaction in which SQLite may rebuild a table that others refer to; they are checked before it ends."""
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            with connection.begin():
                yield connection
            return
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")  # SQLite hears it only outside a transaction
        try:
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise BrokenReferences(f"the migration would leave rows without what they refer to: {broken[:3]}")
        finally:
            driver.execute("PRAGMA foreign_keys=ON")
