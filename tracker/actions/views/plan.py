"""Reports as plans: the list of them, one with its actions, and confirming what was checked."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker import audit
from tracker.action_points import queries as point_queries
from tracker.action_points import recurrences
from tracker.actions import confirming, plans, queries, rebasing
from tracker.actions.as_at import end_of
from tracker.actions.forms import ConfirmForm
from tracker.actions.listing.standing import standing
from tracker.actions.presenting import Standing, standings
from tracker.actions.views.blueprint import blueprint
from tracker.charts.dates import Dates, due_date_chart
from tracker.errors import NotReadyToConfirm
from tracker.models import Action, ActionPoint, Report
from tracker.reports import queries as report_queries
from tracker.terms import DONE_DELIVERY, Grade, PointDecision, ReportStatus
from tracker.web.access import PLANNERS, READERS, allow_any
from tracker.web.as_at import day_asked
from tracker.web.commits import commits
from tracker.web.wiring import db, me, now, today


@blueprint.get("/reports")
@allow_any(READERS)
def reports() -> ResponseReturnValue:
    """Show the reports, newest first, with how each plan stands, or stood at the end of a day."""
    form = day_asked(today())
    sound = form.validate()
    if sound and form.past:
        rows = plans.reports_then(db(), me().council, form.past)
    else:
        rows = plans.reports_with_progress(db(), today=today())
    may_add = me().role in PLANNERS and not form.past
    found = render_template(
        "reports/index.html",
        form=form,
        rows=rows,
        may_add=may_add,
        on_the_way=report_queries.on_the_way(db(), me()) if may_add else [],
        checked=point_queries.being_checked(db()),
    )
    return found, 200 if sound else 400


@blueprint.get("/reports/<int:report_id>")
@allow_any(READERS)
def report(report_id: int) -> ResponseReturnValue:
    """Show one report: dates, judgements, then its actions by date, as they stand or stood at the end of a day."""
    found = report_queries.report(db(), report_id)
    form = day_asked(today())
    sound = form.validate()
    past = form.past if sound else None
    rows = _stood(found, past) if past else _stand(found)
    points = point_queries.points(db(), found)
    judgements = report_queries.judgements(db(), found)
    graded = Counter(judgement.normalised for judgement in judgements)
    may_plan = me().role in PLANNERS and not past
    page = render_template(
        "reports/show.html",
        form=form,
        past=past,
        report=found,
        status=plans.status_then(found, end_of(past)) if past else found.status,
        graded=[(grade, graded[grade]) for grade in Grade if graded[grade]],
        ungraded=graded[None],
        timeline=_timeline(rows, past or today()) if rows else "",
        rows=rows,
        groups=_by_limit(rows),
        judgements=judgements,
        authorities=len(report_queries.comparators(db(), found)),
        elsewhere=_elsewhere(found, points),
        progress=report_queries.progress_statements(db(), found),
        left_out=[point for point in points if point.decision is PointDecision.LEFT_OUT],
        history=[row for row in audit.history_of(db(), ("report", found.id)) if past is None or row.at < end_of(past)],
        may_plan=may_plan,
        more_time=len(rebasing.waiting_of(db(), found)) if may_plan else 0,
        may_check=may_plan and found.status is ReportStatus.BEING_CHECKED,
    )
    return page, 200 if sound else 400


def _stand(found: Report) -> list[Standing]:
    actions = queries.actions_of_report(db(), found)
    moved = queries.moved(db(), [action.id for action in actions])
    return standings(actions, today(), due_soon_days=me().council.due_soon_days, moved=moved)


def _stood(found: Report, day: date) -> list[Standing]:
    actions = standing(db(), plans.actions_of_report_then(db(), me().council, found, day))
    moved = queries.moved(db(), [action.id for action in actions], cut=end_of(day))
    return standings(actions, day, due_soon_days=me().council.due_soon_days, moved=moved)


@blueprint.get("/reports/<int:report_id>/confirm")
@allow_any(PLANNERS)
def confirm(report_id: int) -> ResponseReturnValue:
    """Say what confirming will do, before it is done."""
    return _confirm_page(report_queries.report(db(), report_id))


@blueprint.post("/reports/<int:report_id>/confirm")
@allow_any(PLANNERS)
@commits
def confirm_now(report_id: int) -> ResponseReturnValue:
    """Make an action of each kept point."""
    found = report_queries.report(db(), report_id)
    try:
        made = confirming.confirm(db(), found, me().council, by=me(), now=now())
    except NotReadyToConfirm as refused:
        flash(refused.sentence, "error")
        return redirect(url_for("actions.confirm", report_id=report_id))
    flash(
        f"The report is confirmed. {len(made)} {'action is' if len(made) == 1 else 'actions are'} now tracked.",
        "success",
    )
    return redirect(url_for("actions.report", report_id=report_id))


def _confirm_page(found: Report) -> ResponseReturnValue:
    if found.status is ReportStatus.CONFIRMED:
        return redirect(url_for("actions.report", report_id=found.id))
    points = point_queries.points(db(), found)
    rules, dates = point_queries.clock_rules(db(), me().council), point_queries.report_dates(found)
    elsewhere = _elsewhere(found, points)
    linked = {point.id for point, _ in elsewhere}
    kept = [point for point in points if point.decision is PointDecision.KEPT and point.id not in linked]
    return render_template(
        "reports/confirm.html",
        elsewhere=elsewhere,
        report=found,
        form=ConfirmForm(),
        faults=confirming.faults(db(), found, me().council),
        kept=[(point, point_queries.due(point, dates, rules)) for point in kept],
        left_out=[point for point in points if point.decision is PointDecision.LEFT_OUT],
    )


def _elsewhere(found: Report, points: Sequence[ActionPoint]) -> list[tuple[ActionPoint, Action]]:
    """Return the kept points that repeat an earlier recommendation, each with the action that tracks it."""
    tracked = recurrences.tracked_elsewhere(db(), found)
    return [
        (point, tracked[point.id]) for point in points if point.id in tracked and point.decision is PointDecision.KEPT
    ]


def _timeline(rows: Sequence[Standing], day: date) -> str:
    """Draw a report's actions with their original and current dates, and when they were done."""
    dates = [
        Dates(
            f"{row.action.reference} {row.action.title}",
            row.action.original_due_date,
            row.action.current_due_date,
            row.action.claimed_on if row.action.delivery in DONE_DELIVERY else None,
        )
        for row in rows
    ]
    described = "Each action from its original due date to its current one; the dates are in the list below."
    return due_date_chart(dates, today=day, title="Due dates of this report", desc=described)


def _by_limit(rows: Iterable[Standing]) -> dict[str, list[Standing]]:
    """Group a report's actions by the time limit it gives, in the order of their dates."""
    groups: dict[str, list[Standing]] = {}
    for row in rows:
        groups.setdefault(point_queries.time_limit(row.action.point), []).append(row)
    return groups
