"""Where an authority stands in a report's table of authorities, in words, and how the totals are spread. Pure."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FRONT = re.compile(r"^(the )?(london|royal) borough of |^the |^city of (?!london)")
BACK = re.compile(r" (county|city|borough|metropolitan borough|district)? ?council$")


@dataclass(frozen=True)
class Compared:
    """One authority's row, as printed."""

    authority: str
    grades: Mapping[str, str]
    total: int | None
    note: str | None = None

    @property
    def sum(self) -> int | None:
        """What its grades add up to; nothing where one is no number."""
        numbers = [grade for grade in self.grades.values() if grade.isdigit()]
        return sum(map(int, numbers)) if numbers and len(numbers) == len(self.grades) else None


@dataclass(frozen=True)
class Ranking:
    """A table of authorities, the best first, with where ours stands."""

    rows: tuple[Compared, ...]
    own: Compared | None
    rank: str  # "joint 13th of 33 with 11 others"; nothing where ours is not in it or has no total
    by_grades: str  # the same by the sums of the grades, where that is another
    best_is_highest: bool

    @property
    def areas(self) -> tuple[str, ...]:
        """The columns of the table, in the order of its first row."""
        return tuple(dict.fromkeys(area for row in self.rows for area in row.grades))

    @property
    def spread(self) -> tuple[tuple[int, int], ...]:
        """Each total with how many authorities have it, the best first."""
        counts = Counter(row.total for row in self.rows if row.total is not None)
        return tuple(sorted(counts.items(), reverse=self.best_is_highest))

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be known of single rows: > Islington: The printed total is 21; the grades add up to 20."""
        return tuple(f"{row.authority}: {row.note}" for row in self.rows if row.note)


def ranking(rows: Sequence[Compared], names: Sequence[str], *, best: str | None) -> Ranking:
    """Rank a table's authorities by their printed totals; ``names`` are ours, ``best`` the best grade of the scale."""
    highest = best != "1"
    wanted = {plain_authority(name) for name in names if name}
    own = next((row for row in rows if plain_authority(row.authority) in wanted), None)
    ordered = sorted(
        rows, key=lambda row: (row.total is None, -(row.total or 0) if highest else row.total or 0, row.authority)
    )
    printed = _rank([row.total for row in rows], own.total if own else None, highest=highest)
    summed = _rank([row.sum for row in rows], own.sum if own else None, highest=highest)
    return Ranking(tuple(ordered), own, printed, summed if summed != printed else "", highest)


def plain_authority(name: str) -> str:
    """Return an authority's name without what it is: > hackney."""
    plain = " ".join(name.replace("&", "and").split()).casefold()
    return BACK.sub("", FRONT.sub("", plain))


def ordinal(number: int) -> str:
    """Write a place: > 1st, > 12th, > 33rd."""
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _rank(totals: Sequence[int | None], own: int | None, *, highest: bool) -> str:
    known = [total for total in totals if total is not None]
    if own is None or not known:
        return ""
    better = sum(total > own if highest else total < own for total in known)
    others = sum(total == own for total in known) - 1
    place = f"{ordinal(better + 1)} of {len(known)}"
    if not others:
        return place
    return f"joint {place} with {others} {'other' if others == 1 else 'others'}"
