"""The pages of a second person: a claim, a request for more time, one for a pause, and looking again months later."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import decisions, evidence, extensions, holding, pausing, queries, services
from tracker.actions.deciding_forms import CheckForm, DecideForm
from tracker.actions.lifecycle import Move
from tracker.actions.parts import moves_for
from tracker.actions.views.blueprint import blueprint
from tracker.actions.views.pieces import attach, decides, same_as_opened
from tracker.errors import InvalidValue, MoveNotAllowed
from tracker.models import Claim, Extension, HoldingCheck, Pause
from tracker.terms import HoldingOutcome
from tracker.web.access import OFFICERS, PLANNERS, allow_any
from tracker.web.commits import commits
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now

Request = TypeVar("Request", Extension, Pause)


@blueprint.get("/actions/<reference>/check")
@allow_any(OFFICERS)
def check(reference: str) -> ResponseReturnValue:
    """Show a claim with what was asked, the success test and the proof on one page."""
    claim = _waiting_claim(reference)
    return _check_page(claim, CheckForm(data={"about": claim.id}))


@blueprint.post("/actions/<reference>/check")
@allow_any(OFFICERS)
@commits
def check_now(reference: str) -> ResponseReturnValue:
    """Accept a claim, or return it with a reason."""
    claim, form = _waiting_claim(reference), CheckForm()
    same_as_opened(form.about.data, claim.id)
    decides(claim.action, Move.ACCEPT, claim)
    if not form.validate_on_submit():
        return _check_page(claim, form), 400
    action = claim.action
    try:
        if form.agreed():
            services.accept(db(), claim, finding=form.finding.data, by=me(), now=now())
            flash(f"{reference} is completed and checked. It is looked at again in three and in six months.", "success")
        else:
            services.send_back(db(), claim, finding=form.finding.data, by=me(), now=now())
            flash(f"The claim on {reference} has been returned to {action.owner.name}.", "success")
        attach(action, evidence.Shown(claim=claim, by_checker=True))
    except InvalidValue as refused:
        place(form, refused, fallback="finding")
        return _check_page(claim, form), 400
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
    said = {
        True: f"More time for {reference} has been agreed.",
        False: f"More time for {reference} has been refused.",
    }
    return _decided(
        extension, Move.AGREE_MORE_TIME, form, decide_it=extensions.decide_extension, page=_decide_page, said=said
    )


@blueprint.get("/actions/<reference>/pause")
@allow_any(PLANNERS)
def pause(reference: str) -> ResponseReturnValue:
    """Show a request for a pause."""
    asked = _waiting_pause(reference)
    return _pause_page(asked, DecideForm(data={"about": asked.id}))


@blueprint.post("/actions/<reference>/pause")
@allow_any(PLANNERS)
@commits
def pause_now(reference: str) -> ResponseReturnValue:
    """Agree to a pause, or refuse it with a reason."""
    asked, form = _waiting_pause(reference), DecideForm()
    said = {True: f"{reference} is paused.", False: f"The pause of {reference} has been refused."}
    return _decided(asked, Move.REFUSE_PAUSE, form, decide_it=pausing.decide_pause, page=_pause_page, said=said)


@blueprint.get("/actions/<reference>/look-again")
@allow_any(OFFICERS)
def look_again(reference: str) -> ResponseReturnValue:
    """Ask whether what was found done months ago is still so."""
    waiting = _next_check(reference)
    return _look_again_page(waiting, CheckForm(data={"about": waiting.id}))


@blueprint.post("/actions/<reference>/look-again")
@allow_any(OFFICERS)
@commits
def look_again_now(reference: str) -> ResponseReturnValue:
    """Write what was found: still so, or not, and then the action is opened again."""
    waiting, form = _next_check(reference), CheckForm()
    same_as_opened(form.about.data, waiting.id)
    decides(waiting.action, Move.HOLD, decisions.claim(db(), waiting.claim_id))
    if not form.validate_on_submit():
        return _look_again_page(waiting, form), 400
    try:
        outcome = HoldingOutcome.HOLDING if form.agreed() else HoldingOutcome.NOT_HOLDING
        holding.look_again(db(), waiting, outcome=outcome, finding=form.finding.data, by=me(), now=now())
        attach(waiting.action, evidence.Shown(holding_check=waiting, by_checker=True))
    except InvalidValue as refused:
        place(form, refused, fallback="finding")
        return _look_again_page(waiting, form), 400
    still = outcome is HoldingOutcome.HOLDING
    flash(f"{reference} is holding." if still else f"{reference} is open again. Its original date stays.", "success")
    return redirect(url_for("first_page"))


def _decided(
    asked: Request,
    chosen: Move,
    form: DecideForm,
    *,
    decide_it: Callable[..., None],
    page: Callable[[Request, DecideForm], str],
    said: Mapping[bool, str],
) -> ResponseReturnValue:
    """Agree to a request or refuse it, by its own verb; show its page again where something is missing."""
    same_as_opened(form.about.data, asked.id)
    decides(asked.action, chosen, asked)
    if not form.validate_on_submit():
        return page(asked, form), 400
    try:
        agreed = form.agreed()
        decide_it(db(), asked, agreed=agreed, note=form.note.data or "", by=me(), now=now())
    except InvalidValue as refused:
        place(form, refused, fallback="note")
        return page(asked, form), 400
    flash(said[agreed], "success")
    return redirect(url_for("first_page"))


def _waiting_claim(reference: str) -> Claim:
    claim = decisions.waiting_claim(db(), queries.action(db(), reference))
    if claim is None:
        raise MoveNotAllowed("No claim is waiting for a check here: it may have been decided already.")
    return claim


def _waiting_extension(reference: str) -> Extension:
    extension = decisions.waiting_extension(db(), queries.action(db(), reference))
    if extension is None:
        raise MoveNotAllowed("No request for more time is waiting here: it may have been decided already.")
    return extension


def _waiting_pause(reference: str) -> Pause:
    asked = decisions.waiting_pause(db(), queries.action(db(), reference))
    if asked is None:
        raise MoveNotAllowed("No request for a pause is waiting here: it may have been decided already.")
    return asked


def _next_check(reference: str) -> HoldingCheck:
    checks = decisions.holding_checks_of(db(), queries.action(db(), reference))
    found = next((check for check in checks if check.outcome is HoldingOutcome.WAITING), None)
    if found is None:
        raise MoveNotAllowed("There is nothing to look at again here: it may have been done already.")
    return found


def _check_page(claim: Claim, form: CheckForm) -> str:
    return render_template(
        "actions/check.html",
        claim=claim,
        action=claim.action,
        form=form,
        evidence=queries.evidence_of_claims(db(), [claim.id]).get(claim.id, []),
        may=Move.ACCEPT in moves_for(me(), claim.action, claim),
    )


def _decide_page(extension: Extension, form: DecideForm) -> str:
    action = extension.action
    return render_template(
        "actions/decide.html",
        extension=extension,
        action=action,
        form=form,
        moved=queries.moved(db(), [action.id]).get(action.id, queries.Moved()),
        may=Move.AGREE_MORE_TIME in moves_for(me(), action, extension),
    )


def _pause_page(asked: Pause, form: DecideForm) -> str:
    may = Move.REFUSE_PAUSE in moves_for(me(), asked.action, asked)
    return render_template("actions/pause.html", pause=asked, action=asked.action, form=form, may=may)


def _look_again_page(waiting: HoldingCheck, form: CheckForm) -> str:
    action, upheld = waiting.action, decisions.claim(db(), waiting.claim_id)
    return render_template(
        "actions/look_again.html",
        check=waiting,
        action=action,
        claim=upheld,
        form=form,
        evidence=queries.evidence_of_claims(db(), [upheld.id]).get(upheld.id, []),
        may=Move.HOLD in moves_for(me(), action, upheld),
    )
