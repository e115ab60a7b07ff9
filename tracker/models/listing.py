"""What helps to find actions and change many at once: saved views, bulk changes and their undoing, what is searched."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    Table,
    UniqueConstraint,
    delete,
    event,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from tracker.models.action import Action, Update
from tracker.models.action_point import ActionPoint
from tracker.models.base import Base, CouncilOwned
from tracker.models.evidence import Evidence
from tracker.models.person import Person

TITLE, WORDS, UPDATE, FILE = "title", "words", "update", "file"  # what a searched text is a piece of


class SavedView(CouncilOwned, Base):
    """A list of actions that somebody gave a name: its filters, columns and order."""

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("council_id", "person_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str]
    query: Mapped[str]  # the part of the address after the question mark, in one spelling
    shared: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    person: Mapped[Person] = relationship()


class BulkChange(CouncilOwned, Base):
    """One change to many actions at once, with what each was before, so that it can be undone."""

    __tablename__ = "bulk_changes"
    __table_args__ = (Index(None, "council_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    sentence: Mapped[str]
    changes: Mapped[list[Any]]  # a dictionary for each action: see actions.listing.bulk
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    by: Mapped[Person] = relationship(foreign_keys=by_id)
    undone_by: Mapped[Person | None] = relationship(foreign_keys=undone_by_id)


class SearchText(CouncilOwned, Base):
    """One piece of an action that is searched: the report's words, its title, an update, the name of a file.

    Written by the events below and by nobody else. The database keeps its index of the words from these rows: on SQLite
    the table ``search_index`` by triggers, on PostgreSQL the generated column ``vector`` (decision 0019).
    """

    __tablename__ = "search_texts"
    __table_args__ = (UniqueConstraint("council_id", "action_id", "source", "source_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    source: Mapped[str]  # "words", "title", "update", "file"
    source_id: Mapped[int]
    text: Mapped[str]


def _table(model: type[Base]) -> Table:
    found = model.__table__
    assert isinstance(found, Table)  # noqa: S101 - for the type checker: every model is a plain table
    return found


TEXTS, POINTS, ACTIONS = _table(SearchText), _table(ActionPoint), _table(Action)


def title_text(reference: str, title: str) -> str:
    """Return what is searched of an action's name: its reference and its title."""
    return f"{reference} {title}"


@dataclass(frozen=True)
class _Piece:
    """Which of an action's texts: one row of the table."""

    council_id: int
    action_id: int
    source: str
    source_id: int

    def write(self, connection: Connection, text: str) -> None:
        connection.execute(insert(TEXTS).values(**asdict(self), text=text))

    def rewrite(self, connection: Connection, text: str) -> None:
        connection.execute(update(TEXTS).where(*self._itself()).values(text=text))

    def remove(self, connection: Connection) -> None:
        connection.execute(delete(TEXTS).where(*self._itself()))

    def _itself(self) -> list[ColumnElement[bool]]:
        return [TEXTS.c[name] == value for name, value in asdict(self).items()]


@event.listens_for(Action, "after_insert")
def _action_made(_mapper: Mapper[Any], connection: Connection, action: Action) -> None:
    words = connection.scalar(select(POINTS.c.words).where(POINTS.c.id == action.action_point_id))
    _title_of(action).write(connection, title_text(action.reference, action.title))
    _Piece(action.council_id, action.id, WORDS, action.action_point_id).write(connection, words or "")


@event.listens_for(Action, "after_update")
def _action_changed(_mapper: Mapper[Any], connection: Connection, action: Action) -> None:
    if _changed(action, "title", "reference"):
        _title_of(action).rewrite(connection, title_text(action.reference, action.title))


@event.listens_for(Action, "before_delete")
def _action_removed(_mapper: Mapper[Any], connection: Connection, action: Action) -> None:
    connection.execute(delete(TEXTS).where(TEXTS.c.council_id == action.council_id, TEXTS.c.action_id == action.id))


@event.listens_for(ActionPoint, "after_update")
def _point_changed(_mapper: Mapper[Any], connection: Connection, point: ActionPoint) -> None:
    if not _changed(point, "words"):
        return
    mine = (ACTIONS.c.council_id == point.council_id, ACTIONS.c.action_point_id == point.id)
    action_id = connection.scalar(select(ACTIONS.c.id).where(*mine))
    if action_id is not None:
        _Piece(point.council_id, action_id, WORDS, point.id).rewrite(connection, point.words)


@event.listens_for(Update, "after_insert")
@event.listens_for(Evidence, "after_insert")
def _said(_mapper: Mapper[Any], connection: Connection, row: Update | Evidence) -> None:
    _piece_of(row).write(connection, _text_of(row))


@event.listens_for(Update, "after_update")
@event.listens_for(Evidence, "after_update")
def _said_otherwise(_mapper: Mapper[Any], connection: Connection, row: Update | Evidence) -> None:
    if _changed(row, "text" if isinstance(row, Update) else "filename"):
        _piece_of(row).rewrite(connection, _text_of(row))


@event.listens_for(Update, "after_delete")
@event.listens_for(Evidence, "after_delete")
def _taken_away(_mapper: Mapper[Any], connection: Connection, row: Update | Evidence) -> None:
    _piece_of(row).remove(connection)


def _title_of(action: Action) -> _Piece:
    return _Piece(action.council_id, action.id, TITLE, action.id)


def _piece_of(row: Update | Evidence) -> _Piece:
    return _Piece(row.council_id, row.action_id, UPDATE if isinstance(row, Update) else FILE, row.id)


def _text_of(row: Update | Evidence) -> str:
    return row.text if isinstance(row, Update) else row.filename


def _changed(row: Base, *names: str) -> bool:
    return any(inspect(row).attrs[name].history.has_changes() for name in names)
