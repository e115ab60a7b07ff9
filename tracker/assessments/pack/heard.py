"""What later reports say of a recommendation, who may see it, and where we say otherwise. It reads nothing itself.

A later report that tells a matter again has an action of its own, which may be exempt or confidential: its words, and
what inspectors say of it, are then no more open than that action is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.assessments.compared import Again, Compared, Links, compare
from tracker.assessments.contents import Asked, Statement, progress
from tracker.assessments.pack.pieces import Different, Said
from tracker.assessments.queries import said_on
from tracker.models import Report
from tracker.scrutiny.figures import totals_of
from tracker.terms import Marking

STRICTER = list(Marking)  # as the vocabulary has them: open, exempt, confidential
NOTHING = totals_of([], date.min)


@dataclass(frozen=True)
class Later:
    """A report of the series, as what it says of earlier ones is asked for."""

    report: Report
    statements: Sequence[Statement]
    links: Mapping[int, Links]  # by the earlier point
    by_point: Mapping[int, int]  # the action that tracks each of its own points, by the point's id
    by_place: Mapping[int, int]  # the same by the point's place in the reading, by which statements name it
    markings: Mapping[int, Marking]  # of every action

    def suggested(self, key: int) -> int:
        """Count what is only suggested of an earlier point."""
        return self.links.get(key, Links()).suggested

    def about(self, one: Statement | Again) -> tuple[int, ...]:
        """Return the actions that a statement, or a point of the report, speaks of."""
        if isinstance(one, Statement):
            found = [self.by_place.get(place) for place in one.about]
        else:
            found = [self.by_point.get(one.point_id)]
        return tuple(sorted({key for key in found if key is not None}))

    def marking(self, one: Statement | Again) -> Marking:
        """Return the strictest marking of what it speaks of."""
        return max((self.markings.get(key, Marking.OPEN) for key in self.about(one)), key=STRICTER.index,
                   default=Marking.OPEN)  # fmt: skip


def heard(asked: Asked, key: int, later: Later) -> tuple[list[Said], Different | None]:
    """Return what a later report says of an earlier point, and whether that is something else than we say."""
    row = _compared(asked, key, later)
    return list(_said(row, later)), _different(asked, key, later, row)


def said_of_itself(asked: Asked, own: Later) -> list[Said]:
    """Return what a letter that repeats an earlier recommendation says in the same breath of it."""
    followed = progress([asked], own.statements, said_on(own.report)).followed[0]
    return list(_said(Compared(asked, (), followed.said, 0, ""), own))


def _different(asked: Asked, key: int, later: Later, row: Compared) -> Different | None:
    """Return where we say otherwise, as open as what it rests on: first by what is open alone."""
    levels = {Marking.OPEN, *map(later.marking, row.said), *map(later.marking, row.again)}
    strictest = max(levels, key=STRICTER.index)
    for marking in sorted(levels, key=STRICTER.index):
        found = row if marking is strictest else _compared(asked, key, _narrowed(later, key, marking))
        words = found.difference
        if words:
            return Different(later.report.code, words, marking)
    return None


def _narrowed(later: Later, key: int, strictest: Marking) -> Later:
    """Leave out what is stricter."""

    def allowed(one: Statement | Again) -> bool:
        return STRICTER.index(later.marking(one)) <= STRICTER.index(strictest)

    links = later.links.get(key, Links())
    again, said = tuple(filter(allowed, links.again)), tuple(filter(allowed, links.said))
    statements = [one for one in later.statements if allowed(one)]
    return replace(later, statements=statements, links={key: replace(links, again=again, said=said)})


def _compared(asked: Asked, key: int, later: Later) -> Compared:
    rows = compare([(asked, later.links.get(key, Links()))], later.statements, NOTHING, said_on(later.report))
    return rows.rows[0]


def _said(row: Compared, later: Later) -> Iterable[Said]:
    code, day = later.report.code, said_on(later.report)
    for one in row.said:
        of = f", said of {len(one.about)} recommendations" if len(one.about) > 1 else ""
        place = f"page {one.page}{of}"
        yield Said(code, day, one.judgement.label, one.quote, place, later.marking(one), later.about(one))
    for again in row.again:
        place = f"page {again.page}" if again.page else again.section
        yield Said(code, day, again.kind.label, again.words, place, later.marking(again), later.about(again))
