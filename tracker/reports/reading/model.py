"""What a reading of a report is made of: frozen values, each keeping the place it was read from.

Characters are counted in ``Reading.text``, the document's text as it is shown on the checking page; pages from 1.
"""

from dataclasses import dataclass, field
from datetime import date

from tracker.terms import Grade, Origin, PointKind, ProgressJudgement, TimeLimitKind, TimeUnit


@dataclass(frozen=True)
class Place:
    """A passage of the document: characters [start, end) of its text, and the page it begins on."""

    page: int
    start: int
    end: int


@dataclass(frozen=True)
class TimeLimit:
    """How long the report gives, as it says it."""

    kind: TimeLimitKind
    words: str | None = None  # as printed in the heading or the sentence
    count: int | None = None  # for "within N units"
    unit: TimeUnit | None = None
    day: date | None = None  # a printed date


@dataclass(frozen=True)
class ReadPoint:
    """One thing the report asks for, proposed to the person who checks."""

    text: str  # the report's own words, lines rejoined
    kind: PointKind
    section: str
    time_limit: TimeLimit
    origin: Origin
    place: Place
    bodies: tuple[str, ...] = ()
    priority: str | None = None  # words that mark priority, not time ("Areas for priority action", "urgently")
    confidence: float = 1.0  # 0 to 1
    reason: str = ""  # why the confidence is what it is, in a sentence
    also: tuple[Place, ...] = ()  # where the report says it again, in a summary, an appendix, a table
    number: str = ""  # the report's own, where it numbers its points ("4" of "Recommendation 4")


@dataclass(frozen=True)
class Judgement:
    """A grade of an area, as printed and on the common scale."""

    section: str | None
    area: str
    grade: str
    normalised: Grade | None
    place: Place


@dataclass(frozen=True)
class ProgressStatement:
    """A sentence in which inspectors judge what became of earlier recommendations."""

    quote: str
    judgement: ProgressJudgement
    section: str | None
    about: tuple[int, ...]  # positions in Reading.points of the follow-ups it is about
    place: Place


@dataclass(frozen=True)
class Comparator:
    """One authority's row of a table of authorities."""

    authority: str
    grades: dict[str, str]
    total: int | None
    note: str | None = None  # where a printed total is not the sum of its grades


@dataclass(frozen=True)
class Scale:
    """The report's scale of grades: which number or word is best, and why we think so."""

    best: str | None  # "1" or "4"; None where grades are words only
    words: dict[str, Grade] = field(default_factory=dict)  # printed grade to common grade
    basis: str = ""  # how the direction is known, in a sentence


@dataclass(frozen=True)
class Facts:
    """What the report is."""

    title: str | None = None
    authority: str | None = None
    inspectorates: tuple[str, ...] = ()
    report_type: str | None = None
    addressee: str | None = None
    inspection_start: date | None = None
    inspection_end: date | None = None
    published: date | None = None
    review_date_hint: str | None = None  # what the document says of when an earlier joint area review was ("2006")
    scale: Scale | None = None


@dataclass(frozen=True)
class Demand:
    """The report's demand for an answer to it: "You should submit an action plan within 70 working days …"."""

    quote: str
    time_limit: TimeLimit
    place: Place


@dataclass(frozen=True)
class Reading:
    """Everything read from one document."""

    text: str
    page_starts: tuple[int, ...]  # where each page begins in the text; (0,) where there are no pages
    facts: Facts
    points: tuple[ReadPoint, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    progress: tuple[ProgressStatement, ...] = ()
    comparators: tuple[Comparator, ...] = ()
    demand: Demand | None = None
