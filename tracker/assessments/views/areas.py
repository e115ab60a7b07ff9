"""The names of areas and what they are compared under: everybody reads them, an administrator changes the council's."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.assessments import area_names
from tracker.assessments.areas import AREAS
from tracker.assessments.forms import AreaNameForm
from tracker.assessments.views.blueprint import blueprint
from tracker.errors import InvalidValue
from tracker.terms import Role
from tracker.web.access import READERS, allow, allow_any
from tracker.web.commits import commits
from tracker.web.fields import choices
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now


@blueprint.get("/areas")
@allow_any(READERS)
def areas() -> ResponseReturnValue:
    """Show under which name each area is compared."""
    return _page(AreaNameForm(formdata=None))


@blueprint.post("/areas")
@allow(Role.ADMINISTRATOR)
@commits
def set_area() -> ResponseReturnValue:
    """Put a name under a common one, or another one."""
    form = AreaNameForm()
    if not form.validate_on_submit():
        return _page(form), 400
    try:
        row = area_names.set_area_name(
            db(), me().council, form.name.data or "", form.common.data or "", by=me(), now=now()
        )
    except InvalidValue as refused:
        place(form, refused, fallback="name")
        return _page(form), 400
    flash(f"“{row.name}” is now compared under “{row.common}”.", "success")
    return redirect(url_for("assessments.areas"))


@blueprint.post("/areas/<int:name_id>/remove")
@allow(Role.ADMINISTRATOR)
@commits
def remove_area(name_id: int) -> ResponseReturnValue:
    """Take one of the council's own names away."""
    row = area_names.remove_area_name(db(), me().council, name_id, by=me(), now=now())
    flash(f"“{row.name}” is no longer one of the council's own names.", "success")
    return redirect(url_for("assessments.areas"))


def _page(form: AreaNameForm) -> str:
    commons = area_names.common_names(db())
    form.common.choices = choices([*((name, name) for name in commons), (area_names.OF_ITS_OWN, "A row of its own")])
    own = area_names.area_names(db())
    known = dict(AREAS)
    rows = [
        (common, known.get(common, ()), [row for row in own if row.common == common])
        for common in commons
        if common in known or any(row.common == common for row in own)
    ]
    return render_template("assessments/areas.html", rows=rows, form=form, may_edit=me().role is Role.ADMINISTRATOR)
