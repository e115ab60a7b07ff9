"""The chase ledgers: everything that was sent about an action, or to a person, and what became of it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from tracker.accounts import queries as accounts
from tracker.actions import queries as actions
from tracker.reminders import ledgers
from tracker.reminders.views.blueprint import MAY_SEE, blueprint
from tracker.web.access import READERS, allow_any
from tracker.web.wiring import db, me


@blueprint.get("/actions/<reference>/reminders")
@allow_any(READERS)
def of_action(reference: str) -> ResponseReturnValue:
    """Show everything that was sent about one action, to whom, and what became of it."""
    action = actions.action(db(), reference)
    lines = ledgers.reminders_of_action(db(), action.id) + ledgers.bodies_told_of_action(db(), action.id)
    return render_template(
        "reminders/ledger.html",
        action=action,
        lines=sorted(lines, key=lambda line: (line.at, line.message_id), reverse=True),
        may_read=me().role in MAY_SEE,
    )


@blueprint.get("/people/<int:person_id>/reminders")
@allow_any(MAY_SEE)
def of_person(person_id: int) -> ResponseReturnValue:
    """Show everything that was sent to one person, by which rule, and what became of it."""
    person = accounts.person(db(), person_id)
    mails = ledgers.mails_to(db(), person.id)
    return render_template("reminders/person.html", person=person, mails=mails, newest=ledgers.NEWEST)
