"""Outlook: will it be done by the date it has? Derived before that date from what anybody can see, with its reason.

Pure, and nothing of it is stored. The rules are a table: the first that fits gives the light and the sentence. The
same rules stand as SQL in ``outlook_queries``; a test holds the two together.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tracker.terms import OPEN_DELIVERY, Delivery, Outlook
from tracker.wording import days_late, plural

SHORT_DAYS = 14  # too few to begin in
QUIET_DAYS = 28  # without a word (DESIGN section 5: "no update for 28 days")
REPLY_DAYS = 28  # before the date, by which each body should have said something
STEP_LATE_DAYS = 14  # a step later than this endangers the whole
OFTEN_MOVED = 2


@dataclass(frozen=True)
class Step:
    """A step on the way, as far as it bears on the outlook."""

    title: str
    due: date
    done: bool


@dataclass(frozen=True)
class Signs:
    """What an action shows of how it goes."""

    delivery: Delivery
    due: date  # the date it has now: the original one, or the one agreed since
    today: date
    last_word: date  # of the last update; of its making where there is none
    steps: tuple[Step, ...] = ()
    silent_bodies: tuple[str, ...] = ()  # that have not replied
    times_moved: int = 0

    @property
    def left(self) -> int:
        """Days to the date."""
        return (self.due - self.today).days

    @property
    def quiet(self) -> int:
        """Days since anybody said anything."""
        return (self.today - self.last_word).days

    @property
    def steps_done(self) -> int:
        """How many steps are done."""
        return sum(step.done for step in self.steps)

    @property
    def worst_step(self) -> Step | None:
        """The step that is late the longest, if one is late."""
        late = [step for step in self.steps if not step.done and step.due < self.today]
        return min(late, key=lambda step: step.due, default=None)

    @property
    def step_late(self) -> int:
        """Days the worst step is late."""
        return (self.today - self.worst_step.due).days if self.worst_step else 0


@dataclass(frozen=True)
class Judged:
    """An outlook with its reason, a sentence."""

    outlook: Outlook
    reason: str


Rule = tuple[Outlook, Callable[[Signs], bool], Callable[[Signs], str]]
OFF, RISK, ON = Outlook.OFF_TRACK, Outlook.AT_RISK, Outlook.ON_TRACK
RULES: tuple[Rule, ...] = (
    (ON, lambda of: of.delivery is Delivery.AWAITING_CHECK, lambda _: "It is claimed as done and waits for a check."),
    (
        OFF,
        lambda of: of.delivery is Delivery.NOT_STARTED and of.left <= SHORT_DAYS,
        lambda of: f"Work has not begun and {_left(of)}.",
    ),
    (OFF, lambda of: of.step_late > STEP_LATE_DAYS, lambda of: f"{_step(of)}."),
    (
        OFF,
        lambda of: of.times_moved >= OFTEN_MOVED and of.quiet >= QUIET_DAYS,
        lambda of: f"Its date was moved {_times(of)} and nobody has said anything for {plural(of.quiet, 'day')}.",
    ),
    (RISK, lambda of: of.delivery is Delivery.PAUSED, lambda _: "It is paused."),
    (RISK, lambda of: of.step_late > 0, lambda of: f"{_step(of)}."),
    (RISK, lambda of: of.quiet >= QUIET_DAYS, lambda of: f"Nobody has said anything for {plural(of.quiet, 'day')}."),
    (
        RISK,
        lambda of: bool(of.silent_bodies) and of.left <= REPLY_DAYS,
        lambda of: f"{' and '.join(of.silent_bodies)} {_have(of)} not replied, and {_left(of)}.",
    ),
    (RISK, lambda of: of.times_moved >= OFTEN_MOVED, lambda of: f"Its date was moved {_times(of)}."),
    (
        RISK,
        lambda of: bool(of.steps) and of.steps_done * 2 < len(of.steps) and of.left <= SHORT_DAYS,
        lambda of: f"{of.steps_done} of {plural(len(of.steps), 'step')} done, and {_left(of)}.",
    ),
    (ON, lambda _: True, lambda of: f"{_said(of)}{_done(of)}."),
)


def outlook(signs: Signs) -> Judged | None:
    """Judge the outlook; None where the action has ended or its date has passed: then its lateness says it."""
    if signs.delivery not in OPEN_DELIVERY or signs.left < 0:
        return None
    light, _, reason = next(rule for rule in RULES if rule[1](signs))
    return Judged(light, reason(signs))


def _left(of: Signs) -> str:
    if of.left == 0:
        return "it is due today"
    return f"{plural(of.left, 'day')} {'is' if of.left == 1 else 'are'} left"


def _times(of: Signs) -> str:
    return "twice" if of.times_moved == OFTEN_MOVED else plural(of.times_moved, "time")


def _have(of: Signs) -> str:
    return "has" if len(of.silent_bodies) == 1 else "have"


def _step(of: Signs) -> str:
    return f"The step “{of.worst_step.title}” is {days_late(of.step_late)}" if of.worst_step else ""


def _said(of: Signs) -> str:
    if of.quiet == 0:
        return "Last heard of today"
    return f"Last heard of {plural(of.quiet, 'day')} ago"


def _done(of: Signs) -> str:
    return f"; {of.steps_done} of {plural(len(of.steps), 'step')} done" if of.steps else ""
