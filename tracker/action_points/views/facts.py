"""What the report is, the day it is counted from, and the reading as it was corrected."""

from flask import flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.action_points import queries
from tracker.action_points.corrected import corrected_reading
from tracker.action_points.facts import set_facts
from tracker.action_points.forms import FactsForm
from tracker.action_points.views.blueprint import blueprint
from tracker.action_points.views.pieces import rows_of, same_as_opened
from tracker.errors import InvalidValue
from tracker.models import Report
from tracker.reports import queries as reports
from tracker.reports.reading import to_scoring_form
from tracker.terms import BaseDateChoice, Origin
from tracker.web.access import PLANNERS, allow_any
from tracker.web.commits import commits
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now


@blueprint.get("/facts")
@allow_any(PLANNERS)
def facts(report_id: int) -> ResponseReturnValue:
    """Show what the report is and the day its time limits are counted from."""
    report = reports.report(db(), report_id)
    form = FactsForm(obj=report, data={"choice": report.base_date_choice.value, "typed": report.typed_base_date})
    return _facts_page(report, form)


@blueprint.post("/facts")
@allow_any(PLANNERS)
@commits
def facts_now(report_id: int) -> ResponseReturnValue:
    """Correct what the report is."""
    report, form = reports.report(db(), report_id), FactsForm()
    same_as_opened(form, report)
    if not form.validate_on_submit():
        return _facts_page(report, form), 400
    names = ("published", "inspection_start", "inspection_end", "typed", "review_date")
    try:
        set_facts(
            db(),
            report,
            title=form.title.data,
            choice=BaseDateChoice.of(form.choice.data),
            by=me(),
            now=now(),
            **{name: form[name].data for name in names},
        )
    except InvalidValue as refused:
        place(form, refused, fallback="choice")
        return _facts_page(report, form), 400
    flash("The dates have been saved, and every due date counted again.", "success")
    return redirect(url_for("action_points.check", report_id=report_id))


@blueprint.get("/reading.json")
@allow_any(PLANNERS)
def corrected(report_id: int) -> ResponseReturnValue:
    """Give the reading as it was corrected, to teach the reader with."""
    report = reports.report(db(), report_id)
    reading = corrected_reading(report, reports.source(db(), report), queries.points(db(), report))
    response = jsonify(to_scoring_form(reading))
    response.headers["Content-Disposition"] = f"attachment; filename={report.code}-reading.json"
    return response


def _facts_page(report: Report, form: FactsForm) -> str:
    followups = [row for row in rows_of(report) if row.point.origin is Origin.JOINT_AREA_REVIEW]
    return render_template("action_points/facts.html", report=report, form=form, followups=len(followups))
