"""A reading as a person corrected it, in the form readers are compared by: so that a council can send a case in."""

from dataclasses import replace

from tracker.models import ActionPoint, Report, ReportSource
from tracker.reports.findings import ANSWER
from tracker.reports.reading import Place, Reading, ReadPoint, TimeLimit, from_dict
from tracker.terms import PointDecision

NOWHERE = Place(page=1, start=0, end=0)
CHECKED = "A person checked it."


def corrected_reading(report: Report, source: ReportSource, points: list[ActionPoint]) -> Reading:
    """Return what was read with the facts as they were put right and the points that were kept."""
    reading = from_dict(source.reading)
    facts = replace(
        reading.facts,
        title=report.title,
        published=report.published,
        inspection_start=report.inspection_start,
        inspection_end=report.inspection_end,
    )
    kept = [point for point in points if point.decision is PointDecision.KEPT and point.section != ANSWER]
    return replace(reading, text=source.text, facts=facts, points=tuple(_as_read(point) for point in kept))


def _as_read(point: ActionPoint) -> ReadPoint:
    placed = point.start is not None and point.end is not None
    return ReadPoint(
        text=point.words,
        kind=point.kind,
        section=point.section,
        time_limit=TimeLimit(
            point.limit_kind, point.limit_words, point.limit_count, point.limit_unit, day=point.limit_date
        ),
        origin=point.origin,
        place=Place(point.page or 1, point.start or 0, point.end or 0) if placed else NOWHERE,
        bodies=tuple(point.body_names),
        priority=point.priority,
        reason=CHECKED,
    )
