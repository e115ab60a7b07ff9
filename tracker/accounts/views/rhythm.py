"""One's own account, and how often one is written to: chosen by each person for themselves."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import rhythm
from tracker.accounts.forms import ChangePasswordForm
from tracker.accounts.rhythm_forms import RhythmForm
from tracker.accounts.views.blueprint import blueprint
from tracker.terms import MailRhythm
from tracker.web.access import OFFICERS, SIGNED_IN, allow_any
from tracker.web.commits import commits
from tracker.web.wiring import db, me, now


@blueprint.post("/account/mail")
@allow_any(SIGNED_IN)
@commits
def choose_rhythm() -> ResponseReturnValue:
    """Choose daily or weekly mails."""
    form = RhythmForm()
    if not form.validate_on_submit():
        return account_page(rhythm_form=form), 400
    chosen = MailRhythm.of(form.rhythm.data)
    rhythm.choose(db(), me(), chosen, now=now())
    often = "once a week" if chosen is MailRhythm.WEEKLY else "every working morning on which there is something to say"
    flash(f"You are written to {often}.", "success")
    return redirect(url_for("accounts.account"))


def account_page(password_form: ChangePasswordForm | None = None, rhythm_form: RhythmForm | None = None) -> str:
    """Show one's own account, with the form that was sent."""
    return render_template(
        "accounts/account.html",
        form=rhythm_form or password_form,
        has_dates=me().role in OFFICERS,
        password_form=password_form or ChangePasswordForm(formdata=None),
        rhythm_form=rhythm_form or RhythmForm(formdata=None, data={"rhythm": me().mail_rhythm.value}),
    )
