"""Makes a demonstration as large as is wanted: invented councils with reports of many years and all that followed.

The same seed and day give the same rows. The history is whole: ``tracker audit verify`` finds no fault in it. For
measuring and for trying things out; every account is a demonstration's.
"""

import gc
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from sqlalchemy import Engine, func, select

from tracker.accounts.passwords import DEMONSTRATION_PASSWORD, hash_password
from tracker.action_points.due_dates import BaseDate, ClockRules, Limit, due_date
from tracker.clock import london_date
from tracker.demonstration.generating_council import Town, found
from tracker.demonstration.generating_lives import Asked, Life
from tracker.demonstration.generating_rows import Rows, day_text, moment, stored
from tracker.demonstration.generating_words import (
    ASKS,
    DONE_HOW,
    LIMIT_WEIGHTS,
    LIMITS,
    NEWS_BEGIN,
    OF_WHAT,
    REPORTS,
    SECTIONS,
)
from tracker.demonstration.generating_writing import Writer, writer_for
from tracker.errors import InvalidValue
from tracker.models import Council
from tracker.reports.reading import Reading, to_dict
from tracker.reports.reading.model import Facts, Place, ReadPoint, TimeLimit
from tracker.terms import BaseDateChoice, Origin, PointDecision, PointKind, ReportStatus, TimeLimitKind, TimeUnit

Step = Callable[[int], None]
YEARS = 10  # that reports go back
POINTS = 20  # of a report, where a council does not have too many
MOST_REPORTS = 250  # of one council; beyond it reports grow longer
AT_ONCE = 4_000  # actions written together
PARAGRAPHS = 120  # of findings in a report before what it asks for


@dataclass(frozen=True)
class Size:
    """How much is wanted. ``seed``: another one gives other rows."""

    actions: int
    councils: int = 1
    seed: int = 1


