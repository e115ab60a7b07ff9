"""Changing many actions at once: which, what, a look at what will become of each, then the change and its undoing."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from tracker.accounts import queries as people
from tracker.actions.listing import bulk
from tracker.actions.listing.changes import NONE, Change, What, change_to
from tracker.actions.listing.choices import choices_for
from tracker.actions.listing.narrowing import conditions
from tracker.actions.listing.shown import Shown
from tracker.actions.views.blueprint import blueprint
from tracker.actions.views.lists.forms import ChangeForm
from tracker.actions.views.lists.pieces import address, asked
from tracker.errors import InvalidValue
from tracker.models import Action
from tracker.terms import Priority, Response
from tracker.web.access import PLANNERS, allow_any
from tracker.web.commits import commits
from tracker.web.fields import choices
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now, today

LEAVE = ("", "Leave as it is")
TAKE_AWAY = (NONE, "None")


@dataclass(frozen=True)
class Chosen:
    """The actions that were chosen, and the list they were chosen from."""

    actions: list[Action]
    back: Shown

    @property
    def ids(self) -> str:
        """The ids as a form carries them."""
        return ",".join(str(action.id) for action in self.actions)

    @property
    def seen(self) -> str:
        """The versions as a form carries them."""
        return ",".join(f"{action.id}:{action.version}" for action in self.actions)


@blueprint.get("/actions/change")
@allow_any(PLANNERS)
def change() -> ResponseReturnValue:
    """Ask what to change of the actions that were chosen, or of all that a list holds."""
    everything = "all" in request.args
    back = asked()[0] if everything else Shown.spelt(request.args.get("back", ""))
    ids = _all_of(back) if everything else _numbers(request.args.getlist("id"))
    if len(ids) > bulk.MOST:
        flash(f"You can change {bulk.MOST} actions at once. Narrow the list, then change what is left.", "error")
        return redirect(address(back))
    chosen = Chosen(bulk.actions_by_id(db(), ids), back)
    if not chosen.actions:
        flash("Choose the actions that you want to change first.", "error")
        return redirect(address(back))
    return _change_page(chosen, _with_choices(ChangeForm(formdata=None)))


@blueprint.post("/actions/change/preview")
@allow_any(PLANNERS)
def preview_change() -> ResponseReturnValue:
    """Say for each action what will change, and what will not and why. Changes nothing."""
    form = _with_choices(ChangeForm())
    chosen = Chosen(bulk.actions_by_id(db(), _numbers((form.chosen.data or "").split(","))), _back(form))
    wanted = _wanted(form)
    if wanted is None or not chosen.actions:
        return _change_page(chosen, form), 400
    lines = bulk.preview(db(), chosen.actions, wanted, by=me())
    return render_template(
        "actions/listing/preview.html",
        lines=lines,
        will=sum(not line.why_not for line in lines),
        wanted=wanted,
        chosen=chosen,
        form=form,
        back=address(chosen.back),
    )


@blueprint.post("/actions/change")
@allow_any(PLANNERS)
@commits
def change_now() -> ResponseReturnValue:
    """Change each action that stands as the preview showed it."""
    form = _with_choices(ChangeForm())
    seen = _versions(form.seen.data or "")
    wanted = _wanted(form)
    if wanted is None or not seen:
        return _change_page(Chosen(bulk.actions_by_id(db(), sorted(seen)), _back(form)), form), 400
    made = bulk.change_many(db(), wanted, seen, by=me(), now=now())
    return redirect(url_for("actions.changed", change_id=made.id, back=_back(form).query))


@blueprint.get("/actions/changes/<int:change_id>")
@allow_any(PLANNERS)
def changed(change_id: int) -> ResponseReturnValue:
    """Show what was done to each action, with the way back for an hour."""
    made = bulk.bulk_change(db(), change_id)
    return render_template(
        "actions/listing/changed.html",
        made=made,
        done=[row for row in made.changes if not row["why_not"]],
        left=[row for row in made.changes if row["why_not"]],
        kept=[row for row in made.changes if row.get("not_undone")],
        may_undo=bulk.may_undo(made, now()),
        until=made.at + bulk.UNDO_FOR,
        back=address(Shown.spelt(request.args.get("back", ""))),
    )


@blueprint.post("/actions/changes/<int:change_id>/undo")
@allow_any(PLANNERS)
@commits
def undo_change(change_id: int) -> ResponseReturnValue:
    """Give every action back what it was, where nobody has changed it since."""
    bulk.undo(db(), bulk.bulk_change(db(), change_id), by=me(), now=now())
    return redirect(url_for("actions.changed", change_id=change_id))


def _all_of(shown: Shown) -> list[int]:
    narrowed = conditions(db(), shown.filters, council=me().council, today=today())
    return list(db().scalars(select(Action.id).where(*narrowed).order_by(Action.id).limit(bulk.MOST + 1)))


def _numbers(typed: list[str]) -> list[int]:
    return sorted({int(one) for one in typed if one.isascii() and one.isdecimal() and len(one) < 10})  # noqa: PLR2004


def _versions(typed: str) -> dict[int, int]:
    pairs = [one.partition(":") for one in typed.split(",")]
    return {row: version for one, _, other in pairs for row in _numbers([one]) for version in _numbers([other])}


def _back(form: ChangeForm) -> Shown:
    return Shown.spelt(form.back.data or "")


def _wanted(form: ChangeForm) -> Change | None:
    """Return the one thing that was chosen; where it is none, or two, or cannot be, the form says so."""
    if not form.validate_on_submit():
        return None
    named = [what for what in What if form[what.value].data]
    if len(named) != 1:
        at = named[1] if named else What.OWNER
        form[at.value].errors = ["Choose one thing to change at a time" if named else "Choose what to change"]
        return None
    try:
        return change_to(db(), named[0], form[named[0].value].data, form.note.data or "")
    except InvalidValue as refused:
        place(form, refused, named[0].value)
        return None


def _with_choices(form: ChangeForm) -> ChangeForm:
    has = choices_for(db(), me().council_id, None).named
    form.owner.choices = choices([LEAVE, *((row.id, f"{row.name}, {row.post.name}") for row in people.owners(db()))])
    form.lead.choices = choices([LEAVE, *((row.id, f"{row.name}, {row.post.name}") for row in people.leads(db()))])
    for field, name in ((form.service, "service"), (form.theme, "theme"), (form.area, "area")):
        field.choices = choices([LEAVE, TAKE_AWAY, *has[name].items()])
    form.priority.choices = choices([LEAVE, *Priority])
    form.response.choices = choices([LEAVE, *Response])
    return form


def _change_page(chosen: Chosen, form: ChangeForm) -> str:
    return render_template("actions/listing/change.html", chosen=chosen, form=form, back=address(chosen.back))
