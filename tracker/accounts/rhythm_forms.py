"""The form of how often one is written to."""

from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.validators import DataRequired

from tracker.terms import MailRhythm
from tracker.web.fields import choices


class RhythmForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """Daily or weekly."""

    rhythm = RadioField(
        "How often do you want to be written to about your own actions?",
        [DataRequired("Choose how often you want to be written to")],
        choices=choices(MailRhythm),
        description="What others are late with, and what waits for your decision or your answer to a member, "
        "come each morning all the same.",
    )
