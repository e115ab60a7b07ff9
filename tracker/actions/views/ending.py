"""Closing an action that was not completed, and opening one again."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import queries, services
from tracker.actions.deciding_forms import CloseForm, ReasonForm
from tracker.actions.lifecycle import Move
from tracker.actions.views.blueprint import blueprint
from tracker.actions.views.pieces import action_for
from tracker.errors import InvalidValue, NotFound
from tracker.models import Action
from tracker.terms import CloseReason
from tracker.web.access import PLANNERS, allow_any
from tracker.web.commits import commits
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now


@blueprint.get("/actions/<reference>/close")
@allow_any(PLANNERS)
def close(reference: str) -> ResponseReturnValue:
    """Ask why an action is closed although it was not completed."""
    return _page(action_for(reference, Move.CLOSE), CloseForm(), Move.CLOSE)


@blueprint.post("/actions/<reference>/close")
@allow_any(PLANNERS)
@commits
def close_now(reference: str) -> ResponseReturnValue:
    """Close an action that was not completed."""
    action, form = queries.action(db(), reference), CloseForm()
    if not form.validate_on_submit():
        return _page(action, form, Move.CLOSE), 400
    try:
        code = CloseReason.of(form.code.data)
        successor = _successor(form.successor.data or "") if code is CloseReason.SUPERSEDED else None
        services.close(db(), action, code=code, reason=form.reason.data, successor=successor, by=me(), now=now())
    except InvalidValue as refused:
        place(form, refused, fallback="reason")
        return _page(action, form, Move.CLOSE), 400
    flash(f"{reference} is closed, not completed.", "success")
    return redirect(url_for("actions.show", reference=reference))


@blueprint.get("/actions/<reference>/reopen")
@allow_any(PLANNERS)
def reopen(reference: str) -> ResponseReturnValue:
    """Ask why a closed action is opened again."""
    return _page(action_for(reference, Move.REOPEN), ReasonForm(), Move.REOPEN)


@blueprint.post("/actions/<reference>/reopen")
@allow_any(PLANNERS)
@commits
def reopen_now(reference: str) -> ResponseReturnValue:
    """Open a closed action again."""
    action, form = queries.action(db(), reference), ReasonForm()
    if not form.validate_on_submit():
        return _page(action, form, Move.REOPEN), 400
    services.reopen(db(), action, reason=form.reason.data, by=me(), now=now())
    flash(f"{reference} is open again. Its original date stays.", "success")
    return redirect(url_for("actions.show", reference=reference))


def _successor(reference: str) -> Action | None:
    try:
        return queries.action(db(), reference.strip()) if reference.strip() else None
    except NotFound:
        raise InvalidValue("There is no action with this reference.", field="successor") from None


def _page(action: Action, form: ReasonForm, chosen: Move) -> str:
    return render_template("actions/reason.html", action=action, form=form, move=chosen)
