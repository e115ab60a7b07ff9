"""The pages of a committee's own form: the fields and numbered headings of its reports."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.errors import InvalidValue
from tracker.models import Committee
from tracker.scrutiny import committees, own_form
from tracker.scrutiny.committee_forms import FieldForm, HeadingForm
from tracker.scrutiny.own_form import Kind
from tracker.scrutiny.paper_form import USUAL, Field, Figures, Form, Heading, form_of
from tracker.scrutiny.views.blueprint import blueprint
from tracker.scrutiny.views.committees import KEEPERS
from tracker.web.access import allow_any
from tracker.web.commits import commits
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now

MOVES = {"up": -1, "down": 1}


@blueprint.get("/committees/<int:committee_id>/form")
@allow_any(KEEPERS)
def form_page(committee_id: int) -> ResponseReturnValue:
    """Show the fields and headings that a committee's reports have."""
    found = committees.committee(db(), committee_id)
    form = form_of(found.form)
    return render_template("scrutiny/form.html", committee=found, own=form, usual=form == USUAL, kinds=Kind)


@blueprint.post("/committees/<int:committee_id>/form/usual")
@allow_any(KEEPERS)
@commits
def use_usual_form(committee_id: int) -> ResponseReturnValue:
    """Give a committee the usual form again."""
    found = committees.committee(db(), committee_id)
    committees.set_form(db(), found, USUAL, by=me(), now=now())
    return _saved(found, "The committee’s reports have the usual form again.")


@blueprint.get("/committees/<int:committee_id>/form/headings/<key>")
@allow_any(KEEPERS)
def heading(committee_id: int, key: str) -> ResponseReturnValue:
    """Ask what a heading is called and carries; the key "new" adds one."""
    found, _, there = _heading(committee_id, key)
    return _heading_page(found, HeadingForm(formdata=None, obj=there), there)


@blueprint.post("/committees/<int:committee_id>/form/headings/<key>")
@allow_any(KEEPERS)
@commits
def put_heading(committee_id: int, key: str) -> ResponseReturnValue:
    """Change a heading, or add one."""
    found, form, there = _heading(committee_id, key)
    sent = HeadingForm()
    if not sent.validate_on_submit():
        return _heading_page(found, sent, there), 400
    wanted = Heading("", sent.title.data or "", (sent.words.data or "").strip(), Figures.of(sent.figures.data or ""))
    try:
        changed = own_form.put_heading(form, there.key if there else "", wanted)
    except InvalidValue as refused:
        place(sent, refused, fallback="title")
        return _heading_page(found, sent, there), 400
    committees.set_form(db(), found, changed, by=me(), now=now())
    return _saved(found, "The form has been changed.")


@blueprint.get("/committees/<int:committee_id>/form/fields/<field_key>")
@allow_any(KEEPERS)
def form_field(committee_id: int, field_key: str) -> ResponseReturnValue:
    """Ask what a field is called and where it stands; the key "new" adds one."""
    found, form, there = _field(committee_id, field_key)
    asked = FieldForm(formdata=None, obj=there)
    asked.offer(form.headings)
    return _field_page(found, asked, there)


@blueprint.post("/committees/<int:committee_id>/form/fields/<field_key>")
@allow_any(KEEPERS)
@commits
def put_field(committee_id: int, field_key: str) -> ResponseReturnValue:
    """Change a field, or add one."""
    found, form, there = _field(committee_id, field_key)
    sent = FieldForm()
    sent.offer(form.headings)
    if not sent.validate_on_submit():
        return _field_page(found, sent, there), 400
    wanted = Field("", sent.label.data or "", (sent.value.data or "").strip(), sent.after.data or "")
    try:
        changed = own_form.put_field(form, there.key if there else "", wanted)
    except InvalidValue as refused:
        place(sent, refused, fallback="label")
        return _field_page(found, sent, there), 400
    committees.set_form(db(), found, changed, by=me(), now=now())
    return _saved(found, "The form has been changed.")


@blueprint.post("/committees/<int:committee_id>/form/<any(fields,headings):kind>/<key>/<any(up,down,remove):what>")
@allow_any(KEEPERS)
@commits
def rearrange(committee_id: int, kind: str, key: str, what: str) -> ResponseReturnValue:
    """Move a part up or down, or take it out."""
    found = committees.committee(db(), committee_id)
    form, of = form_of(found.form), Kind.of(kind)
    try:
        changed = own_form.taken_out(form, of, key) if what == "remove" else own_form.moved(form, of, key, MOVES[what])
    except InvalidValue as refused:
        flash(refused.sentence, "error")
        return redirect(url_for("scrutiny.form_page", committee_id=found.id))
    committees.set_form(db(), found, changed, by=me(), now=now())
    return _saved(found, "The form has been changed.")


def _heading(committee_id: int, key: str) -> tuple[Committee, Form, Heading | None]:
    found = committees.committee(db(), committee_id)
    form = form_of(found.form)
    there = next((one for one in form.headings if one.key == key), None)
    if there is None and key != "new":
        abort(404)
    return found, form, there


def _field(committee_id: int, key: str) -> tuple[Committee, Form, Field | None]:
    found = committees.committee(db(), committee_id)
    form = form_of(found.form)
    there = next((one for one in form.fields if one.key == key), None)
    if there is None and key != "new":
        abort(404)
    return found, form, there


def _heading_page(found: Committee, form: HeadingForm, there: Heading | None) -> str:
    return render_template("scrutiny/form_part.html", committee=found, form=form, there=there, kind=Kind.HEADING)


def _field_page(found: Committee, form: FieldForm, there: Field | None) -> str:
    return render_template("scrutiny/form_part.html", committee=found, form=form, there=there, kind=Kind.FIELD)


def _saved(found: Committee, sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("scrutiny.form_page", committee_id=found.id))
