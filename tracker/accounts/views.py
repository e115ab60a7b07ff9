"""Pages of signing in, one's own account, and the council's people, services and bodies."""

from flask import Blueprint, Response, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user
from sqlalchemy import select

from tracker import audit
from tracker.accounts import queries, services
from tracker.accounts.forms import AddPersonForm, ChangePasswordForm, NameForm, SignInForm
from tracker.accounts.passwords import DEMONSTRATION_PASSWORD
from tracker.accounts.signed_in import SignedIn
from tracker.errors import InvalidValue
from tracker.models import Body, Council, Service, work_for_all
from tracker.terms import Role
from tracker.web.access import SIGNED_IN, allow, allow_any, open_to_everybody
from tracker.web.colours import council_stylesheet
from tracker.web.commits import commits
from tracker.web.fields import choices
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now, outside_transaction, wiring

blueprint = Blueprint("accounts", __name__)

NO_SERVICE = 0
DEFAULT_COLOUR = "#1d4f91"


@blueprint.get("/sign-in")
@open_to_everybody
def sign_in() -> ResponseReturnValue:
    """Ask who it is."""
    if current_user.is_authenticated:
        return redirect(url_for("first_page"))
    return _sign_in_page(SignInForm(data={"next": _own_path(request.args.get("next", ""))}))


@blueprint.post("/sign-in")
@open_to_everybody
def sign_in_now() -> ResponseReturnValue:
    """Open a sign-in. A failed attempt is committed too: it is what slows guessing down."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form), 400
    work_for_all(db())
    try:
        person, token = services.sign_in(
            db(),
            email=form.email.data,
            password=form.password.data,
            now=now(),
            demonstration=wiring().settings.demonstration,
            slowly=outside_transaction,
        )
    except services.SignInRefused as refused:
        db().commit()
        place(form, refused, fallback="password")
        return _sign_in_page(form), 400
    db().commit()
    session.clear()  # nothing that stood in the browser before signing in stands after it
    login_user(SignedIn(token, person))
    return redirect(_own_path(form.next.data) or url_for("first_page"))


@blueprint.post("/sign-out")
@allow_any(SIGNED_IN)
@commits
def sign_out() -> ResponseReturnValue:
    """End the sign-in at once, here and in the database."""
    services.sign_out(db(), current_user.token)
    logout_user()
    session.clear()
    flash("You have signed out.", "success")
    return redirect(url_for("accounts.sign_in"))


@blueprint.get("/account")
@allow_any(SIGNED_IN)
def account() -> ResponseReturnValue:
    """Show one's own account."""
    return render_template("accounts/account.html", form=ChangePasswordForm())


@blueprint.post("/account")
@allow_any(SIGNED_IN)
def change_password() -> ResponseReturnValue:
    """Change the password and sign in anew. A wrong old password is committed as an attempt."""
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        return render_template("accounts/account.html", form=form), 400
    try:
        services.change_password(
            db(), me(), old=form.old.data, new=form.new.data, now=now(), slowly=outside_transaction
        )
    except (InvalidValue, services.SignInRefused) as refused:
        db().commit()
        place(form, refused, fallback="old")
        return render_template("accounts/account.html", form=form), 400
    db().commit()
    logout_user()
    session.clear()
    flash("Your password has been changed. Sign in with the new one.", "success")
    return redirect(url_for("accounts.sign_in"))


@blueprint.get("/council")
@allow(Role.ADMINISTRATOR)
def council() -> ResponseReturnValue:
    """Show the council's people, services and bodies."""
    return _council_page()


