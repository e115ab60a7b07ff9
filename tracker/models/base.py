"""The declarative base: constraint names, time in UTC, terms as text, and rows that belong to a council."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from tracker.terms import Term


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored in UTC. A naive value is refused: SQLite would store it an hour wrong without a word."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Convert to UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return an aware moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class TermType(TypeDecorator[Term]):
    """A word of the vocabulary, stored as its text. A text that is not in the vocabulary is refused both ways."""

    impl = Text
    cache_ok = True

    def __init__(self, terms: type[Term]) -> None:
        """Take the vocabulary the column is limited to."""
        super().__init__()
        self.terms = terms

    def process_bind_param(self, value: Term | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the stored text."""
        return None if value is None else self.terms.of(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> Term | None:  # noqa: ARG002
        """Return the term."""
        return None if value is None else self.terms.of(value)


class Base(DeclarativeBase):
    """Every table of the service."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as it is
        datetime: UtcDateTime,
        str: Text,
        dict[str, Any]: JSON,
        list[Any]: JSON,
        list[str]: JSON,
        list[int]: JSON,
    }


class CouncilOwned:
    """A row that belongs to a council. Reads and writes of it are held to one council by ``models.scope``."""

    council_id: Mapped[int] = mapped_column(ForeignKey("councils.id"))
