"""The forms of an action's life, with the words of their errors."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, MultipleFileField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from tracker.terms import ContributionStatus
from tracker.web.fields import DayMonthYearField, choices

UPDATE, CLAIM, MORE_TIME, PAUSE = "update", "claim", "more_time", "pause"
SHOWN_BY = {"until": MORE_TIME, "safeguard": MORE_TIME, "review": PAUSE, "pause_safeguard": PAUSE}  # what reveals each
LONGEST_TEXT = 10_000  # characters


class UpdateForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """What has happened; a claim, a request for more time and one for a pause are choices that reveal their fields."""

    text = TextAreaField(
        "What has happened?",
        [DataRequired("Say in a line what has happened"), Length(max=LONGEST_TEXT)],
        description="One or two lines are enough. Do not name children or families.",
        render_kw={"autofocus": True},
    )
    what = RadioField(
        "Where is it now?",
        choices=choices(
            [
                (UPDATE, "Work goes on"),
                (CLAIM, "I claim that it is done"),
                (MORE_TIME, "I need more time"),
                (PAUSE, "It has to be paused"),
            ]
        ),
        default=UPDATE,
    )
    until = DayMonthYearField("Until when?", [InputRequired("Enter the date you need, like 1 9 2012")])
    review = DayMonthYearField(
        "When will it be looked at again?",
        [InputRequired("Enter the date on which it is looked at again, like 1 9 2012")],
        description="At most 90 days off. On that day it goes on by itself.",
    )
    safeguard = TextAreaField("What protects people meanwhile?", [Length(max=LONGEST_TEXT)])
    pause_safeguard = TextAreaField("What protects people meanwhile?", [Length(max=LONGEST_TEXT)])
    files = MultipleFileField("Files that show it")
    link = StringField(
        "Or a link to where it stands",
        [Length(max=2000)],
        description="A full address, like https://example.org/minutes",
    )

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Judge what the choice shows; what stands in a field it hides neither counts nor blocks."""
        super().validate(extra_validators)
        for name, choice in SHOWN_BY.items():
            if self.what.data != choice:
                self[name].errors = []
        return not self.errors


class HandOverForm(FlaskForm):  # type: ignore[misc]
    """Who takes an action on, and why."""

    opened = HiddenField()  # who had it when the page was opened
    owner = SelectField("Owner", coerce=int)
    lead = SelectField("Lead", coerce=int)
    note = TextAreaField(
        "A note for whoever takes it on",
        [DataRequired("Say why it is handed over, for whoever takes it on"), Length(max=LONGEST_TEXT)],
    )


class HandOverManyForm(FlaskForm):  # type: ignore[misc]
    """Whose actions somebody else takes on, and why. Which of them is chosen beside it."""

    giver = SelectField("Whose actions?", coerce=int)
    taker = SelectField("Who takes them on?", coerce=int)
    note = TextAreaField(
        "A note for whoever takes them on",
        [DataRequired("Say why they are handed over, for whoever takes them on"), Length(max=LONGEST_TEXT)],
    )


class ContributionForm(FlaskForm):  # type: ignore[misc]
    """Where one body's line stands."""

    status = SelectField("Where is it?", choices=choices(ContributionStatus))
    note = StringField("What they said", [Length(max=1000)])


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """Nothing to fill in: the button confirms."""
