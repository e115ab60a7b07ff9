# ruff: noqa: E501 - one line for each wording
"""The heads of tables of actions: which column holds the request, its time, who has to act. A table of data like ``wordings``."""

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

# The request itself.
_WHAT = re.compile(
    r"(?:no\.? ?)?(?:(?:(?!previous|earlier|last|past|number|no\b|ref)[\w'’/-]+ ){0,3}recommendations?(?: .{2,40})?|(?:statutory )?requirements?(?: .{2,30})?|(?:identified )?areas? (?:for|of|requiring) (?:priority action|improvement|development)s?(?: .{2,30})?|improvements? (?:needed|required|identified)|what needs to improve)$",
    re.IGNORECASE,
)
# What is to be done, where no column holds the request itself.
_ANSWER = re.compile(
    r"(?:agreed |proposed |required |recommended |improvement |management |key |planned |specific |priority )?actions?(?: points?| required| needed| to be taken| agreed| proposed|s? and .{3,30})?|what (?:needs to|will|must|do we need to) (?:be done|do|happen)|what we will do|improvement (?:required|needed)|tasks?$",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"(?:due(?: date| by)?|deadline|(?:proposed |agreed |target |delivery )?time ?scales?(?: .{2,30})?|(?:target )?time ?frame|time ?table|within|by|by when|when|(?:target|completion|implementation|agreed|action|due|review|delivery|end|planned|proposed|expected)(?: .{2,20})? dates?(?: .{2,30})?|dates?(?: due| for .{2,30}| of .{2,30})?|(?:to be )?complet(?:ed|ion|e)(?: by| date)?|time ?limit)$",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"(?:responsib(?:le|ility)(?: .{2,40})?|(?:action |risk |recommendation )?owners?(?: .{2,30})?|(?:agency |organisation )?leads?(?: (?:officers?|body|bodies|agency|agencies|persons?|organisations?|partners?|professionals?|directors?))?|who(?: .{2,30})?|by whom|for whom|agenc(?:y|ies)|organisations?|bod(?:y|ies)|addressees?|accountable .{2,30}|(?:named |responsible )?officers?|for|to|to whom(?: .{2,20})?|made to|directed to|recommendation (?:for|to))$",
    re.IGNORECASE,
)
# Columns that stand beside those, and say that the row is the head of a table of actions.
_OTHER = re.compile(
    r"(?:#|identified .{3,40}|summary .{3,20}|no\.?|nos\.?|number|item|ref(?:erence)?(?: no\.?| number)?\.?|rec\.?(?: no\.?| ref\.?)?|paragraph|para\.?|section|theme|area|priority(?: .{2,20})?|(?:risk )?rating|rag(?: .{2,20})?|risk|(?:management |provider |government |council |our |executive |cabinet )?(?:response|comments?)(?: .{2,40})?|accepted\??(?: .{2,20})?|agreed\??|status|progress(?: .{2,30})?|updates?|evidence(?: .{2,30})?|findings?(?: .{2,30})?|issues?(?: .{2,30})?|observations?|outcomes?(?: .{2,30})?|impact|success (?:measure|criteria).{0,20}|how (?:we )?will (?:we )?(?:know|it be).{0,30}|measures?(?: .{2,30})?|standards?(?: .{2,30})?|regulations?(?: .{2,30})?|reasons?|rationale|resources?|costs?|learning(?: .{2,30})?)$",
    re.IGNORECASE,
)

_SPACE = re.compile(r" ")
_LONGEST = 60  # characters of a name


class Holds(Enum):
    """What a column, or a row of a table on its side, says of a point."""

    REQUEST = auto()
    TIME = auto()
    WHO = auto()
    OTHER = auto()


class Columns(NamedTuple):
    """Which column of a table holds what; None where none does."""

    what: int | None = None
    when: int | None = None
    who: int | None = None
    others: int = 0  # columns of other known names

    @property
    def is_head(self) -> bool:
        """Whether the row is the head of a table of actions."""
        return self.what is not None and (self.when is not None or self.who is not None or self.others > 0)


def columns_of(head: Sequence[str]) -> Columns:
    """Return what each cell of a row names, as far as they are names of columns."""
    cells = [cell.strip("*: ") for cell in head]
    what, when, who = (_first(pattern, cells) for pattern in (_WHAT, _WHEN, _WHO))
    if what is None and (when is not None or who is not None):
        what = _first(_ANSWER, cells)
    others = sum(
        any(map(_OTHER.fullmatch, _spellings(cell))) for n, cell in enumerate(cells) if n not in {what, when, who}
    )
    return Columns(what, when, who, others)


def holds(name: str) -> Holds | None:
    """Return what stands under, or beside, a name; None where the name is not known."""
    name = name.strip("*: ")
    for pattern, found in ((_WHAT, Holds.REQUEST), (_WHEN, Holds.TIME), (_WHO, Holds.WHO), (_OTHER, Holds.OTHER)):
        if pattern.fullmatch(name):
            return found
    return Holds.REQUEST if _ANSWER.fullmatch(name) else None


def _first(pattern: re.Pattern[str], cells: list[str]) -> int | None:
    return next((number for number, cell in enumerate(cells) if any(map(pattern.fullmatch, _spellings(cell)))), None)


def _spellings(cell: str) -> list[str]:
    """Return a name as printed, and with each of its spaces left out: a narrow column breaks words without a hyphen."""
    return [cell, *(cell[: space.start()] + cell[space.end() :] for space in _SPACE.finditer(cell[:_LONGEST]))]
