"""A council's reminder rules: as they are stored, whether they can be right, and as they read. Pure.

The words are written once, here: the page of the rules, the page of the reminders and the history all print them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from tracker.errors import InvalidValue
from tracker.wording import plural

LONGEST = 365  # days a rule can have: no stage lies further from its date
MOST_BEFORE = 8  # days before the date on which somebody can be told; more would be read by nobody
COUNTS = ("late_every", "lead_after", "director_after", "silent_after", "decision_after")
NOTHING_ELSE = "One email a person a morning, on working days, and none when there is nothing to say."


@dataclass(frozen=True)
class Rules:
    """A council's stages, in days; ``decision_after`` in working days. 0 or None switches a count off."""

    before: tuple[int, ...] = ()
    late_every: int | None = None
    lead_after: int | None = None
    director_after: int | None = None
    silent_after: int | None = None
    decision_after: int | None = None
    on_the_day: bool = True

    @property
    def horizon(self) -> int:
        """How many days ahead a due date can matter."""
        return max(self.before, default=0)

    @property
    def widest(self) -> int:
        """The longest time between two reminders of a stage that comes again."""
        # Working days in a row can lie apart by a long closure: three calendar days each are more than enough.
        return max(self.late_every or 0, self.silent_after or 0, 3 * (self.decision_after or 0))

    def stored(self) -> dict[str, Any]:
        """Return the rules as a council stores them."""
        return asdict(self) | {"before": list(self.before)}


def read_rules(stored: Mapping[str, Any]) -> Rules:
    """Read the rules as a council stores them. Raises InvalidValue for what is not a number of days."""
    before = stored.get("before") or []
    counts = {name: stored.get(name) for name in COUNTS}
    for days in (*before, *(count or 0 for count in counts.values())):
        if isinstance(days, bool) or not isinstance(days, int) or not 0 <= days <= LONGEST:
            raise InvalidValue(f"A reminder rule must be a number of days from 0 to {LONGEST}, not {days!r}.")
    on_the_day = stored.get("on_the_day", True)
    if not isinstance(on_the_day, bool):
        raise InvalidValue(f"Whether somebody is told on the day must be yes or no, not {on_the_day!r}.")
    return Rules(before=tuple(sorted({*before} - {0}, reverse=True)), on_the_day=on_the_day, **counts)


def in_words(rules: Rules) -> tuple[str, ...]:
    """Say what the rules do, a sentence each."""
    return (
        f"{_owner(rules)} {_late(rules)}",
        _escalation(rules),
        _silence(rules),
        _decisions(rules),
        NOTHING_ELSE,
    )


def warnings(rules: Rules) -> tuple[str, ...]:
    """Say what nobody would hear of: silence is the fault that nobody sees."""
    found = []
    if not rules.late_every:
        found.append("Nobody who owns a late action is reminded of it again.")
    if not rules.lead_after and not rules.director_after:
        found.append("No lead and no director is told of what is late.")
    return tuple(found)


def changes(before: Rules, after: Rules) -> tuple[str, ...]:
    """Return the sentences that would read otherwise than they do now."""
    return tuple(new for old, new in zip(in_words(before), in_words(after), strict=True) if new != old)


def to_a_body(rules: Rules) -> str:
    """Say when a body is written to about its part, at the foot of its mails."""
    times = [f"{_days_before(rules)} before the date"] if rules.before else []
    times += ["on it" if times else "on the date"] if rules.on_the_day else []
    if rules.late_every:
        times.append(f"every {_every(rules.late_every, 'day')} while it is late")
    return f"You are written to {listed(times)}, until your part is done." if times else ""


def _days_before(rules: Rules) -> str:
    days = [plural(days, "day") for days in rules.before]
    for index, (day, following) in enumerate(pairwise(rules.before)):
        days[index] = f"{day}" if (day == 1) == (following == 1) else days[index]  # "28, 14, 7 days and 1 day"
    return listed(days)


def _owner(rules: Rules) -> str:
    if rules.before:
        said = f"The owner is told {_days_before(rules)} before the date"
        return f"{said}, and on the day." if rules.on_the_day else f"{said}, and not on the day."
    return (
        "The owner is told on the day." if rules.on_the_day else "The owner is told nothing until the date has passed."
    )


def _late(rules: Rules) -> str:
    if not rules.late_every:
        return "While it is late the owner is not told again."
    return f"While it is late: every {_every(rules.late_every, 'day')}."


def _escalation(rules: Rules) -> str:
    if not rules.lead_after and not rules.director_after:
        return "Neither the lead nor a director is told that an action is late."
    lead = f"The lead is told once, at {plural(rules.lead_after, 'day')} late" if rules.lead_after else ""
    directors = f"at {plural(rules.director_after, 'day')} late" if rules.director_after else ""
    if lead and directors:
        return f"{lead}; the directors once, {directors}."
    return f"{lead}; directors are not told." if lead else f"The directors are told once, {directors}; the lead is not."


def _silence(rules: Rules) -> str:
    if not rules.silent_after:
        return "Nobody is asked about an action only because nothing has been said of it."
    said = f"Where nothing has been said of an open action for {plural(rules.silent_after, 'day')}, its owner is asked"
    return f"{said}, and again every {_every(rules.silent_after, 'day')} of silence."


def _decisions(rules: Rules) -> str:
    if not rules.decision_after:
        return "Nobody is reminded of a claim, or of a request for more time or for a pause, that waits for them."
    days = plural(rules.decision_after, "working day")
    again = _every(rules.decision_after, "working day")
    return (
        f"When a claim, or a request for more time or for a pause, has waited {days}, whoever is to decide it is told, "
        f"and again every {again}."
    )


def _every(days: int, unit: str) -> str:
    return unit if days == 1 else plural(days, unit)


def listed(parts: Sequence[str]) -> str:
    """Join words as a sentence does: > 28, 14, 7 days and 1 day."""
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
