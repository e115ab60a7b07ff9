"""The page of one action, and the files that were added."""

from collections.abc import Sequence
from io import BytesIO

from flask import render_template, send_file
from flask.typing import ResponseReturnValue

from tracker import audit
from tracker.actions import decisions, queries
from tracker.actions.holding import EARLY_DAYS
from tracker.actions.lifecycle import Move, Part
from tracker.actions.outlook_queries import outlook_of
from tracker.actions.parts import Asked, moves_for, parts_of
from tracker.actions.views.blueprint import blueprint
from tracker.actions.views.pieces import standing_with
from tracker.errors import NotFound
from tracker.models import Action, Claim, Extension, HoldingCheck, Pause
from tracker.terms import Decision, HoldingOutcome, Scan
from tracker.web.access import READERS, allow_any
from tracker.web.headers import DOWNLOAD_POLICY
from tracker.web.wiring import db, me, today, wiring

DECISIONS = (
    (Claim, Move.ACCEPT, "Check this claim", "actions.check"),
    (Extension, Move.AGREE_MORE_TIME, "Decide on more time", "actions.decide"),
    (Pause, Move.REFUSE_PAUSE, "Decide on a pause", "actions.pause"),
)
AROUND = 400  # characters of the report shown before and after an action's own words


@blueprint.get("/actions/<reference>")
@allow_any(READERS)
def show(reference: str) -> ResponseReturnValue:
    """Show one action: where it stands and what to do next first, then the words, dates, updates and history."""
    action = queries.action(db(), reference)
    claims, extensions = queries.claims_of(db(), action), queries.extensions_of(db(), action)
    pauses = decisions.pauses_of(db(), action)
    everything: list[Asked] = [*claims, *extensions, *pauses]
    waiting = [asked for asked in everything if asked.outcome is Decision.WAITING]
    stands = (pause for pause in pauses if pause.outcome is Decision.AGREED and pause.ended_at is None)
    parts = parts_of(me(), action)
    checks = decisions.holding_checks_of(db(), action)
    moved, returned = queries.moved_by(extensions), queries.returned_of(reversed(claims))
    return render_template(
        "actions/show.html",
        action=action,
        standing=standing_with(action, moved, returned.get(action.id)),
        outlook=outlook_of(action, moved, today()),
        moves=moves_for(me(), action),
        is_owner=Part.OWNER in parts,
        decisions=_to_decide(action, waiting, checks),
        waiting=[(asked, moves_for(me(), action, asked)) for asked in waiting],
        pause=next(stands, None),
        checks=checks,
        passage=queries.passage(db(), action.point, AROUND),
        updates=queries.updates_of(db(), action),
        claims=claims,
        extensions=extensions,
        pauses=pauses,
        evidence=queries.evidence_of(db(), action),
        history=audit.history_of(db(), ("action", action.id)),
    )


@blueprint.get("/evidence/<int:evidence_id>")
@allow_any(READERS)
def evidence_file(evidence_id: int) -> ResponseReturnValue:
    """Give a file that somebody added, to be saved, never to be run by the browser.

    One that a scanner has not passed is not given out.
    """
    row = queries.evidence(db(), evidence_id)
    if row.file_key is None:
        raise NotFound("This is a link, not a file. Open it from the action's page.")
    if row.scan in (Scan.WAITING, Scan.REFUSED):
        raise NotFound(f"{row.scan.label}. Ask whoever added it to send you another copy.")
    data = wiring().files.read(row.file_key)
    response = send_file(BytesIO(data), mimetype=row.media_type, as_attachment=True, download_name=row.filename)
    response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    return response


def _to_decide(action: Action, waiting: Sequence[Asked], checks: Sequence[HoldingCheck]) -> list[tuple[str, str]]:
    """Return what this person may decide here now: the words of the button and where it leads."""
    offered = [
        (words, endpoint)
        for asked in waiting
        for kind, chosen, words, endpoint in DECISIONS
        if isinstance(asked, kind) and chosen in moves_for(me(), action, asked)
    ]
    waits = next((check for check in checks if check.outcome is HoldingOutcome.WAITING), None)
    soon = waits is not None and (waits.due_date - today()).days <= EARLY_DAYS
    if soon and Move.HOLD in moves_for(me(), action):
        offered.append(("Look again: is it still so?", "actions.look_again"))
    return offered
