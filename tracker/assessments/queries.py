"""Reads for the next assessment: a fixed number of statements, however many reports, recommendations and judgements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from tracker.action_points.recurrences import links_of, tracked_elsewhere
from tracker.assessments.compared import Again, Comparison, Links, compare
from tracker.assessments.contents import Asked, Progress, Statement, progress
from tracker.assessments.our_side import ours_of, totals
from tracker.assessments.ours import Ours
from tracker.assessments.over_time import Judged, Judging, OverTime, over_time
from tracker.models import Action, ActionPoint, Judgement, ProgressStatement, Report
from tracker.reports import queries as report_queries
from tracker.terms import LinkDecision, Origin, PointDecision, ReportStatus


@dataclass(frozen=True)
class Assessed:
    """A confirmed report, with how much it has to say of an earlier one."""

    report: Report
    followups: int
    statements: int
    judgements: int


def confirmed_reports(session: Session) -> list[Assessed]:
    """Return the confirmed reports, newest first."""
    rows = session.scalars(
        select(Report)
        .where(Report.status == ReportStatus.CONFIRMED)
        .order_by(Report.published.desc().nulls_last(), Report.id.desc())
    ).all()
    followups = _counts(session, ActionPoint.report_id, *_followups())
    statements = _counts(session, ProgressStatement.report_id)
    judgements = _counts(session, Judgement.report_id)
    return [
        Assessed(row, followups.get(row.id, 0), statements.get(row.id, 0), judgements.get(row.id, 0)) for row in rows
    ]


def progress_of(session: Session, report: Report, *, today: date) -> Progress:
    """Return each recommendation that a report repeats, beside what the report says of it. Left-out points are not.

    Where a point repeats one that was tracked before, our side is that action's.
    """
    points = session.scalars(
        select(ActionPoint)
        .where(ActionPoint.report_id == report.id, *_followups())
        .order_by(ActionPoint.position, ActionPoint.id)
    ).all()
    actions = actions_by_point(session, report)
    ours = ours_of(session, list(actions.values()), today=today)
    asked = [asked_of(point, actions.get(point.id), ours) for point in points]
    return progress(asked, statements_of(session, report), said_on(report))


def compare_reports(session: Session, earlier: Report, later: Report, *, today: date) -> Comparison:
    """Return each recommendation that was tracked of one report, beside what a later one says of it, by their links."""
    actions = actions_by_point(session, earlier)
    points = session.scalars(
        select(ActionPoint)
        .where(ActionPoint.report_id == earlier.id, ActionPoint.decision == PointDecision.KEPT)
        .order_by(ActionPoint.position, ActionPoint.id)
    ).all()
    ours = ours_of(session, list(actions.values()), today=today)
    linked = linked_to(session, later)
    rows = [
        (
            asked_of(point, actions.get(point.id), ours),
            linked.get(actions[point.id].action_point_id if point.id in actions else point.id, Links()),
        )
        for point in points
    ]
    return compare(rows, statements_of(session, later), totals(actions.values(), today=today), said_on(later))


def actions_by_point(session: Session, report: Report) -> dict[int, Action]:
    """Return what tracks each point of a report: its own action, or that of the recommendation it repeats."""
    own = session.scalars(
        select(Action).where(Action.report_id == report.id).options(joinedload(Action.owner)).order_by(Action.id)
    )
    return tracked_elsewhere(session, report) | {action.action_point_id: action for action in own}


def asked_of(point: ActionPoint, action: Action | None, ours: Mapping[int, Ours]) -> Asked:
    """Return a recommendation with our side of it."""
    return Asked(point.words, point.section, point.page, point.read_position, ours[action.id] if action else None)


def statements_of(session: Session, report: Report) -> list[Statement]:
    """Return what a report says of progress, in its own order."""
    return [statement_of(row) for row in report_queries.progress_statements(session, report)]


def said_on(report: Report) -> date | None:
    """Return the day a report's judgements are of."""
    return report.inspection_end or report.published


def statement_of(row: ProgressStatement) -> Statement:
    """Return a progress statement as it is compared."""
    return Statement(row.quote, row.judgement, row.section or "", row.page, tuple(row.about))


def linked_to(session: Session, later: Report, *, before: datetime | None = None) -> dict[int, Links]:
    """Return what links the later report to each earlier point, by its id; what was refused does not.

    ``before``: what was decided from this moment on counts as not decided yet.
    """
    found: dict[int, Links] = {}
    own = {action.action_point_id: action.reference for action in _own_actions(session, later)}
    for link in links_of(session, later):
        links = found.get(link.earlier_id, Links())
        decided_since = before is not None and link.decided_at is not None and link.decided_at >= before
        if link.decision is LinkDecision.PROPOSED or decided_since:
            links = replace(links, suggested=links.suggested + 1)
        elif link.decision is LinkDecision.CONFIRMED and link.statement is not None:
            links = replace(links, said=(*links.said, statement_of(link.statement)))
        elif link.decision is LinkDecision.CONFIRMED and link.point is not None:
            point = link.point
            again = Again(
                point.words, point.section, point.page, point.read_position, link.kind, own.get(point.id, ""), point.id
            )
            links = replace(links, again=(*links.again, again))
        found[link.earlier_id] = links
    return found


def _own_actions(session: Session, report: Report) -> list[Action]:
    return list(session.scalars(select(Action).where(Action.report_id == report.id).order_by(Action.id)))


def judgements_over_time(session: Session, own: Mapping[str, str] | None = None) -> OverTime:
    """Return the judgements of every confirmed report, oldest first; ``own``: the council's own names of areas."""
    reports = session.scalars(select(Report).where(Report.status == ReportStatus.CONFIRMED).order_by(Report.id)).all()
    found: dict[int, list[Judgement]] = {}
    for row in session.scalars(select(Judgement).order_by(Judgement.report_id, Judgement.position, Judgement.id)):
        found.setdefault(row.report_id, []).append(row)
    return over_time((judging_of(report, found.get(report.id, [])) for report in reports), own)


def _counts(
    session: Session, report_id: InstrumentedAttribute[int], *conditions: ColumnElement[bool]
) -> dict[int, int]:
    """Count rows by the report they belong to."""
    rows = session.execute(select(report_id, func.count()).where(*conditions).group_by(report_id))
    return {key: count for key, count in rows}  # noqa: C416 - a result that is a mapping's rows, not a mapping


def _followups() -> tuple[ColumnElement[bool], ...]:
    return (ActionPoint.origin == Origin.JOINT_AREA_REVIEW, ActionPoint.decision == PointDecision.KEPT)


def judging_of(report: Report, rows: Iterable[Judgement]) -> Judging:
    """Return a report as a column of judgements over time."""
    return Judging(
        report_id=report.id,
        title=report.title,
        day=report.published or report.inspection_end,
        scale_best=report.scale_best,
        judgements=tuple(judged_of(row) for row in rows),
    )


def judged_of(row: Judgement) -> Judged:
    """Return a judgement as it is compared."""
    return Judged(row.area, row.section, row.grade, row.normalised)
