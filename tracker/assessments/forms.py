"""The forms of the next assessment, with the words of their errors."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired

from tracker.web.fields import DayMonthYearField, choices


class AreaNameForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """A name as a report prints it, and the name it is compared under."""

    name = StringField(
        "Name of the area, as the report prints it",
        [InputRequired("Enter the name of the area as the report prints it")],
    )
    common = SelectField("Compared under", validate_choice=False)


class PackForm(FlaskForm):  # type: ignore[misc]
    """Which report a pack is about, as at which day, and whether there is a part for what is exempt."""

    report = SelectField("About", validate_choice=True)
    at = DayMonthYearField("As at", description="Today, or any day in the past")
    with_exempt = BooleanField(
        "Add an exempt part",
        description="A document and a zip of their own, not for publication. Without it a count is all that is said of "
        "what is exempt. What is confidential is in no pack.",
    )

    def offer(self, reports: Iterable[tuple[int, str]]) -> None:
        """List the reports, all of them first."""
        self.report.choices = choices([("", "All reports"), *((str(key), name) for key, name in reports)])
