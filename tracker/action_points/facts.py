"""What a report is and the day its time limits are counted from, corrected before it is confirmed."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker import audit
from tracker.action_points.services import still_open
from tracker.errors import InvalidValue
from tracker.models import Person, Report
from tracker.reports import series
from tracker.terms import BaseDateChoice


def set_facts(
    session: Session,
    report: Report,
    *,
    title: str,
    published: date | None,
    inspection_start: date | None,
    inspection_end: date | None,
    choice: BaseDateChoice,
    typed: date | None,
    review_date: date | None,
    by: Person,
    now: datetime,
) -> None:
    """Correct a report's facts and choose the day its time limits are counted from.

    Raises InvalidValue where the chosen base date is not given, or the inspection ends before it begins.
    """
    still_open(session, report)
    missing = {
        BaseDateChoice.TYPED: (typed, "Enter the date to count from."),
        BaseDateChoice.PUBLISHED: (published, "Enter the date printed on the report, or count from another date."),
        BaseDateChoice.INSPECTION_END: (
            inspection_end,
            "Enter the last day of the inspection, or count from another date.",
        ),
    }
    day, sentence = missing[choice]
    if day is None:
        raise InvalidValue(sentence)
    if inspection_start and inspection_end and inspection_end < inspection_start:
        raise InvalidValue("Enter a last day of the inspection that is not before its first.")
    before, day = _facts(report), series.day_of(report)
    report.title, report.published = title.strip(), published
    report.inspection_start, report.inspection_end = inspection_start, inspection_end
    report.base_date_choice, report.typed_base_date, report.review_date = choice, typed, review_date
    after = _facts(report)
    if before != after:
        audit.record(
            session, report, "facts", "corrected what the report is", by=by, at=now, before=before, after=after
        )
    if series.day_of(report) != day:
        series.suggest_for(session, report)  # it stands elsewhere in the series


def _facts(report: Report) -> dict[str, object]:
    names = (
        "title",
        "published",
        "inspection_start",
        "inspection_end",
        "base_date_choice",
        "typed_base_date",
        "review_date",
    )
    return {name: getattr(report, name) for name in names}
