"""Runs the migrations on an engine or address handed in by ``tracker.migrate``, or named in the environment."""

import os
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from tracker.db import make_engine
from tracker.models import Base, TermType, UtcDateTime

SEARCH_INDEX = "search_index"  # on SQLite a virtual table, and the tables it keeps for itself


def plain_type(kind: str, thing: Any, _autogenerate: object) -> str | Literal[False]:  # noqa: ANN401 - Alembic's own
    """Write the plain type into a new migration: a migration must not change when the service's own types do."""
    if kind == "type" and isinstance(thing, TermType):
        return "sa.Text()"
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def is_ours(_thing: object, name: str | None, kind: str, _reflected: bool, _compared: object) -> bool:  # noqa: FBT001
    """Leave out what the models cannot say: the index of the words searched, which each database keeps its own way."""
    if kind == "table":
        return not str(name).startswith(SEARCH_INDEX)
    return (kind, name) not in {("column", "vector"), ("index", "ix_search_texts_vector")}


def run(connection: Connection) -> None:
    """Run the migrations on an open connection; batch mode, since SQLite cannot alter most things in place."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=False,  # the two databases name the same types differently
        render_item=plain_type,
        include_object=is_ours,
    )
    with context.begin_transaction():
        context.run_migrations()


handed_in = context.config.attributes.get("connection")
if handed_in is not None:
    run(handed_in)
else:
    with make_engine(os.environ["TRACKER_DATABASE_URL"]).begin() as opened:
        run(opened)
