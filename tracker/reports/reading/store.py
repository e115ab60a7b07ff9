"""A reading as plain values that JSON can carry, and back: out of the child process, into the database."""

import types
import typing
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any

from tracker.reports.reading.model import Reading


def to_dict(reading: Reading) -> dict[str, Any]:
    """Return the reading as dicts, lists, strings and numbers; dates are ISO."""
    plain: dict[str, Any] = _plain(reading)
    return plain


def from_dict(plain: dict[str, Any]) -> Reading:
    """Return the reading back from ``to_dict``. Raises KeyError, TypeError or ValueError where it is not one."""
    reading: Reading = _typed(Reading, plain)
    return reading


def _plain(value: Any) -> Any:  # noqa: ANN401 - any of the values a reading is made of
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _typed(kind: Any, value: Any) -> Any:  # noqa: ANN401, PLR0911 - any kind of value, one return for each
    if isinstance(kind, types.UnionType):
        return None if value is None else _typed(next(one for one in kind.__args__ if one is not types.NoneType), value)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        return tuple(_typed(arguments[0], one) for one in value)
    if origin is dict:
        return {key: _typed(arguments[1], one) for key, one in value.items()}
    if is_dataclass(kind):
        hints = _hints(typing.cast("type", kind))
        make: Any = kind
        return make(**{name: _typed(hints[name], one) for name, one in value.items() if name in hints})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if kind is date:
        return date.fromisoformat(value)
    return value
