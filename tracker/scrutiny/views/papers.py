"""Pages of committee reports: choose the meeting, write the words around the figures, take the documents."""

from io import BytesIO
from typing import Any

from flask import (
    Response,
    after_this_request,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from tracker.errors import InvalidValue, NotFound
from tracker.models import CommitteeDocument, CommitteeReport
from tracker.scrutiny import committees, papers
from tracker.scrutiny.committee_forms import MakeForm
from tracker.scrutiny.maker import BackgroundMaker
from tracker.scrutiny.rendering import MEDIA_TYPES
from tracker.scrutiny.views.blueprint import blueprint
from tracker.terms import DocumentPart, DocumentStatus, PaperStatus, Role
from tracker.web.access import PLANNERS, allow_any
from tracker.web.commits import commits
from tracker.web.headers import DOWNLOAD_POLICY
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now, today, wiring

MAKER = "background_maker"  # where the application keeps it
REPORT_READERS = PLANNERS | {Role.SCRUTINY_MEMBER}
TO_BE_MADE = (DocumentStatus.WAITING, DocumentStatus.MAKING)


@blueprint.get("/committee-reports")
@allow_any(REPORT_READERS)
def committee_reports() -> ResponseReturnValue:
    """List the committee reports this person may read."""
    return render_template(
        "scrutiny/committee_reports.html", papers=papers.papers(db(), me()), makes=me().role in PLANNERS
    )


@blueprint.get("/committee-reports/make")
@allow_any(PLANNERS)
def make_report() -> ResponseReturnValue:
    """Ask for the meeting and the day; the next meeting and today are there already."""
    form = _make_form(MakeForm(formdata=None, data={"at": today()}))
    if form.meeting.choices:
        form.meeting.data = form.meeting.choices[0].value
    return render_template("scrutiny/make.html", form=form)


@blueprint.post("/committee-reports/make")
@allow_any(PLANNERS)
@commits
def make_report_now() -> ResponseReturnValue:
    """Freeze the report; its documents are made in the background."""
    form = _make_form(MakeForm())
    if not form.validate_on_submit():
        return render_template("scrutiny/make.html", form=form), 400
    meeting = committees.meeting(db(), form.meeting.data)
    at = form.at.data or today()
    try:
        made = papers.make_paper(db(), me().council, meeting, at, by=me(), today=today(), now=now())
    except InvalidValue as refused:
        place(form, refused, fallback="at")
        return render_template("scrutiny/make.html", form=form), 400
    after_this_request(wake_maker)  # that is after the commit: what it looks for is there
    return redirect(url_for("scrutiny.committee_report", paper_id=made.id))


@blueprint.get("/committee-reports/<int:paper_id>")
@allow_any(REPORT_READERS)
def committee_report(paper_id: int) -> ResponseReturnValue:
    """Show how far the documents are, and what the report holds."""
    paper = papers.paper(db(), paper_id, me())
    shown = _documents(paper)
    return render_template(
        "scrutiny/committee_report.html",
        paper=paper,
        part=papers.part_for(paper, DocumentPart.PUBLIC),
        written=papers.written(paper),
        makes=me().role in PLANNERS,
        is_draft=paper.status is PaperStatus.DRAFT,
        **shown,
    )


@blueprint.get("/committee-reports/<int:paper_id>/state.json")
@allow_any(REPORT_READERS)
def committee_report_state(paper_id: int) -> ResponseReturnValue:
    """Say how far the documents are, for the page that waits for them."""
    paper = papers.paper(db(), paper_id, me())
    shown = _documents(paper)
    left = shown["left"]
    steps = render_template("scrutiny/documents.html", paper=paper, **shown)
    said = "The documents are made." if not left else f"{left} left to make."
    return jsonify(status=str(left), said=said, ended=not left, steps=steps)


@blueprint.post("/committee-reports/<int:paper_id>/ready")
@allow_any(PLANNERS)
@commits
def declare_ready(paper_id: int) -> ResponseReturnValue:
    """Close the words."""
    paper = papers.paper(db(), paper_id, me())
    papers.declare_ready(db(), paper, by=me(), now=now())
    after_this_request(wake_maker)
    flash("The report is ready for the meeting. Its words are closed, and members can read it.", "success")
    return redirect(url_for("scrutiny.committee_report", paper_id=paper.id))


@blueprint.post("/committee-reports/<int:paper_id>/documents")
@allow_any(PLANNERS)
@commits
def make_documents_again(paper_id: int) -> ResponseReturnValue:
    """Ask for the documents again, where one could not be made."""
    paper = papers.paper(db(), paper_id, me())
    papers.ask_for_documents(db(), paper)
    after_this_request(wake_maker)
    return redirect(url_for("scrutiny.committee_report", paper_id=paper.id))


@blueprint.get("/committee-reports/<int:paper_id>/documents/<int:document_id>")
@allow_any(REPORT_READERS)
def committee_document(paper_id: int, document_id: int) -> ResponseReturnValue:
    """Give a document, to be saved."""
    paper = papers.paper(db(), paper_id, me())
    found = next((one for one in papers.documents(db(), paper, me()) if one.id == document_id), None)
    if found is None or found.file_key is None or found.status is not DocumentStatus.MADE:
        raise NotFound("There is no such document yet. Look at the report's page.")
    response = send_file(
        BytesIO(wiring().files.read(found.file_key)),
        mimetype=MEDIA_TYPES[found.form],
        as_attachment=True,
        download_name=_name(paper, found),
    )
    response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    return response


def _name(paper: CommitteeReport, document: CommitteeDocument) -> str:
    part = "-exempt-part" if document.part is DocumentPart.EXEMPT else ""
    return f"{me().council.slug}-committee-report-{paper.meeting.day.isoformat()}{part}.{document.form.value}"


def _documents(paper: CommitteeReport) -> dict[str, Any]:
    found = papers.documents(db(), paper, me())
    by_part = [(part, [one for one in found if one.part is part]) for part in DocumentPart]
    return {
        "parts": [(part, rows) for part, rows in by_part if rows],
        "left": sum(one.status in TO_BE_MADE for one in found),
        "failed": [one for one in found if one.status is DocumentStatus.FAILED],
    }


def _make_form(form: MakeForm) -> MakeForm:
    form.offer(committees.meetings_to_report_to(db(), today()))
    return form


def wake_maker(response: Response) -> Response:
    """Start making what has just been asked for."""
    maker: BackgroundMaker = current_app.extensions[MAKER]
    maker.wake()
    return response
