"""The days a council works, and the week of those who want one mail a week. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.working_days import ONE_DAY, SATURDAY, is_working_day

LONGEST_CLOSURE = 31  # days to look back for a working day


def monday_of(day: date) -> date:
    """Return the Monday of the week this day lies in."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class Calendar:
    """The days on which a council works: its nation's bank holidays and its own closure days are left out."""

    nation: str  # ENG, WLS, SCT or NIR
    closures: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Say whether the council works on this day."""
        return is_working_day(day, self.nation, self.closures)

    def week_began(self, day: date) -> date:
        """Return the first working day of the week this day lies in; of the week before where none has come yet.

        Who wants one mail a week is told of what had fallen by then. A week whose first morning was missed, because
        the service was down, is so made up for on the next.
        """
        monday = monday_of(day)
        for week in range(LONGEST_CLOSURE // 7 + 1):
            first = monday - timedelta(weeks=week)
            for ahead in range(SATURDAY):
                found = first + timedelta(days=ahead)
                if found <= day and self.works(found):
                    return found
        return monday

    def waited(self, since: date, today: date) -> Iterator[date]:
        """Return each working day after a day, up to today."""
        day = since + ONE_DAY
        while day <= today:
            if self.works(day):
                yield day
            day += ONE_DAY
