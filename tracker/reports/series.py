"""The series of a council's reports: what a later one may tell again is suggested when it is read, and written down.

Suggestions are kept as rows, so that no page has to compare anything. They are made anew when what they were made of
changes; what a person decided, refusals too, is never touched (decision 0024).
"""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tracker.clock import london_date
from tracker.models import Action, ActionPoint, ProgressStatement, Report, SeriesLink
from tracker.reports.queries import hold
from tracker.reports.recurring import Earlier, Told
from tracker.terms import LinkDecision, LinkKind, Origin, PointDecision, ReportStatus

LATEST = 3_000  # points of earlier reports that are compared: the latest ones


def day_of(report: Report) -> date:
    """Return the day by which a report stands in the series: printed on it, else its inspection's, else of adding."""
    return report.published or report.inspection_end or london_date(report.added_at)


def suggest_for(session: Session, report: Report, only: Collection[ActionPoint] | None = None) -> int:
    """Compare a report's points and statements with all earlier points, and write what may be told again.

    With ``only`` the suggestions of these points alone are made anew. Returns how many suggestions now wait.
    """
    session.flush()  # new points have no id before
    earlier = _earlier(session, report)
    later = _points(session, report, only)
    statements = [] if only is not None else _statements(session, report)
    index = Earlier(earlier, [*later, *statements])
    decided = _clear(session, report, [point.key for point in later] if only is not None else None)
    made = [
        _link(report, point_id=point.key, earlier_id=like.key, kind=like.kind, score=like.score)
        for point in later
        for like in index.like(point)
        if (point.key, None, like.key) not in decided
    ]
    made += [
        _link(report, statement_id=said.key, earlier_id=like.key, kind=LinkKind.JUDGED, score=like.score)
        for said in statements
        for like in index.like(said)
        if (None, said.key, like.key) not in decided
    ]
    session.add_all(made)
    return len(made)


def suggest_after(session: Session, report: Report) -> None:
    """Compare every report that stands after one in the series anew: its points have just become earlier ones."""
    for later in in_series(session):
        if place_of(later) > place_of(report):
            hold(session, later)
            suggest_for(session, later)


def in_series(session: Session) -> list[Report]:
    """Return the council's reports in the order of the series, those that are still checked too."""
    return sorted(session.scalars(select(Report).order_by(Report.id)), key=place_of)


def place_of(report: Report) -> tuple[date, int]:
    """Return what the series is ordered by."""
    return day_of(report), report.id


def _earlier(session: Session, report: Report) -> list[Told]:
    """Return what was tracked of the reports before one: each is an action, open or ended."""
    before = [
        one.id
        for one in in_series(session)
        if one.status is ReportStatus.CONFIRMED and place_of(one) < place_of(report)
    ]
    rows = session.execute(
        select(ActionPoint.id, ActionPoint.words, ActionPoint.section, ActionPoint.body_names)
        .join(Action, Action.action_point_id == ActionPoint.id)
        .where(ActionPoint.report_id.in_(before))
        .order_by(ActionPoint.id.desc())
        .limit(LATEST)
    ).all()
    return [Told(key, words, section, tuple(bodies)) for key, words, section, bodies in reversed(rows)]


def _points(session: Session, report: Report, only: Collection[ActionPoint] | None) -> list[Told]:
    question = select(ActionPoint).where(
        ActionPoint.report_id == report.id, ActionPoint.decision != PointDecision.REPLACED
    )
    if only is not None:
        question = question.where(ActionPoint.id.in_([point.id for point in only]))
    return [
        Told(
            point.id, point.words, point.section, tuple(point.body_names), point.origin is Origin.JOINT_AREA_REVIEW
        )
        for point in session.scalars(question.order_by(ActionPoint.position, ActionPoint.id))
    ]  # fmt: skip


def _statements(session: Session, report: Report) -> list[Told]:
    """Return the statements that speak of no recommendation of the report itself: those reach back by their words."""
    rows = session.scalars(
        select(ProgressStatement).where(ProgressStatement.report_id == report.id).order_by(ProgressStatement.position)
    )
    return [Told(row.id, row.quote, row.section or "") for row in rows if not row.about]


def _clear(session: Session, report: Report, only: Sequence[int] | None) -> set[tuple[int | None, int | None, int]]:
    """Take the suggestions away that nobody has decided on; return the pairs that somebody has."""
    of_report = SeriesLink.report_id == report.id
    undecided = [of_report, SeriesLink.decision == LinkDecision.PROPOSED]
    if only is not None:
        undecided.append(SeriesLink.point_id.in_(only))
    session.execute(delete(SeriesLink).where(*undecided).execution_options(synchronize_session="fetch"))
    decided = select(SeriesLink.point_id, SeriesLink.statement_id, SeriesLink.earlier_id).where(of_report)
    return {(point, statement, earlier) for point, statement, earlier in session.execute(decided)}


def _link(report: Report, **values: object) -> SeriesLink:
    return SeriesLink(council_id=report.council_id, report_id=report.id, **values)
