"""Writes frozen dataclasses down as plain JSON values and reads them back, so that what was frozen stays as it was.

Pure. The digest is over the canonical JSON: the same contents have the same digest years later.
"""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from tracker.terms import Term

Kind = TypeVar("Kind")
_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return a value as JSON holds it: a dataclass as an object, a term as its stored text, a date as 2026-11-21."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def digest_of(contents: object) -> str:
    """Return the SHA-256 of plain values."""
    return hashlib.sha256(_canonical(contents).encode()).hexdigest()


def thawed(kind: type[Kind], value: Any) -> Kind:  # noqa: ANN401
    """Return the dataclass that was written down."""
    hints = get_type_hints(kind)
    return kind(**{name: _read(hints[name], one) for name, one in value.items()})


def _read(hint: Any, value: Any) -> Any:  # noqa: ANN401
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return None if value is None else _read(next(one for one in inner if one is not NoneType), value)
    if origin is tuple:
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_read(one, part) for one, part in zip(kinds, value, strict=True))
    if isinstance(hint, type) and issubclass(hint, Term):
        return hint.of(value)
    if hint is date:
        return date.fromisoformat(value)
    return thawed(hint, value) if isinstance(hint, type) and is_dataclass(hint) else value
