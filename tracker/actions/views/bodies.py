"""A body's line of an action: where it stands, and whom to ask."""

from dataclasses import asdict

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import contributions, queries
from tracker.actions.contributions import Contact, Standing
from tracker.actions.details_forms import ContactForm
from tracker.actions.forms import ContributionForm
from tracker.actions.lifecycle import Move
from tracker.actions.parts import moves_for
from tracker.actions.views.blueprint import blueprint
from tracker.actions.views.pieces import action_for
from tracker.errors import ChangedMeanwhile, InvalidValue
from tracker.models import Action, Contribution
from tracker.opened import as_opened
from tracker.terms import ContributionStatus
from tracker.web.access import OFFICERS, allow_any
from tracker.web.commits import commits
from tracker.web.meanwhile import Rows, theirs
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now


@blueprint.get("/actions/<reference>/contributions/<int:contribution_id>/line")
@allow_any(OFFICERS)
def line(reference: str, contribution_id: int) -> ResponseReturnValue:
    """Ask where a body's line stands."""
    action = action_for(reference, Move.NOTE_BODY)
    found = queries.contribution(action, contribution_id)
    form = _line_form(found)
    form.note.data = ""  # what they said before stands above it
    return _line_page(action, found, form)


@blueprint.post("/actions/<reference>/contributions/<int:contribution_id>/line")
@allow_any(OFFICERS)
@commits
def line_now(reference: str, contribution_id: int) -> ResponseReturnValue:
    """Note where a body's line stands; where somebody else has noted it meanwhile, show both and ask."""
    action, form = queries.action(db(), reference), ContributionForm()
    found = queries.contribution(action, contribution_id)
    if not form.validate_on_submit():
        return _line_page(action, found, form), 400
    status, note, opened = ContributionStatus.of(form.status.data), form.note.data or "", form.opened.data
    try:
        contributions.set_contribution(db(), action, found, status=status, note=note, by=me(), now=now(), opened=opened)
    except InvalidValue as refused:
        place(form, refused, fallback="status")
        return _line_page(action, found, form), 400
    except ChangedMeanwhile:
        return _line_page(action, found, form, theirs(form, _line_form(found))), 409
    flash(f"{found.body.name}: {found.status.label.lower()}.", "success")
    return redirect(url_for("actions.show", reference=reference))


@blueprint.get("/actions/<reference>/contributions/<int:contribution_id>/contact")
@allow_any(OFFICERS)
def contact(reference: str, contribution_id: int) -> ResponseReturnValue:
    """Ask whom to ask at a body, and by when."""
    action = action_for(reference, Move.NOTE_BODY)
    found = queries.contribution(action, contribution_id)
    form = _contact_form(found)
    form.contact_email.data = form.contact_email.data or found.body.contact_email
    return _contact_page(action, found, form)


@blueprint.post("/actions/<reference>/contributions/<int:contribution_id>/contact")
@allow_any(OFFICERS)
@commits
def contact_now(reference: str, contribution_id: int) -> ResponseReturnValue:
    """Note whom to ask at a body; where somebody else has noted it meanwhile, show both and ask."""
    action, form = queries.action(db(), reference), ContactForm()
    found = queries.contribution(action, contribution_id)
    if not form.validate_on_submit():
        return _contact_page(action, found, form), 400
    try:
        contributions.set_contact(db(), action, found, form.wanted(), by=me(), now=now(), opened=form.opened.data)
    except InvalidValue as refused:
        place(form, refused, fallback="contact_name")
        return _contact_page(action, found, form), 400
    except ChangedMeanwhile:
        return _contact_page(action, found, form, theirs(form, _contact_form(found))), 409
    flash(f"Noted whom to ask at {found.body.name}.", "success")
    return redirect(url_for("actions.show", reference=reference))


def _line_form(found: Contribution) -> ContributionForm:
    present = Standing.of(found)
    return ContributionForm(formdata=None, data=asdict(present) | {"opened": as_opened(present)})


def _contact_form(found: Contribution) -> ContactForm:
    noted = Contact.of(found)
    known = {"contact_name": noted.name, "contact_email": noted.email, "due": noted.due}
    return ContactForm(formdata=None, data=known | {"opened": as_opened(noted)})


def _line_page(action: Action, found: Contribution, form: ContributionForm, meanwhile: Rows | None = None) -> str:
    """Offer "not waited for" to who may decide it."""
    if Move.WAIVE_BODY not in moves_for(me(), action):
        waived = ContributionStatus.NOT_WAITED_FOR.value
        form.status.choices = [one for one in form.status.choices if one.value != waived]
    return render_template("actions/line.html", action=action, line=found, form=form, meanwhile=meanwhile)


def _contact_page(action: Action, found: Contribution, form: ContactForm, meanwhile: Rows | None = None) -> str:
    return render_template("actions/contact.html", action=action, line=found, form=form, meanwhile=meanwhile)
