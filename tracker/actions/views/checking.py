"""Checking claims and deciding requests for more time."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import extensions, queries, services
from tracker.actions.forms import ACCEPT, CheckForm, DecideForm
from tracker.actions.views.blueprint import blueprint
from tracker.errors import ChangedMeanwhile, InvalidValue, MoveNotAllowed
from tracker.models import Claim, Extension
from tracker.web.access import PLANNERS, allow_any
from tracker.web.commits import commits
from tracker.web.wiring import db, me, now


@blueprint.get("/actions/<reference>/check")
@allow_any(PLANNERS)
def check(reference: str) -> ResponseReturnValue:
    """Show a claim with what was asked and the proof on one page."""
    claim = _waiting_claim(reference)
    return _check_page(claim, CheckForm(data={"about": claim.id}))


@blueprint.post("/actions/<reference>/check")
@allow_any(PLANNERS)
@commits
def check_now(reference: str) -> ResponseReturnValue:
    """Accept a claim, or return it with a reason."""
    claim, form = _waiting_claim(reference), CheckForm()
    _same_as_opened(form, claim)
    if not form.validate_on_submit():
        return _check_page(claim, form), 400
    if form.decision.data == ACCEPT:
        services.accept(db(), claim, finding=form.finding.data, by=me(), now=now())
        flash(f"{reference} is completed and checked.", "success")
    else:
        services.send_back(db(), claim, finding=form.finding.data, by=me(), now=now())
        flash(f"The claim on {reference} has been returned to {claim.action.owner.name}.", "success")
    return redirect(url_for("first_page"))


@blueprint.get("/actions/<reference>/decide")
@allow_any(PLANNERS)
def decide(reference: str) -> ResponseReturnValue:
    """Show a request for more time with how often the date was moved before."""
    extension = _waiting_extension(reference)
    return _decide_page(extension, DecideForm(data={"about": extension.id}))


@blueprint.post("/actions/<reference>/decide")
@allow_any(PLANNERS)
@commits
def decide_now(reference: str) -> ResponseReturnValue:
    """Agree to a later date, or refuse it with a reason."""
    extension, form = _waiting_extension(reference), DecideForm()
    _same_as_opened(form, extension)
    if not form.validate_on_submit():
        return _decide_page(extension, form), 400
    agreed = form.decision.data == ACCEPT
    try:
        extensions.decide_extension(db(), extension, agreed=agreed, note=form.note.data or "", by=me(), now=now())
    except InvalidValue as refused:
        form.note.errors = [refused.sentence]
        return _decide_page(extension, form), 400
    flash(f"More time for {reference} has been {'agreed' if agreed else 'refused'}.", "success")
    return redirect(url_for("first_page"))


def _same_as_opened(form: CheckForm | DecideForm, waiting: Claim | Extension) -> None:
    """Refuse a decision on what the person has not seen: another claim or request than the page showed."""
    if form.about.data and form.about.data != str(waiting.id):
        raise ChangedMeanwhile


def _waiting_claim(reference: str) -> Claim:
    claim = queries.waiting_claim(db(), queries.action(db(), reference))
    if claim is None:
        raise MoveNotAllowed("No claim is waiting for a check here: it may have been decided already.")
    return claim


def _waiting_extension(reference: str) -> Extension:
    extension = queries.waiting_extension(db(), queries.action(db(), reference))
    if extension is None:
        raise MoveNotAllowed("No request for more time is waiting here: it may have been decided already.")
    return extension


def _check_page(claim: Claim, form: CheckForm) -> str:
    return render_template(
        "actions/check.html",
        claim=claim,
        action=claim.action,
        form=form,
        evidence=queries.evidence_of_claims(db(), [claim.id]).get(claim.id, []),
        own=me().id in (claim.claimed_by_id, claim.action.owner_id),
    )


def _decide_page(extension: Extension, form: DecideForm) -> str:
    action = extension.action
    moved = queries.moved(db(), [action.id]).get(action.id, queries.Moved())
    own = me().id in (extension.asked_by_id, action.owner_id)
    return render_template("actions/decide.html", extension=extension, action=action, form=form, moved=moved, own=own)
