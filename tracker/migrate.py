"""Brings a database's schema to this version of the service. Used by the command line, at start and by the tests."""

from io import StringIO
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

ROOT = Path(__file__).resolve().parent.parent


def config() -> Config:
    """Return Alembic's configuration for the migrations beside the package."""
    made = Config(ROOT / "alembic.ini", stdout=StringIO())  # what it says is not for the person at the terminal
    made.set_main_option("script_location", str(ROOT / "migrations"))
    return made


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema up to a revision; doing it again changes nothing. A new SQLite file gets its folder."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
    with engine.begin() as connection:
        made = config()
        made.attributes["connection"] = connection
        command.upgrade(made, revision)


def check(engine: Engine) -> None:
    """Raise alembic's CommandError where the models say something the migrations do not."""
    with engine.begin() as connection:
        made = config()
        made.attributes["connection"] = connection
        command.check(made)
