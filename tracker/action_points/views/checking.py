"""One point beside its place in the report: correct, keep, leave out, take back."""

from collections.abc import Sequence

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.action_points import queries, services, stopped
from tracker.action_points.elsewhere import said_again
from tracker.action_points.forms import NOBODY, LeaveOutForm, PointForm
from tracker.action_points.source_view import SourceView, source_view
from tracker.action_points.views.blueprint import blueprint
from tracker.action_points.views.pieces import (
    Row,
    limit_field,
    next_row,
    row_of,
    rows_of,
    same_as_opened,
    wanted_of,
    with_people,
)
from tracker.action_points.views.told_before import told_before
from tracker.errors import InvalidValue, NotFound
from tracker.models import ActionPoint, Report, ReportSource
from tracker.reports import queries as reports
from tracker.reports.page_images import PDF, page_image
from tracker.terms import ReportStatus, TimeUnit
from tracker.web.access import PLANNERS, allow_any
from tracker.web.commits import commits
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now, wiring


@blueprint.get("/check")
@allow_any(PLANNERS)
def check(report_id: int) -> ResponseReturnValue:
    """Show one point beside its place in the source.

    The one asked for; else the one this person was at when they stopped; else the first that waits for a decision.
    """
    report = reports.report(db(), report_id)
    if report.status is ReportStatus.CONFIRMED:
        return redirect(url_for("actions.report", report_id=report_id))
    rows = rows_of(report)
    if not rows:
        return redirect(url_for("action_points.points", report_id=report_id))
    asked = request.args.get("point", type=int)
    at = stopped.stopped_at(db(), report, me())
    current = _row_at(rows, asked) or _row_at(rows, at) or next_row(rows, None) or rows[0]
    proposal = None if current.point.owner_id else queries.proposed_owner(db(), current.point)
    form = _point_form(current.point)
    form.owner.description = f"Perhaps {proposal.reason}" if proposal else ""
    return _check_page(report, rows, current, form, LeaveOutForm(formdata=None))


@blueprint.post("/points/<int:point_id>/here")
@allow_any(PLANNERS)
@commits
def here(report_id: int, point_id: int) -> ResponseReturnValue:
    """Note the point a person went to by a link or a key; the page's script says so."""
    report = reports.report(db(), report_id)
    stopped.remember(db(), report, queries.point(db(), report, point_id), by=me(), now=now())
    return "", 204


@blueprint.get("/points/<int:point_id>/page.png")
@allow_any(PLANNERS)
def page(report_id: int, point_id: int) -> ResponseReturnValue:
    """Show the page of a PDF that a point stands on, as a picture with its passage marked."""
    report = reports.report(db(), report_id)
    point, document = queries.point(db(), report, point_id), reports.source(db(), report)
    if document.media_type != PDF or point.page is None:
        raise NotFound("There is no picture of this page. Its text stands beside the point.")
    data = wiring().files.read(document.file_key)
    return Response(page_image(data, point.page, point.words), mimetype="image/png")


@blueprint.post("/points/<int:point_id>")
@allow_any(PLANNERS)
@commits
def save_point(report_id: int, point_id: int) -> ResponseReturnValue:
    """Save what was corrected of a point; keep it too, where that button was pressed."""
    report = reports.report(db(), report_id)
    point = queries.point(db(), report, point_id)
    form = with_people(PointForm())
    same_as_opened(form, point)
    if not form.validate_on_submit():
        return _point_page(report, point, form), 400
    try:
        services.change(db(), point, wanted_of(form), by=me(), now=now())
        if request.form.get("do") == "keep":
            services.keep(db(), point, by=me(), now=now())
    except InvalidValue as refused:
        place(form, refused, fallback=limit_field(form))
        return _point_page(report, point, form), 400
    return _go_on(report, point)


@blueprint.post("/points/<int:point_id>/leave-out")
@allow_any(PLANNERS)
@commits
def leave_out(report_id: int, point_id: int) -> ResponseReturnValue:
    """Leave a point out, with a reason."""
    report = reports.report(db(), report_id)
    point, form = queries.point(db(), report, point_id), LeaveOutForm()
    if not form.validate_on_submit():
        row = row_of(report, point)
        return _check_page(report, rows_of(report), row, _point_form(point), form), 400
    services.leave_out(db(), point, reason=form.reason.data, by=me(), now=now())
    return _go_on(report, point)


@blueprint.post("/points/<int:point_id>/put-back")
@allow_any(PLANNERS)
@commits
def put_back(report_id: int, point_id: int) -> ResponseReturnValue:
    """Take back a decision."""
    report = reports.report(db(), report_id)
    point = queries.point(db(), report, point_id)
    services.put_back(db(), point, by=me(), now=now())
    stopped.remember(db(), report, point, by=me(), now=now())
    return redirect(url_for("action_points.check", report_id=report_id, point=point_id))


def _go_on(report: Report, point: ActionPoint) -> ResponseReturnValue:
    following = next_row(rows_of(report), point)
    stopped.remember(db(), report, following.point if following else point, by=me(), now=now())
    if following is None:
        flash("Every point has been checked.", "success")
        return redirect(url_for("action_points.points", report_id=report.id))
    return redirect(url_for("action_points.check", report_id=report.id, point=following.point.id))


def _row_at(rows: Sequence[Row], point_id: int | None) -> Row | None:
    return next((row for row in rows if row.point.id == point_id), None)


def _point_page(report: Report, point: ActionPoint, form: PointForm) -> str:
    return _check_page(report, rows_of(report), row_of(report, point), form, LeaveOutForm(formdata=None))


def _check_page(report: Report, rows: list[Row], current: Row, form: PointForm, leave_out_form: LeaveOutForm) -> str:
    place, document = rows.index(current), reports.source(db(), report)
    told = told_before(report, current.point)
    return render_template(
        "action_points/check.html",
        report=report,
        rows=rows,
        current=current,
        number=place + 1,
        previous=rows[place - 1] if place else None,
        following=rows[place + 1] if place + 1 < len(rows) else None,
        state=queries.checked([row.point for row in rows]),
        form=form,
        leave_out_form=leave_out_form,
        source=_source(document, rows, current.point),
        told=told,
        tracked=next((one.action for one in told if one.linked), None),
        again=said_again(document.reading, current.point.read_position, document.page_starts),
        stopped_here=stopped.stopped_at(db(), report, me()) == current.point.id,
        pictured=document.media_type == PDF and current.point.page is not None,
    )


def _source(document: ReportSource, rows: Sequence[Row], current: ActionPoint) -> SourceView:
    marks = [(row.point.id, row.point.start, row.point.end) for row in rows]
    return source_view(document.text, document.page_starts, marks, current.id)


def _point_form(point: ActionPoint) -> PointForm:
    given = {
        "limit_kind": point.limit_kind.value,
        "limit_unit": point.limit_unit.value if point.limit_unit else TimeUnit.MONTHS.value,
        "owner": point.owner_id or NOBODY,
        "lead": point.lead_id or point.report.default_lead_id or me().id,
    }
    names = ("title", "words", "section", "limit_count", "limit_date", "version")
    return with_people(PointForm(formdata=None, data=given | {name: getattr(point, name) for name in names}))
