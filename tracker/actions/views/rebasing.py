"""Counting a confirmed report's dates from another day, and deciding what was asked for by it, all at once."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import rebasing
from tracker.actions.deciding_forms import DecideForm
from tracker.actions.details_forms import BaseForm
from tracker.actions.lifecycle import Move
from tracker.actions.parts import moves_for
from tracker.actions.views.blueprint import blueprint
from tracker.errors import ChangedMeanwhile, InvalidValue, MoveNotAllowed
from tracker.models import Extension, Report
from tracker.reports import queries as report_queries
from tracker.terms import ReportStatus
from tracker.web.access import PLANNERS, allow_any
from tracker.web.commits import commits
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now, today
from tracker.wording import plural


@blueprint.get("/reports/<int:report_id>/base-date")
@allow_any(PLANNERS)
def other_base(report_id: int) -> ResponseReturnValue:
    """Ask for another day to count from, and say what it would change."""
    return _base_page(_confirmed(report_id), BaseForm(request.args))


@blueprint.post("/reports/<int:report_id>/base-date")
@allow_any(PLANNERS)
@commits
def other_base_now(report_id: int) -> ResponseReturnValue:
    """Ask for every date that the other day makes later."""
    report, form = _confirmed(report_id), BaseForm()
    base = form.base.data
    if not form.validate_on_submit() or base is None:
        return _base_page(report, form), 400
    words = {"reason": form.reason.data or "", "safeguard": form.safeguard.data or ""}
    try:
        asked = rebasing.ask_for_another_base(db(), report, me().council, base=base, by=me(), now=now(), **words)
    except InvalidValue as refused:
        place(form, refused, fallback="reason")
        return _base_page(report, form), 400
    flash(f"{plural(len(asked), 'later date')} asked for. Another lead decides; the original dates stay.", "success")
    return redirect(url_for("actions.report", report_id=report_id))


@blueprint.get("/reports/<int:report_id>/more-time")
@allow_any(PLANNERS)
def decide_all(report_id: int) -> ResponseReturnValue:
    """Show every request for more time of a report together."""
    return _decide_page(_confirmed(report_id), DecideForm(formdata=None))


@blueprint.post("/reports/<int:report_id>/more-time")
@allow_any(PLANNERS)
@commits
def decide_all_now(report_id: int) -> ResponseReturnValue:
    """Agree to all of them, or refuse all with a reason; none where one has been decided meanwhile."""
    report, form = _confirmed(report_id), DecideForm()
    waiting = _may_decide(report)
    if form.about.data != _seen(waiting):
        raise ChangedMeanwhile
    if not form.validate_on_submit():
        return _decide_page(report, form), 400
    try:
        agreed = form.agreed()
        rebasing.decide_all(db(), waiting, agreed=agreed, note=form.note.data or "", by=me(), now=now())
    except InvalidValue as refused:
        place(form, refused, fallback="note")
        return _decide_page(report, form), 400
    flash(f"{plural(len(waiting), 'request')} for more time {'agreed' if agreed else 'refused'}.", "success")
    return redirect(url_for("first_page"))


def _confirmed(report_id: int) -> Report:
    report = report_queries.report(db(), report_id)
    if report.status is not ReportStatus.CONFIRMED:
        raise MoveNotAllowed("This report is still being checked: change its dates with its facts.")
    return report


def _may_decide(report: Report) -> list[Extension]:
    waiting = rebasing.waiting_of(db(), report)
    return [one for one in waiting if Move.AGREE_MORE_TIME in moves_for(me(), one.action, one)]


def _seen(waiting: list[Extension]) -> str:
    """Name what stood on the page, so that nobody decides what they have not seen."""
    return ",".join(str(one.id) for one in waiting)


def _base_page(report: Report, form: BaseForm) -> str:
    base = form.base.data
    later = rebasing.later_dates(db(), report, me().council, base, today()) if base else None
    return render_template("actions/other_base.html", report=report, form=form, later=later)


def _decide_page(report: Report, form: DecideForm) -> str:
    waiting = _may_decide(report)
    form.about.data = _seen(waiting)
    return render_template("actions/decide_all.html", report=report, form=form, waiting=waiting)
