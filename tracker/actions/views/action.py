"""The page of one action, and saying what has happened to it."""

from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from tracker import audit
from tracker.actions import contributions, evidence, extensions, queries, services
from tracker.actions.forms import CLAIM, MORE_TIME, ContributionForm, ReasonForm, UpdateForm
from tracker.actions.lifecycle import Move, Part, move
from tracker.actions.parts import moves_for, parts_of
from tracker.actions.presenting import Standing, standing
from tracker.actions.views.blueprint import blueprint
from tracker.errors import InvalidValue, MoveNotAllowed, NotAllowed
from tracker.models import Action, Contribution
from tracker.reports.queries import source
from tracker.terms import OPEN_DELIVERY, ContributionStatus
from tracker.web.access import OFFICERS, PLANNERS, READERS, allow_any
from tracker.web.commits import commits
from tracker.web.headers import DOWNLOAD_POLICY
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now, today, wiring

AROUND = 400  # characters of the report shown before and after an action's own words


@blueprint.get("/actions/<reference>")
@allow_any(READERS)
def show(reference: str) -> ResponseReturnValue:
    """Show one action: where it stands and what to do next first, then the words, dates, updates and history."""
    action = queries.action(db(), reference)
    waiting = queries.waiting_claim(db(), action)
    parts = parts_of(me(), action, waiting)
    report_source = source(db(), action.report)
    start, end = action.point.start, action.point.end
    return render_template(
        "actions/show.html",
        action=action,
        standing=_standing(action),
        moves=moves_for(me(), action, waiting),
        may_update=action.delivery in OPEN_DELIVERY and bool(parts & {Part.OWNER, Part.LEAD}),
        may_hand_over=Part.LEAD in parts and action.delivery in OPEN_DELIVERY and me().role in PLANNERS,
        may_decide=Part.LEAD in parts and not parts & {Part.OWNER, Part.CLAIMANT},
        waiting=waiting,
        asked=queries.waiting_extension(db(), action),
        passage=_passage(report_source.text, start, end) if start is not None and end is not None else None,
        updates=queries.updates_of(db(), action),
        claims=queries.claims_of(db(), action),
        extensions=queries.extensions_of(db(), action),
        evidence=queries.evidence_of(db(), action),
        history=audit.history_of(db(), ("action", action.id)),
        statuses=list(ContributionStatus),
    )


@blueprint.get("/actions/<reference>/update")
@allow_any(OFFICERS)
def update(reference: str) -> ResponseReturnValue:
    """Ask what has happened."""
    action = queries.action(db(), reference)
    _may_update(action)
    return _update_page(action, UpdateForm(data={"what": request.args.get("what", "update")}))


@blueprint.post("/actions/<reference>/update")
@allow_any(OFFICERS)
@commits
def update_now(reference: str) -> ResponseReturnValue:
    """Write an update; or claim, or ask for more time, where that was chosen."""
    action, form = queries.action(db(), reference), UpdateForm()
    if not form.validate_on_submit():
        return _update_page(action, form), 400
    try:
        said = _say(action, form)
    except (InvalidValue, MoveNotAllowed) as refused:
        place(form, refused, fallback="text")
        return _update_page(action, form), 400
    flash(said, "success")
    return redirect(url_for("actions.show", reference=reference))


@blueprint.post("/actions/<reference>/contributions/<int:contribution_id>")
@allow_any(OFFICERS)
@commits
def contribution(reference: str, contribution_id: int) -> ResponseReturnValue:
    """Note where one body's line stands."""
    action, form = queries.action(db(), reference), ContributionForm()
    line = queries.contribution(action, contribution_id)
    if not form.validate_on_submit():
        raise InvalidValue("Choose where it is from the list.")
    contributions.set_contribution(
        db(),
        action,
        line,
        status=ContributionStatus.of(form.status.data),
        note=form.note.data or "",
        by=me(),
        now=now(),
    )
    flash(f"{line.body.name}: {line.status.label.lower()}.", "success")
    return redirect(url_for("actions.show", reference=reference))


@blueprint.get("/actions/<reference>/close")
@allow_any(PLANNERS)
def close(reference: str) -> ResponseReturnValue:
    """Ask why an action is closed although it was not completed."""
    return _reason_page(queries.action(db(), reference), ReasonForm(), Move.CLOSE)


