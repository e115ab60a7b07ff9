"""The forms of an action's life, with the words of their errors."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, MultipleFileField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from tracker.actions.evidence import Upload
from tracker.actions.lifecycle import Move
from tracker.actions.saying import MOVES, Saying, What
from tracker.errors import TrackerError
from tracker.terms import ContributionStatus
from tracker.web.fields import DayMonthYearField, choices
from tracker.web.refusals import place

SHOWN_BY = {  # what reveals each
    "until": What.MORE_TIME,
    "safeguard": What.MORE_TIME,
    "review": What.PAUSE,
    "pause_safeguard": What.PAUSE,
}
LONGEST_TEXT = 10_000  # characters


class UpdateForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """What has happened; a claim, a request for more time and one for a pause are choices that reveal their fields."""

    text = TextAreaField(
        "What has happened?",
        [DataRequired("Say in a line what has happened"), Length(max=LONGEST_TEXT)],
        description="One or two lines are enough. Do not name children or families.",
        render_kw={"autofocus": True},
    )
    what = RadioField("Where is it now?", choices=choices(What), default=What.UPDATE.value)
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
            if self.what.data != choice or self.what.errors:
                self[name].errors = []
        return not self.errors

    def offer(self, moves: Collection[Move]) -> None:
        """Leave of the choices those that the person may make."""
        self.what.choices = [one for one in self.what.choices if MOVES[What.of(one.value)] in moves]

    def saying(self) -> Saying:
        """Return what was said, with the files that came with it."""
        what = What.of(self.what.data)
        pausing = what is What.PAUSE
        return Saying(
            what=what,
            text=self.text.data or "",
            until=self.review.data if pausing else self.until.data,
            safeguard=(self.pause_safeguard.data if pausing else self.safeguard.data) or "",
            link=self.link.data or "",
            uploads=[Upload(file.filename, file.read()) for file in self.files.data or () if file and file.filename],
        )

    def refuse(self, refused: TrackerError) -> None:
        """Put what the rules refused beside the field it is about; each choice reveals a safeguard of its own."""
        if self.what.data == What.PAUSE and refused.field == "safeguard":
            refused.field = "pause_safeguard"
        place(self, refused, fallback="text")


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
    note = StringField(
        "What they said", [Length(max=1000)], description="Leave it empty to keep what they said before."
    )
    opened = HiddenField()  # the line as it stood when the page was opened


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """Nothing to fill in: the button confirms."""
