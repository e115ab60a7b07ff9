"""What is searched: a text for each piece of an action, kept by the events of what it is a piece of."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    ForeignKey,
    Table,
    UniqueConstraint,
    delete,
    event,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from tracker.models.action import Action, Update
from tracker.models.action_point import ActionPoint
from tracker.models.base import Base, CouncilOwned
from tracker.models.deciding import Claim
from tracker.models.evidence import Evidence

TITLE, WORDS, UPDATE, FILE = "title", "words", "update", "file"  # what a searched text is a piece of
TEST, CLAIM = "success_test", "claim"


class SearchText(CouncilOwned, Base):
    """One piece of an action that is searched: the report's words, its title, its success test, what was said of it.

    Written by the events below and by nobody else. The database keeps its index of the words from these rows: on SQLite
    the table ``search_index`` by triggers, on PostgreSQL the generated column ``vector`` (decision 0019).
    """

    __tablename__ = "search_texts"
    __table_args__ = (UniqueConstraint("council_id", "action_id", "source", "source_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    source: Mapped[str]  # "title", "words", "success_test", "update", "claim", "file"
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


def claim_text(note: str, finding: str | None) -> str:
    """Return what is searched of a claim: its words, and what was found when it was checked."""
    return f"{note} {finding or ''}"


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


Said = Update | Claim | Evidence
SOURCES: dict[type[Base], str] = {Update: UPDATE, Claim: CLAIM, Evidence: FILE}
SAID_IN: dict[type[Base], tuple[str, ...]] = {Update: ("text",), Claim: ("note", "finding"), Evidence: ("filename",)}


@event.listens_for(Action, "after_insert")
def _action_made(_mapper: Mapper[Any], connection: Connection, action: Action) -> None:
    words = connection.scalar(select(POINTS.c.words).where(POINTS.c.id == action.action_point_id))
    _title_of(action).write(connection, title_text(action.reference, action.title))
    _Piece(action.council_id, action.id, WORDS, action.action_point_id).write(connection, words or "")
    if action.success_test:
        _test_of(action).write(connection, action.success_test)


@event.listens_for(Action, "after_update")
def _action_changed(_mapper: Mapper[Any], connection: Connection, action: Action) -> None:
    if _changed(action, "title", "reference"):
        _title_of(action).rewrite(connection, title_text(action.reference, action.title))
    if _changed(action, "success_test"):
        _test_of(action).remove(connection)
        if action.success_test:
            _test_of(action).write(connection, action.success_test)


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
@event.listens_for(Claim, "after_insert")
def _said(_mapper: Mapper[Any], connection: Connection, row: Said) -> None:
    _piece_of(row).write(connection, _text_of(row))


@event.listens_for(Update, "after_update")
@event.listens_for(Evidence, "after_update")
@event.listens_for(Claim, "after_update")
def _said_otherwise(_mapper: Mapper[Any], connection: Connection, row: Said) -> None:
    if _changed(row, *SAID_IN[type(row)]):
        _piece_of(row).rewrite(connection, _text_of(row))


@event.listens_for(Update, "after_delete")
@event.listens_for(Evidence, "after_delete")
@event.listens_for(Claim, "after_delete")
def _taken_away(_mapper: Mapper[Any], connection: Connection, row: Said) -> None:
    _piece_of(row).remove(connection)


def _title_of(action: Action) -> _Piece:
    return _Piece(action.council_id, action.id, TITLE, action.id)


def _test_of(action: Action) -> _Piece:
    return _Piece(action.council_id, action.id, TEST, action.id)


def _piece_of(row: Said) -> _Piece:
    return _Piece(row.council_id, row.action_id, SOURCES[type(row)], row.id)


def _text_of(row: Said) -> str:
    if isinstance(row, Claim):
        return claim_text(row.note, row.finding)
    return row.text if isinstance(row, Update) else row.filename


def _changed(row: Base, *names: str) -> bool:
    return any(inspect(row).attrs[name].history.has_changes() for name in names)
