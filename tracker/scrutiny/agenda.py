"""When a committee's agenda is published, and so when a member's question is to be answered. Pure."""

from collections.abc import Collection
from datetime import date, timedelta

from tracker.working_days import add_working_days, is_working_day

WITHOUT_A_MEETING = 10  # working days to answer in, where no meeting is known
ONE_DAY = timedelta(days=1)


def agenda_day(meeting: date, clear_days: int, nation: str, closures: Collection[date] = ()) -> date:
    """Return the working day on which the agenda is published: so many clear working days lie before the meeting."""
    day, left = meeting - ONE_DAY, clear_days
    while left or not is_working_day(day, nation, closures):
        left -= is_working_day(day, nation, closures)
        day -= ONE_DAY
    return day


def answer_due(asked: date, agenda: date | None, nation: str, closures: Collection[date] = ()) -> date:
    """Return the day an answer is due: the last working day before the agenda, or ten working days after asking."""
    if agenda is None:
        return add_working_days(asked, WITHOUT_A_MEETING, nation, closures)
    day = agenda - ONE_DAY
    while not is_working_day(day, nation, closures):
        day -= ONE_DAY
    return day
