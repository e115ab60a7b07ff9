"""What makes other points of points: splitting, merging, adding; and one thing for many at once."""

from collections.abc import Callable, Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.action_points import queries, reshaping, services
from tracker.action_points.forms import AddPointForm, ManyForm, SplitForm
from tracker.action_points.views.blueprint import blueprint
from tracker.action_points.views.pieces import limit_field, person_by_id, rows_of, wanted_of, with_people
from tracker.errors import InvalidValue
from tracker.models import ActionPoint, Report
from tracker.reports import queries as reports
from tracker.terms import ReportStatus, TimeUnit
from tracker.web.access import PLANNERS, allow_any
from tracker.web.commits import commits
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now


@blueprint.get("/points/<int:point_id>/split")
@allow_any(PLANNERS)
def split(report_id: int, point_id: int) -> ResponseReturnValue:
    """Ask where one action ends and the next begins."""
    report = reports.report(db(), report_id)
    point = queries.point(db(), report, point_id)
    return _split_page(report, point, SplitForm(data={"parts": point.words}))


@blueprint.post("/points/<int:point_id>/split")
@allow_any(PLANNERS)
@commits
def split_now(report_id: int, point_id: int) -> ResponseReturnValue:
    """Put several points in place of one."""
    report = reports.report(db(), report_id)
    point, form = queries.point(db(), report, point_id), SplitForm()
    if not form.validate_on_submit():
        return _split_page(report, point, form), 400
    parts = form.parts.data.replace("\r\n", "\n").split("\n\n")
    try:
        made = reshaping.split(db(), point, parts, by=me(), now=now())
    except InvalidValue as refused:
        place(form, refused, fallback="parts")
        return _split_page(report, point, form), 400
    db().flush()  # the new points' ids are in the address
    flash(f"The point is split into {len(made)}. Check each.", "success")
    return redirect(url_for("action_points.check", report_id=report_id, point=made[0].id))


@blueprint.get("/points")
@allow_any(PLANNERS)
def points(report_id: int) -> ResponseReturnValue:
    """Show all points at once, to give owners to many, keep or merge some."""
    report = reports.report(db(), report_id)
    if report.status is ReportStatus.CONFIRMED:
        return redirect(url_for("actions.report", report_id=report_id))
    return _points_page(report, with_people(ManyForm()))


@blueprint.post("/points")
@allow_any(PLANNERS)
@commits
def change_many(report_id: int) -> ResponseReturnValue:
    """Do one thing to all points that are ticked."""
    report = reports.report(db(), report_id)
    form = with_people(ManyForm())
    chosen = [queries.point(db(), report, point_id) for point_id in request.form.getlist("points", type=int)]
    doing: dict[str, Callable[[], str]] = {
        "assign": lambda: _assign(form, chosen),
        "keep": lambda: _keep(chosen),
        "merge": lambda: _merge(chosen),
    }
    if not form.validate_on_submit():
        return _points_page(report, form, {point.id for point in chosen}), 400
    try:
        said = doing.get(request.form.get("do", ""), _choose)()
    except InvalidValue as refused:
        form.form_errors = [refused.sentence]
        return _points_page(report, form, {point.id for point in chosen}), 400
    flash(said, "success")
    return redirect(url_for("action_points.points", report_id=report_id))


@blueprint.get("/points/add")
@allow_any(PLANNERS)
def add(report_id: int) -> ResponseReturnValue:
    """Ask for a point the reader missed."""
    report = reports.report(db(), report_id)
    return _add_page(
        report,
        with_people(
            AddPointForm(data={"lead": report.default_lead_id or me().id, "limit_unit": TimeUnit.MONTHS.value})
        ),
    )


@blueprint.post("/points/add")
@allow_any(PLANNERS)
@commits
def add_now(report_id: int) -> ResponseReturnValue:
    """Add a point the reader missed."""
    report, form = reports.report(db(), report_id), with_people(AddPointForm())
    if not form.validate_on_submit():
        return _add_page(report, form), 400
    try:
        point = reshaping.add(db(), report, wanted_of(form), by=me(), now=now())
    except InvalidValue as refused:
        place(form, refused, fallback=limit_field(form))
        return _add_page(report, form), 400
    db().flush()  # the new point's id is in the address
    flash("The point has been added and kept.", "success")
    return redirect(url_for("action_points.check", report_id=report_id, point=point.id))


def _points_page(report: Report, form: ManyForm, ticked: set[int] | None = None) -> str:
    rows = rows_of(report)
    return render_template(
        "action_points/points.html",
        report=report,
        rows=rows,
        state=queries.checked([row.point for row in rows]),
        form=form,
        ticked=ticked or set(),
    )


def _split_page(report: Report, point: ActionPoint, form: SplitForm) -> str:
    return render_template("action_points/split.html", report=report, point=point, form=form)


def _add_page(report: Report, form: AddPointForm) -> str:
    return render_template("action_points/add.html", report=report, form=form)


def _assign(form: ManyForm, chosen: Sequence[ActionPoint]) -> str:
    services.assign(
        db(), chosen, owner=person_by_id(form.owner.data), lead=person_by_id(form.lead.data), by=me(), now=now()
    )
    return f"{_count(chosen)} given out."


def _keep(chosen: Sequence[ActionPoint]) -> str:
    if not chosen:
        raise InvalidValue("Choose the points first.")
    for point in chosen:
        services.keep(db(), point, by=me(), now=now())
    return f"{_count(chosen)} kept."


def _merge(chosen: Sequence[ActionPoint]) -> str:
    reshaping.merge(db(), chosen, by=me(), now=now())
    return f"{_count(chosen)} merged into one. Check it."


def _choose() -> str:
    raise InvalidValue("Choose what to do with the points.")


def _count(chosen: Sequence[ActionPoint]) -> str:
    return "1 point" if len(chosen) == 1 else f"{len(chosen)} points"
