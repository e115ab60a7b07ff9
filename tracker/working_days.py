"""Working days of a council: Monday to Friday, less its nation's bank holidays and its own closure days."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def is_working_day(day: date, nation: str, closures: Collection[date] = ()) -> bool:
    """Say whether the council works on this day. ``nation`` is ENG, WLS, SCT or NIR."""
    return day.weekday() < SATURDAY and day not in closures and day not in _bank_holidays(nation, day.year)


def add_working_days(day: date, count: int, nation: str, closures: Collection[date] = ()) -> date:
    """Return the day that comes ``count`` working days after this one; the day itself is not counted."""
    while count > 0:
        day += ONE_DAY
        count -= is_working_day(day, nation, closures)
    return day


@cache
def _bank_holidays(nation: str, year: int) -> frozenset[date]:
    # The library takes a second to load; a web process that never counts working days need not wait for it.
    import holidays  # noqa: PLC0415

    return frozenset(holidays.country_holidays("GB", subdiv=nation, years=year))
