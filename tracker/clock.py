"""The time, handed round as an argument. The only module that asks the machine what time it is."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class Clock(Protocol):
    """Tells the time: an aware datetime in UTC."""

    def now(self) -> datetime:
        """Return the moment, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the moment, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the one place


@dataclass
class FixedClock:
    """A clock that stands where it is put: for tests, and for asking about another day."""

    moment: datetime

    def now(self) -> datetime:
        """Return the moment it stands at."""
        return self.moment


def london_date(moment: datetime) -> date:
    """Return the calendar day in Europe/London, by which every due date is judged (DESIGN section 3, rule 5)."""
    return moment.astimezone(LONDON).date()