@blueprint.post("/council/people")
@allow(Role.ADMINISTRATOR)
@commits
def add_person() -> ResponseReturnValue:
    """Make an account."""
    form = _person_form()
    if not form.validate_on_submit():
        return _council_page(person_form=form), 400
    try:
        person = services.add_person(
            db(),
            me().council,
            name=form.name.data,
            email=form.email.data,
            post=form.post.data,
            role=Role.of(form.role.data),
            password=form.password.data,
            now=now(),
            by=me(),
            service=db().get(Service, form.service.data) if form.service.data else None,
            slowly=outside_transaction,
        )
    except InvalidValue as refused:
        place(form, refused, fallback="password")
        return _council_page(person_form=form), 400
    flash(f"{person.name} now has an account.", "success")
    return redirect(url_for("accounts.council"))


@blueprint.post("/council/people/<int:person_id>/close")
@allow(Role.ADMINISTRATOR)
@commits
def close_account(person_id: int) -> ResponseReturnValue:
    """Close an account; its sign-ins end at once."""
    person = queries.person(db(), person_id)
    services.set_active(db(), person, active=False, by=me(), now=now())
    flash(f"The account of {person.name} is closed.", "success")
    return redirect(url_for("accounts.council"))


@blueprint.post("/council/people/<int:person_id>/open")
@allow(Role.ADMINISTRATOR)
@commits
def open_account(person_id: int) -> ResponseReturnValue:
    """Open a closed account again."""
    person = queries.person(db(), person_id)
    services.set_active(db(), person, active=True, by=me(), now=now())
    flash(f"The account of {person.name} is open again.", "success")
    return redirect(url_for("accounts.council"))


@blueprint.post("/council/services")
@allow(Role.ADMINISTRATOR)
@commits
def add_service() -> ResponseReturnValue:
    """Add a service of the council."""
    return _add_named(Service)


@blueprint.post("/council/bodies")
@allow(Role.ADMINISTRATOR)
@commits
def add_body() -> ResponseReturnValue:
    """Add an organisation that acts with the council."""
    return _add_named(Body)


@blueprint.get("/council.css")
@open_to_everybody
def council_colour() -> ResponseReturnValue:
    """Give the council's colour as a style sheet: the page's own rules allow no style within it."""
    colour = me().council.colour if current_user.is_authenticated else DEFAULT_COLOUR
    return Response(council_stylesheet(colour), mimetype="text/css")


def _add_named(kind: type[Service | Body]) -> ResponseReturnValue:
    form = NameForm()
    name = (form.name.data or "").strip()
    if not form.validate_on_submit() or db().scalar(select(kind).where(kind.name == name)):
        flash("Enter a name that is not in the list yet.", "error")
        return redirect(url_for("accounts.council"))
    row = kind(name=name)
    if isinstance(row, Body):
        row.aliases = [alias.strip() for alias in (form.aliases.data or "").split(";") if alias.strip()]
    db().add(row)
    words = "service" if kind is Service else "body"
    council_row: Council = me().council
    audit.record(db(), council_row, f"{words}_added", f"added the {words} {name}", by=me(), at=now())
    flash(f"{name} has been added.", "success")
    return redirect(url_for("accounts.council"))


def _sign_in_page(form: SignInForm) -> str:
    people = []
    if wiring().settings.demonstration:
        work_for_all(db())
        people = queries.demonstration_people(db())
    return render_template(
        "accounts/sign_in.html", form=form, people=people, demonstration_password=DEMONSTRATION_PASSWORD
    )


def _council_page(person_form: AddPersonForm | None = None) -> str:
    return render_template(
        "accounts/council.html",
        people=queries.people(db()),
        services=queries.services(db()),
        bodies=queries.bodies(db()),
        person_form=person_form or _person_form(),
        name_form=NameForm(formdata=None),
    )


def _person_form() -> AddPersonForm:
    form = AddPersonForm()
    form.service.choices = choices([(NO_SERVICE, "None"), *((row.id, row.name) for row in queries.services(db()))])
    return form


def _own_path(path: str | None) -> str:
    """Return a path of this service, or nothing: an address that leads elsewhere is never followed."""
    plain = path or ""
    safe = plain.startswith("/") and not plain.startswith("//") and "\\" not in plain and plain.isprintable()
    return plain if safe and ":" not in plain and "//" not in plain else ""
