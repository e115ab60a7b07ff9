"""Saying what has happened: an update, a claim, a request for more time or for a pause; and going on after one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import pausing, queries
from tracker.actions.forms import UpdateForm
from tracker.actions.lifecycle import Move
from tracker.actions.parts import moves_for
from tracker.actions.saying import say
from tracker.actions.views.blueprint import blueprint
from tracker.actions.views.pieces import action_for, standing_of
from tracker.errors import InvalidValue, MoveNotAllowed
from tracker.models import Action
from tracker.terms import OPEN_CONTRIBUTION
from tracker.web.access import OFFICERS, allow_any
from tracker.web.commits import commits
from tracker.web.wiring import db, me, now, wiring


@blueprint.get("/actions/<reference>/update")
@allow_any(OFFICERS)
def update(reference: str) -> ResponseReturnValue:
    """Ask what has happened."""
    action = action_for(reference, Move.UPDATE)
    return _update_page(action, UpdateForm(data={"what": request.args.get("what", "update")}))


@blueprint.post("/actions/<reference>/update")
@allow_any(OFFICERS)
@commits
def update_now(reference: str) -> ResponseReturnValue:
    """Write an update; or claim, or ask for more time or for a pause, where that was chosen."""
    action, form = queries.action(db(), reference), UpdateForm()
    if not form.validate_on_submit():
        return _update_page(action, form), 400
    try:
        said = say(
            db(),
            action,
            form.saying(),
            by=me(),
            now=now(),
            files=wiring().files,
            scanned=bool(wiring().settings.scanner),
        )
    except (InvalidValue, MoveNotAllowed) as refused:
        form.refuse(refused)
        return _update_page(action, form), 400
    flash(said, "success")
    return redirect(url_for("actions.show", reference=reference))


@blueprint.post("/actions/<reference>/resume")
@allow_any(OFFICERS)
@commits
def resume(reference: str) -> ResponseReturnValue:
    """Go on with a paused action."""
    pausing.resume(db(), queries.action(db(), reference), by=me(), now=now())
    flash(f"{reference} is in progress again.", "success")
    return redirect(url_for("actions.show", reference=reference))


def _update_page(action: Action, form: UpdateForm) -> str:
    form.offer(moves_for(me(), action))
    return render_template(
        "actions/update.html",
        action=action,
        form=form,
        standing=standing_of(action),
        open_lines=[line for line in action.contributions if line.status in OPEN_CONTRIBUTION],
    )
