"""Reads for the next assessment: a fixed number of statements, however many reports, recommendations and judgements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from tracker.actions.timeliness import timeliness
from tracker.assessments.contents import Asked, Ours, Progress, Statement, progress
from tracker.assessments.over_time import Judged, Judging, OverTime, over_time
from tracker.models import Action, ActionPoint, Judgement, ProgressStatement, Report
from tracker.terms import Marking, Origin, PointDecision, ReportStatus


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
    """Return each recommendation that a report repeats, beside what the report says of it. Left-out points are not."""
    points = session.scalars(
        select(ActionPoint)
        .where(ActionPoint.report_id == report.id, *_followups())
        .order_by(ActionPoint.position, ActionPoint.id)
    ).all()
    actions = session.scalars(
        select(Action).where(Action.report_id == report.id).options(joinedload(Action.owner)).order_by(Action.id)
    )
    ours = {action.action_point_id: _ours(action, today) for action in actions}
    statements = session.scalars(
        select(ProgressStatement)
        .where(ProgressStatement.report_id == report.id)
        .order_by(ProgressStatement.position, ProgressStatement.id)
    )
    asked = [Asked(point.words, point.section, point.page, point.read_position, ours.get(point.id)) for point in points]
    said_on = report.inspection_end or report.published
    return progress(asked, [_statement(row) for row in statements], said_on)


def judgements_over_time(session: Session) -> OverTime:
    """Return the judgements of every confirmed report, from the oldest to the newest."""
    reports = session.scalars(select(Report).where(Report.status == ReportStatus.CONFIRMED).order_by(Report.id)).all()
    found: dict[int, list[Judgement]] = {}
    for row in session.scalars(select(Judgement).order_by(Judgement.report_id, Judgement.position, Judgement.id)):
        found.setdefault(row.report_id, []).append(row)
    return over_time(_judging(report, found.get(report.id, [])) for report in reports)


def _counts(
    session: Session, report_id: InstrumentedAttribute[int], *conditions: ColumnElement[bool]
) -> dict[int, int]:
    """Count rows by the report they belong to."""
    rows = session.execute(select(report_id, func.count()).where(*conditions).group_by(report_id))
    return {key: count for key, count in rows}  # noqa: C416 - a result that is a mapping's rows, not a mapping


def _followups() -> tuple[ColumnElement[bool], ...]:
    return (ActionPoint.origin == Origin.JOINT_AREA_REVIEW, ActionPoint.decision == PointDecision.KEPT)


def _ours(action: Action, today: date) -> Ours:
    stands = timeliness(action.delivery, action.original_due_date, today, claimed_on=action.claimed_on)
    return Ours(
        reference=action.reference,
        title=action.title,
        owner=action.owner.name,
        delivery=action.delivery,
        timeliness=stands,
        original_due=action.original_due_date,
        claimed_on=action.claimed_on,
        withheld=action.marking is not Marking.OPEN,
    )


def _statement(row: ProgressStatement) -> Statement:
    return Statement(row.quote, row.judgement, row.section or "", row.page, tuple(row.about))


def _judging(report: Report, rows: Iterable[Judgement]) -> Judging:
    return Judging(
        report_id=report.id,
        title=report.title,
        day=report.published or report.inspection_end,
        scale_best=report.scale_best,
        judgements=tuple(Judged(row.area, row.section, row.grade, row.normalised) for row in rows),
    )
