"""The form that begins an import: the file, and the report its rows belong to."""

from flask_wtf import FlaskForm
from wtforms import FileField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from tracker.errors import InvalidValue
from tracker.web.fields import DayMonthYearField

NEW = "new"


class ImportForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """What is imported, and where it belongs."""

    file = FileField("The spreadsheet", description="An Excel workbook (.xlsx) or CSV, up to 10 MB and 10,000 rows.")
    report = SelectField("Which report does it belong to?", [InputRequired("Choose a report")])
    title = StringField("Title of the new report", [Length(max=300)])
    day = DayMonthYearField("Date of the new report", description="As printed on it, like 1 9 2012.")

    def chosen(self) -> bool:
        """Say whether everything that is needed was given; what is missing stands at its field."""
        good = bool(self.validate_on_submit())
        if not self.file.data:
            self.file.errors = ["Choose the spreadsheet"]
            good = False
        if self.report.data == NEW and not (self.title.data or "").strip():
            self.title.errors = ["Enter the title of the new report"]
            good = False
        if self.report.data == NEW and not self.day.data and not self.day.errors:
            self.day.errors = ["Enter the date of the new report"]
            good = False
        return good

    def refuse(self, refused: InvalidValue) -> None:
        """Show why the rules refused it."""
        field = self[refused.field or "file"]
        field.errors = [*field.errors, refused.sentence]
