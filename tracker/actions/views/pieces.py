"""Pieces that several pages of one action share."""

from flask import request
from werkzeug.datastructures import FileStorage

from tracker.actions import evidence, queries
from tracker.actions.lifecycle import Move, allowed
from tracker.actions.parts import Asked, parts_of
from tracker.actions.presenting import Standing, standing
from tracker.errors import ChangedMeanwhile
from tracker.models import Action, Claim
from tracker.terms import Scan
from tracker.web.wiring import db, me, now, today, wiring


def standing_of(action: Action) -> Standing:
    """Say how one action stands today."""
    moved = queries.moved(db(), [action.id])
    returned = queries.returned_lately(db(), [action.id])
    return standing_with(action, moved.get(action.id, queries.Moved()), returned.get(action.id))


def standing_with(action: Action, moved: queries.Moved, returned: Claim | None) -> Standing:
    """Say the same where the page has its moves and claims in hand."""
    soon = me().council.due_soon_days
    return standing(action, today(), due_soon_days=soon, moved=moved, returned=returned)


def uploads() -> list[evidence.Upload]:
    """Return the files that came with the form."""
    sent: list[FileStorage] = [file for file in request.files.getlist("files") if file.filename]
    return [evidence.Upload(file.filename or "", file.read()) for file in sent]


def decides(action: Action, chosen: Move, asked: Asked) -> None:
    """Refuse at once a decision that is not this person's to make, whatever the form says."""
    allowed(chosen, now=action.delivery, parts=parts_of(me(), action, asked))


def attach(action: Action, shown: evidence.Shown) -> None:
    """Keep the files that came with the form; held until they are scanned, where a scanner is set up."""
    scan = Scan.WAITING if wiring().settings.scanner else Scan.NOT_SET_UP
    evidence.attach(db(), wiring().files, action, uploads(), by=me(), now=now(), shown=shown, scan=scan)


def same_as_opened(about: str | None, waiting_id: int) -> None:
    """Refuse a decision on what the person has not seen: another claim or request than the page showed."""
    if about and about != str(waiting_id):
        raise ChangedMeanwhile


def action_for(reference: str, chosen: Move) -> Action:
    """Return the action, where this person may do this to it now; refuse at once what the form would be refused."""
    action = queries.action(db(), reference)
    allowed(chosen, now=action.delivery, parts=parts_of(me(), action))
    return action
