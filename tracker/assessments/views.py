"""Pages of the next assessment: what became of earlier recommendations, and judgements over time."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker.assessments import queries
from tracker.assessments.over_time import chart
from tracker.errors import NotFound
from tracker.reports import queries as report_queries
from tracker.terms import ReportStatus
from tracker.web.access import READERS, allow_any
from tracker.web.wiring import db, today

blueprint = Blueprint("assessments", __name__)


@blueprint.get("/assessments")
@allow_any(READERS)
def index() -> ResponseReturnValue:
    """Offer the confirmed reports to choose from."""
    return render_template("assessments/index.html", rows=queries.confirmed_reports(db()))


@blueprint.get("/assessments/<int:report_id>")
@allow_any(READERS)
def progress(report_id: int) -> ResponseReturnValue:
    """Show each recommendation a report repeats: asked, did, they said."""
    report = report_queries.report(db(), report_id)
    if report.status is not ReportStatus.CONFIRMED:
        raise NotFound("This report has not been confirmed yet, so there is nothing to compare.")
    found = queries.progress_of(db(), report, today=today())
    return render_template("assessments/progress.html", report=report, progress=found)


@blueprint.get("/assessments/judgements")
@allow_any(READERS)
def judgements() -> ResponseReturnValue:
    """Show the grades of every area from report to report, the best at the top."""
    found = queries.judgements_over_time(db())
    return render_template("assessments/judgements.html", found=found, chart=chart(found) if found.compared else "")
