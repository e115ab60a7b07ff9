"""The rules of the reminders: read by who answers for plans, changed by administrators after a look at what they do."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.reminders.changing import set_rules
from tracker.reminders.planning.asking import calendar_of
from tracker.reminders.rules_forms import RulesForm, hidden_fields, opened_with
from tracker.reminders.stages.rules import Rules, changes, in_words, read_rules, warnings
from tracker.reminders.stages.samples import Shown, samples, show
from tracker.reminders.views.blueprint import MAY_SEE, blueprint
from tracker.terms import Role
from tracker.web.access import allow, allow_any
from tracker.web.commits import commits
from tracker.web.wiring import db, me, now, today


@blueprint.app_template_filter()
def rules_in_words(stored: Mapping[str, Any]) -> tuple[str, ...]:
    """Say what a council's rules do, wherever a page prints them."""
    return in_words(read_rules(stored))


@blueprint.get("/reminders/rules")
@allow_any(MAY_SEE)
def rules() -> ResponseReturnValue:
    """Show the rules and what they do; who may change them gets the form."""
    return _page(RulesForm.of(_now(), opened_with(_now())))


@blueprint.post("/reminders/rules/preview")
@allow(Role.ADMINISTRATOR)
def show_rules() -> ResponseReturnValue:
    """Show what the typed rules would do. Writes nothing."""
    form = RulesForm()
    if not form.validate_on_submit():
        return _page(form), 400
    return _page(form, tried=form.wanted())


@blueprint.post("/reminders/rules")
@allow(Role.ADMINISTRATOR)
@commits
def save_rules() -> ResponseReturnValue:
    """Save rules that were shown before. Where somebody has changed them since, what they do is shown anew."""
    form = RulesForm()
    if not form.validate_on_submit():
        return _page(form), 400
    council = me().council
    db().refresh(council, ["reminder_rules"], with_for_update={"key_share": True})
    if form.opened.data != opened_with(_now()):
        form.opened.data = opened_with(_now())
        return _page(form, tried=form.wanted(), changed_meanwhile=True), 409
    if set_rules(db(), council, form.wanted(), by=me(), now=now()):
        flash("The rules are saved. They count from the next morning; nothing is sent again.", "success")
    else:
        flash("The rules are as they were.")
    return redirect(url_for("reminders.rules"))


def _page(form: RulesForm, tried: Rules | None = None, *, changed_meanwhile: bool = False) -> str:
    return render_template(
        "reminders/rules.html",
        form=form,
        words=in_words(_now()),
        may_change=me().role is Role.ADMINISTRATOR,
        tried=tried is not None,
        changes=changes(_now(), tried) if tried else (),
        warnings=warnings(tried or _now()),
        changed_meanwhile=changed_meanwhile,
        fields=hidden_fields(form) if tried else (),
        shown=_shown(tried or _now()),
    )


def _shown(tried: Rules) -> list[Shown]:
    calendar = calendar_of(db(), me().council)
    return [show(sample, _now(), tried, today(), calendar) for sample in samples(today())]


def _now() -> Rules:
    return read_rules(me().council.reminder_rules)
