"""What an action is filed under, its response and its outlook."""

from dataclasses import asdict

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import queries as people
from tracker.actions import details, outlooks, queries, responding
from tracker.actions.deciding_forms import OutlookForm, RespondForm
from tracker.actions.details import Details
from tracker.actions.details_forms import NONE, DetailsForm
from tracker.actions.lifecycle import Move
from tracker.actions.outlook_queries import outlooks as computed
from tracker.actions.parts import moves_for
from tracker.actions.responding import Answer
from tracker.actions.views.blueprint import blueprint
from tracker.actions.views.pieces import action_for
from tracker.errors import ChangedMeanwhile, InvalidValue
from tracker.models import Action
from tracker.opened import as_opened
from tracker.terms import CategoryKind, Outlook, Response
from tracker.web.access import OFFICERS, PLANNERS, allow_any
from tracker.web.commits import commits
from tracker.web.fields import choices
from tracker.web.meanwhile import Rows, theirs
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now, today


@blueprint.get("/actions/<reference>/details")
@allow_any(PLANNERS)
def change_details(reference: str) -> ResponseReturnValue:
    """Ask for what may be changed of an action at any time."""
    action = action_for(reference, Move.CHANGE_DETAILS)
    return _details_page(action, _details_form(action))


@blueprint.post("/actions/<reference>/details")
@allow_any(PLANNERS)
@commits
def change_details_now(reference: str) -> ResponseReturnValue:
    """Change the details; where somebody else has changed them meanwhile, show both and ask."""
    action, form = queries.action(db(), reference), _with_lists(DetailsForm())
    if not form.validate_on_submit():
        return _details_page(action, form), 400
    try:
        changed = details.change_details(
            db(), action, wanted=form.wanted(), opened=form.opened.data, by=me(), now=now()
        )
    except InvalidValue as refused:
        place(form, refused, fallback="title")
        return _details_page(action, form), 400
    except ChangedMeanwhile:
        return _details_page(action, form, theirs(form, _details_form(action))), 409
    flash(f"Changed: {', '.join(changed)}." if changed else "Nothing was changed.", "success" if changed else "message")
    return redirect(url_for("actions.show", reference=reference))


@blueprint.get("/actions/<reference>/response")
@allow_any(PLANNERS)
def respond(reference: str) -> ResponseReturnValue:
    """Ask whether the council accepts what the report asks for."""
    action = action_for(reference, Move.RESPOND)
    return _respond_page(action, _respond_form(action))


@blueprint.post("/actions/<reference>/response")
@allow_any(PLANNERS)
@commits
def respond_now(reference: str) -> ResponseReturnValue:
    """Give the response; where somebody else has given one meanwhile, show both and ask.

    Not accepted closes the action, which only a director may.
    """
    action, form = queries.action(db(), reference), RespondForm()
    if not form.validate_on_submit():
        return _respond_page(action, form), 400
    try:
        response, reason = Response.of(form.response.data), form.reason.data or ""
        opened = form.opened.data
        responding.respond(db(), action, response=response, reason=reason, by=me(), now=now(), opened=opened)
    except InvalidValue as refused:
        place(form, refused, fallback="response")
        return _respond_page(action, form), 400
    except ChangedMeanwhile:
        return _respond_page(action, form, theirs(form, _respond_form(action))), 409
    flash(f"The response is: {response.label.lower()}.", "success")
    return redirect(url_for("actions.show", reference=reference))


@blueprint.get("/actions/<reference>/outlook")
@allow_any(OFFICERS)
def judge(reference: str) -> ResponseReturnValue:
    """Ask for somebody's own judgement of the outlook, beside the computed one."""
    return _outlook_page(action_for(reference, Move.JUDGE_OUTLOOK), OutlookForm())


@blueprint.post("/actions/<reference>/outlook")
@allow_any(OFFICERS)
@commits
def judge_now(reference: str) -> ResponseReturnValue:
    """Note somebody's own judgement of the outlook, until the next update."""
    action, form = queries.action(db(), reference), OutlookForm()
    if not form.validate_on_submit():
        return _outlook_page(action, form), 400
    judged = Outlook.of(form.outlook.data)
    outlooks.judge(db(), action, outlook=judged, reason=form.reason.data, by=me(), now=now())
    flash(f"Judged: {judged.label.lower()}, until the next update.", "success")
    return redirect(url_for("actions.show", reference=reference))


def _details_form(action: Action) -> DetailsForm:
    present = Details.of(action)
    given = {name: value or NONE if name.endswith("_id") else value for name, value in asdict(present).items()}
    return _with_lists(DetailsForm(formdata=None, data=given | {"opened": as_opened(present)}))


def _with_lists(form: DetailsForm) -> DetailsForm:
    none = (NONE, "None")
    form.service_id.choices = choices([none, *((row.id, row.name) for row in people.services(db()))])
    for field, kind in ((form.theme_id, CategoryKind.THEME), (form.outcome_area_id, CategoryKind.OUTCOME_AREA)):
        field.choices = choices([none, *((row.id, row.name) for row in people.categories(db(), kind))])
    form.checker_id.choices = choices([(NONE, "Any lead"), *((row.id, row.name) for row in people.owners(db()))])
    return form


def _respond_form(action: Action) -> RespondForm:
    present = Answer.of(action)
    return RespondForm(formdata=None, data=asdict(present) | {"opened": as_opened(present)})


def _details_page(action: Action, form: DetailsForm, meanwhile: Rows | None = None) -> str:
    return render_template("actions/details.html", action=action, form=form, meanwhile=meanwhile)


def _respond_page(action: Action, form: RespondForm, meanwhile: Rows | None = None) -> str:
    """Offer "not accepted" to who may close the action: that is what it does."""
    if Move.CLOSE not in moves_for(me(), action):
        form.response.choices = [one for one in form.response.choices if one.value != Response.NOT_ACCEPTED.value]
    return render_template("actions/respond.html", action=action, form=form, meanwhile=meanwhile)


def _outlook_page(action: Action, form: OutlookForm) -> str:
    judged = computed(db(), [action], today()).get(action.id)
    return render_template("actions/outlook.html", action=action, form=form, computed=judged)
