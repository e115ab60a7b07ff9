"""Other points than were read: one split into several, several merged into one, one that the reader missed.

What is replaced stays as a row that is marked so, and the new points carry the words.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from tracker import audit
from tracker.action_points import passages, queries
from tracker.action_points.services import PointChange, check_limit, decide, still_open, write
from tracker.errors import InvalidValue
from tracker.models import ActionPoint, Person, Report
from tracker.reports import series
from tracker.reports.queries import source
from tracker.reports.titles import first_title
from tracker.terms import Origin, PointDecision, PointKind

ADDED_REASON = "Added by a person."


def split(
    session: Session, point: ActionPoint, parts: Sequence[str], *, by: Person, now: datetime
) -> list[ActionPoint]:
    """Put several points in place of one, each with its part of the words. Raises InvalidValue for fewer than two."""
    still_open(session, point.report)
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
    decide(session, point, PointDecision.REPLACED, f"split “{point.title}” into {len(made)}", by=by, now=now)
    series.suggest_for(session, point.report, made)
    return made


def merge(session: Session, points: Sequence[ActionPoint], *, by: Person, now: datetime) -> ActionPoint:
    """Put one point in place of several; it takes the place and the time limit of the first."""
    if len(set(points)) < 2:  # noqa: PLR2004 - that is what merging means
        raise InvalidValue("Choose at least two points to merge.")
    for point in points:
        still_open(session, point.report)
    ordered = sorted(set(points), key=lambda point: point.position)
    first = ordered[0]
    new = _copy(first, " ".join(point.words for point in ordered), position=first.position)
    new.title = first.title
    new.body_names = list(dict.fromkeys(name for point in ordered for name in point.body_names))
    session.add(new)
    for point in ordered:
        decide(session, point, PointDecision.REPLACED, f"merged “{point.title}” into one", by=by, now=now)
    series.suggest_for(session, new.report, [new])
    return new


def add(session: Session, report: Report, wanted: PointChange, *, by: Person, now: datetime) -> ActionPoint:
    """Add a point the reader missed; it is kept at once, and marked in the source where its words stand there."""
    still_open(session, report)
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
    write(point, wanted)
    point.title = wanted.title.strip() or first_title(point.words)
    session.add(point)
    audit.record(session, point, "added", f"added “{point.title}”, which was not read", by=by, at=now)
    series.suggest_for(session, report, [point])
    return point


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
