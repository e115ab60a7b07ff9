"""The forms of signing in and of accounts, with the words of their errors."""

from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, IntegerField, PasswordField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from tracker.accounts.council import DateRules
from tracker.accounts.people import Particulars
from tracker.accounts.services import clean_address
from tracker.terms import Role
from tracker.web.fields import DayMonthYearField, choices


class SignInForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """Email and password."""

    email = EmailField(
        "Email address", [DataRequired("Enter your email address")], render_kw={"autocomplete": "username"}
    )
    password = PasswordField(
        "Password", [DataRequired("Enter your password")], render_kw={"autocomplete": "current-password"}
    )
    next = HiddenField()


class ChangePasswordForm(FlaskForm):  # type: ignore[misc]
    """The present password and a new one."""

    old = PasswordField(
        "Present password",
        [DataRequired("Enter your present password")],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        "New password",
        [DataRequired("Enter a new password")],
        description="At least 12 characters. Three random words do well.",
        render_kw={"autocomplete": "new-password"},
    )


class PersonForm(FlaskForm):  # type: ignore[misc]
    """Who somebody is."""

    name = StringField("Full name", [DataRequired("Enter their full name"), Length(max=200)])
    email = EmailField("Email address", [DataRequired("Enter their email address"), Length(max=254)])
    post = StringField("Post", [DataRequired("Enter their post, like Head of Service"), Length(max=200)])
    role = SelectField("Role", choices=choices(Role))
    service = SelectField("Service", coerce=int)


class AddPersonForm(PersonForm):
    """A new account."""

    password = PasswordField(
        "First password",
        [DataRequired("Enter a first password for them")],
        description="At least 12 characters. Give it to them in person; they change it under their name.",
        render_kw={"autocomplete": "new-password"},
    )


class ChangePersonForm(PersonForm):
    """Who somebody is from now on."""

    opened = HiddenField()  # who they were when the page was opened

    def wanted(self) -> Particulars:
        """Return the person as they are asked for."""
        return Particulars(
            name=self.name.data.strip(),
            email=clean_address(self.email.data),
            post=" ".join(self.post.data.split()),
            service_id=self.service.data or None,
            role=Role.of(self.role.data),
        )


class NameForm(FlaskForm):  # type: ignore[misc]
    """One name: of a service or a body."""

    name = StringField("Name", [DataRequired("Enter a name"), Length(max=200)])
    aliases = StringField(
        "Other names reports use for it", [Length(max=500)], description="Separate them with semicolons. Optional."
    )


NATIONS = (("ENG", "England"), ("WLS", "Wales"), ("SCT", "Scotland"), ("NIR", "Northern Ireland"))


class ClosureDayForm(FlaskForm):  # type: ignore[misc]
    """A day on which the council is closed."""

    day = DayMonthYearField("Which day?", [InputRequired("Enter the day, like 29 12 2026")])
    reason = StringField("Why is it closed?", [DataRequired("Say why, like Closed over Christmas"), Length(max=200)])


class DateRulesForm(FlaskForm):  # type: ignore[misc]
    """How dates are counted. Each number is whole."""

    nation = SelectField("Whose bank holidays?", choices=choices(NATIONS))
    immediate_working_days = IntegerField(
        "Working days to begin “immediately”",
        [InputRequired("Enter a number, 0 for the day itself"), NumberRange(0, 60, "Enter a number from 0 to 60")],
        description="0 counts it from the base date itself.",
    )
    longer_term_months = IntegerField(
        "Months for “over the longer term”",
        [InputRequired("Enter a number of months"), NumberRange(1, 60, "Enter a number from 1 to 60")],
    )
    no_time_months = IntegerField(
        "Months where the report gives no time",
        [InputRequired("Enter a number of months"), NumberRange(1, 60, "Enter a number from 1 to 60")],
        description="Such a date is marked as assumed, and a lead is asked to agree to it.",
    )
    due_soon_days = IntegerField(
        "Days before a date that count as “due soon”",
        [InputRequired("Enter a number of days"), NumberRange(1, 90, "Enter a number from 1 to 90")],
    )

    def wanted(self) -> DateRules:
        """Return the rules as they are asked for."""
        return DateRules(**{name: self[name].data for name in DateRules.__annotations__})
