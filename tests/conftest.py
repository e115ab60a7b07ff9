"""Fixtures every ring of the tests shares: a database, its sessions, a clock that stands still."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from tests import databases
from tracker.clock import FixedClock
from tracker.db import make_engine, make_sessions
from tracker.models import work_for_all

MONDAY_MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite", help="which database to test on")


@pytest.fixture(scope="session", autouse=True)
def _private_runtime_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> str:
    return str(request.config.getoption("--database"))


@pytest.fixture(scope="session")
def _database_source(database_kind: str) -> Iterator[Path | str]:
    if database_kind == "sqlite":
        with databases.sqlite_template() as path:
            yield path
        return
    with databases.postgres_server() as server, databases.postgres_database(server) as address:
        yield address


@pytest.fixture
def database_url(_database_source: Path | str, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database with the schema of the migrations, for one test."""
    if isinstance(_database_source, Path):
        shutil.copy(_database_source, tmp_path / "tracker.sqlite3")
        yield f"sqlite:///{tmp_path / 'tracker.sqlite3'}"
        return
    yield _database_source
    databases.empty(_database_source)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = make_engine(database_url)
    yield made
    made.dispose()


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    return make_sessions(engine)


@pytest.fixture
def session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session that sees every council; narrow it with ``work_for`` where the test is about one."""
    with sessions() as opened:
        work_for_all(opened)
        yield opened


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MONDAY_MORNING)
