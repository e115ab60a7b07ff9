"""The form that adds a report: a file, or pasted text."""

from flask_wtf import FlaskForm
from wtforms import FileField, RadioField, TextAreaField
from wtforms.validators import InputRequired

from tracker.web.fields import choices


class AddReportForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """One question: a file, or the text."""

    way = RadioField(
        "How do you want to add it?",
        [InputRequired("Choose a file, or paste the text")],
        choices=choices([("file", "Choose a file"), ("text", "Paste the text")]),
    )
    file = FileField(
        "The report", description="A PDF with text, a Word document, a web page or plain text, up to 25 MB"
    )
    text = TextAreaField("The report’s text")
