"""What several commands need: the settings, a session that sees every council, a council by its short name, a date."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

import click
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tracker.config import Settings, from_environment
from tracker.db import make_engine, make_sessions, writing
from tracker.models import Council, work_for_all

F = TypeVar("F", bound=Callable[..., Any])


def settings() -> Settings:
    """Return the settings of the environment."""
    return from_environment(os.environ)


@contextmanager
def open_session() -> Iterator[Session]:
    """Open a session that sees every council and may write; its connection is closed with the block."""
    with engine_of(settings()) as engine, make_sessions(engine)() as session:
        writing(session)
        work_for_all(session)
        yield session


@contextmanager
def engine_of(made: Settings) -> Iterator[Engine]:
    """Give an engine whose connections are closed with the block."""
    engine = make_engine(made.database_url)
    try:
        yield engine
    finally:
        engine.dispose()


def council_called(session: Session, slug: str) -> Council:
    """Return a council by its short name. Raises ClickException where there is none."""
    found = session.scalar(select(Council).where(Council.slug == slug))
    if found is None:
        raise click.ClickException(f"There is no council “{slug}” here. Add it with: tracker council add")
    return found


def parse_day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    """Read a date given as 2026-12-01."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter("give a real date, like 2026-12-01") from None


def day_option(name: str, text: str) -> Callable[[F], F]:
    """Make an option that takes a date."""
    return click.option(name, "day", callback=parse_day, metavar="YYYY-MM-DD", help=text)
