"""The forms of signing in and of accounts, with the words of their errors."""

from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from tracker.terms import Role
from tracker.web.fields import choices


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


class AddPersonForm(FlaskForm):  # type: ignore[misc]
    """A new account."""

    name = StringField("Full name", [DataRequired("Enter their full name"), Length(max=200)])
    email = EmailField("Email address", [DataRequired("Enter their email address"), Length(max=254)])
    post = StringField("Post", [DataRequired("Enter their post, like Head of Service"), Length(max=200)])
    role = SelectField("Role", choices=choices(Role))
    service = SelectField("Service", coerce=int)
    password = PasswordField(
        "First password",
        [DataRequired("Enter a first password for them")],
        description="At least 12 characters. Give it to them in person; they change it under their name.",
        render_kw={"autocomplete": "new-password"},
    )


class NameForm(FlaskForm):  # type: ignore[misc]
    """One name: of a service or a body."""

    name = StringField("Name", [DataRequired("Enter a name"), Length(max=200)])
    aliases = StringField(
        "Other names reports use for it", [Length(max=500)], description="Separate them with semicolons. Optional."
    )
