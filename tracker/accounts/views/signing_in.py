"""Pages of signing in and of one's own account."""

from flask import Response, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from tracker.accounts import queries, services
from tracker.accounts.forms import ChangePasswordForm, SignInForm
from tracker.accounts.passwords import DEMONSTRATION_PASSWORD
from tracker.accounts.signed_in import SignedIn
from tracker.accounts.views.blueprint import blueprint
from tracker.accounts.views.rhythm import account_page
from tracker.errors import InvalidValue
from tracker.models import Person, work_for_all
from tracker.web.access import SIGNED_IN, allow_any, open_to_everybody
from tracker.web.colours import council_stylesheet
from tracker.web.commits import commits
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now, outside_transaction, wiring

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
    return account_page()


@blueprint.post("/account")
@allow_any(SIGNED_IN)
def change_password() -> ResponseReturnValue:
    """Change the password and sign in anew. A wrong old password is committed as an attempt."""
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        return account_page(form), 400
    try:
        services.change_password(
            db(), me(), old=form.old.data, new=form.new.data, now=now(), slowly=outside_transaction
        )
    except (InvalidValue, services.SignInRefused) as refused:
        db().commit()
        place(form, refused, fallback="old")
        return account_page(form), 400
    db().commit()
    logout_user()
    session.clear()
    flash("Your password has been changed. Sign in with the new one.", "success")
    return redirect(url_for("accounts.sign_in"))


@blueprint.get("/council.css")
@open_to_everybody
def council_colour() -> ResponseReturnValue:
    """Give the council's colour as a style sheet: the page's own rules allow no style within it."""
    colour = me().council.colour if current_user.is_authenticated else DEFAULT_COLOUR
    return Response(council_stylesheet(colour), mimetype="text/css")


def _sign_in_page(form: SignInForm) -> str:
    people: list[Person] = []
    accounts = 0
    if wiring().settings.demonstration:
        work_for_all(db())
        people, accounts = queries.demonstration_people(db())
    return render_template(
        "accounts/sign_in.html",
        form=form,
        people=people,
        accounts=accounts,
        demonstration_password=DEMONSTRATION_PASSWORD,
    )


def _own_path(path: str | None) -> str:
    """Return a path of this service, or nothing: an address that leads elsewhere is never followed."""
    plain = path or ""
    safe = plain.startswith("/") and not plain.startswith("//") and "\\" not in plain and plain.isprintable()
    return plain if safe and ":" not in plain and "//" not in plain else ""
