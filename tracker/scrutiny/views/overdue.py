"""Pages of scrutiny: where things stand, and the overdue report on the page, on paper and as a table."""

from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import queries as accounts
from tracker.actions import decisions, plans
from tracker.errors import InvalidValue
from tracker.scrutiny.contents import OverdueReport
from tracker.scrutiny.drawing import delivery_by_report, delivery_by_service, late_by_age
from tracker.scrutiny.export import overdue_csv
from tracker.scrutiny.figures import Named
from tracker.scrutiny.forms import OverdueForm, chosen_words, overdue_form
from tracker.scrutiny.overdue_document import overdue_document
from tracker.scrutiny.pdf import overdue_pdf
from tracker.scrutiny.queries import overdue_report, report_choices
from tracker.scrutiny.rendering import MEDIA_TYPES, render
from tracker.scrutiny.since import over_meetings, since_last_meeting
from tracker.scrutiny.views.blueprint import blueprint
from tracker.terms import DocumentForm, ReportStatus
from tracker.web.access import PLANNERS, READERS, SIGNED_IN, allow_any
from tracker.web.wiring import db, me, today


@allow_any(SIGNED_IN)
def where_things_stand() -> ResponseReturnValue:
    """Show how the council stands today; to who decides, also what waits for a decision."""
    report = overdue_report(db(), me().council, today())
    decides = me().role in PLANNERS
    reports = plans.reports_with_progress(db(), today=today()) if decides else []
    return render_template(
        "scrutiny/where_things_stand.html",
        report=report,
        by_age=late_by_age(report),
        by_report=delivery_by_report(report),
        decides=decides,
        claims=decisions.claims_waiting(db()) if decides else [],
        extensions=decisions.extensions_waiting(db()) if decides else [],
        unchecked=[row.report for row in reports if row.report.status is ReportStatus.BEING_CHECKED],
    )


@blueprint.get("/overdue")
@allow_any(READERS)
def overdue() -> ResponseReturnValue:
    """Show the overdue report, today's or that of an earlier day."""
    form = _form()
    if not form.validate():
        return render_template("scrutiny/overdue.html", form=form, report=None), 400
    report = overdue_report(db(), me().council, form.day, filters=form.filters)
    return render_template(
        "scrutiny/overdue.html",
        form=form,
        report=report,
        today_href=_address({name: value for name, value in form.address.items() if name != "at"}),
        by_age=late_by_age(report),
        by_service=delivery_by_service(report),
        since=since_last_meeting(db(), me().council, form.day, form.filters),
        over_time=over_meetings(db(), me().council, form.day),
        chosen=[(words, _address(left)) for words, left in chosen_words(form)],
    )


@blueprint.get("/overdue.pdf")
@allow_any(READERS)
def overdue_as_pdf() -> ResponseReturnValue:
    """Give the overdue report as a paper."""
    report = _report()
    return Response(overdue_pdf(report), mimetype="application/pdf", headers=_saved_as(report, "pdf"))


@blueprint.get("/overdue.csv")
@allow_any(READERS)
def overdue_as_csv() -> ResponseReturnValue:
    """Give the overdue report as a table for a spreadsheet, a line at a time."""
    report = _report()
    return Response(overdue_csv(report), content_type="text/csv; charset=utf-8", headers=_saved_as(report, "csv"))


@blueprint.get("/overdue.docx")
@allow_any(READERS)
def overdue_as_word() -> ResponseReturnValue:
    """Give the overdue report as a Word document."""
    return _drawn(DocumentForm.WORD)


@blueprint.get("/overdue.xlsx")
@allow_any(READERS)
def overdue_as_excel() -> ResponseReturnValue:
    """Give the overdue report as an Excel workbook."""
    return _drawn(DocumentForm.EXCEL)


def _drawn(form: DocumentForm) -> ResponseReturnValue:
    report = _report()
    made = render(overdue_document(report), form)
    return Response(made, mimetype=MEDIA_TYPES[form], headers=_saved_as(report, form.value))


def _form() -> OverdueForm:
    return overdue_form(
        request.args,
        today=today(),
        reports=report_choices(db()),
        services=[Named(one.id, one.name) for one in accounts.services(db())],
        bodies=[Named(one.id, one.name) for one in accounts.bodies(db())],
    )


def _report() -> OverdueReport:
    form = _form()
    if not form.validate():
        raise InvalidValue(" ".join(f"{error}." for errors in form.errors.values() for error in errors))
    return overdue_report(db(), me().council, form.day, filters=form.filters)


def _address(chosen: dict[str, str]) -> str:
    values: dict[str, Any] = {**chosen}  # url_for has named arguments of other types
    return url_for("scrutiny.overdue", **values)


def _saved_as(report: OverdueReport, ending: str) -> dict[str, str]:
    name = f"{me().council.slug}-overdue-{report.at.isoformat()}.{ending}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}
