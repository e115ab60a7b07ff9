"""Saying what has happened: an update, a claim, a request for more time or for a pause; and going on after one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import evidence, extensions, pausing, queries, services
from tracker.actions.forms import CLAIM, MORE_TIME, PAUSE, UpdateForm
from tracker.actions.lifecycle import Move
from tracker.actions.parts import moves_for
from tracker.actions.views.blueprint import blueprint
from tracker.actions.views.pieces import action_for, attach, standing_of
from tracker.errors import InvalidValue, MoveNotAllowed
from tracker.models import Action
from tracker.terms import OPEN_CONTRIBUTION
from tracker.web.access import OFFICERS, allow_any
from tracker.web.commits import commits
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now

CHOICES = {CLAIM: Move.CLAIM, MORE_TIME: Move.ASK_MORE_TIME, PAUSE: Move.ASK_PAUSE}


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
        said = _say(action, form)
    except (InvalidValue, MoveNotAllowed) as refused:
        if form.what.data == PAUSE and refused.field == "safeguard":
            refused.field = "pause_safeguard"  # each choice reveals a field of its own
        place(form, refused, fallback="text")
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


def _say(action: Action, form: UpdateForm) -> str:
    text, shown = form.text.data, evidence.Shown()
    if form.what.data == CLAIM:
        shown = evidence.Shown(claim=services.claim(db(), action, note=text, by=me(), now=now()))
        said = "Your claim has been sent. Somebody else now checks it; until then the action stays open."
    elif form.what.data == MORE_TIME and form.until.data:
        safeguard = form.safeguard.data or ""
        extensions.ask_for_more_time(
            db(), action, until=form.until.data, reason=text, safeguard=safeguard, by=me(), now=now()
        )
        said = "Your request has been sent to the lead. The original date stays."
    elif form.what.data == PAUSE and form.review.data:
        safeguard = form.pause_safeguard.data or ""
        pausing.ask_for_pause(
            db(), action, review=form.review.data, reason=text, safeguard=safeguard, by=me(), now=now()
        )
        said = "Your request has been sent to the lead. The clock runs on, and the original date stays."
    else:
        shown = evidence.Shown(update=services.write_update(db(), action, text=text, by=me(), now=now()))
        said = "Your update has been saved."
    if (form.link.data or "").strip():
        evidence.add_link(db(), action, form.link.data, by=me(), now=now(), shown=shown)
    attach(action, shown)
    return said


def _update_page(action: Action, form: UpdateForm) -> str:
    moves = moves_for(me(), action)
    form.what.choices = [one for one in form.what.choices if one.value not in CHOICES or CHOICES[one.value] in moves]
    return render_template(
        "actions/update.html",
        action=action,
        form=form,
        standing=standing_of(action),
        open_lines=[line for line in action.contributions if line.status in OPEN_CONTRIBUTION],
    )
