"""The page that hands an action over."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import queries as people
from tracker.actions import handing_over, queries
from tracker.actions.forms import HandOverForm
from tracker.actions.views.blueprint import blueprint
from tracker.errors import InvalidValue
from tracker.models import Action
from tracker.web.access import PLANNERS, allow_any
from tracker.web.commits import commits
from tracker.web.fields import choices
from tracker.web.wiring import db, me, now


@blueprint.get("/actions/<reference>/hand-over")
@allow_any(PLANNERS)
def hand_over(reference: str) -> ResponseReturnValue:
    """Ask who takes the action on."""
    action = queries.action(db(), reference)
    return _page(action, _with_people(HandOverForm(data={"owner": action.owner_id, "lead": action.lead_id})))


@blueprint.post("/actions/<reference>/hand-over")
@allow_any(PLANNERS)
@commits
def hand_over_now(reference: str) -> ResponseReturnValue:
    """Give the action another owner or lead."""
    action, form = queries.action(db(), reference), _with_people(HandOverForm())
    if not form.validate_on_submit():
        return _page(action, form), 400
    owner, lead = people.person(db(), form.owner.data), people.person(db(), form.lead.data)
    try:
        handing_over.hand_over(db(), action, owner=owner, lead=lead, note=form.note.data, by=me(), now=now())
    except InvalidValue as refused:
        form.owner.errors = [refused.sentence]
        return _page(action, form), 400
    flash(f"{owner.name} now owns {reference}, and {lead.name} leads.", "success")
    return redirect(url_for("actions.show", reference=reference))


def _with_people(form: HandOverForm) -> HandOverForm:
    form.owner.choices = choices([(row.id, f"{row.name}, {row.post}") for row in people.owners(db())])
    form.lead.choices = choices([(row.id, f"{row.name}, {row.post}") for row in people.leads(db())])
    return form


def _page(action: Action, form: HandOverForm) -> str:
    return render_template("actions/hand_over.html", action=action, form=form)
