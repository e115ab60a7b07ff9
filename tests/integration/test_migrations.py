"""The schema comes from the migrations, says what the models say, and is brought up as often as one likes."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.util import CommandError
from sqlalchemy import Engine, inspect, make_url, text

from tests import databases
from tests.factories import make_council
from tracker import migrate
from tracker.db import make_engine, make_sessions
from tracker.models import Base, Council, work_for_all


@pytest.fixture
def empty(database_kind: str, database_url: str, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table."""
    if database_kind == "sqlite":
        engine = make_engine(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
        yield engine
        engine.dispose()
        return
    name = f"tracker_empty_{uuid.uuid4().hex[:12]}"
    admin = make_engine(database_url).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    address = make_url(database_url).set(database=name).render_as_string(hide_password=False)
    engine = make_engine(address)
    yield engine
    engine.dispose()
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def schema(engine: Engine) -> dict[str, list[str]]:
    looking = inspect(engine)
    return {
        table: [str(one["name"]) for one in [*looking.get_columns(table), *looking.get_indexes(table)]]
        for table in looking.get_table_names()
    }


def test_an_empty_database_gets_every_table_of_the_models(empty: Engine) -> None:
    assert inspect(empty).get_table_names() == []
    migrate.upgrade(empty)
    assert set(inspect(empty).get_table_names()) == {*Base.metadata.tables, "alembic_version"}


def test_the_migrations_say_what_the_models_say(empty: Engine) -> None:
    migrate.upgrade(empty)
    migrate.check(empty)


def test_a_difference_would_be_found(empty: Engine) -> None:
    migrate.upgrade(empty)
    with empty.begin() as connection:
        connection.execute(text("ALTER TABLE services DROP COLUMN name" if empty.name != "sqlite" else
                                "CREATE TABLE forgotten (id INTEGER PRIMARY KEY)"))  # fmt: skip
    with pytest.raises(CommandError):
        migrate.check(empty)


def test_upgrading_again_changes_nothing(empty: Engine) -> None:
    migrate.upgrade(empty)
    with make_sessions(empty)() as session:
        work_for_all(session)
        council = make_council(session)
        session.commit()
        before = schema(empty)
        session.close()
        migrate.upgrade(empty)
        assert schema(empty) == before
        kept = session.get(Council, council.id)
        assert kept is not None
        assert kept.name == council.name


def test_a_schema_half_made_is_not_left_behind(empty: Engine, tmp_path: Path) -> None:
    with empty.begin() as connection:
        connection.execute(text("CREATE TABLE evidence (id INTEGER)"))  # the last table of the first migration
    with pytest.raises(Exception, match="evidence"):
        migrate.upgrade(empty)
    assert set(inspect(empty).get_table_names()) == {"evidence"}


def test_the_template_of_the_tests_is_migrated_and_empty() -> None:
    with databases.sqlite_template() as path:
        engine = make_engine(f"sqlite:///{path}")
        migrate.check(engine)
        engine.dispose()
    assert not path.exists()
