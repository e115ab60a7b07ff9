"""What has changed since the end of a day, so that a report can say how things stood then.

The history says it: the oldest change after the day names what stood before it. What came in without a history
(imported rows) is taken from its own dates.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.clock import LONDON
from tracker.models import HistoryEntry
from tracker.terms import ContributionStatus, Delivery

A_BODY = "action:contribution"
AT_ONCE = 500  # rows fetched together


@dataclass(frozen=True)
class Undone:
    """What stood before the first change after the day, by action, and by action and body."""

    delivery: dict[int, Delivery]
    answers: dict[tuple[int, int], ContributionStatus]


@dataclass(frozen=True)
class Now:
    """What an action's own columns say today."""

    delivery: Delivery
    claimed_on: date | None
    closed_at: datetime | None


def end_of(day: date) -> datetime:
    """Return the first moment after a London day."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=LONDON)


def changes_since(session: Session, council_id: int, cut: datetime) -> Undone:
    """Walk the history back to the cut, by index: today reads nothing, a past day what came since."""
    undone = Undone({}, {})
    entry = HistoryEntry
    rows = session.execute(
        select(entry.subject, entry.subject_id, entry.kind, entry.before)
        .where(entry.council_id == council_id, entry.at >= cut)
        .order_by(entry.at.desc(), entry.sequence.desc())
        .execution_options(yield_per=AT_ONCE)
    )
    for subject, subject_id, kind, before in rows:
        if subject == "action" and before:
            _undo(undone, subject_id, kind, before)
    rows.close()
    return undone


def delivery_then(undone: Delivery | None, now: Now, cut: datetime, day: date) -> Delivery:
    """Return where an action stood: by the history, else by its own dates."""
    if undone is not None:
        return undone
    claimed = now.claimed_on is not None and now.claimed_on <= day
    if now.closed_at is not None and now.closed_at >= cut:
        return Delivery.AWAITING_CHECK if claimed else Delivery.IN_PROGRESS
    if now.delivery is Delivery.AWAITING_CHECK and now.claimed_on is not None and not claimed:
        return Delivery.IN_PROGRESS
    return now.delivery


def _undo(undone: Undone, action_id: int, kind: str, before: dict[str, str]) -> None:
    if "delivery" in before:
        undone.delivery[action_id] = delivery_called(before["delivery"])
    if kind == A_BODY:
        undone.answers[action_id, int(before["body_id"])] = _answer(before["status"])


def delivery_called(value: str) -> Delivery:
    """Return the term that a row of history names."""
    return next(term for term in Delivery if term.value == value)


def _answer(value: str) -> ContributionStatus:
    return next(term for term in ContributionStatus if term.value == value)
