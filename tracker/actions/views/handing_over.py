"""The pages that hand over one action, or some or all of somebody's."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import queries as people
from tracker.actions import handing_over, queries
from tracker.actions.forms import HandOverForm, HandOverManyForm
from tracker.actions.lifecycle import Move
from tracker.actions.views.blueprint import blueprint
from tracker.actions.views.pieces import action_for
from tracker.errors import ChangedMeanwhile, InvalidValue
from tracker.models import Action
from tracker.web.access import PLANNERS, allow_any
from tracker.web.commits import commits
from tracker.web.fields import choices
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now
from tracker.wording import plural


@blueprint.get("/actions/<reference>/hand-over")
@allow_any(PLANNERS)
def hand_over(reference: str) -> ResponseReturnValue:
    """Ask who takes the action on."""
    action = action_for(reference, Move.HAND_OVER)
    present = {"owner": action.owner_id, "lead": action.lead_id, "opened": _opened(action)}
    return _page(action, _with_people(HandOverForm(data=present)))


@blueprint.post("/actions/<reference>/hand-over")
@allow_any(PLANNERS)
@commits
def hand_over_now(reference: str) -> ResponseReturnValue:
    """Give the action another owner or lead."""
    action, form = queries.action(db(), reference), _with_people(HandOverForm())
    if form.opened.data and form.opened.data != _opened(action):
        raise ChangedMeanwhile
    if not form.validate_on_submit():
        return _page(action, form), 400
    owner, lead = people.person(db(), form.owner.data), people.person(db(), form.lead.data)
    try:
        handing_over.hand_over(db(), action, owner=owner, lead=lead, note=form.note.data, by=me(), now=now())
    except InvalidValue as refused:
        place(form, refused, fallback="owner")
        return _page(action, form), 400
    flash(f"{owner.name} now owns {reference}, and {lead.name} leads.", "success")
    return redirect(url_for("actions.show", reference=reference))


@blueprint.get("/hand-over")
@allow_any(PLANNERS)
def hand_over_many() -> ResponseReturnValue:
    """Show somebody's open actions, all chosen, and ask who takes them on."""
    form = _people_of(HandOverManyForm(formdata=None, data={"giver": request.args.get("giver", type=int)}))
    return _many_page(form, chosen=None)


@blueprint.post("/hand-over")
@allow_any(PLANNERS)
@commits
def hand_over_many_now() -> ResponseReturnValue:
    """Hand over every action that was chosen, or none of them."""
    form = _people_of(HandOverManyForm())
    chosen = set(request.form.getlist("actions", type=int))
    if not form.validate_on_submit():
        return _many_page(form, chosen), 400
    giver, taker = people.person(db(), form.giver.data), people.person(db(), form.taker.data)
    try:
        handed = handing_over.hand_over_many(db(), giver, chosen, to=taker, note=form.note.data, by=me(), now=now())
    except InvalidValue as refused:
        place(form, refused, fallback="taker")
        return _many_page(form, chosen), 400
    flash(f"{taker.name} now owns {plural(handed, 'action')} that {giver.name} had.", "success")
    return redirect(url_for("first_page"))


def _people_of(form: HandOverManyForm) -> HandOverManyForm:
    form.giver.choices = choices([(row.id, f"{row.name}, {row.post.name}") for row in queries.owners(db())])
    form.taker.choices = choices([(row.id, f"{row.name}, {row.post.name}") for row in people.owners(db())])
    return form


def _many_page(form: HandOverManyForm, chosen: set[int] | None) -> str:
    """Show the form; with nothing chosen yet, everything is."""
    giver = form.giver.data
    owned = (
        queries.owed_by(db(), people.person(db(), giver))
        if giver in {choice.value for choice in form.giver.choices}
        else []
    )
    if form.errors and not owned:  # the other fields are not shown yet
        form.taker.errors, form.note.errors = [], []
        form.giver.errors = ["Choose whose actions are handed over"]
    return render_template("actions/hand_over_many.html", form=form, owned=owned, chosen=chosen)


def _opened(action: Action) -> str:
    """Say who has it now: two who hand it over at once must not undo each other."""
    return f"{action.owner_id} {action.lead_id}"


def _with_people(form: HandOverForm) -> HandOverForm:
    form.owner.choices = choices([(row.id, f"{row.name}, {row.post.name}") for row in people.owners(db())])
    form.lead.choices = choices([(row.id, f"{row.name}, {row.post.name}") for row in people.leads(db())])
    return form


def _page(action: Action, form: HandOverForm) -> str:
    return render_template("actions/hand_over.html", action=action, form=form)
