"""What became of earlier recommendations: two reports side by side, one that repeats an earlier review, and grades."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.assessments import queries
from tracker.assessments.area_names import own_names
from tracker.assessments.over_time import chart
from tracker.assessments.views.blueprint import blueprint
from tracker.errors import NotFound
from tracker.models import Report
from tracker.reports import queries as report_queries
from tracker.reports.series import in_series, place_of
from tracker.terms import ReportStatus
from tracker.web.access import PLANNERS, READERS, allow_any
from tracker.web.wiring import db, me, today

NOT_CONFIRMED = "This report has not been confirmed yet, so there is nothing to compare."


@blueprint.get("")
@allow_any(READERS)
def index() -> ResponseReturnValue:
    """Offer the confirmed reports to choose from: an earlier and a later one, or one that repeats an earlier review."""
    rows = queries.confirmed_reports(db())
    series = [report for report in in_series(db()) if report.status is ReportStatus.CONFIRMED]
    earlier, later = (request.args.get(name, type=int) for name in ("earlier", "later"))
    asked = "earlier" in request.args or "later" in request.args
    wrong = _wrong(series, earlier, later) if asked else ""
    if asked and not wrong:
        return redirect(url_for("assessments.compared", earlier_id=earlier, later_id=later))
    chosen = {"earlier": earlier, "later": later, "wrong": wrong}
    page = render_template("assessments/index.html", rows=rows, series=series, may_plan=me().role in PLANNERS, **chosen)
    return page, 400 if wrong else 200


@blueprint.get("/<int:report_id>")
@allow_any(READERS)
def progress(report_id: int) -> ResponseReturnValue:
    """Show each recommendation a report repeats: asked, did, they said."""
    report = _confirmed(report_id)
    found = queries.progress_of(db(), report, today=today())
    return render_template("assessments/progress.html", report=report, progress=found)


@blueprint.get("/<int:earlier_id>/<int:later_id>")
@allow_any(READERS)
def compared(earlier_id: int, later_id: int) -> ResponseReturnValue:
    """Show each recommendation of an earlier report: asked, answered, did, and what the later one says of it."""
    earlier, later = _confirmed(earlier_id), _confirmed(later_id)
    if place_of(earlier) >= place_of(later):
        raise NotFound("The first of the two reports has to be the earlier one. Choose them again.")
    found = queries.compare_reports(db(), earlier, later, today=today())
    repeats = None if found.linked else queries.progress_of(db(), later, today=today())
    return render_template(
        "assessments/compared.html",
        earlier=earlier,
        later=later,
        found=found,
        repeats=repeats,
        may_decide=me().role in PLANNERS,
    )


@blueprint.get("/judgements")
@allow_any(READERS)
def judgements() -> ResponseReturnValue:
    """Show the grades of every area from report to report, the best at the top."""
    found = queries.judgements_over_time(db(), own_names(db()))
    return render_template("assessments/judgements.html", found=found, chart=chart(found) if found.compared else "")


def _confirmed(report_id: int) -> Report:
    report = report_queries.report(db(), report_id)
    if report.status is not ReportStatus.CONFIRMED:
        raise NotFound(NOT_CONFIRMED)
    return report


def _wrong(series: list[Report], earlier: int | None, later: int | None) -> str:
    """Say what is wrong with the two reports that were chosen; nothing where they can be compared."""
    ids = [report.id for report in series]
    if earlier not in ids or later not in ids:
        return "Choose an earlier and a later report"
    if ids.index(earlier) >= ids.index(later):
        return "Choose a later report that came after the earlier one"
    return ""
