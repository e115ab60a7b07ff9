"""What an overdue report says: figures, groups and rows at a date. Pure; every rendering only draws it.

Lateness is always counted against the original due date; a later date is a second line (DESIGN section 3, rule 4).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.actions.timeliness import days_late, timeliness
from tracker.scrutiny.figures import Group, State, Totals, groups_of, totals_of
from tracker.terms import LATE, Delivery, Marking, Timeliness
from tracker.wording import format_date, plural

WITHHELD = "Exempt information"


@dataclass(frozen=True)
class LastUpdate:
    """The last thing said of an action: an update, or a claim or a request for more time, which its words name."""

    words: str
    on: date
    by: str


@dataclass(frozen=True)
class OverdueAction:
    """One late action, with what a member asks about it."""

    action_id: int
    reference: str
    marking: Marking
    title: str
    words: str
    report: str
    place: str  # "Safeguarding services, page 12"
    owner: str
    post: str
    delivery: Delivery
    original_due: date
    days_late: int = 0  # set, with the band, when the report is put together
    band: Timeliness = Timeliness.NOT_DUE
    current_due: date | None = None  # where it was extended
    times_moved: int = 0
    days_gained: int = 0
    reason: str = ""  # of the latest agreed extension
    safeguard: str = ""  # what protects people meanwhile
    last_update: LastUpdate | None = None
    silent_bodies: tuple[str, ...] = ()  # have not replied

    @property
    def withheld(self) -> bool:
        """Whether its words may not be shown."""
        return self.marking is not Marking.OPEN

    @property
    def late_words(self) -> str:
        """Say how late it is: > 94 days late."""
        return f"{plural(self.days_late, 'day')} late"

    @property
    def moved_words(self) -> str:
        """Say how often the date was moved: > Date moved twice, 92 days gained."""
        if not self.times_moved:
            return "Date never moved"
        often = {1: "once", 2: "twice"}.get(self.times_moved, f"{self.times_moved} times")
        return f"Date moved {often}, {plural(self.days_gained, 'day')} gained"


@dataclass(frozen=True)
class Filters:
    """What the report is narrowed to; what is None does not narrow. The band narrows the rows, not the figures."""

    report_id: int | None = None
    service_id: int | None = None
    body_id: int | None = None  # whose part an action waits, or waited, for
    band: Timeliness | None = None


@dataclass(frozen=True)
class OverdueReport:
    """Everything the overdue report says, as at the end of a day."""

    council: str
    at: date
    narrowed_to: tuple[str, ...]
    totals: Totals
    by_age: tuple[tuple[Timeliness, int], ...]
    by_report: tuple[Group, ...]
    by_service: tuple[Group, ...]
    rows: tuple[OverdueAction, ...]  # oldest first

    @property
    def as_at(self) -> str:
        """Say the day: > As at 21 November 2026."""
        return f"As at {format_date(self.at)}"

    @property
    def listed(self) -> str:
        """Say how many late actions are listed: > 3 of 9 late actions."""
        shown = len(self.rows)
        late = plural(self.totals.late, "late action")
        return late if shown == self.totals.late else f"{shown} of {late}"


def assemble(
    council: str,
    at: date,
    states: Sequence[State],
    rows: Iterable[OverdueAction],
    *,
    narrowed_to: Sequence[str] = (),
    whole: bool = False,
) -> OverdueReport:
    """Put an overdue report together: figures over all states, rows oldest first without what may not be shown.

    ``whole`` keeps what may not be shown, for who parts it from the rest later.
    """
    ages = Counter(state.timeliness(at) for state in states)
    ordered = sorted(rows, key=lambda row: (row.original_due, row.reference))
    return OverdueReport(
        council=council,
        at=at,
        narrowed_to=tuple(narrowed_to),
        totals=totals_of(states, at),
        by_age=tuple((band, ages[band]) for band in LATE),
        by_report=groups_of(states, at, [state.report for state in states]),
        by_service=groups_of(states, at, [state.service for state in states]),
        rows=tuple(_aged(row, at) if whole else withheld(_aged(row, at)) for row in ordered),
    )


def withheld(row: OverdueAction) -> OverdueAction:
    """Take the words out of a row that is exempt or confidential; only its reference stays to be shown."""
    if not row.withheld:
        return row
    return replace(
        row, title=WITHHELD, words="", report="", place="", owner="", post="", current_due=None, times_moved=0,
        days_gained=0, reason="", safeguard="", last_update=None, silent_bodies=(),
    )  # fmt: skip


def _aged(row: OverdueAction, at: date) -> OverdueAction:
    band = timeliness(row.delivery, row.original_due, at, claimed_on=None)
    return replace(row, days_late=days_late(row.original_due, at), band=band)
