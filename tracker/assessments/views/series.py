"""What a report tells again of earlier ones: every suggestion with both texts side by side, for a lead to decide."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.action_points import queries as point_queries
from tracker.action_points import recurrences
from tracker.assessments.standing import standing
from tracker.assessments.views.blueprint import blueprint
from tracker.errors import InvalidValue, MoveNotAllowed
from tracker.reports import queries as report_queries
from tracker.reports.queries import hold
from tracker.reports.series import day_of, in_series, place_of, suggest_for
from tracker.terms import LinkKind, PointDecision, ReportStatus
from tracker.web.access import PLANNERS, READERS, allow_any
from tracker.web.commits import commits
from tracker.web.wiring import db, me, now
from tracker.wording import plural


@blueprint.get("/<int:report_id>/series")
@allow_any(READERS)
def series(report_id: int) -> ResponseReturnValue:
    """Show what of a report may have been told before, what is new, and what a person has said of it."""
    report = report_queries.report(db(), report_id)
    links = recurrences.links_of(db(), report)
    points = [
        point for point in point_queries.points(db(), report) if point.decision is not PointDecision.LEFT_OUT
    ]  # fmt: skip
    earlier = [
        one for one in in_series(db()) if one.status is ReportStatus.CONFIRMED and place_of(one) < place_of(report)
    ]
    return render_template(
        "assessments/series.html",
        report=report,
        standing=standing(points, links),
        actions=recurrences.actions_of(db(), links),
        earlier=earlier,
        day_of=day_of,
        confirmed=report.status is ReportStatus.CONFIRMED,
        may_decide=me().role in PLANNERS,
    )


@blueprint.post("/<int:report_id>/series")
@allow_any(PLANNERS)
@commits
def compare_again(report_id: int) -> ResponseReturnValue:
    """Compare a report with the earlier ones anew; what was decided stays."""
    report = report_queries.report(db(), report_id)
    hold(db(), report)
    count = suggest_for(db(), report)
    flash(f"The report was compared again: {plural(count, 'suggestion waits', 'suggestions wait')} for you.", "success")
    return redirect(url_for("assessments.series", report_id=report_id))


@blueprint.post("/<int:report_id>/series/<int:link_id>")
@allow_any(PLANNERS)
@commits
def decide(report_id: int, link_id: int) -> ResponseReturnValue:
    """Confirm or refuse one suggestion."""
    report = report_queries.report(db(), report_id)
    link, said = recurrences.link(db(), report, link_id), request.form.get("say", "")
    try:
        if said == "refuse":
            recurrences.refuse(db(), link, by=me(), now=now())
        else:
            recurrences.confirm(db(), link, _kind(said), by=me(), now=now())
    except (InvalidValue, MoveNotAllowed) as refused:
        flash(refused.sentence, "error")
    else:
        flash("Noted. It will not be suggested again." if said == "refuse" else "Noted.", "success")
    return redirect(url_for("assessments.series", report_id=report_id, _anchor=f"link-{link_id}"))


def _kind(said: str) -> LinkKind:
    try:
        return LinkKind.of(said)
    except ValueError as unknown:
        raise InvalidValue("Choose what the later report says of the earlier recommendation.") from unknown
