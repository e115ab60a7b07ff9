"""Tomorrow's mails, what was sent and what failed, what an administrator does to a mail; the demonstration's mails."""

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.errors import NotFound
from tracker.models import work_for_all
from tracker.reminders import queries
from tracker.reminders.delivery import by_hand
from tracker.reminders.links import cover, fill
from tracker.reminders.views.blueprint import MAY_SEE, TELLERS, blueprint
from tracker.terms import MAIL_LOST, MessageStatus, Role
from tracker.web.access import allow, allow_any, open_to_everybody
from tracker.web.commits import commits
from tracker.web.wiring import db, me, now, today, wiring


@blueprint.get("/reminders")
@allow_any(MAY_SEE)
def index() -> ResponseReturnValue:
    """Show what will be sent next, what failed, and the mail log, of one status where that is asked for."""
    day = queries.next_mail_day(db(), me().council, after=today())
    status = _asked_status()
    return render_template(
        "reminders/index.html",
        day=day,
        planned=queries.preview(
            db(),
            me().council,
            day=day,
            base_url=wiring().settings.base_url,
            tellers=current_app.extensions[TELLERS],
        ),
        rules=me().council.reminder_rules,
        counts=queries.mail_counts(db()),
        statuses=list(MessageStatus),
        status=status,
        log=queries.mail_log(db(), before=request.args.get("before", type=int), status=status),
        failed=queries.failed_lately(db(), now=now()),
        failed_for=queries.FAILED_FOR.days,
        lost=sorted(MAIL_LOST),
        heartbeat=queries.last_heartbeat(db()),
    )


@blueprint.get("/reminders/<int:message_id>")
@allow_any(MAY_SEE)
def mail(message_id: int) -> ResponseReturnValue:
    """Show one mail as it was sent, but for the links that only its reader gets."""
    found = queries.mail(db(), message_id)
    if found is None:
        raise NotFound("There is no mail here. Look in the mail log.")
    administers = me().role is Role.ADMINISTRATOR
    return render_template(
        "reminders/mail.html",
        mail=found,
        text=cover(found.text),
        may_send_again=administers and found.status in by_hand.MAY_BE_TRIED_AGAIN,
        may_cancel=administers and found.status in by_hand.MAY_BE_CANCELLED,
    )


@blueprint.post("/reminders/<int:message_id>/send-again")
@allow(Role.ADMINISTRATOR)
@commits
def send_again(message_id: int) -> ResponseReturnValue:
    """Let a mail that failed, came back or was cancelled leave at once."""
    sent = by_hand.send_again(db(), message_id, by=me(), now=now())
    flash(f"The mail “{sent.subject}” leaves at the next look, if anything in it is still true.", "success")
    return redirect(url_for("reminders.mail", message_id=message_id))


@blueprint.post("/reminders/<int:message_id>/cancel")
@allow(Role.ADMINISTRATOR)
@commits
def cancel(message_id: int) -> ResponseReturnValue:
    """Cancel a mail that waits."""
    cancelled = by_hand.cancel(db(), message_id, by=me(), now=now())
    flash(f"The mail “{cancelled.subject}” will not be sent.", "success")
    return redirect(url_for("reminders.mail", message_id=message_id))


@blueprint.get("/demonstration/mails")
@open_to_everybody
def demonstration_mails() -> ResponseReturnValue:
    """Show every mail of the demonstration with its links, to be tried; there is no such page anywhere else."""
    settings = wiring().settings
    if not settings.demonstration:
        abort(404)
    work_for_all(db())
    mails = [(mail, fill(mail.text, mail.id, settings.secret_key)) for mail in queries.mails_with_text(db())]
    return render_template("reminders/demonstration.html", mails=mails)


def _asked_status() -> MessageStatus | None:
    asked = request.args.get("status")
    return next((status for status in MessageStatus if status == asked), None)
