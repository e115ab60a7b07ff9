"""The forms of checking what was read."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from tracker.terms import BaseDateChoice, TimeLimitKind, TimeUnit
from tracker.web.fields import DayMonthYearField, choices

NOBODY = 0
LONGEST_WORDS = 20_000  # characters


class PointForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """One point: what may be corrected, and who answers for it."""

    version = HiddenField()  # of the point when the page was opened
    title = StringField("Title of the action", [DataRequired("Enter a title"), Length(max=300)])
    words = TextAreaField("The report’s words", [DataRequired("Enter the report’s words"), Length(max=LONGEST_WORDS)])
    section = StringField("Section of the report", [Length(max=300)])
    limit_kind = SelectField("Time limit", choices=choices(TimeLimitKind))
    limit_count = IntegerField("How many", [Optional(), NumberRange(1, 1200, "Enter a number from 1 to 1200")])
    limit_unit = SelectField("Of", choices=choices(TimeUnit))
    limit_date = DayMonthYearField("Printed date")
    owner = SelectField("Owner", coerce=int)
    lead = SelectField("Lead", coerce=int)


class AddPointForm(PointForm):
    """A point the reader missed; its title may be left to the service."""

    title = StringField("Title of the action", [Length(max=300)], description="Leave empty to take it from the words.")


class LeaveOutForm(FlaskForm):  # type: ignore[misc]
    """The reason for leaving a point out."""

    reason = StringField("Why is it left out?", [DataRequired("Say why this point is left out"), Length(max=1000)])


class SplitForm(FlaskForm):  # type: ignore[misc]
    """The words of a point, parted by empty lines."""

    parts = TextAreaField(
        "The report’s words",
        [DataRequired("Keep the report’s words here"), Length(max=LONGEST_WORDS)],
        description="Put an empty line where one action ends and the next begins.",
    )


class ManyForm(FlaskForm):  # type: ignore[misc]
    """What to do with all the points that are ticked."""

    owner = SelectField("Owner", coerce=int)
    lead = SelectField("Lead", coerce=int)


class FactsForm(FlaskForm):  # type: ignore[misc]
    """What the report is, and the day its time limits are counted from."""

    version = HiddenField()  # of the report when the page was opened
    title = StringField("Title", [DataRequired("Enter the report’s title"), Length(max=500)])
    inspection_start = DayMonthYearField("First day of the inspection")
    inspection_end = DayMonthYearField("Last day of the inspection")
    published = DayMonthYearField("Date printed on the report")
    choice = RadioField(
        "Count time limits from",
        choices=choices(BaseDateChoice),
    )
    typed = DayMonthYearField("Which date?")
    review_date = DayMonthYearField("Date of the joint area review")
