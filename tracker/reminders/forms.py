"""The form of a body's contact, who answers for its own line of an action."""

from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired, Length

from tracker.reminders.answering import ANSWERS
from tracker.web.fields import choices

LONGEST_ANSWER = 1_000  # characters, as on the page of a line


class LineAnswerForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """Where the body's line stands, and what was done."""

    status = RadioField("Where is it now?", choices=choices(ANSWERS), default=ANSWERS[0].value)
    note = TextAreaField(
        "What have you done?",
        [DataRequired("Say in a line what you have done"), Length(max=LONGEST_ANSWER)],
        description="One or two lines are enough. Do not name children or families.",
    )
