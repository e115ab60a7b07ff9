"""Pages that add a report, show how far its reading is, and give its document back."""

from io import BytesIO

from flask import (
    Blueprint,
    Response,
    after_this_request,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from tracker.charts.drawing import bar_chart
from tracker.errors import InvalidValue, NotFound, UnreadableDocument
from tracker.reports import intakes, queries
from tracker.reports.filenames import plain_filename
from tracker.reports.forms import AddReportForm
from tracker.reports.ranking import Compared, Ranking, ranking
from tracker.reports.reader import BackgroundReader
from tracker.reports.reading import MAX_BYTES
from tracker.reports.steps import steps
from tracker.terms import IntakeStatus
from tracker.web.access import PLANNERS, READERS, allow_any
from tracker.web.commits import commits
from tracker.web.headers import DOWNLOAD_POLICY
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now, wiring
from tracker.wording import file_size, plural

blueprint = Blueprint("reports", __name__)

READER = "background_reader"  # where the application keeps it
ADDED_BEFORE = "This file has been added before. This is the report that was made from it."
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
    """Keep the document, have it read in the background, and go to the page that shows how far that is."""
    form = AddReportForm()
    if not form.validate_on_submit():
        return _add_page(form), 400
    try:
        data, filename = _document(form)
        received = intakes.receive(
            db(), wiring().files, council=me().council, data=data, filename=filename, by=me(), now=now()
        )
    except (InvalidValue, UnreadableDocument) as refused:
        place(form, refused, fallback="text" if form.way.data == "text" else "file")
        return _add_page(form), 400
    if received.intake is None:
        flash(ADDED_BEFORE)
        return redirect(url_for("action_points.check", report_id=received.report_id))
    after_this_request(_wake_reader)  # that is after the commit: what it looks for is there
    return redirect(url_for("reports.adding", intake_id=received.intake.id))


@blueprint.get("/reports/adding/<int:intake_id>")
@allow_any(PLANNERS)
def adding(intake_id: int) -> ResponseReturnValue:
    """Show how far the reading of a document is; once it is read, go on to checking."""
    intake = queries.intake(db(), intake_id)
    if intake.status is not IntakeStatus.READ:
        return render_template(
            "reports/adding.html",
            intake=intake,
            steps=steps(intake.status, intake.points),
            refused=intake.status is IntakeStatus.REFUSED,
        )
    if intake.points is None:
        flash(ADDED_BEFORE)
    elif not intake.points:
        flash(NO_POINTS)
    return redirect(url_for("action_points.check", report_id=intake.report_id))


@blueprint.get("/reports/adding/<int:intake_id>/state.json")
@allow_any(PLANNERS)
def adding_state(intake_id: int) -> ResponseReturnValue:
    """Say how far the reading of a document is, for the page that waits for it."""
    intake = queries.intake(db(), intake_id)
    shown = render_template("reports/steps.html", steps=steps(intake.status, intake.points))
    ended = intake.status in (IntakeStatus.READ, IntakeStatus.REFUSED)
    return jsonify(status=intake.status.value, said=intake.status.label, ended=ended, steps=shown)


@blueprint.post("/reports/adding/<int:intake_id>/dismiss")
@allow_any(PLANNERS)
@commits
def dismiss(intake_id: int) -> ResponseReturnValue:
    """Take a refusal off the lists; then add another, or go back."""
    intakes.dismiss(db(), queries.intake(db(), intake_id), by=me(), now=now())
    return redirect(url_for("actions.reports" if request.form.get("then") == "reports" else "reports.add"))


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


@blueprint.get("/reports/<int:report_id>/comparators")
@allow_any(READERS)
def comparators(report_id: int) -> ResponseReturnValue:
    """Show the report's table of authorities: where ours stands, and how the totals are spread."""
    report = queries.report(db(), report_id)
    rows = queries.comparators(db(), report)
    if not rows:
        raise NotFound("This report has no table of authorities.")
    compared = [Compared(row.authority, row.grades, row.total, row.note) for row in rows]
    found = ranking(compared, [me().council.authority, report.authority or ""], best=report.scale_best)
    return render_template("reports/comparators.html", report=report, found=found, chart=_spread(found))


def _spread(found: Ranking) -> str:
    """Draw how many authorities have each total; ours is named in its bar's label."""
    if not found.spread:
        return ""
    own = found.own.total if found.own else None
    name = f" ({found.own.authority})" if found.own else ""
    bars = [(f"Total {total}{name if total == own else ''}", float(count)) for total, count in found.spread]
    described = ". ".join(
        f"Total {total}: {plural(count, 'authority', 'authorities')}" for total, count in found.spread
    )
    return bar_chart(bars, title="How many authorities have each total", desc=described)


def _add_page(form: AddReportForm) -> str:
    most = file_size(min(wiring().settings.largest_upload, MAX_BYTES))
    form.file.description = f"A PDF with text, a Word document, a web page or plain text, up to {most}"
    return render_template("reports/add.html", form=form)


def _wake_reader(response: Response) -> Response:
    reader: BackgroundReader = current_app.extensions[READER]
    reader.wake()
    return response


def _document(form: AddReportForm) -> tuple[bytes, str]:
    if form.way.data == "text":
        text = (form.text.data or "").strip()
        if not text:
            raise InvalidValue("Paste the report’s text")
        return text.encode(), "pasted text.txt"
    upload: FileStorage | None = request.files.get("file")
    if upload is None or not upload.filename:
        raise InvalidValue("Choose the report’s file")
    return upload.read(), plain_filename(upload.filename)
