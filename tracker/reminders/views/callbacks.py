"""What GOV.UK Notify tells us of a mail: it arrived, or came back. There only where the installation has set it up."""

import hmac

from flask import abort, request
from flask.typing import ResponseReturnValue

from tracker.models import work_for_all
from tracker.reminders.delivery.came_back import Notice, notified
from tracker.reminders.views.blueprint import blueprint
from tracker.web.access import open_to_everybody
from tracker.web.commits import commits
from tracker.web.wiring import db, now, wiring


@blueprint.post("/callbacks/notify")
@open_to_everybody
@commits
def notify() -> ResponseReturnValue:
    """Take what became of a mail. An id that is not ours is answered like one that is."""
    let_in_by(wiring().settings.notify_callback_token)
    told = request.get_json(silent=True)
    if not isinstance(told, dict):
        abort(400)
    words = {name: told.get(name) or "" for name in ("id", "reference", "status")}
    if not all(isinstance(word, str) for word in words.values()):
        abort(400)
    work_for_all(db())
    notified(db(), Notice(words["id"], words["reference"], words["status"]), now=now())
    return "", 204


notify.checks_token = True  # type: ignore[attr-defined]  # another machine has no form's token: see tracker.app


def let_in_by(token: str | None) -> None:
    """Let in another machine that shows the token: 404 where none is set, 401 for anything else."""
    if token is None:
        abort(404)
    shown = request.headers.get("Authorization", "")
    if not hmac.compare_digest(shown.encode(), f"Bearer {token}".encode()):
        abort(401)
