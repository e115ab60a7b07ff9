"""The steps on the way."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import planning, queries
from tracker.actions.details_forms import StepForm
from tracker.actions.lifecycle import Move
from tracker.actions.views.blueprint import blueprint
from tracker.actions.views.pieces import action_for
from tracker.errors import InvalidValue
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
