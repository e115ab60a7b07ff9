"""The form that adds a report: a file, or pasted text."""

from flask_wtf import FlaskForm
from wtforms import FileField, RadioField, TextAreaField
from wtforms.validators import DataRequired

from tracker.web.fields import choices


class AddReportForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """One question: a file, or the text."""

    way = RadioField(
        "How do you want to add it?",
        [DataRequired("Choose a file, or paste the text")],
        choices=choices([("file", "Choose a file"), ("text", "Paste the text")]),
    )
    file = FileField("The report")  # the page says which kinds, and the most it may hold here
    text = TextAreaField("The report’s text")
