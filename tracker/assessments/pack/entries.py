"""Turns rows into what was said and done on a day: claims and their checks, moves of the date, pauses, looking again.

Each is told as it stood by the end of the day that is asked for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from tracker.actions.outlook import Step
from tracker.actions.past import Undone
from tracker.assessments.pack.pieces import Entry
from tracker.clock import LONDON, london_date
from tracker.models import Claim, Extension, HistoryEntry, HoldingCheck, Pause, Person, Update
from tracker.terms import Decision, HoldingOutcome, Marking
from tracker.wording import format_date, plural

Dated = tuple[datetime, Entry]
UNDECIDED = "Ended without a decision"


@dataclass(frozen=True)
class Asked:
    """Of which actions, with their markings, and by when; ``undone``: what has been changed since."""

    markings: Mapping[int, Marking]
    cut: datetime
    undone: Undone

    @property
    def day(self) -> date:
        """The first day that is not told of."""
        return self.cut.date()


def updated(update: Update, asked: Asked) -> Iterator[Dated]:
    """Tell of an update."""
    if update.at < asked.cut:
        yield _entry(update.at, "Update", update.text, update.person, update.marking)


def claimed(claim: Claim, asked: Asked) -> Iterator[Dated]:
    """Tell of a claim, and of what was found on it; what ended with its action was looked at by nobody."""
    if claim.claimed_at < asked.cut:
        yield _entry(claim.claimed_at, "Claimed as done", claim.note, claim.claimed_by, claim.marking)
    if claim.checked_at is None or claim.checked_at >= asked.cut:
        return
    if claim.outcome is Decision.REFUSED and claim.checked_by_id is None:
        yield _entry(claim.checked_at, UNDECIDED, "The claim was not checked.", None, claim.marking)
    else:
        what = "Checked: it is done" if claim.outcome is Decision.AGREED else "Checked, and returned"
        yield _entry(claim.checked_at, what, claim.finding or "", claim.checked_by, claim.marking)


def more_time(extension: Extension, asked: Asked) -> Iterator[Dated]:
    """Tell that the date was moved, or that it was asked for and refused, or that this waits."""
    if extension.asked_at >= asked.cut:
        return
    words = f"From {format_date(extension.from_date)} to {format_date(extension.to_date)}. {_reason(extension)}"
    waits = extension.outcome is Decision.WAITING
    at, by, marking = extension.decided_at or extension.asked_at, extension.decided_by, extension.marking
    if waits or at >= asked.cut:
        yield _entry(extension.asked_at, "More time asked for", words, extension.asked_by, marking)
    elif extension.outcome is Decision.REFUSED and extension.decided_by_id is None:
        yield _entry(extension.asked_at, "More time asked for", words, extension.asked_by, marking)
        yield _entry(at, UNDECIDED, "The request for more time was not decided.", None, marking)
    elif extension.outcome is Decision.AGREED:
        yield _entry(at, "Date moved", words, by, marking)
    else:
        why = extension.decision_note or "no reason was written."
        yield _entry(at, "More time refused", f"{words} Refused: {why}", by, marking)


def paused(pause: Pause, asked: Asked) -> Iterator[Dated]:
    """Tell of a pause that was agreed."""
    if pause.outcome is Decision.AGREED and pause.decided_at is not None and pause.decided_at < asked.cut:
        words = f"Until {format_date(pause.review_date)}. {_reason(pause)}"
        yield _entry(pause.decided_at, "Paused", words, pause.decided_by, pause.marking)


def looked_again(check: HoldingCheck, asked: Asked) -> Iterator[Dated]:
    """Tell what was found months later; a day that has passed without it is told of too."""
    marking = asked.markings[check.action_id]
    after = f"after {plural(check.months, 'month')}"
    not_needed = check.outcome is HoldingOutcome.NOT_NEEDED
    if check.checked_at is not None and check.checked_at < asked.cut:
        if not not_needed:  # else it was opened again before the day came
            what = f"Looked again {after}: {check.outcome.label.lower()}"
            yield _entry(check.checked_at, what, check.finding or "", check.checked_by, marking)
    elif check.due_date < asked.day and (check.checked_at is not None or not not_needed):
        yield _entry(_noon(check.due_date), "Not looked at again yet", f"It was due {after}.", None, marking)


def stepped(step: Step, done_on: date | None, action_id: int, asked: Asked) -> Iterator[Dated]:
    """Tell of a step as it stood then: that it was done, or was not by its date."""
    marking = asked.markings[action_id]
    if step.done and done_on is not None:
        yield _entry(_noon(done_on), "Step done", step.title, None, marking)
    elif step.due < asked.day:
        yield _entry(_noon(step.due), "Step not done by its date", step.title, None, marking)


def told(row: HistoryEntry, what: str, asked: Asked) -> Iterator[Dated]:
    """Tell what only the history knows the reason of."""
    if row.at < asked.cut:
        marking = asked.markings[row.subject_id]
        yield row.at, Entry(london_date(row.at), what, row.note or "", row.person_name, marking)


def _reason(asked: Extension | Pause) -> str:
    return f"{_stopped(asked.reason)} Meanwhile: {_stopped(asked.safeguard)}"


def _entry(at: datetime, what: str, words: str, by: Person | None, marking: Marking) -> Dated:
    return at, Entry(london_date(at), what, words, by.name if by else "", marking)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=LONDON)


def _stopped(words: str) -> str:
    """End words with a full stop where they have no end of their own."""
    plain = words.strip()
    return plain if plain.endswith((".", "!", "?")) or not plain else f"{plain}."
