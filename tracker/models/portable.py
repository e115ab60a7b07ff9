"""What SQLite and PostgreSQL say differently."""

from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, Insert, Table, func, type_coerce
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from tracker.models.base import Base, UtcDateTime


def database_time(dialect: str) -> ColumnElement[datetime]:
    """Return the database's own clock as an expression, to the microsecond on PostgreSQL, the millisecond on SQLite."""
    if dialect == "postgresql":
        return func.clock_timestamp(type_=UtcDateTime())
    return type_coerce(func.strftime("%Y-%m-%d %H:%M:%f000", "now"), UtcDateTime())


def insert_new(session: Session, model: type[Base]) -> Insert:
    """Return an insert that leaves what is already there by a unique key as it is."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return insert(cast("Table", model.__table__)).on_conflict_do_nothing()
