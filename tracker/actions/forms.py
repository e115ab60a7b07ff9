"""The forms of an action's life, with the words of their errors."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, MultipleFileField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from tracker.terms import ContributionStatus, Delivery
from tracker.web.fields import DayMonthYearField, choices

UPDATE, CLAIM, MORE_TIME = "update", "claim", "more_time"
SHOWN_BY = {"until": MORE_TIME, "safeguard": MORE_TIME, "reason": CLAIM}  # the choice that reveals each of these
LONGEST_TEXT = 10_000  # characters
ACCEPT, RETURN = "accept", "return"


class UpdateForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """What has happened; a claim and a request for more time are choices that reveal their fields."""

    text = TextAreaField(
        "What has happened?",
        [DataRequired("Say in a line what has happened"), Length(max=LONGEST_TEXT)],
        description="One or two lines are enough. Do not name children or families.",
    )
    what = RadioField(
        "Where is it now?",
        choices=choices(
            [(UPDATE, "Work goes on"), (CLAIM, "I claim that it is done"), (MORE_TIME, "I need more time")]
        ),
        default=UPDATE,
    )
    until = DayMonthYearField("Until when?", [InputRequired("Enter the date you need, like 1 9 2012")])
    safeguard = TextAreaField("What protects people meanwhile?", [Length(max=LONGEST_TEXT)])
    reason = StringField("Why can it be claimed although a body has not finished?", [Length(max=1000)])
    files = MultipleFileField("Files that show it")

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Judge what the choice shows; what stands in a field it hides neither counts nor blocks."""
        super().validate(extra_validators)
        for name, choice in SHOWN_BY.items():
            if self.what.data != choice:
                self[name].errors = []
        return not self.errors


class CheckForm(FlaskForm):  # type: ignore[misc]
    """A second person's finding on a claim."""

    about = HiddenField()  # the claim that was looked at

    decision = RadioField(
        "What do you find?",
        [DataRequired("Choose whether it is done")],
        choices=choices([(ACCEPT, "It is done: accept the claim"), (RETURN, "Not yet: return it to the owner")]),
    )
    finding = TextAreaField(
        "What did you look at, and what did you find?",
        [DataRequired("Say what you found. The owner reads it, and it stays in the record"), Length(max=LONGEST_TEXT)],
    )


class DecideForm(FlaskForm):  # type: ignore[misc]
    """The decision on a request for more time."""

    about = HiddenField()  # the request that was looked at

    decision = RadioField(
        "What do you decide?",
        [DataRequired("Choose whether you agree")],
        choices=choices([(ACCEPT, "Agree to the later date"), (RETURN, "Refuse it")]),
    )
    note = TextAreaField("Your reason", [Length(max=LONGEST_TEXT)], description="Needed where you refuse.")


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """A reason: for closing without completing, and for opening again."""

    reason = TextAreaField(
        "Your reason", [DataRequired("Give the reason. It stays in the record"), Length(max=LONGEST_TEXT)]
    )


class HandOverForm(FlaskForm):  # type: ignore[misc]
    """Who takes an action on, and why."""

    owner = SelectField("Owner", coerce=int)
    lead = SelectField("Lead", coerce=int)
    note = TextAreaField(
        "A note for whoever takes it on",
        [DataRequired("Say why it is handed over, for whoever takes it on"), Length(max=LONGEST_TEXT)],
    )


class ContributionForm(FlaskForm):  # type: ignore[misc]
    """Where one body's line stands."""

    status = SelectField("Where is it?", choices=choices(ContributionStatus))
    note = StringField("What they said", [Length(max=1000)])


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """Nothing to fill in: the button confirms."""


class FilterForm(FlaskForm):  # type: ignore[misc]
    """What a list of actions is narrowed to. Sent by GET."""

    class Meta:
        """No token: it changes nothing."""

        csrf = False

    words = StringField("Words or reference")
    report = SelectField("Report", coerce=int)
    owner = SelectField("Owner", coerce=int)
    delivery = SelectField("Status", choices=choices([("", "All"), *Delivery]))
    late = SelectField("Lateness", choices=choices([("", "All"), ("late", "Late only")]))
