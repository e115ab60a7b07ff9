"""The forms of a second person: checking, deciding, looking again, closing.

A decision is one click: two buttons, and no choice to make before them.
"""

from flask import request
from flask_wtf import FlaskForm
from wtforms import HiddenField, MultipleFileField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from tracker.actions.forms import LONGEST_TEXT
from tracker.errors import InvalidValue
from tracker.terms import CloseReason, Outlook, Response
from tracker.web.fields import choices

ACCEPT, RETURN = "accept", "return"


class DecisionForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """What every decision has: which claim or request was looked at, and which of the two buttons was pressed."""

    about = HiddenField()

    def agreed(self) -> bool:
        """Say whether the button that agrees was pressed. Raises InvalidValue where neither was."""
        pressed = request.form.get("decision")
        if pressed not in (ACCEPT, RETURN):
            raise InvalidValue("Use one of the two buttons below the form.")
        return pressed == ACCEPT


class CheckForm(DecisionForm):
    """A second person's finding: on a claim, or months later."""

    finding = TextAreaField(
        "What did you look at, and what did you find?",
        [DataRequired("Say what you found. The owner reads it, and it stays in the record"), Length(max=LONGEST_TEXT)],
        render_kw={"autofocus": True},
    )
    files = MultipleFileField("Files you looked at or made")


class DecideForm(DecisionForm):
    """The decision on a request for more time or for a pause."""

    note = TextAreaField("Your reason", [Length(max=LONGEST_TEXT)], description="Needed where you refuse.")


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """A reason for opening again."""

    reason = TextAreaField(
        "Your reason", [DataRequired("Give the reason. It stays in the record"), Length(max=LONGEST_TEXT)]
    )


class CloseForm(ReasonForm):
    """Why an action is closed although it was not completed."""

    code = RadioField(
        "Why is it closed?",
        [DataRequired("Choose why it is closed")],
        choices=choices(reason for reason in CloseReason if reason is not CloseReason.NOT_ACCEPTED),
    )
    successor = StringField("Reference of the action that has taken its place", [Length(max=60)])


class RespondForm(FlaskForm):  # type: ignore[misc]
    """Whether the council accepts what the report asks for."""

    response = RadioField("Response", [DataRequired("Choose the response")], choices=choices(Response))
    reason = TextAreaField(
        "The reason",
        [Length(max=LONGEST_TEXT)],
        description="Needed for anything but accepted. It stands in reports to the committee.",
    )
    opened = HiddenField()  # the response as it stood when the page was opened


class OutlookForm(FlaskForm):  # type: ignore[misc]
    """Somebody's own judgement of the outlook."""

    outlook = SelectField("Will it be done by its date?", choices=choices(Outlook))
    reason = TextAreaField(
        "Why do you judge it so?", [DataRequired("Say why you judge it so"), Length(max=LONGEST_TEXT)]
    )
