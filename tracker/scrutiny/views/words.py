"""The page on which an officer writes the words around the figures of a committee report."""

from typing import Any

from flask import after_this_request, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.errors import ChangedMeanwhile
from tracker.models import CommitteeReport
from tracker.scrutiny import papers
from tracker.scrutiny.committee_forms import WordsForm
from tracker.scrutiny.views.blueprint import blueprint
from tracker.scrutiny.views.papers import wake_maker
from tracker.web.access import PLANNERS, allow_any
from tracker.web.commits import commits
from tracker.web.wiring import db, me, now


@blueprint.get("/committee-reports/<int:paper_id>/words")
@allow_any(PLANNERS)
def words(paper_id: int) -> ResponseReturnValue:
    """Show the words around the figures, to be changed."""
    paper = papers.paper(db(), paper_id, me())
    return _words_page(paper, _words_form(paper, sent=False))


@blueprint.post("/committee-reports/<int:paper_id>/words")
@allow_any(PLANNERS)
@commits
def write_words(paper_id: int) -> ResponseReturnValue:
    """Keep the words and have the documents made again; two people at once see each other's."""
    paper = papers.paper(db(), paper_id, me())
    form = _words_form(paper, sent=True)
    if not form.validate_on_submit():
        return _words_page(paper, form), 400
    typed = _typed(form)
    version = int(form.version.data) if str(form.version.data or "").isdecimal() else None
    try:
        papers.write(db(), paper, typed, version=version, by=me(), now=now())
    except ChangedMeanwhile:
        stands = _words_form(paper, sent=False)
        form.version.data = stands.version.data
        rows = [
            (field.label.text, field.data or "Nothing")
            for field in stands
            if field.name.startswith(("field_", "section_"))
            and (field.data or "") != (form[field.name].data or "").strip()
        ]
        return _words_page(paper, form, rows), 409
    after_this_request(wake_maker)
    flash("The words have been saved. The documents are made again.", "success")
    return redirect(url_for("scrutiny.committee_report", paper_id=paper.id))


def _words_form(paper: CommitteeReport, *, sent: bool) -> Any:  # noqa: ANN401 - made for this report's form
    own = papers.written(paper)
    kind = WordsForm.made_for(own.form)
    if sent:
        return kind()
    data = {"version": str(paper.version)}
    data |= {f"field_{key}": value for key, value in own.words["fields"].items()}
    data |= {f"section_{key}": value for key, value in own.words["sections"].items()}
    return kind(formdata=None, data=data)


def _typed(form: Any) -> dict[str, dict[str, str]]:  # noqa: ANN401
    typed: dict[str, dict[str, str]] = {"fields": {}, "sections": {}}
    for field in form:
        group, _, key = field.name.partition("_")
        if group in ("field", "section"):
            typed[f"{group}s"][key] = (field.data or "").replace("\r\n", "\n")
    return typed


def _words_page(paper: CommitteeReport, form: Any, meanwhile: list[tuple[str, str]] | None = None) -> str:  # noqa: ANN401
    return render_template("scrutiny/words.html", paper=paper, form=form, meanwhile=meanwhile)
