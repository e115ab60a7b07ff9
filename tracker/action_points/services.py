"""What a person decides about the points that were read. Every change is refused once the report is confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker import audit
from tracker.action_points import passages, queries
from tracker.errors import AlreadyConfirmed, InvalidValue
from tracker.models import ActionPoint, Person, Report
from tracker.reports.queries import hold, source
from tracker.reports.titles import first_title
from tracker.terms import BaseDateChoice, Origin, PointDecision, PointKind, ReportStatus, TimeLimitKind, TimeUnit

ADDED_REASON = "Added by a person."


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
    _still_open(session, point.report)
    if point.decision is PointDecision.KEPT:
        return
    _decide(session, point, PointDecision.KEPT, f"kept “{point.title}”", by=by, now=now)


def leave_out(session: Session, point: ActionPoint, *, reason: str, by: Person, now: datetime) -> None:
    """Leave a point out, with a reason that stays in the record. Raises InvalidValue without one."""
    _still_open(session, point.report)
    if not reason.strip():
        raise InvalidValue("Say why this point is left out.")
    if (point.decision, point.left_out_reason) == (PointDecision.LEFT_OUT, reason.strip()):
        return
    point.left_out_reason = reason.strip()
    _decide(session, point, PointDecision.LEFT_OUT, f"left out “{point.title}”", by=by, now=now, note=reason.strip())


def put_back(session: Session, point: ActionPoint, *, by: Person, now: datetime) -> None:
    """Take back a decision on a point, so that it waits for one again."""
    _still_open(session, point.report)
    if point.decision is PointDecision.PROPOSED:
        return
    _decide(session, point, PointDecision.PROPOSED, f"put back “{point.title}”", by=by, now=now)


def change(session: Session, point: ActionPoint, wanted: PointChange, *, by: Person, now: datetime) -> None:
    """Correct what was read of a point. Raises InvalidValue where its title or words would be empty."""
    _still_open(session, point.report)
    check_limit(wanted)
    if not wanted.title.strip() or not wanted.words.strip():
        raise InvalidValue("Enter a title and the report's words.")
    before = _values(point)
    _write(point, wanted)
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


def split(
    session: Session, point: ActionPoint, parts: Sequence[str], *, by: Person, now: datetime
) -> list[ActionPoint]:
    """Put several points in place of one, each with its part of the words. Raises InvalidValue for fewer than two."""
    _still_open(session, point.report)
    wanted = [" ".join(part.split()) for part in parts if part.strip()]
    if len(wanted) < 2:  # noqa: PLR2004 - that is what splitting means
        raise InvalidValue("Put an empty line between the parts, so that there are at least two.")
    text = source(session, point.report).text
    after = [other.position for other in queries.points(session, point.report) if other.position > point.position]
    room = min(after, default=point.position + 1) - point.position
    made = []
    for number, words in enumerate(wanted):
        new = _copy(point, words, position=point.position + room * number / len(wanted))
        if point.start is not None and point.end is not None:
            new.start, new.end = passages.find(text, words, point.start, point.end) or (point.start, point.end)
        session.add(new)
        made.append(new)
    _decide(session, point, PointDecision.REPLACED, f"split “{point.title}” into {len(made)}", by=by, now=now)
    return made


def merge(session: Session, points: Sequence[ActionPoint], *, by: Person, now: datetime) -> ActionPoint:
    """Put one point in place of several; it takes the place and the time limit of the first."""
    if len(set(points)) < 2:  # noqa: PLR2004 - that is what merging means
        raise InvalidValue("Choose at least two points to merge.")
    for point in points:
        _still_open(session, point.report)
    ordered = sorted(set(points), key=lambda point: point.position)
    first = ordered[0]
    new = _copy(first, " ".join(point.words for point in ordered), position=first.position)
    new.title = first.title
    new.body_names = list(dict.fromkeys(name for point in ordered for name in point.body_names))
    session.add(new)
    for point in ordered:
        _decide(session, point, PointDecision.REPLACED, f"merged “{point.title}” into one", by=by, now=now)
    return new


def add(session: Session, report: Report, wanted: PointChange, *, by: Person, now: datetime) -> ActionPoint:
    """Add a point the reader missed; it is kept at once, and marked in the source where its words stand there."""
    _still_open(session, report)
    check_limit(wanted)
    if not wanted.words.strip():
        raise InvalidValue("Enter the report's words.")
    document, existing = source(session, report), queries.points(session, report)
    place = passages.find(document.text, wanted.words)
    point = ActionPoint(
        council_id=report.council_id,
        report_id=report.id,
        position=_position(existing, place),
        title="",
        words="",
        section="",
        kind=PointKind.RECOMMENDATION,
        origin=Origin.THIS_REPORT,
        limit_kind=wanted.limit_kind,
        body_names=[],
        start=place[0] if place else None,
        end=place[1] if place else None,
        page=passages.page_of(place[0], document.page_starts) if place else None,
        confidence_reason=ADDED_REASON,
        decision=PointDecision.KEPT,
    )
    _write(point, wanted)
    point.title = wanted.title.strip() or first_title(point.words)
    session.add(point)
    audit.record(session, point, "added", f"added “{point.title}”, which was not read", by=by, at=now)
    return point


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
        _still_open(session, point.report)
        point.owner, point.lead = owner or point.owner, lead or point.lead
        given = [f"{part} {person.name}" for part, person in (("owner", owner), ("lead", lead)) if person]
        audit.record(session, point, "assigned", f"gave “{point.title}” the {' and the '.join(given)}", by=by, at=now)


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
    _still_open(session, report)
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
    before = _facts(report)
    report.title, report.published = title.strip(), published
    report.inspection_start, report.inspection_end = inspection_start, inspection_end
    report.base_date_choice, report.typed_base_date, report.review_date = choice, typed, review_date
    after = _facts(report)
    if before != after:
        audit.record(
            session, report, "facts", "corrected what the report is", by=by, at=now, before=before, after=after
        )


def check_limit(wanted: PointChange) -> None:
    """Raise InvalidValue where a time limit lacks what its kind needs."""
    if wanted.limit_kind is TimeLimitKind.WITHIN and not (wanted.limit_count and wanted.limit_unit):
        raise InvalidValue("Enter how many days, weeks or months.")
    if wanted.limit_kind is TimeLimitKind.BY_DATE and wanted.limit_date is None:
        raise InvalidValue("Enter the date printed in the report.")


def _still_open(session: Session, report: Report) -> None:
    """Refuse to change what has been confirmed; whoever confirms meanwhile waits for us, or we for them."""
    hold(session, report)
    if report.status is ReportStatus.CONFIRMED:
        raise AlreadyConfirmed


def _decide(
    session: Session,
    point: ActionPoint,
    decision: PointDecision,
    sentence: str,
    *,
    by: Person,
    now: datetime,
    note: str | None = None,
) -> None:
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


def _write(point: ActionPoint, wanted: PointChange) -> None:
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


def _copy(point: ActionPoint, words: str, *, position: float) -> ActionPoint:
    """Make a proposed point with other words in the place of one that is replaced."""
    return ActionPoint(
        council_id=point.council_id,
        report_id=point.report_id,
        report=point.report,
        position=position,
        read_position=point.read_position,
        words=words,
        title=first_title(words),
        section=point.section,
        kind=point.kind,
        origin=point.origin,
        limit_kind=point.limit_kind,
        limit_words=point.limit_words,
        limit_count=point.limit_count,
        limit_unit=point.limit_unit,
        limit_date=point.limit_date,
        body_names=list(point.body_names),
        priority=point.priority,
        page=point.page,
        start=point.start,
        end=point.end,
        confidence=point.confidence,
        confidence_reason=point.confidence_reason,
        owner=point.owner,
        lead=point.lead,
        decision=PointDecision.PROPOSED,
    )


def _position(existing: Sequence[ActionPoint], place: tuple[int, int] | None) -> float:
    """Return the place among the points: where the words stand in the report, else at the end."""
    last = max((point.position for point in existing), default=0.0)
    if place is None:
        return last + 1
    before = [point.position for point in existing if point.start is not None and point.start <= place[0]]
    after = [point.position for point in existing if point.position > max(before, default=0.0)]
    return (max(before, default=0.0) + min(after, default=last + 2)) / 2


def _values(point: ActionPoint) -> dict[str, object]:
    names = ("title", "words", "section", "limit_kind", "limit_count", "limit_unit", "limit_date")
    people = {"owner": point.owner.name if point.owner else None, "lead": point.lead.name if point.lead else None}
    return {name: getattr(point, name) for name in names} | people


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
