"""Confirming a report: each kept point becomes an action, all of them or none. From here on the words stay.

A point that a person said repeats an earlier recommendation becomes none: the action that is there tracks it (0024).
"""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker import audit
from tracker.accounts.queries import bodies
from tracker.action_points import queries as point_queries
from tracker.action_points import recurrences
from tracker.action_points.due_dates import DueDate
from tracker.errors import AlreadyConfirmed, NotReadyToConfirm
from tracker.models import Action, ActionPoint, Contribution, Council, Person, Report
from tracker.reports import series
from tracker.reports.queries import hold
from tracker.terms import PointDecision, Priority, ReportStatus


def faults(session: Session, report: Report, council: Council) -> list[str]:
    """Say, a sentence each, what still stands in the way of confirming."""
    points = point_queries.points(session, report)
    linked = recurrences.tracked_elsewhere(session, report)
    state = point_queries.checked([point for point in points if point.id not in linked or _undecided(point)])
    found = []
    if state.decided < state.points:
        left = state.points - state.decided
        found.append(
            f"{left} {'point has' if left == 1 else 'points have'} not been checked yet: keep or leave out each."
        )
    if state.without_owner:
        found.append(f"{state.without_owner} kept {_points(state.without_owner)} no owner yet.")
    if state.without_lead:
        found.append(f"{state.without_lead} kept {_points(state.without_lead)} no lead yet.")
    kept = [point for point in points if point.decision is PointDecision.KEPT and point.id not in linked]
    rules, dates = point_queries.clock_rules(session, council), point_queries.report_dates(report)
    if any(point_queries.due(point, dates, rules) is None for point in kept):
        found.append("The report has no date to count from. Give it a base date.")
    return found


def confirm(session: Session, report: Report, council: Council, *, by: Person, now: datetime) -> list[Action]:
    """Make an action of each kept point, with its due date and the sum, and a line for each body it names.

    A point that is linked to an action that is there makes none; that action keeps its dates, and its history says so.
    Raises AlreadyConfirmed, or NotReadyToConfirm with everything that is still missing.
    """
    hold(session, report)
    if report.status is ReportStatus.CONFIRMED:
        raise AlreadyConfirmed
    missing = faults(session, report, council)
    if missing:
        raise NotReadyToConfirm(" ".join(missing))
    report.status, report.confirmed_by_id, report.confirmed_at = ReportStatus.CONFIRMED, by.id, now
    rules, dates = point_queries.clock_rules(session, council), point_queries.report_dates(report)
    decided = [point for point in point_queries.points(session, report) if point.decision is PointDecision.KEPT]
    elsewhere = recurrences.tracked_elsewhere(session, report)
    kept = [point for point in decided if point.id not in elsewhere]
    known = bodies(session)
    made = []
    for number, point in enumerate(kept, start=1):
        due = point_queries.due(point, dates, rules)
        if due is None:
            raise NotReadyToConfirm("The report has no date to count from. Give it a base date.")
        action = _action(report, point, due, number, now)
        action.contributions = [
            Contribution(council_id=report.council_id, body_id=body.id)
            for body in point_queries.matched_bodies(point.body_names, known)
        ]
        session.add(action)
        made.append(action)
    session.flush()  # the history needs the actions' ids
    sentence = f"confirmed the report with {len(made)} {'action' if len(made) == 1 else 'actions'}"
    audit.record(session, report, "confirmed", sentence, by=by, at=now)
    for action in made:
        after = {"original_due_date": action.original_due_date, "owner_id": action.owner_id, "lead_id": action.lead_id}
        audit.record(session, action, "created", "made the action", by=by, at=now, after=after, note=action.due_sum)
    for point in decided:
        if point.id in elsewhere:
            said = f"confirmed that {report.title} repeats it"
            audit.record(session, elsewhere[point.id], "repeated", said, by=by, at=now, after={"point": point.id})
    series.suggest_after(session, report)  # what was confirmed may be told again by what is already here
    return made


def _action(report: Report, point: ActionPoint, due: DueDate, number: int, now: datetime) -> Action:
    return Action(
        council_id=report.council_id,
        reference=f"{report.code}-{number:02}",
        report_id=report.id,
        action_point_id=point.id,
        title=point.title,
        owner_id=point.owner_id,
        lead_id=point.lead_id,
        post_id=point.owner.post_id if point.owner else None,
        service_id=point.owner.service_id if point.owner else None,
        priority=Priority.HIGH if point.priority else Priority.NORMAL,
        base_date=due.base,
        original_due_date=due.day,
        current_due_date=due.day,
        due_sum=due.sum,
        due_assumed=due.assumed,
        created_at=now,
    )


def _undecided(point: ActionPoint) -> bool:
    return point.decision is PointDecision.PROPOSED


def _points(count: int) -> str:
    return "point has" if count == 1 else "points have"
