"""The pages that hand over one action, or some or all of somebody's."""

from collections.abc import Collection
from dataclasses import asdict

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields import SelectChoice

from tracker.accounts import queries as people
from tracker.actions import handing_over, queries
from tracker.actions.forms import HandOverForm, HandOverManyForm
from tracker.actions.handing_over import Hands
from tracker.actions.lifecycle import Move
from tracker.actions.views.blueprint import blueprint
from tracker.actions.views.pieces import action_for
from tracker.errors import ChangedMeanwhile, InvalidValue
from tracker.models import Action, Person
from tracker.opened import as_opened
from tracker.web.access import PLANNERS, allow_any
from tracker.web.commits import commits
from tracker.web.fields import choices
from tracker.web.meanwhile import Rows, theirs
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now
from tracker.wording import plural


@blueprint.get("/actions/<reference>/hand-over")
@allow_any(PLANNERS)
def hand_over(reference: str) -> ResponseReturnValue:
    """Ask who takes the action on."""
    action = action_for(reference, Move.HAND_OVER)
    return _page(action, _form_of(action))


@blueprint.post("/actions/<reference>/hand-over")
@allow_any(PLANNERS)
@commits
def hand_over_now(reference: str) -> ResponseReturnValue:
    """Give the action another owner or lead; where it went to others meanwhile, show both and ask."""
    action = queries.action(db(), reference)
    form = _with_people(action, HandOverForm())
    if not form.validate_on_submit():
        return _page(action, form), 400
    owner, lead = people.person(db(), form.owner.data), people.person(db(), form.lead.data)
    try:
        handing_over.hand_over(
            db(), action, owner=owner, lead=lead, note=form.note.data, by=me(), now=now(), opened=form.opened.data
        )
    except InvalidValue as refused:
        place(form, refused, fallback="owner")
        return _page(action, form), 400
    except ChangedMeanwhile:
        return _page(action, form, theirs(form, _form_of(action, note=form.note.data))), 409
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
    form.giver.choices = choices([_named(row) for row in queries.owners(db())])
    form.taker.choices = _takers({action.post_id for action in _owned(form)})
    return form


def _owned(form: HandOverManyForm) -> list[Action]:
    """Return the open actions of whoever is chosen; none where nobody is."""
    chosen = form.giver.data in {choice.value for choice in form.giver.choices}
    return queries.owed_by(db(), people.person(db(), form.giver.data)) if chosen else []


def _takers(posts: Collection[int | None]) -> list[SelectChoice]:
    """Offer everybody who may own an action, whoever holds a post these actions belong to first, and say so."""
    owners = people.owners(db())
    holders = [(row.id, f"{row.name}, holds the post of {row.post.name}") for row in owners if row.post_id in posts]
    return choices([*holders, *(_named(row) for row in owners if row.post_id not in posts)])


def _named(person: Person) -> tuple[int, str]:
    return person.id, f"{person.name}, {person.post.name}"


def _many_page(form: HandOverManyForm, chosen: set[int] | None) -> str:
    """Show the form; with nothing chosen yet, everything is."""
    owned = _owned(form)
    if form.errors and not owned:  # the other fields are not shown yet
        form.taker.errors, form.note.errors = [], []
        form.giver.errors = ["Choose whose actions are handed over"]
    return render_template("actions/hand_over_many.html", form=form, owned=owned, chosen=chosen)


def _form_of(action: Action, note: str = "") -> HandOverForm:
    present = Hands.of(action)
    data = asdict(present) | {"note": note, "opened": as_opened(present)}
    return _with_people(action, HandOverForm(formdata=None, data=data))


def _with_people(action: Action, form: HandOverForm) -> HandOverForm:
    form.owner.choices = _takers({action.post_id})
    form.lead.choices = choices([_named(row) for row in people.leads(db())])
    return form


def _page(action: Action, form: HandOverForm, meanwhile: Rows | None = None) -> str:
    return render_template("actions/hand_over.html", action=action, form=form, meanwhile=meanwhile)
