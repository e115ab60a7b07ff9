"""What a list of actions is narrowed to: one frozen value, read from an address and written back in one spelling. Pure.

What cannot be read is left out: it came with an old or a made-up address, and nobody typed it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Self, TypeVar

from tracker.terms import (
    LATE,
    OPEN_DELIVERY,
    AssumedDate,
    Delivery,
    Marking,
    Outlook,
    Priority,
    Response,
    Term,
    TimeLimitKind,
    Timeliness,
)

Given = Mapping[str, Sequence[str]]
LARGEST_ID = 2**31 - 1
MOST_WORDS = 200  # characters of what is looked for
MOST_SECTION = 500
OPEN = tuple(delivery for delivery in Delivery if delivery in OPEN_DELIVERY)
IDS = ("report", "service", "theme", "area", "owner", "post", "lead", "body")
ONE_OF: dict[str, type[Term]] = {
    "response": Response,
    "priority": Priority,
    "marking": Marking,
    "outlook": Outlook,
    "limit": TimeLimitKind,
    "assumed": AssumedDate,
}
SEVERAL_OF: dict[str, type[Term]] = {"delivery": Delivery, "age": Timeliness}
ALIASES: dict[str, dict[str, tuple[Term, ...]]] = {"delivery": {"open": OPEN}, "age": {"late": LATE}}
ANY = ("delivery", "any")  # what an address says that narrows nothing: an address that says nothing means what is open
T = TypeVar("T", bound=Term)


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; what is empty does not narrow. Of several statuses or ages an action has one."""

    words: str = ""
    report: int | None = None
    section: str = ""
    service: int | None = None
    theme: int | None = None
    area: int | None = None
    owner: int | None = None
    post: int | None = None
    lead: int | None = None
    body: int | None = None
    delivery: tuple[Delivery, ...] = ()
    age: tuple[Timeliness, ...] = ()
    response: Response | None = None
    priority: Priority | None = None
    marking: Marking | None = None
    outlook: Outlook | None = None
    limit: TimeLimitKind | None = None
    assumed: AssumedDate | None = None

    @classmethod
    def read(cls, given: Given) -> Self:
        """Read the filters of an address; one that names none of them means every open action."""
        if not any(name in given for name in (*NAMES, "late")):
            return cls(delivery=OPEN)
        values: dict[str, object] = {
            "words": " ".join(_first(given, "words").split())[:MOST_WORDS],
            "section": _first(given, "section").strip()[:MOST_SECTION],
        }
        values |= {name: _id(_first(given, name)) for name in IDS}
        values |= {name: _term(_first(given, name), terms) for name, terms in ONE_OF.items()}
        values |= {name: _several(given, name, terms) for name, terms in SEVERAL_OF.items()}
        if _first(given, "late") == "late":  # as links written before there were ages say it
            values["age"] = LATE
        return cls(**values)  # type: ignore[arg-type]  # each by its name

    def pairs(self) -> list[tuple[str, str]]:
        """Return what an address says, always in the same order and spelling."""
        found: list[tuple[str, str]] = []
        for name in NAMES:
            value = getattr(self, name)
            if isinstance(value, tuple):
                found += [(name, word) for word in _spelt(name, value)]
            elif value not in (None, ""):
                found.append((name, str(value)))
        return found or [ANY]

    def chosen(self) -> list[str]:
        """Return the names of the filters that narrow, in their order."""
        return [name for name in NAMES if getattr(self, name)]

    def without(self, *names: str) -> Self:
        """Return the filters with some taken off."""
        empty = type(self)()
        return replace(self, **{name: getattr(empty, name) for name in names})

    def held_to(self, known: Callable[[str, int], bool]) -> Self:
        """Return the filters without those that name what this council does not have."""
        return self.without(
            *(name for name in IDS if (value := getattr(self, name)) is not None and not known(name, value))
        )


NAMES = tuple(field.name for field in fields(Filters))


def _first(given: Given, name: str) -> str:
    values = given.get(name) or ("",)
    return values[0]


def _id(typed: str) -> int | None:
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= len(str(LARGEST_ID))):
        return None
    return int(typed) if 0 < int(typed) <= LARGEST_ID else None


def _term(typed: str, terms: type[T]) -> T | None:
    return next((term for term in terms if term.value == typed), None)


def _several(given: Given, name: str, terms: type[T]) -> tuple[T, ...]:
    """Return the terms named, in the order of the vocabulary; an alias stands for several."""
    wanted: set[Term] = set()
    for typed in given.get(name, ()):
        wanted |= set(ALIASES[name].get(typed, ()))
        wanted |= {term for term in terms if term.value == typed}
    return tuple(term for term in terms if term in wanted)


def _spelt(name: str, value: Iterable[Term]) -> list[str]:
    chosen = tuple(value)
    alias = next((word for word, terms in ALIASES[name].items() if terms == chosen), None)
    return [alias] if alias else [term.value for term in chosen]
