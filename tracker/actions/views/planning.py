"""The steps on the way, and whom to ask at a body."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import contributions, planning, queries
from tracker.actions.details_forms import ContactForm, StepForm
from tracker.actions.lifecycle import Move
from tracker.actions.views.blueprint import blueprint
from tracker.actions.views.pieces import action_for
from tracker.errors import InvalidValue
from tracker.models import Action, Contribution
from tracker.web.access import OFFICERS, allow_any
from tracker.web.commits import commits
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now


@blueprint.get("/actions/<reference>/steps")
@allow_any(OFFICERS)
def steps(reference: str) -> ResponseReturnValue:
    """Show the steps on the way, and ask for another."""
    action = action_for(reference, Move.PLAN)
    return render_template("actions/steps.html", action=action, form=StepForm(formdata=None))


@blueprint.post("/actions/<reference>/steps")
@allow_any(OFFICERS)
@commits
def add_step(reference: str) -> ResponseReturnValue:
    """Add a step."""
    action, form = queries.action(db(), reference), StepForm()
    due = form.due.data
    if not form.validate_on_submit() or due is None:
        return render_template("actions/steps.html", action=action, form=form), 400
    try:
        planning.add_step(db(), action, title=form.title.data, due=due, by=me(), now=now())
    except InvalidValue as refused:
        place(form, refused, fallback="title")
        return render_template("actions/steps.html", action=action, form=form), 400
    return redirect(url_for("actions.steps", reference=reference))


@blueprint.post("/actions/<reference>/steps/<int:step_id>/<any(done,open,remove):what>")
@allow_any(OFFICERS)
@commits
def step(reference: str, step_id: int, what: str) -> ResponseReturnValue:
    """Note that a step is done, or not after all, or take it out."""
    action = queries.action(db(), reference)
    found = queries.step(action, step_id)
    if what == "remove":
        planning.remove_step(db(), action, found, by=me(), now=now())
    else:
        planning.mark_step(db(), action, found, done=what == "done", by=me(), now=now())
    return redirect(url_for("actions.steps", reference=reference))


@blueprint.get("/actions/<reference>/contributions/<int:contribution_id>/contact")
@allow_any(OFFICERS)
def contact(reference: str, contribution_id: int) -> ResponseReturnValue:
    """Ask whom to ask at a body, and by when."""
    action = action_for(reference, Move.NOTE_BODY)
    line = queries.contribution(action, contribution_id)
    known = {"contact_name": line.contact_name, "contact_email": line.contact_email or line.body.contact_email}
    return _contact_page(action, line, ContactForm(data=known | {"due": line.due_date}))


@blueprint.post("/actions/<reference>/contributions/<int:contribution_id>/contact")
@allow_any(OFFICERS)
@commits
def contact_now(reference: str, contribution_id: int) -> ResponseReturnValue:
    """Note whom to ask at a body."""
    action, form = queries.action(db(), reference), ContactForm()
    line = queries.contribution(action, contribution_id)
    if not form.validate_on_submit():
        return _contact_page(action, line, form), 400
    asked = contributions.Contact(
        name=(form.contact_name.data or "").strip(), email=(form.contact_email.data or "").strip(), due=form.due.data
    )
    try:
        contributions.set_contact(db(), action, line, asked, by=me(), now=now())
    except InvalidValue as refused:
        place(form, refused, fallback="contact_name")
        return _contact_page(action, line, form), 400
    flash(f"Noted whom to ask at {line.body.name}.", "success")
    return redirect(url_for("actions.show", reference=reference))


def _contact_page(action: Action, line: Contribution, form: ContactForm) -> str:
    return render_template("actions/contact.html", action=action, line=line, form=form)
