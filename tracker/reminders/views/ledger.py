"""The chase ledger: everything that was sent about an action, to whom, and what became of it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.reminders import queries
from tracker.reminders.views.blueprint import MAY_SEE, blueprint
from tracker.web.access import READERS, allow_any
from tracker.web.wiring import db, me


@blueprint.get("/actions/<reference>/reminders")
@allow_any(READERS)
def of_action(reference: str) -> ResponseReturnValue:
    """Show everything that was sent about one action, to whom, and what became of it."""
    action = actions.action(db(), reference)
    return render_template(
        "reminders/ledger.html",
        action=action,
        lines=queries.reminders_of_action(db(), action.id),
        may_read=me().role in MAY_SEE,
    )
