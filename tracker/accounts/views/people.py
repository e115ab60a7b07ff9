"""The page of one person, for an administrator."""

from dataclasses import asdict

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import people, posts, queries
from tracker.accounts.forms import ChangePersonForm
from tracker.accounts.people import Particulars
from tracker.accounts.views.blueprint import blueprint
from tracker.accounts.views.council import NO_SERVICE, with_services
from tracker.errors import ChangedMeanwhile, InvalidValue
from tracker.models import Person
from tracker.opened import as_opened
from tracker.terms import Role
from tracker.web.access import allow
from tracker.web.commits import commits
from tracker.web.meanwhile import Rows, theirs
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now


@blueprint.get("/council/people/<int:person_id>")
@allow(Role.ADMINISTRATOR)
def person(person_id: int) -> ResponseReturnValue:
    """Ask who somebody is from now on: their name, address, post, role and service."""
    found = queries.person(db(), person_id)
    return _page(found, _form_of(found))


@blueprint.post("/council/people/<int:person_id>")
@allow(Role.ADMINISTRATOR)
@commits
def change_person(person_id: int) -> ResponseReturnValue:
    """Change a person; where somebody else has changed them meanwhile, show both and ask."""
    found, form = queries.person(db(), person_id), with_services(ChangePersonForm())
    if not form.validate_on_submit():
        return _page(found, form), 400
    try:
        changed = people.change_person(db(), found, wanted=form.wanted(), by=me(), now=now(), opened=form.opened.data)
    except InvalidValue as refused:
        place(form, refused, fallback="name")
        return _page(found, form), 400
    except ChangedMeanwhile:
        return _page(found, form, theirs(form, _form_of(found))), 409
    said = f"Changed of {found.name}: {', '.join(changed)}." if changed else "Nothing was changed."
    flash(said, "success" if changed else "message")
    return redirect(url_for("accounts.council"))


def _form_of(found: Person) -> ChangePersonForm:
    stands = Particulars.of(found)
    given = asdict(stands) | {"service": stands.service_id or NO_SERVICE, "opened": as_opened(stands)}
    return with_services(ChangePersonForm(formdata=None, data=given))


def _page(found: Person, form: ChangePersonForm, meanwhile: Rows | None = None) -> str:
    """Offer an administrator no other role for themselves: another one has to give it."""
    own = found.id == me().id
    if own:
        form.role.choices = [one for one in form.role.choices if one.value == found.role.value]
    return render_template(
        "accounts/person.html",
        found=found,
        own=own,
        form=form,
        meanwhile=meanwhile,
        posts=posts.names(db()),
        owned=queries.open_actions_of(db(), found),
    )
