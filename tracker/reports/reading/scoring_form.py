"""A reading in the form that ``tracker read --json`` prints, by which readers are compared."""

from typing import Any

from tracker.reports.reading.model import Demand, Judgement, Place, Reading, ReadPoint, TimeLimit
from tracker.terms import TimeLimitKind, TimeUnit

_TIMESCALES = {
    TimeLimitKind.IMMEDIATELY: "immediate",
    TimeLimitKind.LONGER_TERM: "longer_term",
    TimeLimitKind.NOT_GIVEN: "none",
}
_MONTHS = {3: "three_months", 6: "six_months"}


def to_scoring_form(reading: Reading) -> dict[str, Any]:
    """Return the form's keys, and beside them the place of each thing read and how sure we are of it."""
    facts = reading.facts
    return {
        "report": {
            "title": facts.title,
            "authority": facts.authority,
            "inspectorates": list(facts.inspectorates),
            "report_type": facts.report_type,
            "addressee": facts.addressee,
            "inspection_start": facts.inspection_start.isoformat() if facts.inspection_start else None,
            "inspection_end": facts.inspection_end.isoformat() if facts.inspection_end else None,
            "published": facts.published.isoformat() if facts.published else None,
            "grade_scale": {printed: str(grade.value) for printed, grade in facts.scale.words.items()}
            if facts.scale
            else None,
            "grade_scale_best": facts.scale.best if facts.scale else None,
            "grade_scale_basis": facts.scale.basis if facts.scale else None,
            "review_date_hint": facts.review_date_hint,
        },
        "grades": [_grade(judgement) for judgement in reading.judgements],
        "action_points": [_point(point) for point in reading.points],
        "progress_statements": [
            {
                "quote": one.quote,
                "judgement": str(one.judgement.value),
                "section": one.section,
                "about": list(one.about),
                **_source(one.place),
            }
            for one in reading.progress
        ],
        "comparators": [
            {"authority": one.authority, "grades": one.grades, "total": one.total, "total_note": one.note}
            for one in reading.comparators
        ],
        "response_requirement": _demand(reading.demand) if reading.demand else None,
    }


def _demand(demand: Demand) -> dict[str, Any]:
    limit = demand.time_limit
    due = limit.day.isoformat() if limit.day else None
    return {"text": demand.quote, "rule": limit.words, "due": due, **_source(demand.place)}


def _grade(judgement: Judgement) -> dict[str, Any]:
    normalised = str(judgement.normalised.value) if judgement.normalised else None
    return {
        "section": judgement.section,
        "area": judgement.area,
        "grade": judgement.grade,
        "normalised": normalised,
        **_source(judgement.place),
    }


def _point(point: ReadPoint) -> dict[str, Any]:
    limit = point.time_limit
    return {
        "text": point.text,
        "kind": str(point.kind.value),
        "section": point.section,
        "timescale_text": limit.words,
        "timescale": timescale(limit),
        "due_date": limit.day.isoformat() if limit.day else None,
        "origin": str(point.origin.value),
        "responsible_bodies": list(point.bodies),
        "priority": point.priority,
        "confidence": point.confidence,
        "reason": point.reason,
        "number": point.number,
        "also": [_source(place) for place in point.also],
        **_source(point.place),
    }


def timescale(limit: TimeLimit) -> str:
    """Return the form's word for a time limit: "other" for every one it has no word for."""
    if limit.kind is TimeLimitKind.WITHIN and limit.unit is TimeUnit.MONTHS:
        return _MONTHS.get(limit.count or 0, "other")
    return _TIMESCALES.get(limit.kind, "other")


def _source(place: Place) -> dict[str, int]:
    return {"page": place.page, "start": place.start, "end": place.end}
