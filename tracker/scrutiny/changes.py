"""What has changed between two days: what members ask first. Pure: plain rows of the history in, a list out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.actions.lifecycle import Move
from tracker.scrutiny.figures import State
from tracker.terms import DONE_DELIVERY, LATE, OPEN_DELIVERY, Delivery, Marking, Term
from tracker.wording import format_date

SILENT_AFTER = timedelta(days=28)


class What(Term):
    """What can have become of an action between two meetings, as members read it."""

    COMPLETED = "completed", "Completed and checked"
    NEWLY_LATE = "newly_late", "Newly late"
    MOVED = "moved", "Date moved"
    SILENT = "silent", "Gone silent for 28 days"
    REOPENED = "reopened", "Opened again"
    RETURNED = "returned", "Claim returned"
    CLOSED = "closed", "Closed, not completed"


BY_SOMEBODY = frozenset({What.COMPLETED, What.REOPENED, What.RETURNED, What.CLOSED})


@dataclass(frozen=True)
class Event:
    """One row of the history of an action that moved it, or its date."""

    action_id: int
    on: date
    verb: str
    by: str
    before: Mapping[str, str]
    after: Mapping[str, str]


@dataclass(frozen=True)
class Found:
    """That this became of an action, on a day."""

    action_id: int
    what: What
    on: date
    words: str


@dataclass(frozen=True)
class Change:
    """The same, with what a reader needs to know the action by."""

    what: What
    reference: str
    marking: Marking
    title: str
    report: str
    owner: str
    on: date
    words: str

    @property
    def public_words(self) -> str:
        """Its words for the public: of what somebody did they only say who, so nothing is left."""
        return "" if self.what in BY_SOMEBODY else self.words


def found_between(
    since: date,
    at: date,
    *,
    starts: Iterable[State],
    ends: Sequence[State],
    events: Iterable[Event],
    last_said: Mapping[int, date],
) -> list[Found]:
    """Say what became of each action after the end of ``since`` until the end of ``at``.

    What was completed or closed and opened again meanwhile is listed as opened again only. ``last_said`` has the day of
    the last word about each action that is open at the end, or of its making.
    """
    stood = {state.action_id: state for state in starts}
    stand = {state.action_id: state for state in ends}
    found: dict[tuple[What, int], Found] = {}
    for event in events:
        if event.action_id in stand:
            for one in _of_event(event, stand[event.action_id].delivery):
                earlier = found.get((one.what, one.action_id))
                found[one.what, one.action_id] = _joined(earlier, one)
    for state in ends:
        for one in _of_dates(state, stood.get(state.action_id), since, at, last_said):
            found[one.what, one.action_id] = one
    order = list(What)
    return sorted(found.values(), key=lambda one: (order.index(one.what), one.on, one.action_id))


def _of_event(event: Event, stands: Delivery) -> Iterable[Found]:
    before, after = event.before.get("delivery"), event.after.get("delivery")
    if after == Delivery.CHECKED.value and stands in DONE_DELIVERY:
        yield Found(event.action_id, What.COMPLETED, event.on, f"Checked by {event.by}")
    if after == Delivery.CLOSED_NOT_COMPLETED.value and stands is Delivery.CLOSED_NOT_COMPLETED:
        yield Found(event.action_id, What.CLOSED, event.on, f"Closed by {event.by}")
    if before in ENDED and after in OPENED:
        yield Found(event.action_id, What.REOPENED, event.on, f"Opened again by {event.by}")
    if event.verb == Move.RETURN.value:
        yield Found(event.action_id, What.RETURNED, event.on, f"Returned by {event.by}")
    due, until = event.before.get("current_due_date"), event.after.get("current_due_date")
    if due and until and due != until:
        words = f"From {format_date(date.fromisoformat(due))} to {format_date(date.fromisoformat(until))}"
        yield Found(event.action_id, What.MOVED, event.on, words)


ENDED = {delivery.value for delivery in Delivery if delivery not in OPEN_DELIVERY}
OPENED = {delivery.value for delivery in OPEN_DELIVERY}


def _joined(earlier: Found | None, later: Found) -> Found:
    """Put two moves of one date together: from the first day to the last."""
    if earlier is None or later.what is not What.MOVED:
        return later
    first, last = earlier.words.split(" to ")[0], later.words.split(" to ")[1]
    return Found(later.action_id, later.what, later.on, f"{first} to {last}")


def _of_dates(
    state: State, stood: State | None, since: date, at: date, last_said: Mapping[int, date]
) -> Iterable[Found]:
    if state.timeliness(at) in LATE and (stood is None or stood.timeliness(since) not in LATE):
        words = f"Due {format_date(state.original_due)}"
        yield Found(state.action_id, What.NEWLY_LATE, state.original_due, words)
    said = last_said.get(state.action_id)
    if said is not None and state.delivery in OPEN_DELIVERY and since < said + SILENT_AFTER <= at:
        silent_on = said + SILENT_AFTER
        words = f"Nothing said since {format_date(said)}: {SILENT_AFTER.days} days on {format_date(silent_on)}"
        yield Found(state.action_id, What.SILENT, silent_on, words)


def counted(changes: Iterable[Change]) -> tuple[tuple[What, int], ...]:
    """Count the changes by what they are, every kind named."""
    counts = dict.fromkeys(What, 0)
    for change in changes:
        counts[change.what] += 1
    return tuple(counts.items())
