"""Pages on which a person checks what was read, each point beside its place in the report."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import queries as people
from tracker.action_points import queries, services
from tracker.action_points.corrected import corrected_reading
from tracker.action_points.due_dates import DueDate
from tracker.action_points.forms import NOBODY, AddPointForm, FactsForm, LeaveOutForm, ManyForm, PointForm, SplitForm
from tracker.action_points.source_view import SourceView, source_view
from tracker.errors import ChangedMeanwhile, InvalidValue, NotFound
from tracker.models import ActionPoint, Person, Report
from tracker.reports import queries as reports
from tracker.reports.page_images import PDF, page_image
from tracker.reports.reading import to_scoring_form
from tracker.terms import BaseDateChoice, Origin, PointDecision, ReportStatus, TimeLimitKind, TimeUnit
from tracker.web.access import PLANNERS, allow_any
from tracker.web.commits import commits
from tracker.web.fields import choices
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now, wiring

blueprint = Blueprint("action_points", __name__, url_prefix="/reports/<int:report_id>")

Form = TypeVar("Form", PointForm, ManyForm, AddPointForm)
UNSURE = 0.8  # below this the reader's doubt is shown, and the point comes first


@dataclass(frozen=True)
class Row:
    """A point with the day it would be due."""

    point: ActionPoint
    due: DueDate | None

    @property
    def time_limit(self) -> str:
        """The time limit in words."""
        return queries.time_limit(self.point)

    @property
    def unsure(self) -> bool:
        """Whether the reader doubts it and nobody has decided yet."""
        return self.point.confidence < UNSURE and self.point.decision is PointDecision.PROPOSED


@blueprint.get("/check")
@allow_any(PLANNERS)
def check(report_id: int) -> ResponseReturnValue:
    """Show one point beside its place in the source; the first that waits for a decision, unless one is asked for."""
    report = reports.report(db(), report_id)
    if report.status is ReportStatus.CONFIRMED:
        return redirect(url_for("actions.report", report_id=report_id))
    rows = _rows(report)
    if not rows:
        return redirect(url_for("action_points.points", report_id=report_id))
    asked = request.args.get("point", type=int)
    current = next((row for row in rows if row.point.id == asked), None) or _next_row(rows, None) or rows[0]
    proposal = None if current.point.owner_id else queries.proposed_owner(db(), current.point)
    form = _point_form(current.point)
    form.owner.description = f"Perhaps {proposal.reason}" if proposal else ""
    return _check_page(report, rows, current, form, LeaveOutForm(formdata=None))


@blueprint.post("/points/<int:point_id>")
@allow_any(PLANNERS)
@commits
def save_point(report_id: int, point_id: int) -> ResponseReturnValue:
    """Save what was corrected of a point; keep it too, where that button was pressed."""
    report = reports.report(db(), report_id)
    point = queries.point(db(), report, point_id)
    form = _with_people(PointForm())
    _same_as_opened(form, point)
    if not form.validate_on_submit():
        return _point_page(report, point, form), 400
    try:
        services.change(db(), point, _wanted(form), by=me(), now=now())
        if request.form.get("do") == "keep":
            services.keep(db(), point, by=me(), now=now())
    except InvalidValue as refused:
        place(form, refused, fallback=_limit_field(form))
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
        row = _row_of(report, point)
        return _check_page(report, _rows(report), row, _point_form(point), form), 400
    services.leave_out(db(), point, reason=form.reason.data, by=me(), now=now())
    return _go_on(report, point)


@blueprint.post("/points/<int:point_id>/put-back")
@allow_any(PLANNERS)
@commits
def put_back(report_id: int, point_id: int) -> ResponseReturnValue:
    """Take back a decision."""
    report = reports.report(db(), report_id)
    services.put_back(db(), queries.point(db(), report, point_id), by=me(), now=now())
    return redirect(url_for("action_points.check", report_id=report_id, point=point_id))


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
        made = services.split(db(), point, parts, by=me(), now=now())
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
    return _points_page(report, _with_people(ManyForm()))


@blueprint.post("/points")
@allow_any(PLANNERS)
@commits
def change_many(report_id: int) -> ResponseReturnValue:
    """Do one thing to all points that are ticked."""
    report = reports.report(db(), report_id)
    form = _with_people(ManyForm())
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
        _with_people(
            AddPointForm(data={"lead": report.default_lead_id or me().id, "limit_unit": TimeUnit.MONTHS.value})
        ),
    )


@blueprint.post("/points/add")
@allow_any(PLANNERS)
@commits
def add_now(report_id: int) -> ResponseReturnValue:
    """Add a point the reader missed."""
    report, form = reports.report(db(), report_id), _with_people(AddPointForm())
    if not form.validate_on_submit():
        return _add_page(report, form), 400
    try:
        point = services.add(db(), report, _wanted(form), by=me(), now=now())
    except InvalidValue as refused:
        place(form, refused, fallback=_limit_field(form))
        return _add_page(report, form), 400
    db().flush()  # the new point's id is in the address
    flash("The point has been added and kept.", "success")
    return redirect(url_for("action_points.check", report_id=report_id, point=point.id))


@blueprint.get("/reading.json")
@allow_any(PLANNERS)
def corrected(report_id: int) -> ResponseReturnValue:
    """Give the reading as it was corrected, to teach the reader with."""
    report = reports.report(db(), report_id)
    reading = corrected_reading(report, reports.source(db(), report), queries.points(db(), report))
    response = jsonify(to_scoring_form(reading))
    response.headers["Content-Disposition"] = f"attachment; filename={report.code}-reading.json"
    return response


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
    _same_as_opened(form, report)
    if not form.validate_on_submit():
        return _facts_page(report, form), 400
    names = ("published", "inspection_start", "inspection_end", "typed", "review_date")
    try:
        services.set_facts(
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


def _same_as_opened(form: PointForm | FactsForm, row: ActionPoint | Report) -> None:
    """Refuse to write over what somebody else changed while this page was open."""
    if form.version.data and form.version.data != str(row.version):
        raise ChangedMeanwhile


def _rows(report: Report) -> list[Row]:
    rules, dates = queries.clock_rules(db(), me().council), queries.report_dates(report)
    return [Row(point, queries.due(point, dates, rules)) for point in queries.points(db(), report)]


def _row_of(report: Report, point: ActionPoint) -> Row:
    return next(row for row in _rows(report) if row.point.id == point.id)


def _next_row(rows: Sequence[Row], after: ActionPoint | None) -> Row | None:
    """Return the point to decide next: the unsure ones first, then on from where one is, then from the top."""
    waiting = [row for row in rows if row.point.decision is PointDecision.PROPOSED]
    unsure = [row for row in waiting if row.unsure]
    further = [row for row in waiting if after is not None and row.point.position > after.position]
    return next(iter(unsure or further or waiting), None)


def _go_on(report: Report, point: ActionPoint) -> ResponseReturnValue:
    following = _next_row(_rows(report), point)
    if following is None:
        flash("Every point has been checked.", "success")
        return redirect(url_for("action_points.points", report_id=report.id))
    return redirect(url_for("action_points.check", report_id=report.id, point=following.point.id))


def _point_page(report: Report, point: ActionPoint, form: PointForm) -> str:
    return _check_page(report, _rows(report), _row_of(report, point), form, LeaveOutForm(formdata=None))


def _check_page(report: Report, rows: list[Row], current: Row, form: PointForm, leave_out_form: LeaveOutForm) -> str:
    place = rows.index(current)
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
        source=_source(report, rows, current.point),
        pictured=reports.source(db(), report).media_type == PDF and current.point.page is not None,
    )


def _source(report: Report, rows: Sequence[Row], current: ActionPoint) -> SourceView:
    document = reports.source(db(), report)
    marks = [(row.point.id, row.point.start, row.point.end) for row in rows]
    return source_view(document.text, document.page_starts, marks, current.id)


def _points_page(report: Report, form: ManyForm, ticked: set[int] | None = None) -> str:
    rows = _rows(report)
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


def _facts_page(report: Report, form: FactsForm) -> str:
    followups = [row for row in _rows(report) if row.point.origin is Origin.JOINT_AREA_REVIEW]
    return render_template("action_points/facts.html", report=report, form=form, followups=len(followups))


def _with_people(form: Form) -> Form:
    nobody = (NOBODY, "Nobody yet")
    form.owner.choices = choices([nobody, *((row.id, f"{row.name}, {row.post}") for row in people.owners(db()))])
    form.lead.choices = choices([nobody, *((row.id, f"{row.name}, {row.post}") for row in people.leads(db()))])
    return form


def _assign(form: ManyForm, chosen: Sequence[ActionPoint]) -> str:
    services.assign(db(), chosen, owner=_person(form.owner.data), lead=_person(form.lead.data), by=me(), now=now())
    return f"{_count(chosen)} given out."


def _keep(chosen: Sequence[ActionPoint]) -> str:
    if not chosen:
        raise InvalidValue("Choose the points first.")
    for point in chosen:
        services.keep(db(), point, by=me(), now=now())
    return f"{_count(chosen)} kept."


def _merge(chosen: Sequence[ActionPoint]) -> str:
    services.merge(db(), chosen, by=me(), now=now())
    return f"{_count(chosen)} merged into one. Check it."


def _choose() -> str:
    raise InvalidValue("Choose what to do with the points.")


def _count(chosen: Sequence[ActionPoint]) -> str:
    return "1 point" if len(chosen) == 1 else f"{len(chosen)} points"


def _person(person_id: int | None) -> Person | None:
    return people.person(db(), person_id) if person_id else None


def _point_form(point: ActionPoint) -> PointForm:
    given = {
        "limit_kind": point.limit_kind.value,
        "limit_unit": point.limit_unit.value if point.limit_unit else TimeUnit.MONTHS.value,
        "owner": point.owner_id or NOBODY,
        "lead": point.lead_id or point.report.default_lead_id or me().id,
    }
    names = ("title", "words", "section", "limit_count", "limit_date", "version")
    return _with_people(PointForm(formdata=None, data=given | {name: getattr(point, name) for name in names}))


def _limit_field(form: PointForm) -> str:
    """Return the field that the chosen kind of time limit needs."""
    return "limit_date" if form.limit_kind.data == TimeLimitKind.BY_DATE else "limit_count"


def _wanted(form: PointForm) -> services.PointChange:
    return services.PointChange(
        title=form.title.data or "",
        words=form.words.data,
        section=form.section.data or "",
        limit_kind=TimeLimitKind.of(form.limit_kind.data),
        limit_count=form.limit_count.data,
        limit_unit=TimeUnit.of(form.limit_unit.data),
        limit_date=form.limit_date.data,
        owner=_person(form.owner.data),
        lead=_person(form.lead.data),
    )
