"""Two reports of a series: what the earlier one asked, what we did, what the later one says of it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.assessments.contents import Asked, Statement, difference
from tracker.scrutiny.figures import Totals
from tracker.terms import DONE_DELIVERY, LinkKind
from tracker.wording import percent, plural


@dataclass(frozen=True)
class Again:
    """A point of the later report that is linked to the earlier recommendation."""

    words: str
    section: str
    page: int | None
    place: int | None  # in the reading, by which statements name it
    kind: LinkKind
    reference: str = ""  # of its own action, where it has one
    point_id: int = 0


@dataclass(frozen=True)
class Links:
    """What links one earlier recommendation to the later report; what nobody has confirmed is only suggested."""

    again: tuple[Again, ...] = ()
    said: tuple[Statement, ...] = ()
    suggested: int = 0


@dataclass(frozen=True)
class Compared:
    """One earlier recommendation: asked, answered, did, and what the later report says."""

    asked: Asked
    again: tuple[Again, ...]
    said: tuple[Statement, ...]
    suggested: int
    difference: str  # a sentence, or nothing where both say the same

    @property
    def mentioned(self) -> bool:
        """Whether the later report speaks of it, as far as somebody has confirmed."""
        return bool(self.again or self.said)


@dataclass(frozen=True)
class Comparison:
    """Everything the later report says of the earlier one, with our figures for it."""

    rows: tuple[Compared, ...]
    totals: Totals

    @property
    def different(self) -> int:
        """How many are judged otherwise by us than by the inspectors."""
        return sum(bool(row.difference) for row in self.rows)

    @property
    def silent(self) -> int:
        """How many the later report no longer mentions, as far as anything is suggested or confirmed."""
        return sum(not row.mentioned and not row.suggested for row in self.rows)

    @property
    def linked(self) -> bool:
        """Whether anything at all links the two reports."""
        return any(row.mentioned or row.suggested for row in self.rows)

    @property
    def suggested(self) -> int:
        """How many suggestions nobody has decided on."""
        return sum(row.suggested for row in self.rows)

    @property
    def headline(self) -> str:
        """Say the two figures that always stand together."""
        return headline(self.totals)


def headline(found: Totals) -> str:
    """Say the two figures that always stand together (decision 0013).

    > 8 of 9 accepted actions (89%) are implemented. 5 of the 9 that have fallen due or are done (56%) were done on
    time, counted against the original date.
    """
    return (
        f"{found.implemented} of {plural(found.accepted, 'accepted action')} "
        f"({percent(found.implemented, found.accepted)}) {_verb(found.implemented, 'is', 'are')} implemented. "
        f"{found.on_time} of the {found.due_or_done} that have fallen due or are done "
        f"({percent(found.on_time, found.due_or_done)}) {_verb(found.on_time, 'was', 'were')} done on time, "
        f"counted against the original date."
    )


def compare(
    asked: Iterable[tuple[Asked, Links]], statements: Sequence[Statement], totals: Totals, said_on: date | None
) -> Comparison:
    """Put each earlier recommendation beside what the later report, of the day ``said_on``, says of it.

    A statement about a later point speaks of the earlier recommendation too that the point repeats or tells again.
    """
    return Comparison(tuple(_compared(one, links, statements, said_on) for one, links in asked), totals)


def _compared(asked: Asked, links: Links, statements: Sequence[Statement], said_on: date | None) -> Compared:
    places = {again.place for again in links.again if again.place is not None}
    by_point = [one for one in statements if places & set(one.about)]
    said = tuple(sorted({*links.said, *by_point}, key=lambda one: (len(one.about), one.page, one.quote)))
    # What was linked by its words alone is about this one: it counts as the most direct.
    direct = [replace(one, about=(0,)) if one in links.said else one for one in said]
    differs = difference(asked.ours, direct, said_on) or _asked_again(asked, links, said_on)
    return Compared(asked, links.again, said, links.suggested, differs)


def _asked_again(asked: Asked, links: Links, said_on: date | None) -> str:
    ours = asked.ours
    if ours is None or ours.withheld or ours.delivery not in DONE_DELIVERY:
        return ""
    if said_on and ours.claimed_on and ours.claimed_on > said_on:
        return ""  # it was not done yet when they asked again
    again = any(one.kind is LinkKind.TOLD_AGAIN for one in links.again)
    return f"We say {ours.delivery.label.lower()}. The later report asks for it again." if again else ""


def _verb(count: int, one: str, many: str) -> str:
    return one if count == 1 else many
