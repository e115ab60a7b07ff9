"""Runs the migrations on an engine or address handed in by ``tracker.migrate``, or named in the environment."""

import os
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from tracker.db import make_engine
from tracker.models import Base, TermType, UtcDateTime


def plain_type(kind: str, thing: Any, _autogenerate: object) -> str | Literal[False]:  # noqa: ANN401 - Alembic's own
    """Write the plain type into a new migration: a migration must not change when the service's own types do."""
    if kind == "type" and isinstance(thing, TermType):
        return "sa.Text()"
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: Connection) -> None:
    """Run the migrations on an open connection; batch mode, since SQLite cannot alter most things in place."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=False,  # the two databases name the same types differently
        render_item=plain_type,
    )
    with context.begin_transaction():
        context.run_migrations()


handed_in = context.config.attributes.get("connection")
if handed_in is not None:
    run(handed_in)
else:
    with make_engine(os.environ["TRACKER_DATABASE_URL"]).begin() as opened:
        run(opened)
