"""What rules would do: three sample actions, day by day, who would be told. Pure; nothing of it is sent.

Up to today the samples were told of by the rules as they are; from tomorrow by the ones that are tried. So it shows as
well that nothing is sent again because of a change.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.reminders.stages.rhythm import Calendar
from tracker.reminders.stages.rules import Rules
from tracker.reminders.stages.schedule import Chase, Due, Recipient, due_reminders, still_new
from tracker.terms import Delivery, Stage
from tracker.wording import days_late, format_date, plural
from tracker.working_days import ONE_DAY

WEEKS = 10  # that are looked ahead: an action due in 5 weeks is then 5 weeks late
LOOK_BACK = timedelta(days=400)
OWNER, LEAD, DIRECTOR = 1, 2, 3
WHO = {OWNER: "the owner", LEAD: "the lead", DIRECTOR: "the directors"}
LETTERS = {OWNER: "O", LEAD: "L", DIRECTOR: "D"}


@dataclass(frozen=True)
class Sample:
    """An open action that nobody says anything of from today on."""

    name: str
    due: date
    last_word: date


@dataclass(frozen=True)
class Telling:
    """Somebody would be told of a sample on a morning."""

    day: date
    letter: str
    words: str  # "the owner, 7 days before the date"


@dataclass(frozen=True)
class Cell:
    """A day of the small calendar."""

    day: date
    tellings: tuple[Telling, ...]
    is_due: bool
    is_past: bool


@dataclass(frozen=True)
class Shown:
    """A sample with everything that rules would do to it in the next weeks."""

    sample: Sample
    tellings: tuple[Telling, ...]
    weeks: tuple[tuple[Cell, ...], ...]


def samples(today: date) -> tuple[Sample, ...]:
    """Return the three samples of a day."""
    five_weeks = today + timedelta(weeks=5)
    return (
        Sample(f"An action due in 5 weeks, on {format_date(five_weeks)}", five_weeks, today),
        Sample("An action that is 10 days late", today - timedelta(days=10), today - timedelta(days=3)),
        Sample(
            "An action with time left, of which nothing has been said for 30 days",
            today + timedelta(weeks=20),
            today - timedelta(days=30),
        ),
    )


def show(sample: Sample, was: Rules, tried: Rules, today: date, calendar: Calendar) -> Shown:
    """Play the mornings of a sample: by the rules as they were up to today, by the ones tried from tomorrow."""
    told: dict[int, list[Due]] = defaultdict(list)
    tellings = []
    for day in _mornings(sample, was, today, calendar):
        rules = tried if day > today else was
        for due in due_reminders(_chase(sample), rules, day):
            before = [(known.stage, known.about_date) for known in told[due.person_id]]
            if still_new(due, sample.due, rules, before):
                told[due.person_id].append(due)
                if day > today:
                    words = f"{WHO[due.person_id]}, {_stage(due, sample)}"
                    tellings.append(Telling(day, LETTERS[due.person_id], words))
    return Shown(sample, tuple(tellings), _weeks(sample, tellings, today))


def _mornings(sample: Sample, was: Rules, today: date, calendar: Calendar) -> Iterator[date]:
    day = max(min(sample.due - timedelta(days=was.horizon), sample.last_word), today - LOOK_BACK)
    while day <= today + timedelta(weeks=WEEKS):
        if calendar.works(day):
            yield day
        day += ONE_DAY


def _chase(sample: Sample) -> Chase:
    return Chase(
        action_id=0,
        delivery=Delivery.IN_PROGRESS,
        current_due=sample.due,
        owner=Recipient(OWNER),
        lead=Recipient(LEAD),
        directors=(Recipient(DIRECTOR),),
        last_word=sample.last_word,
    )


def _stage(due: Due, sample: Sample) -> str:
    days = (due.about_date - sample.due).days
    if due.stage is Stage.SILENT:
        return f"nothing said for {plural((due.about_date - sample.last_word).days, 'day')}"
    if due.stage is Stage.BEFORE:
        return f"{plural(-days, 'day')} before the date"
    return "on the day" if due.stage is Stage.ON_THE_DAY else days_late(days)


def _weeks(sample: Sample, tellings: list[Telling], today: date) -> tuple[tuple[Cell, ...], ...]:
    monday = today - timedelta(days=today.weekday())
    return tuple(
        tuple(
            Cell(
                day,
                tuple(telling for telling in tellings if telling.day == day),
                is_due=day == sample.due,
                is_past=day <= today,
            )
            for day in (monday + timedelta(weeks=week, days=weekday) for weekday in range(7))
        )
        for week in range(WEEKS + 1)
    )
