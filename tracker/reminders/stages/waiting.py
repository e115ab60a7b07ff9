"""What waits for a second person: when somebody is told of it, and who. Pure.

Who may decide is the lifecycle's table (``actions.lifecycle``): any lead or director, and of a claim its appointed
checker while an officer; never who asked, never the owner. A lead who is neither lead nor director any more may not.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from tracker.reminders.stages.rhythm import Calendar
from tracker.reminders.stages.schedule import Due
from tracker.terms import Stage, Term


class Wish(Term):
    """What waits for a decision, by the words a mail has for it. In the order in which it is decided."""

    CLAIM = "claim", "claim that it is done"
    EXTENSION = "extension", "request for more time"
    PAUSE = "pause", "request for a pause"


@dataclass(frozen=True)
class Asked:
    """A claim or request that waits, with the people of its action."""

    action_id: int
    wish: Wish
    asked_on: date  # London day
    asked_by_id: int
    owner_id: int
    lead_id: int
    checker_id: int | None


def oldest_of_each(waiting: Iterable[Asked]) -> dict[int, Asked]:
    """Return of each action what has waited longest: one line of a mail says one thing."""
    found: dict[int, Asked] = {}
    for asked in sorted(waiting, key=lambda asked: (asked.asked_on, list(Wish).index(asked.wish))):
        found.setdefault(asked.action_id, asked)
    return found


def decisions_due(
    waiting: Iterable[Asked],
    every: int,
    today: date,
    calendar: Calendar,
    *,
    officers: Collection[int],
    planners: Collection[int],
    spoke: Mapping[tuple[int, int], date],
) -> list[Due]:
    """Return who is to be told by today that something has waited ``every`` working days for them, or times that.

    ``officers`` and ``planners`` are active: planners are leads and directors, officers may own actions. Who said
    something of the action today is left in peace today.
    """
    fallen = cache(lambda asked_on: _fallen(asked_on, every, today, calendar))
    due = []
    for asked in oldest_of_each(waiting).values():
        times, about = fallen(asked.asked_on)
        if about is not None:
            due += [
                Due(person_id, asked.action_id, Stage.DECISION_WAITS, about)
                for person_id in deciders(asked, times, officers=officers, planners=planners)
                if spoke.get((asked.action_id, person_id)) != today
            ]
    return due


def deciders(asked: Asked, times: int, *, officers: Collection[int], planners: Collection[int]) -> list[int]:
    """Return who is told for the n-th time that something waits.

    At first the action's lead and, of a claim, the appointed checker. From the second time on, and at once where
    neither can decide, every lead and director who may: leave holds nobody up.
    """
    never = {asked.asked_by_id, asked.owner_id}
    able = {asked.lead_id}.intersection(planners)
    if asked.wish is Wish.CLAIM and asked.checker_id is not None and asked.checker_id in officers:
        able.add(asked.checker_id)
    if times > 1 or able <= never:
        able.update(planners)
    return sorted(able - never)


def _fallen(asked_on: date, every: int, today: date, calendar: Calendar) -> tuple[int, date | None]:
    days = list(calendar.waited(asked_on, today))
    times = len(days) // every
    return times, days[times * every - 1] if times else None