@blueprint.post("/actions/<reference>/close")
@allow_any(PLANNERS)
@commits
def close_now(reference: str) -> ResponseReturnValue:
    """Close an action that was not completed."""
    action, form = queries.action(db(), reference), ReasonForm()
    if not form.validate_on_submit():
        return _reason_page(action, form, Move.CLOSE), 400
    services.close(db(), action, reason=form.reason.data, by=me(), now=now())
    flash(f"{reference} is closed, not completed.", "success")
    return redirect(url_for("actions.show", reference=reference))


@blueprint.get("/actions/<reference>/reopen")
@allow_any(PLANNERS)
def reopen(reference: str) -> ResponseReturnValue:
    """Ask why a closed action is opened again."""
    return _reason_page(queries.action(db(), reference), ReasonForm(), Move.REOPEN)


@blueprint.post("/actions/<reference>/reopen")
@allow_any(PLANNERS)
@commits
def reopen_now(reference: str) -> ResponseReturnValue:
    """Open a closed action again."""
    action, form = queries.action(db(), reference), ReasonForm()
    if not form.validate_on_submit():
        return _reason_page(action, form, Move.REOPEN), 400
    services.reopen(db(), action, reason=form.reason.data, by=me(), now=now())
    flash(f"{reference} is open again. Its original date stays.", "success")
    return redirect(url_for("actions.show", reference=reference))


@blueprint.get("/evidence/<int:evidence_id>")
@allow_any(READERS)
def evidence_file(evidence_id: int) -> ResponseReturnValue:
    """Give a file that somebody added, to be saved, never to be run by the browser."""
    row = queries.evidence(db(), evidence_id)
    data = wiring().files.read(row.file_key)
    response = send_file(BytesIO(data), mimetype=row.media_type, as_attachment=True, download_name=row.filename)
    response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    return response


def _say(action: Action, form: UpdateForm) -> str:
    text, written, claimed = form.text.data, None, None
    if form.what.data == CLAIM:
        claimed = services.claim(db(), action, note=text, reason=form.reason.data or "", by=me(), now=now())
        said = "Your claim has been sent. Somebody else now checks it; until then the action stays open."
    elif form.what.data == MORE_TIME and form.until.data:
        extensions.ask_for_more_time(
            db(), action, until=form.until.data, reason=text, safeguard=form.safeguard.data or "", by=me(), now=now()
        )
        said = "Your request has been sent to the lead. The original date stays."
    else:
        written = services.write_update(db(), action, text=text, by=me(), now=now())
        said = "Your update has been saved."
    evidence.attach(db(), wiring().files, action, _uploads(), by=me(), now=now(), update=written, claimed=claimed)
    return said


def _uploads() -> list[evidence.Upload]:
    sent = [file for file in request.files.getlist("files") if file.filename]
    return [evidence.Upload(file.filename or "", file.read()) for file in sent]


def _may_update(action: Action) -> None:
    """Refuse at once, in the same words, what sending the form would be refused."""
    if not parts_of(me(), action) & {Part.OWNER, Part.LEAD}:
        raise NotAllowed("Only the owner and the leads may write updates to this action.")
    if action.delivery not in OPEN_DELIVERY:
        raise MoveNotAllowed(f"This action is not open: it stands at “{action.delivery.label}”.")


def _open_lines(action: Action) -> list[Contribution]:
    return [line for line in action.contributions if line.status is not ContributionStatus.DONE]


def _standing(action: Action) -> Standing:
    moved = queries.moved(db(), [action.id])
    returned = queries.returned_lately(db(), [action.id])
    return standing(
        action,
        today(),
        due_soon_days=me().council.due_soon_days,
        moved=moved.get(action.id, queries.Moved()),
        returned=returned.get(action.id),
    )


def _passage(text: str, start: int, end: int) -> tuple[str, str, str]:
    return text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND]


def _update_page(action: Action, form: UpdateForm) -> str:
    return render_template(
        "actions/update.html",
        action=action,
        form=form,
        standing=_standing(action),
        may_claim=Move.CLAIM in moves_for(me(), action, None),
        is_owner=Part.OWNER in parts_of(me(), action),
        open_lines=_open_lines(action),
    )


def _reason_page(action: Action, form: ReasonForm, chosen: Move) -> str:
    """Ask for the reason of a move, where this person could make it once it is given."""
    move(chosen, now=action.delivery, parts=parts_of(me(), action), given={"reason": "the one asked for here"})
    return render_template("actions/reason.html", action=action, form=form, move=chosen)
