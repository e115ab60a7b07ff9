"""The pages of a committee's own form: the fields and numbered headings of its reports."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.errors import ChangedMeanwhile, InvalidValue
from tracker.models import Committee
from tracker.opened import as_opened, refuse_if_changed
from tracker.scrutiny import committees, own_form
from tracker.scrutiny.committee_forms import FieldForm, HeadingForm
from tracker.scrutiny.own_form import Kind
from tracker.scrutiny.paper_form import USUAL, Field, Figures, Form, Heading, form_of
from tracker.scrutiny.views.blueprint import blueprint
from tracker.scrutiny.views.committees import KEEPERS
from tracker.web.access import allow_any
from tracker.web.commits import commits
from tracker.web.meanwhile import Rows, theirs
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now

MOVES = {"up": -1, "down": 1}
NEW = "new"  # in an address: a part that is not there yet
CHANGED = "The form has been changed."
Part = Field | Heading
PartForm = FieldForm | HeadingForm


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
    found = committees.held_committee(db(), committee_id)
    committees.set_form(db(), found, USUAL, by=me(), now=now())
    return _saved(found, "The committee’s reports have the usual form again.")


@blueprint.get("/committees/<int:committee_id>/form/<any(fields,headings):kind>/<key>")
@allow_any(KEEPERS)
def form_part(committee_id: int, kind: str, key: str) -> ResponseReturnValue:
    """Ask what a field or a heading is called and carries; the key "new" adds one."""
    found = committees.committee(db(), committee_id)
    own = form_of(found.form)
    return _part_page(found, Kind.of(kind), _shown(own, Kind.of(kind), _part(own, Kind.of(kind), key)), key)


@blueprint.post("/committees/<int:committee_id>/form/<any(fields,headings):kind>/<key>")
@allow_any(KEEPERS)
@commits
def put_form_part(committee_id: int, kind: str, key: str) -> ResponseReturnValue:
    """Change a field or a heading, or add one; where somebody else has changed it meanwhile, show both and ask."""
    found, of = committees.held_committee(db(), committee_id), Kind.of(kind)
    own = form_of(found.form)
    there, sent = _part(own, of, key), _sent(own, of)
    if not sent.validate_on_submit():
        return _part_page(found, of, sent, key), 400
    try:
        if there is not None:
            refuse_if_changed(sent.opened.data, there)
        changed = _put(own, there.key if there else "", sent)
    except InvalidValue as refused:
        place(sent, refused, fallback="title" if of is Kind.HEADING else "label")
        return _part_page(found, of, sent, key), 400
    except ChangedMeanwhile:
        return _part_page(found, of, sent, key, theirs(sent, _shown(own, of, there))), 409
    committees.set_form(db(), found, changed, by=me(), now=now())
    return _saved(found, CHANGED)


@blueprint.post("/committees/<int:committee_id>/form/<any(fields,headings):kind>/<key>/<any(up,down,remove):what>")
@allow_any(KEEPERS)
@commits
def rearrange(committee_id: int, kind: str, key: str, what: str) -> ResponseReturnValue:
    """Move a part up or down, or take it out."""
    found, of = committees.held_committee(db(), committee_id), Kind.of(kind)
    own = form_of(found.form)
    if _part(own, of, key) is None:
        abort(404)
    try:
        changed = own_form.taken_out(own, of, key) if what == "remove" else own_form.moved(own, of, key, MOVES[what])
    except InvalidValue as refused:
        flash(refused.sentence, "error")
        return redirect(url_for("scrutiny.form_page", committee_id=found.id))
    committees.set_form(db(), found, changed, by=me(), now=now())
    return _saved(found, CHANGED, None if what == "remove" else key)


def _part(own: Form, kind: Kind, key: str) -> Part | None:
    """Return what a key names; None for a new part. A key that names nothing is not found."""
    parts: tuple[Part, ...] = own.headings if kind is Kind.HEADING else own.fields
    found = next((one for one in parts if one.key == key), None)
    if found is None and key != NEW:
        abort(404)
    return found


def _sent(own: Form, kind: Kind) -> PartForm:
    return HeadingForm() if kind is Kind.HEADING else _with_places(FieldForm(), own)


def _shown(own: Form, kind: Kind, there: Part | None) -> PartForm:
    given: dict[str, Any] = {"obj": there, "data": {"opened": as_opened(there) if there else ""}}
    if kind is Kind.HEADING:
        return HeadingForm(formdata=None, **given)
    return _with_places(FieldForm(formdata=None, **given), own)


def _with_places(form: FieldForm, own: Form) -> FieldForm:
    form.offer(own.headings)
    return form


def _put(own: Form, key: str, sent: PartForm) -> Form:
    if isinstance(sent, HeadingForm):
        words, figures = (sent.words.data or "").strip(), Figures.of(sent.figures.data or "")
        return own_form.put_heading(own, key, Heading("", sent.title.data or "", words, figures))
    value, after = (sent.value.data or "").strip(), sent.after.data or ""
    return own_form.put_field(own, key, Field("", sent.label.data or "", value, after))


def _part_page(found: Committee, kind: Kind, form: PartForm, key: str, meanwhile: Rows | None = None) -> str:
    return render_template(
        "scrutiny/form_part.html", committee=found, form=form, kind=kind, new=key == NEW, meanwhile=meanwhile
    )


def _saved(found: Committee, sentence: str, key: str | None = None) -> ResponseReturnValue:
    """Go back to the form, to the part that was moved."""
    flash(sentence, "success")
    return redirect(url_for("scrutiny.form_page", committee_id=found.id, _anchor=key))