def generate(
    engine: Engine, size: Size, now: datetime, *, step: Step = lambda _made: None, password_hash: str | None = None
) -> None:
    """Fill an empty database. ``step`` is told how many actions more have been made.

    Raises InvalidValue where the database has councils already, or there are fewer actions than councils.
    """
    if size.councils < 1 or size.actions < size.councils:
        raise InvalidValue("Ask for at least one council, and one action a council.")
    with engine.connect() as connection:
        if connection.scalar(select(func.count(Council.id))):
            raise InvalidValue("This database has councils in it already. Give the address of an empty one.")
    with _no_rubbish(), writer_for(engine) as writer:
        maker = _Maker(writer, size, now, step, password_hash or hash_password(DEMONSTRATION_PASSWORD))
        for number in range(size.councils):
            extra = number < size.actions % size.councils
            maker.council(number, size.actions // size.councils + extra)
        writer.write(maker.rows)


@contextmanager
def _no_rubbish() -> Iterator[None]:
    """Keep Python from looking for circles among millions of rows, which have none: a fifth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Maker:
    def __init__(self, writer: Writer, size: Size, now: datetime, step: Step, password_hash: str) -> None:
        self.writer, self.step, self.password_hash = writer, step, password_hash
        self.rows, self.chance = Rows(), Random(size.seed)  # noqa: S311 - it has to be the same again
        self.today = london_date(now).toordinal()
        self.unwritten = 0

    def council(self, number: int, actions: int) -> None:
        """Make one council: its reports in the order of time, so that the history can be linked as it goes."""
        reports = min(MOST_REPORTS, max(1, actions // POINTS))
        first = self.today - YEARS * 365
        town = found(self.rows, self.chance, number, actions=actions, password_hash=self.password_hash, day=first - 1)
        for place in range(reports):
            inspected = first + (self.today - 70 - first) * (place + 1) // reports
            points = actions // reports + (place < actions % reports)
            # Nothing that is still to be said of this council is earlier than this report's coming.
            town.chain.link(moment(inspected + 40, 0))
            _Report(self.rows, town, self.chance, (inspected, self.today), place).write(points)
            self.step(points)
            self.unwritten += points
            if self.unwritten >= AT_ONCE:
                self.writer.write(self.rows)
                self.unwritten = 0
        town.chain.end()


class _Report:
    """A confirmed report with its document, and the actions made of it. Forty days after the inspection it arrived."""

    def __init__(self, rows: Rows, town: Town, chance: Random, days: tuple[int, int], place: int) -> None:
        inspected, today = days
        self.rows, self.town, self.chance, self.today = rows, town, chance, today
        self.inspected, self.published, self.added = inspected, inspected + 35, inspected + 40
        self.confirmed = min(inspected + 45, today - 1)
        self.code = f"{town.prefix}-{date.fromordinal(self.published).year}-{place + 1}"
        self.title = REPORTS[chance.randrange(len(REPORTS))]
        self.lead = chance.choice(town.leads)
        base = BaseDate(date.fromordinal(inspected), "last day of the inspection")
        self.dues = [due_date(limit, base, ClockRules()) for _words, limit in _LIMITS]

    def write(self, points: int) -> None:
        """Put the report in, and make its actions."""
        lead, town, chain = self.lead, self.town, self.town.chain
        added, confirmed = moment(self.added, 570), moment(self.confirmed, 600)
        report_id = self.rows.add(
            "reports", town.id, self.code, self.title, town.authority, self.title, json.dumps([]),
            day_text(self.inspected), day_text(self.published), BaseDateChoice.INSPECTION_END.value,
            ReportStatus.CONFIRMED.value, lead.id, lead.id, stored(added), lead.id, stored(confirmed), 1,
        )  # fmt: skip
        chain.say(
            added, lead, ("report", report_id), "added", f"added the report {self.title}", after={"points": points}
        )  # fmt: skip
        noun = "action" if points == 1 else "actions"
        sentence = f"confirmed the report with {points} {noun}"
        chain.say(confirmed, lead, ("report", report_id), "confirmed", sentence)
        asked = [self._words() for _ in range(points)]
        self._source(report_id, asked)
        for number, (words, limit, section) in enumerate(asked, start=1):
            self._action(report_id, number, words, limit, section)

    def _words(self) -> tuple[str, int, str]:
        chance = self.chance
        words = f"{chance.choice(ASKS)} {chance.choice(OF_WHAT)} {chance.choice(DONE_HOW)}."
        return words, chance.choices(range(len(LIMITS)), LIMIT_WEIGHTS)[0], chance.choice(SECTIONS)

    def _source(self, report_id: int, asked: list[tuple[str, int, str]]) -> None:
        found = (
            f"{self.chance.choice(NEWS_BEGIN)}. Inspectors read {self.chance.randrange(4, 90)} {what} and found that "
            f"most {self.chance.choice(DONE_HOW)}. In a small number of them this was not so, and leaders know it."
            for what in (self.chance.choice(OF_WHAT) for _ in range(PARAGRAPHS))
        )
        text = "\n\n".join([self.title, *found, "Areas for improvement"]) + "\n\n"
        read = []
        self.places: list[tuple[int, int]] = []
        for words, limit, section in asked:
            start = len(text)
            text += f"{words}\n\n"
            self.places.append((start, start + len(words)))
            place = {"page": 1, "start": start, "end": start + len(words)}
            read.append(_READ[limit] | {"text": words, "section": section, "place": place})
        ended = date.fromordinal(self.inspected)
        facts = Facts(self.title, self.town.authority, inspection_end=ended, published=date.fromordinal(self.published))
        reading = to_dict(Reading(text, (0,), facts)) | {"points": read}
        data = f"{self.code}\n{text}".encode()
        digest = hashlib.sha256(data).hexdigest()
        self.rows.add(
            "report_sources", self.town.id, report_id, f"{self.code}.txt", "text/plain", len(data), digest,
            f"{self.town.id}/{digest[:32]}", text, json.dumps([0]), json.dumps(reading),
        )  # fmt: skip

    def _action(self, report_id: int, number: int, words: str, limit: int, section: str) -> None:
        owner, due, title = self.chance.choice(self.town.owners), self.dues[limit], words.rstrip(".")
        said, counted = _LIMITS[limit]
        start, end = self.places[number - 1]
        point = self.rows.add(
            "action_points", self.town.id, report_id, float(number), number - 1, words, title, section,
            PointKind.RECOMMENDATION.value, Origin.THIS_REPORT.value, counted.kind.value, said, counted.count,
            counted.unit.value if counted.unit else None, json.dumps([]), 1, start, end, 1.0, "",
            PointDecision.KEPT.value, owner.id, self.lead.id, 1,
        )  # fmt: skip
        asked = Asked(
            report_id, point, f"{self.code}-{number:02}", title, words, owner, self.lead, due.base.toordinal(),
            due.day.toordinal(), due.sum, due.assumed, self.confirmed,
        )  # fmt: skip
        Life(self.rows, self.town, self.chance, asked, self.today).tell()


def _counted(words: str | None, months: int) -> tuple[str | None, Limit]:
    if words is None:
        return None, Limit(TimeLimitKind.NOT_GIVEN)
    if not months:
        return words, Limit(TimeLimitKind.IMMEDIATELY)
    return words, Limit(TimeLimitKind.WITHIN, months, TimeUnit.MONTHS)


_LIMITS = [_counted(words, months) for words, months in LIMITS]
# What is read of a point, by its limit; the rest is put in for each.
_READ = [
    to_dict(
        Reading(
            "", (0,), Facts(),
            (ReadPoint(
                "", PointKind.RECOMMENDATION, "", TimeLimit(limit.kind, words, limit.count, limit.unit),
                Origin.THIS_REPORT, Place(1, 0, 0),
            ),),
        )
    )["points"][0]
    for words, limit in _LIMITS
]  # fmt: skip
