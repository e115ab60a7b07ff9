"""Reports as plans: how each stands today, or stood at the end of a past day, and the actions of one then."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from tracker.actions.as_at import Stood, end_of
from tracker.actions.past import actions_at
from tracker.actions.queries import is_overdue
from tracker.actions.timeliness import timeliness
from tracker.models import Action, Council, Report
from tracker.terms import DONE_DELIVERY, LATE, Delivery, ReportStatus


@dataclass(frozen=True)
class ReportProgress:
    """A report with how its plan stands."""

    report: Report
    actions: int
    done: int
    late: int
    closed: int  # not completed
    status: ReportStatus


def reports_with_progress(session: Session, *, today: date) -> list[ReportProgress]:
    """Return every report, newest first, with how many of its actions are done, late, and closed, not completed."""
    done = case((Action.delivery.in_(sorted(DONE_DELIVERY)), 1))
    late = case((is_overdue(today), 1))
    closed = case((Action.delivery == Delivery.CLOSED_NOT_COMPLETED, 1))
    rows = session.execute(
        select(Report, func.count(Action.id), func.count(done), func.count(late), func.count(closed))
        .outerjoin(Action, Action.report_id == Report.id)
        .group_by(Report.id)
        .order_by(Report.published.desc().nulls_last(), Report.id.desc())
    )
    return [ReportProgress(*row, status=row[0].status) for row in rows]


def reports_then(session: Session, council: Council, day: date) -> list[ReportProgress]:
    """Return every report that was there by the end of a day, newest first, with how its plan stood."""
    cut = end_of(day)
    stood: dict[int, list[Stood]] = {}
    actions, _ = actions_at(session, council.id, day)
    for one in actions:
        stood.setdefault(one.report_id, []).append(one)
    newest = (Report.published.desc().nulls_last(), Report.id.desc())
    reports = session.scalars(select(Report).where(Report.added_at < cut).order_by(*newest))
    return [_progress(report, stood.get(report.id, []), day, cut) for report in reports]


def actions_of_report_then(session: Session, council: Council, report: Report, day: date) -> list[Stood]:
    """Return a report's actions as they stood at the end of a day, by original due date."""
    found, _ = actions_at(session, council.id, day, Action.report_id == report.id)
    return sorted(found, key=lambda one: (one.original_due_date, one.id))


def status_then(report: Report, cut: datetime) -> ReportStatus:
    """Return whether a report had been confirmed by a moment."""
    confirmed = report.confirmed_at is not None and report.confirmed_at >= cut
    return ReportStatus.BEING_CHECKED if confirmed else report.status


def _progress(report: Report, stood: Sequence[Stood], day: date, cut: datetime) -> ReportProgress:
    ages = Counter(timeliness(one.delivery, one.original_due_date, day, claimed_on=one.claimed_on) for one in stood)
    return ReportProgress(
        report=report,
        actions=len(stood),
        done=sum(one.delivery in DONE_DELIVERY for one in stood),
        late=sum(ages[band] for band in LATE),
        closed=sum(one.delivery is Delivery.CLOSED_NOT_COMPLETED for one in stood),
        status=status_then(report, cut),
    )
