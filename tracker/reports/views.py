"""Pages that add a report and give its document back."""

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from tracker.errors import InvalidValue, UnreadableDocument
from tracker.reports import queries, services
from tracker.reports.forms import AddReportForm
from tracker.reports.reading import MAX_BYTES, Reading, read_safely
from tracker.web.access import PLANNERS, READERS, allow_any
from tracker.web.commits import commits
from tracker.web.headers import DOWNLOAD_POLICY
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now, outside_transaction, wiring
from tracker.wording import file_size

blueprint = Blueprint("reports", __name__)

NO_POINTS = (
    "No action point was found in this text. If it is the right report, add the points it makes yourself. "
    "If it is not, leave it: nothing is tracked before you confirm."
)


@blueprint.get("/reports/add")
@allow_any(PLANNERS)
def add() -> ResponseReturnValue:
    """Ask for the report."""
    return _add_page(AddReportForm(data={"way": "file"}))


@blueprint.post("/reports/add")
@allow_any(PLANNERS)
@commits
def add_now() -> ResponseReturnValue:
    """Read the report and go on to checking what was read."""
    form = AddReportForm()
    if not form.validate_on_submit():
        return _add_page(form), 400
    try:
        data, filename = _document(form)
        added = services.add_report(
            db(), wiring().files, _read_apart, council=me().council, data=data, filename=filename, by=me(), now=now()
        )
    except (InvalidValue, UnreadableDocument) as refused:
        place(form, refused, fallback="text" if form.way.data == "text" else "file")
        return _add_page(form), 400
    if added.known:
        flash("This file has been added before. This is the report that was made from it.")
    elif not added.points:
        flash(NO_POINTS)
    return redirect(url_for("action_points.check", report_id=added.report.id))


@blueprint.get("/reports/<int:report_id>/document")
@allow_any(READERS)
def document(report_id: int) -> ResponseReturnValue:
    """Give the document back as it came, to be saved, never to be run by the browser."""
    source = queries.source(db(), queries.report(db(), report_id))
    response = send_file(
        BytesIO(wiring().files.read(source.file_key)),
        mimetype=source.media_type,
        as_attachment=True,
        download_name=source.filename,
    )
    response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    return response


def _add_page(form: AddReportForm) -> str:
    most = file_size(min(wiring().settings.largest_upload, MAX_BYTES))
    form.file.description = f"A PDF with text, a Word document, a web page or plain text, up to {most}"
    return render_template("reports/add.html", form=form)


def _read_apart(data: bytes, filename: str) -> Reading:
    """Read outside any transaction: it takes seconds."""
    with outside_transaction():
        return read_safely(data, filename)


def _document(form: AddReportForm) -> tuple[bytes, str]:
    if form.way.data == "text":
        text = (form.text.data or "").strip()
        if not text:
            raise InvalidValue("Paste the report’s text")
        return text.encode(), "pasted text.txt"
    upload: FileStorage | None = request.files.get("file")
    if upload is None or not upload.filename:
        raise InvalidValue("Choose the report’s file")
    return upload.read(), upload.filename
