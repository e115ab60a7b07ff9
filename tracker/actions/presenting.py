"""What a page says of an action beside its rows: how late in words, what is wanted now, how often it was moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker import wording
from tracker.actions.queries import Moved
from tracker.actions.timeliness import days_late, timeliness, within_extension
from tracker.models import Action, Claim
from tracker.terms import LATE, OPEN_DELIVERY, Delivery, Timeliness

NOT_MOVED = Moved()


@dataclass(frozen=True)
class Standing:
    """How one action stands today."""

    action: Action
    timeliness: Timeliness
    days: int  # late; below zero: left
    words: str  # "94 days late", "12 days left", "due today", "done on time"
    extension: str  # "within agreed extension, 12 days left", or nothing
    moved: Moved
    wanted: str

    @property
    def is_late(self) -> bool:
        """Whether it is open and past its original date."""
        return self.timeliness in LATE

    @property
    def is_done(self) -> bool:
        """Whether it is completed and checked."""
        return self.timeliness in (Timeliness.DONE_ON_TIME, Timeliness.DONE_LATE)

    @property
    def tone(self) -> str:
        """The look of its card: late, soon, done or nothing."""
        if self.is_late:
            return "late"
        if self.timeliness in (Timeliness.DUE_SOON, Timeliness.DUE_TODAY):
            return "soon"
        return "done" if self.is_done else ""

    @property
    def moved_words(self) -> str:
        """Say how often the date was moved.

        > date moved twice, 92 days gained
        """
        if not self.moved.times:
            return ""
        often = {1: "once", 2: "twice"}.get(self.moved.times, f"{self.moved.times} times")
        return f"date moved {often}, {wording.plural(self.moved.days, 'day')} gained"


def standing(
    action: Action, today: date, *, due_soon_days: int, moved: Moved = NOT_MOVED, returned: Claim | None = None
) -> Standing:
    """Say how an action stands today."""
    found = timeliness(
        action.delivery,
        action.original_due_date,
        today,
        claimed_on=action.claimed_on,
        due_soon_days=due_soon_days,
    )
    late = days_late(action.original_due_date, today)
    left = within_extension(action.original_due_date, action.current_due_date, today)
    is_open = action.delivery in OPEN_DELIVERY
    running = f"{wording.plural(left, 'day')} left" if left else "which ends today"
    extension = f"within agreed extension, {running}" if is_open and left is not None else ""
    return Standing(
        action=action,
        timeliness=found,
        days=late,
        words=wording.days_late(late) if is_open else found.label.lower(),
        extension=extension,
        moved=moved,
        wanted=_wanted(action, found, returned),
    )


def standings(
    actions: Sequence[Action],
    today: date,
    *,
    due_soon_days: int,
    moved: Mapping[int, Moved],
    returned: Mapping[int, Claim] | None = None,
) -> list[Standing]:
    """Say how each of many actions stands today."""
    return [
        standing(
            action,
            today,
            due_soon_days=due_soon_days,
            moved=moved.get(action.id, NOT_MOVED),
            returned=(returned or {}).get(action.id),
        )
        for action in actions
    ]


def _wanted(action: Action, found: Timeliness, returned: Claim | None) -> str:
    """Say what is wanted of the owner now, in one sentence."""
    if action.delivery is Delivery.AWAITING_CHECK:
        return "Nothing now: your claim is waiting for somebody to check it."
    if action.delivery not in OPEN_DELIVERY:
        return ""
    if action.delivery is Delivery.PAUSED:
        return "It is paused, and the clock runs on. Go on with it as soon as you can, or say what has happened."
    if returned is not None:
        return f"Your claim was returned: {returned.finding}"
    if found in LATE or found is Timeliness.DUE_TODAY:
        return "Say what has happened, claim that it is done, or ask for more time."
    return "Say what has happened." if action.last_update_at is None else "Keep it going: say what has happened since."
