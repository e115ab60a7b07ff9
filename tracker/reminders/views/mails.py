"""Tomorrow's mails, what was sent and what failed, and in the demonstration every mail."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from tracker.errors import NotFound
from tracker.models import work_for_all
from tracker.reminders import queries
from tracker.reminders.views.blueprint import MAY_SEE, blueprint
from tracker.terms import MessageStatus
from tracker.web.access import allow_any, open_to_everybody
from tracker.web.wiring import db, me, now, today, wiring


@blueprint.get("/reminders")
@allow_any(MAY_SEE)
def index() -> ResponseReturnValue:
    """Show what will be sent next, what failed, and the mail log."""
    day = queries.next_mail_day(db(), me().council, after=today())
    return render_template(
        "reminders/index.html",
        day=day,
        planned=queries.preview(db(), me().council, day=day, base_url=wiring().settings.base_url),
        rules=me().council.reminder_rules,
        counts=queries.mail_counts(db()),
        log=queries.mail_log(db(), before=request.args.get("before", type=int)),
        failed=queries.mail_log(db(), status=MessageStatus.FAILED).mails,
        heartbeat=queries.last_heartbeat(db()),
        standing_still=not queries.is_sweeping(db(), now=now(), sweep_seconds=wiring().settings.sweep_seconds),
    )


@blueprint.get("/reminders/<int:message_id>")
@allow_any(MAY_SEE)
def mail(message_id: int) -> ResponseReturnValue:
    """Show one mail as it was sent."""
    found = queries.mail(db(), message_id)
    if found is None:
        raise NotFound("There is no mail here. Look in the mail log.")
    return render_template("reminders/mail.html", mail=found)


@blueprint.get("/demonstration/mails")
@open_to_everybody
def demonstration_mails() -> ResponseReturnValue:
    """Show every mail of the demonstration; there is no such page anywhere else."""
    if not wiring().settings.demonstration:
        abort(404)
    work_for_all(db())
    return render_template("reminders/demonstration.html", mails=queries.mails_with_text(db()))
