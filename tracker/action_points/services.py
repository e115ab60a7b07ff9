"""What a person decides about the points that were read. Every change is refused once the report is confirmed.

Putting points in the place of others, and adding one, is ``reshaping``; what is said of the report itself ``facts``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker import audit
from tracker.errors import AlreadyConfirmed, InvalidValue
from tracker.models import ActionPoint, Person, Report
from tracker.reports import series
from tracker.reports.queries import hold
from tracker.terms import PointDecision, ReportStatus, TimeLimitKind, TimeUnit


@dataclass(frozen=True)
class PointChange:
    """What a person may correct of one point. The time limit's count is a number of its unit."""

    title: str
    words: str
    section: str
    limit_kind: TimeLimitKind
    limit_count: int | None = None
    limit_unit: TimeUnit | None = None
    limit_date: date | None = None
    owner: Person | None = None
    lead: Person | None = None


def keep(session: Session, point: ActionPoint, *, by: Person, now: datetime) -> None:
    """Keep a point: it becomes an action when the report is confirmed."""
    still_open(session, point.report)
    if point.decision is PointDecision.KEPT:
        return
    decide(session, point, PointDecision.KEPT, f"kept “{point.title}”", by=by, now=now)


def leave_out(session: Session, point: ActionPoint, *, reason: str, by: Person, now: datetime) -> None:
    """Leave a point out, with a reason that stays in the record. Raises InvalidValue without one."""
    still_open(session, point.report)
    if not reason.strip():
        raise InvalidValue("Say why this point is left out.")
    if (point.decision, point.left_out_reason) == (PointDecision.LEFT_OUT, reason.strip()):
        return
    point.left_out_reason = reason.strip()
    decide(session, point, PointDecision.LEFT_OUT, f"left out “{point.title}”", by=by, now=now, note=reason.strip())


def put_back(session: Session, point: ActionPoint, *, by: Person, now: datetime) -> None:
    """Take back a decision on a point, so that it waits for one again."""
    still_open(session, point.report)
    if point.decision is PointDecision.PROPOSED:
        return
    decide(session, point, PointDecision.PROPOSED, f"put back “{point.title}”", by=by, now=now)


def change(session: Session, point: ActionPoint, wanted: PointChange, *, by: Person, now: datetime) -> None:
    """Correct what was read of a point. Raises InvalidValue where its title or words would be empty."""
    still_open(session, point.report)
    check_limit(wanted)
    if not wanted.title.strip() or not wanted.words.strip():
        raise InvalidValue("Enter a title and the report's words.")
    before = _values(point)
    write(point, wanted)
    after = _values(point)
    changed = {name for name in after if after[name] != before[name]}
    if changed:
        audit.record(
            session,
            point,
            "changed",
            f"changed “{point.title}”",
            by=by,
            at=now,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )
    if changed & {"words", "section"}:
        series.suggest_for(session, point.report, [point])


def assign(
    session: Session,
    points: Sequence[ActionPoint],
    *,
    owner: Person | None,
    lead: Person | None,
    by: Person,
    now: datetime,
) -> None:
    """Give many points an owner, a lead or both; what is None stays as it is."""
    if owner is None and lead is None:
        raise InvalidValue("Choose an owner or a lead.")
    if not points:
        raise InvalidValue("Choose the points first.")
    for point in points:
        still_open(session, point.report)
        point.owner, point.lead = owner or point.owner, lead or point.lead
        given = [f"{part} {person.name}" for part, person in (("owner", owner), ("lead", lead)) if person]
        audit.record(session, point, "assigned", f"gave “{point.title}” the {' and the '.join(given)}", by=by, at=now)


def check_limit(wanted: PointChange) -> None:
    """Raise InvalidValue where a time limit lacks what its kind needs."""
    if wanted.limit_kind is TimeLimitKind.WITHIN and not (wanted.limit_count and wanted.limit_unit):
        raise InvalidValue("Enter how many days, weeks or months.")
    if wanted.limit_kind is TimeLimitKind.BY_DATE and wanted.limit_date is None:
        raise InvalidValue("Enter the date printed in the report.")


def still_open(session: Session, report: Report) -> None:
    """Refuse to change what has been confirmed; whoever confirms meanwhile waits for us, or we for them."""
    hold(session, report)
    if report.status is ReportStatus.CONFIRMED:
        raise AlreadyConfirmed


def decide(
    session: Session,
    point: ActionPoint,
    decision: PointDecision,
    sentence: str,
    *,
    by: Person,
    now: datetime,
    note: str | None = None,
) -> None:
    """Write a decision on a point, with its row of history."""
    before, point.decision = point.decision, decision
    if decision is not PointDecision.LEFT_OUT:
        point.left_out_reason = None
    audit.record(
        session,
        point,
        decision.value,
        sentence,
        by=by,
        at=now,
        before={"decision": before},
        after={"decision": decision},
        note=note,
    )


def write(point: ActionPoint, wanted: PointChange) -> None:
    """Write what a person gave of a point into it."""
    point.title, point.words, point.section = wanted.title.strip(), wanted.words.strip(), wanted.section.strip()
    if (point.limit_kind, point.limit_count, point.limit_unit, point.limit_date) != _limit(wanted):
        point.limit_kind, point.limit_count, point.limit_unit, point.limit_date = _limit(wanted)
        point.limit_words = None  # the printed words no longer say what counts
    point.owner, point.lead = wanted.owner, wanted.lead


def _limit(wanted: PointChange) -> tuple[TimeLimitKind, int | None, TimeUnit | None, date | None]:
    within = wanted.limit_kind is TimeLimitKind.WITHIN
    by_date = wanted.limit_kind is TimeLimitKind.BY_DATE
    return (
        wanted.limit_kind,
        wanted.limit_count if within else None,
        wanted.limit_unit if within else None,
        wanted.limit_date if by_date else None,
    )


def _values(point: ActionPoint) -> dict[str, object]:
    names = ("title", "words", "section", "limit_kind", "limit_count", "limit_unit", "limit_date")
    people = {"owner": point.owner.name if point.owner else None, "lead": point.lead.name if point.lead else None}
    return {name: getattr(point, name) for name in names} | people
