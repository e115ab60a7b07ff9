"""The inspector's clock: from a time limit and a base date to a due date, with the sum as people read it.

Pure. The rules are DESIGN section 3, rules 1 to 3.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from tracker.terms import BaseDateChoice, Origin, TimeLimitKind, TimeUnit
from tracker.wording import format_date, plural
from tracker.working_days import add_working_days


@dataclass(frozen=True)
class ClockRules:
    """What a council may set of the clock. Months and days are counts."""

    nation: str = "ENG"
    immediate_working_days: int = 0
    longer_term_months: int = 12
    no_time_months: int = 12
    closures: Collection[date] = ()


@dataclass(frozen=True)
class ReportDates:
    """The dates a report's time limits can be counted from."""

    choice: BaseDateChoice
    inspection_end: date | None = None
    published: date | None = None
    typed: date | None = None
    review_date: date | None = None


@dataclass(frozen=True)
class BaseDate:
    """The day a time limit is counted from, and why."""

    day: date
    why: str  # "last day of the inspection"
    assumed: bool = False


@dataclass(frozen=True)
class Limit:
    """A time limit as it stands on an action point."""

    kind: TimeLimitKind
    count: int | None = None
    unit: TimeUnit | None = None
    day: date | None = None


@dataclass(frozen=True)
class DueDate:
    """A due date with its sum. ``assumed`` where the report gave no time, or the base date is not the true one."""

    day: date
    base: date
    sum: str
    assumed: bool


def base_date(dates: ReportDates, origin: Origin) -> BaseDate | None:
    """Choose the base date of a point; None where the report has no date at all and nobody has typed one.

    A joint area review's follow-up is counted from the review; until a person gives that date, from the letter's,
    marked assumed.
    """
    if origin is Origin.JOINT_AREA_REVIEW and dates.review_date:
        return BaseDate(dates.review_date, "date of the joint area review")
    chosen = _chosen(dates)
    if chosen and origin is Origin.JOINT_AREA_REVIEW:
        return BaseDate(chosen.day, f"{chosen.why}, until the date of the joint area review is given", assumed=True)
    return chosen


def due_date(limit: Limit, base: BaseDate, rules: ClockRules) -> DueDate:
    """Count a time limit from a base date. A date printed in the report wins over a computed one.

    > 1 June 2012, last day of the inspection, + 3 months = 1 September 2012
    """
    if limit.kind is TimeLimitKind.BY_DATE and limit.day:
        return DueDate(limit.day, base.day, f"{format_date(limit.day)}, printed in the report", assumed=False)
    day, added, assumed = _counted(limit, base.day, rules)
    total = f"{format_date(base.day)}, {base.why}, {added} = {format_date(day)}"
    return DueDate(day, base.day, total, assumed=assumed or base.assumed)


def limit_words(limit: Limit) -> str:
    """Say a time limit that a person set, as a report would.

    > Within 3 months
    """
    if limit.kind is TimeLimitKind.WITHIN and limit.count and limit.unit:
        return f"Within {_amount(limit.count, limit.unit)}"
    if limit.kind is TimeLimitKind.BY_DATE and limit.day:
        return f"By {format_date(limit.day)}"
    return limit.kind.label


def _chosen(dates: ReportDates) -> BaseDate | None:
    if dates.choice is BaseDateChoice.TYPED and dates.typed:
        return BaseDate(dates.typed, "date chosen for this report")
    if dates.choice is not BaseDateChoice.PUBLISHED and dates.inspection_end:
        return BaseDate(dates.inspection_end, "last day of the inspection")
    return BaseDate(dates.published, "date printed on the report") if dates.published else None


def _counted(limit: Limit, start: date, rules: ClockRules) -> tuple[date, str, bool]:
    """Return the day, what was added in words, and whether that was assumed."""
    match limit.kind:
        case TimeLimitKind.IMMEDIATELY if rules.immediate_working_days:
            grace = rules.immediate_working_days
            day = add_working_days(start, grace, rules.nation, rules.closures)
            return day, f"immediately, + {plural(grace, 'working day')}", False
        case TimeLimitKind.IMMEDIATELY:
            return start, "immediately", False
        case TimeLimitKind.WITHIN if limit.count and limit.unit:
            return _after(start, limit.count, limit.unit, rules), f"+ {_amount(limit.count, limit.unit)}", False
        case TimeLimitKind.LONGER_TERM:
            months = rules.longer_term_months
            return start + relativedelta(months=months), f"+ {plural(months, 'month')} for the longer term", False
        case _:
            months = rules.no_time_months
            return (
                start + relativedelta(months=months),
                f"+ {plural(months, 'month')}, assumed as no time is given",
                True,
            )


def _after(start: date, count: int, unit: TimeUnit, rules: ClockRules) -> date:
    if unit is TimeUnit.WORKING_DAYS:
        return add_working_days(start, count, rules.nation, rules.closures)
    return start + relativedelta(**{unit.value: count})  # type: ignore[arg-type]  # days, weeks, months or years


def _amount(count: int, unit: TimeUnit) -> str:
    return plural(count, unit.label.removesuffix("s"))
