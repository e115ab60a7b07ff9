"""What a pack holds: by report, area and recommendation, as it is frozen. Pure.

It cannot flatter: what is not done is in it with what is, and every lateness is counted against the original date.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.assessments.over_time import Judged, OverTime
from tracker.assessments.pack.pieces import Different, Entry, Line, Moved, Proof, Said
from tracker.scrutiny.figures import Totals
from tracker.terms import DONE_DELIVERY, Delivery, Marking, Response
from tracker.wording import format_date, plural


@dataclass(frozen=True)
class Tracked:
    """The action that was made of a recommendation, and all that became of it."""

    action_id: int
    reference: str
    title: str
    marking: Marking
    owner: str
    post: str
    response: Response
    reason: str  # of the response
    delivery: Delivery
    stands: str  # "done 8 March 2013, 41 days after the original date, 26 January 2013"
    original_due: date
    due_sum: str
    assumed: bool  # the date was not given by the report
    moves: tuple[Moved, ...] = ()
    closed_because: str = ""
    success_test: str = ""
    entries: tuple[Entry, ...] = ()  # oldest first
    bodies: tuple[Line, ...] = ()
    proofs: tuple[Proof, ...] = ()
    notes_withheld: int = 0
    files_withheld: int = 0

    @property
    def is_done(self) -> bool:
        """Whether somebody else has found that it is done."""
        return self.delivery in DONE_DELIVERY

    @property
    def moved(self) -> str:
        """Say how often the date was moved: > Moved twice, 92 days gained: now 26 April 2013."""
        if not self.moves:
            return ""
        times = len(self.moves)
        often = {1: "once", 2: "twice"}.get(times, f"{times} times")
        days = sum((move.after - move.before).days for move in self.moves)
        return f"Moved {often}, {plural(days, 'day')} gained: now {format_date(self.moves[-1].after)}"


@dataclass(frozen=True)
class Recommendation:
    """One point of a report: asked, answered, did, shown, and what they said."""

    number: int  # among the points of its report
    name: str  # the point's own title
    words: str
    section: str
    area: str  # the name its section is compared under, by the council's own names of areas
    place: str  # "Recommendation, page 12. Within three months"
    elsewhere: str = ""  # the code of the earlier report that it repeats, and whose action tracks it
    tracked: Tracked | None = None
    said: tuple[Said, ...] = ()
    different: tuple[Different, ...] = ()  # one for each report that says otherwise than we do
    said_withheld: int = 0

    @property
    def marking(self) -> Marking:
        """Who may see it."""
        return self.tracked.marking if self.tracked else Marking.OPEN

    @property
    def title(self) -> str:
        """Name it: > 3. Improve access to therapy."""
        return f"{self.number}. {self.tracked.title if self.tracked else self.name}"


@dataclass(frozen=True)
class Inspected:
    """One report: what it judged and what it asked for."""

    code: str
    title: str
    facts: str  # "Ofsted. Inspection 1 to 12 June 2026. Printed 10 July 2026."
    scale_best: str | None
    judgements: tuple[Judged, ...]
    areas: tuple[str, ...]  # the name that each of them is compared under
    totals: Totals
    recommendations: tuple[Recommendation, ...]
    exempt: int = 0  # recommendations that are not here because they are exempt
    confidential: int = 0

    @property
    def sections(self) -> dict[str, list[Recommendation]]:
        """The recommendations under the headings they stand under, in the report's order."""
        found: dict[str, list[Recommendation]] = {}
        for one in self.recommendations:
            found.setdefault(one.section, []).append(one)
        return found


@dataclass(frozen=True)
class Pack:
    """Everything that is frozen."""

    council: str
    at: date
    about: str  # "All reports", or the code of one
    reports: tuple[Inspected, ...]
    totals: Totals
    over_time: OverTime
    suggested: int  # links to later reports that nobody has confirmed or refused, and that are left out therefore
    with_exempt: bool

    @property
    def recommendations(self) -> Iterator[tuple[Inspected, Recommendation]]:
        """Every recommendation, with its report."""
        return ((report, one) for report in self.reports for one in report.recommendations)

    @property
    def once(self) -> list[tuple[Inspected, Recommendation]]:
        """Every recommendation; what a later report repeats only where it was asked first."""
        found: dict[str, tuple[Inspected, Recommendation]] = {}
        for report, one in self.recommendations:
            key = one.tracked.reference if one.tracked else f"{report.code} {one.number}"
            found.setdefault(key, (report, one))
        return list(found.values())

    @property
    def hidden(self) -> int:
        """How many recommendations are not here."""
        return self.exempt + self.confidential

    @property
    def exempt(self) -> int:
        """How many recommendations are not here because they are exempt."""
        return sum(report.exempt for report in self.reports)

    @property
    def confidential(self) -> int:
        """How many recommendations are not here because they are confidential."""
        return sum(report.confidential for report in self.reports)
