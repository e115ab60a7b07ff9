"""The council's own pages: people, services, bodies, themes, outcome areas, closure days, rules for dates."""

from typing import TypeVar

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import council as council_services
from tracker.accounts import queries, services
from tracker.accounts.council import Listed
from tracker.accounts.forms import AddPersonForm, ClosureDayForm, DateRulesForm, NameForm, PersonForm
from tracker.accounts.views.blueprint import blueprint
from tracker.errors import InvalidValue
from tracker.models import Service
from tracker.terms import CategoryKind, Role
from tracker.web.access import allow
from tracker.web.commits import commits
from tracker.web.fields import choices
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now, outside_transaction

NO_SERVICE = 0
AnyPersonForm = TypeVar("AnyPersonForm", bound=PersonForm)


@blueprint.get("/council")
@allow(Role.ADMINISTRATOR)
def council() -> ResponseReturnValue:
    """Show the council's people, lists and rules for dates."""
    return _page()


@blueprint.post("/council/people")
@allow(Role.ADMINISTRATOR)
@commits
def add_person() -> ResponseReturnValue:
    """Make an account."""
    form = with_services(AddPersonForm())
    if not form.validate_on_submit():
        return _page(person_form=form), 400
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
        return _page(person_form=form), 400
    flash(f"{person.name} now has an account.", "success")
    return redirect(url_for("accounts.council"))


@blueprint.post("/council/people/<int:person_id>/<any(close,open):what>")
@allow(Role.ADMINISTRATOR)
@commits
def set_account(person_id: int, what: str) -> ResponseReturnValue:
    """Close an account, whose sign-ins end at once, or open it again."""
    person = queries.person(db(), person_id)
    services.set_active(db(), person, active=what == "open", by=me(), now=now())
    flash(f"The account of {person.name} is {'open again' if person.active else 'closed'}.", "success")
    return redirect(url_for("accounts.council"))


@blueprint.post("/council/<any(services,bodies,themes,outcome_areas):what>")
@allow(Role.ADMINISTRATOR)
@commits
def add_listed(what: str) -> ResponseReturnValue:
    """Add a service, a body, a theme or an outcome area."""
    form = NameForm()
    form.validate_on_submit()  # an empty or far too long name is refused with one that is taken
    name = form.name.data if form.name.data and not form.name.errors else ""
    aliases = (form.aliases.data or "").split(";")
    try:
        council_services.add_listed(db(), me().council, Listed.of(what), name, aliases=aliases, by=me(), now=now())
    except InvalidValue as refused:
        flash(refused.sentence, "error")
        return redirect(url_for("accounts.council"))
    flash(f"{name.strip()} has been added.", "success")
    return redirect(url_for("accounts.council"))


@blueprint.post("/council/closure-days")
@allow(Role.ADMINISTRATOR)
@commits
def add_closure_day() -> ResponseReturnValue:
    """Add a day on which the council is closed beside the bank holidays."""
    form = ClosureDayForm()
    day = form.day.data
    if not form.validate_on_submit() or day is None:
        return _page(closure_form=form), 400
    try:
        council_services.add_closure_day(db(), me().council, day, form.reason.data, by=me(), now=now())
    except InvalidValue as refused:
        place(form, refused, fallback="day")
        return _page(closure_form=form), 400
    flash("The day has been added. Dates that are already set stay as they are.", "success")
    return redirect(url_for("accounts.council"))


@blueprint.post("/council/date-rules")
@allow(Role.ADMINISTRATOR)
@commits
def set_date_rules() -> ResponseReturnValue:
    """Change the rules by which dates are counted from now on."""
    form = DateRulesForm()
    if not form.validate_on_submit():
        return _page(rules_form=form), 400
    council_services.set_date_rules(db(), me().council, form.wanted(), by=me(), now=now())
    flash("The rules have been saved. Dates that are already set stay as they are.", "success")
    return redirect(url_for("accounts.council"))


def _page(
    person_form: AddPersonForm | None = None,
    closure_form: ClosureDayForm | None = None,
    rules_form: DateRulesForm | None = None,
) -> str:
    wrong = person_form or closure_form or rules_form
    return render_template(
        "accounts/council.html",
        people=queries.people(db()),
        services=queries.services(db()),
        bodies=queries.bodies(db()),
        categories={kind: queries.categories(db(), kind) for kind in CategoryKind},
        closures=queries.closure_days(db()),
        person_form=person_form or with_services(AddPersonForm()),
        closure_form=closure_form or ClosureDayForm(formdata=None),
        rules_form=rules_form or DateRulesForm(formdata=None, obj=me().council),
        name_form=NameForm(formdata=None),
        wrong_form=wrong,
    )


def with_services(form: AnyPersonForm) -> AnyPersonForm:
    """Give a person's form the council's services to choose from."""
    form.service.choices = choices([(NO_SERVICE, "None"), *((row.id, row.name) for row in queries.services(db()))])
    return form
