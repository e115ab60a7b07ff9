"""Saved views: keeping a list under a name, and renaming, sharing and removing one's own."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.actions.listing import saved_views
from tracker.actions.listing.shown import Shown
from tracker.actions.views.blueprint import blueprint
from tracker.actions.views.lists.forms import SaveViewForm
from tracker.actions.views.lists.pieces import address
from tracker.errors import InvalidValue
from tracker.models import SavedView
from tracker.web.access import PLANNERS, READERS, allow_any
from tracker.web.commits import commits
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now


@blueprint.get("/actions/views")
@allow_any(READERS)
def views() -> ResponseReturnValue:
    """Show a person's views, each with its name to change."""
    return _page()


@blueprint.post("/actions/views")
@allow_any(READERS)
@commits
def save_view() -> ResponseReturnValue:
    """Keep a list under a name."""
    form = SaveViewForm()
    shown = Shown.spelt(form.query.data or "")
    if not form.validate_on_submit():
        return _save_page(form), 400
    try:
        made = saved_views.save_view(
            db(), name=form.name.data, shown=shown, shared=form.shared.data, by=me(), now=now()
        )
    except InvalidValue as refused:
        place(form, refused, "name")
        return _save_page(form), 400
    flash(f"The view “{made.name}” is saved.", "success")
    return redirect(address(shown))


@blueprint.post("/actions/views/<int:view_id>")
@allow_any(READERS)
@commits
def change_view(view_id: int) -> ResponseReturnValue:
    """Rename one's own view, or share it, or stop sharing it."""
    view, form = saved_views.own_view(db(), me(), view_id), _form_of(view_id)
    if not form.validate_on_submit():
        return _page(form, view), 400
    try:
        saved_views.change_view(db(), view, name=form.name.data, shared=form.shared.data, by=me())
    except InvalidValue as refused:
        place(form, refused, "name")
        return _page(form, view), 400
    flash(f"The view “{view.name}” is saved.", "success")
    return redirect(url_for("actions.views"))


@blueprint.post("/actions/views/<int:view_id>/remove")
@allow_any(READERS)
@commits
def remove_view(view_id: int) -> ResponseReturnValue:
    """Forget one's own view."""
    view = saved_views.own_view(db(), me(), view_id)
    saved_views.remove_view(db(), view)
    flash(f"The view “{view.name}” is removed.", "success")
    return redirect(url_for("actions.views"))


def _form_of(view_id: int, view: SavedView | None = None) -> SaveViewForm:
    """Return the form of one of several views on a page: its fields carry the view's id, the names sent do not."""
    data = {"name": view.name, "shared": view.shared} if view else None
    form = SaveViewForm(formdata=None, data=data) if view else SaveViewForm()
    for field in form:
        field.id = f"{field.id}-{view_id}"
    return form


def _save_page(form: SaveViewForm) -> str:
    shown = Shown.spelt(form.query.data or "")
    may_share = me().role in PLANNERS
    return render_template("actions/listing/save_view.html", form=form, may_share=may_share, back=address(shown))


def _page(wrong: SaveViewForm | None = None, about: SavedView | None = None) -> str:
    found = saved_views.views_for(db(), me())
    return render_template(
        "actions/listing/views.html",
        own=[
            (view, wrong if wrong and view is about else _form_of(view.id, view))
            for view in found
            if view.person_id == me().id
        ],
        others=[view for view in found if view.person_id != me().id],
        may_share=me().role in PLANNERS,
        form=wrong,
    )
