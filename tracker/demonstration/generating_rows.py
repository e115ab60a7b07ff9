"""Rows of a large demonstration on their way into the database: by table, in the order of the columns named here.

Moments and days are the text both databases read: UTC, ISO.
"""

import itertools
import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple, cast

from tracker import audit
from tracker.models import HistoryEntry
from tracker.terms import How

# What a row refers to stands before it.
COLUMNS: Mapping[str, str] = {
    "councils": "name authority slug prefix colour nation immediate_working_days longer_term_months no_time_months"
    " due_soon_days reminder_rules",
    "services": "council_id name",
    "categories": "council_id kind name",
    "bodies": "council_id name aliases contact_email",
    "posts": "council_id name",
    "people": "council_id email name post_id role service_id password_hash active demonstration",
    "reports": "council_id code title authority report_type inspectorates inspection_end published base_date_choice"
    " status default_lead_id added_by_id added_at confirmed_by_id confirmed_at version",
    "report_sources": "council_id report_id filename media_type size sha256 file_key text page_starts reading",
    "action_points": "council_id report_id position read_position words title section kind origin limit_kind"
    ' limit_words limit_count limit_unit body_names page start "end" confidence confidence_reason decision'
    " owner_id lead_id version",
    "actions": "council_id reference report_id action_point_id title owner_id lead_id post_id service_id theme_id"
    " outcome_area_id priority success_test response delivery marking base_date original_due_date current_due_date"
    " due_sum due_assumed claimed_on closed_at close_reason closed_by_id last_update_at created_at version",
    "contributions": "council_id action_id body_id status note replied_at",
    "milestones": "council_id action_id title due_date done_on",
    "updates": "council_id action_id person_id at text how marking",
    "claims": "council_id action_id marking claimed_by_id claimed_at note outcome checked_by_id checked_at finding",
    "extensions": "council_id action_id marking asked_by_id asked_at from_date to_date reason safeguard outcome"
    " decided_by_id decided_at decision_note",
    "pauses": "council_id action_id marking asked_by_id asked_at review_date reason safeguard outcome"
    " decided_by_id decided_at",
    "holding_checks": "council_id action_id claim_id months due_date outcome checked_by_id checked_at finding",
    "evidence": "council_id action_id claim_id by_checker url filename scan marking added_by_id added_at",
    "search_texts": "council_id action_id source source_id text",
    "history": "council_id sequence at person_id person_name how subject subject_id kind sentence before after note"
    " previous_digest digest",
    "history_heads": "council_id sequence digest",
}
_START = datetime(1970, 1, 1, tzinfo=UTC)
_START_DAY = date(1970, 1, 1).toordinal()
Row = tuple[Any, ...]
Values = dict[str, Any]


def moment(day: int, minutes: int) -> datetime:
    """Return a moment of a day (an ordinal), so many minutes after midnight, UTC."""
    return _START + timedelta(days=day - _START_DAY, minutes=minutes)


def stored(at: datetime) -> str:
    """Return a moment as it is stored: > 2026-01-05 09:00:00.000000."""
    return f"{at.isoformat(' ', 'microseconds')[:26]}"


def day_text(day: int) -> str:
    """Return a day (an ordinal) as it is stored."""
    return date.fromordinal(day).isoformat()


class Rows:
    """What has been made and not been written yet."""

    def __init__(self) -> None:
        """Begin with nothing, every id from 1."""
        self.waiting: dict[str, list[Row]] = {table: [] for table in COLUMNS}
        self._ids = {table: itertools.count(1) for table in COLUMNS}

    def add(self, table: str, *values: object) -> int:
        """Put a row in, in the order of its columns; return its id."""
        row_id = next(self._ids[table])
        self.waiting[table].append((row_id, *values))
        return row_id

    def new_id(self, table: str) -> int:
        """Take the next id of a table, for a row that is put in later."""
        return next(self._ids[table])

    def put(self, table: str, row_id: int, *values: object) -> None:
        """Put a row in under an id that was taken."""
        self.waiting[table].append((row_id, *values))

    def take(self) -> Iterator[tuple[str, list[Row]]]:
        """Give everything that waits, table by table, what is referred to first; nothing waits afterwards."""
        for table, rows in self.waiting.items():
            if rows:
                self.waiting[table] = []
                yield table, rows


class Who(NamedTuple):
    """Somebody of the council, with what a row about them needs."""

    id: int
    name: str
    post_id: int
    service_id: int | None


class Change(NamedTuple):
    """A row of history before it has its place in the chain; read by ``audit.digest_of`` like the model."""

    council_id: int
    sequence: int
    at: datetime
    person_id: int | None
    person_name: str
    how: How
    subject: str
    subject_id: int
    kind: str
    sentence: str
    before: Values | None
    after: Values | None
    note: str | None
    previous_digest: str


class Chain:
    """A council's history: what happened is said in any order and linked in the order of time."""

    def __init__(self, rows: Rows, council_id: int) -> None:
        """Begin a chain."""
        self.rows, self.council_id = rows, council_id
        self.sequence, self.digest = 0, audit.FIRST_DIGEST
        self._said: list[tuple[Any, ...]] = []  # moment, order, what
        self._order = itertools.count()

    def say(
        self, at: datetime, by: Who | None, subject: tuple[str, int], verb: str, sentence: str,
        *, before: Values | None = None, after: Values | None = None, note: str | None = None,
    ) -> None:  # fmt: skip
        """Say that something happened."""
        what = (by, subject, verb, sentence, before, after, note)
        self._said.append((at, next(self._order), what))

    def link(self, until: datetime | None = None) -> None:
        """Write what happened before a moment, or everything; what is said later must not be earlier."""
        self._said.sort()
        end = len(self._said) if until is None else bisect_left(self._said, (until,))
        for at, _order, what in self._said[:end]:
            self._write(at, what)
        del self._said[:end]

    def end(self) -> None:
        """Write the rest, and the note of the last link."""
        self.link()
        self.rows.add("history_heads", self.council_id, self.sequence, self.digest)

    def _write(self, at: datetime, what: Row) -> None:
        by, (subject, subject_id), verb, sentence, before, after, note = what
        self.sequence += 1
        how, who = (How.PAGE, by.name) if by else (How.SYSTEM, audit.THE_SERVICE)
        change = Change(
            self.council_id, self.sequence, at, by.id if by else None, who, how, subject, subject_id,
            f"{subject}:{verb}", sentence, before, after, note, self.digest,
        )  # fmt: skip
        previous, self.digest = self.digest, audit.digest_of(cast("HistoryEntry", change))
        self.rows.add(
            "history", self.council_id, self.sequence, stored(at), change.person_id, who, how.value, subject,
            subject_id, change.kind, sentence, _json(before), _json(after), note, previous, self.digest,
        )  # fmt: skip


def _json(values: Values | None) -> str | None:
    return None if values is None else json.dumps(values)
