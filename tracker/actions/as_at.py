"""How an action stood at the end of a London day: the oldest change after the day names what stood before it. Pure.

Everything that is told of a past day asks ``stood``. What came in without a history (imported rows) is taken from the
action's own dates. Its title is today's, and so is a marking that was made stricter since: what is exempt now is not
shown for an earlier day either (decision 0015).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from tracker.clock import LONDON, london_date
from tracker.terms import DONE_DELIVERY, Delivery, Marking, Outlook, Priority, Response

_STRICTNESS = list(Marking)  # as the vocabulary has them: open, exempt, confidential


class Stood(NamedTuple):
    """What can change of an action, as it stands or stood; a tuple, since there are many of them."""

    id: int
    report_id: int
    original_due_date: date
    created_at: datetime
    delivery: Delivery
    response: Response
    marking: Marking
    priority: Priority
    owner_id: int
    lead_id: int
    post_id: int | None
    service_id: int | None
    theme_id: int | None
    outcome_area_id: int | None
    current_due_date: date
    claimed_on: date | None
    closed_at: datetime | None
    outlook_override: Outlook | None
    due_assumed: bool
    assumed_seen_at: datetime | None
    last_update_at: datetime | None


@dataclass(frozen=True)
class Now:
    """What an action's own columns say today of how far it is."""

    delivery: Delivery
    claimed_on: date | None
    closed_at: datetime | None


@dataclass(frozen=True)
class Said:
    """When an action had last been claimed by then, and when anybody had last said anything of it."""

    claimed: datetime | None = None
    heard: datetime | None = None  # an update or a claim


NOTHING = Said()


def _or_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda written: None if written is None else read(written)


# What a row of history calls it: what it is of an action, and how it is read.
READ: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "response": ("response", Response.of),
    "priority": ("priority", Priority.of),
    "owner_id": ("owner_id", int),
    "lead_id": ("lead_id", int),
    "post_id": ("post_id", _or_none(int)),
    "service_id": ("service_id", _or_none(int)),
    "theme_id": ("theme_id", _or_none(int)),
    "outcome_area_id": ("outcome_area_id", _or_none(int)),
    "current_due_date": ("current_due_date", date.fromisoformat),
    "outlook": ("outlook_override", _or_none(Outlook.of)),
    "claimed_on": ("claimed_on", _or_none(date.fromisoformat)),
}


def end_of(day: date) -> datetime:
    """Return the first moment after a London day."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=LONDON)


def stood(now: Stood, undone: Mapping[str, Any], said: Said, day: date) -> Stood:
    """Return an action as it stood at the end of a day.

    ``now`` is what its own row says today, ``undone`` what stood before the first change after the day, by the names of
    the history; ``said`` what had been said of it by then.
    """
    cut = end_of(day)
    before = Delivery.of(undone["delivery"]) if "delivery" in undone else None
    delivery = delivery_then(before, Now(now.delivery, now.claimed_on, now.closed_at), cut, day)
    values: dict[str, Any] = {READ[name][0]: READ[name][1](value) for name, value in undone.items() if name in READ}
    marking = Marking.of(undone["marking"]) if "marking" in undone else now.marking
    seen, heard = now.assumed_seen_at, now.last_update_at
    return now._replace(**values | {
        "delivery": delivery,
        "marking": max(marking, now.marking, key=_STRICTNESS.index),
        "claimed_on": _claimed_on(delivery, values.get("claimed_on", now.claimed_on), said, day),
        "closed_at": now.closed_at if now.closed_at is not None and now.closed_at < cut else None,
        "last_update_at": said.heard if heard is None or heard >= cut else heard,
        "assumed_seen_at": seen if seen is not None and seen < cut else None,
    })  # fmt: skip


def untouched(now: Stood, undone: Mapping[str, Any], cut: datetime, day: date) -> bool:
    """Whether nothing has changed since the end of a day: then an action stood as its own row says today."""
    return not (
        undone
        or (now.closed_at is not None and now.closed_at >= cut)
        or (now.claimed_on is not None and now.claimed_on > day)
        or (now.assumed_seen_at is not None and now.assumed_seen_at >= cut)
        or (now.last_update_at is not None and now.last_update_at >= cut)
    )


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


def _claimed_on(delivery: Delivery, written: date | None, said: Said, day: date) -> date | None:
    """Return the day of the claim that stood; of what came in as done without a claim, the day it came in with."""
    if delivery is not Delivery.AWAITING_CHECK and delivery not in DONE_DELIVERY:
        return None
    if said.claimed is not None:
        return london_date(said.claimed)
    return written if written is not None and written <= day else None
