"""The forms of the lists: a name for a view, and what to change of many actions."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from tracker.actions.forms import LONGEST_TEXT
from tracker.actions.listing.saved_views import LONGEST_NAME


class SaveViewForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """A list under a name."""

    query = HiddenField()
    name = StringField(
        "Name of the view",
        [
            DataRequired("Enter a name for this view"),
            Length(max=LONGEST_NAME, message=f"Enter a name of {LONGEST_NAME} characters or fewer"),
        ],
    )
    shared = BooleanField("Share it with everybody in the council")


class ChangeForm(FlaskForm):  # type: ignore[misc]
    """What to change of many actions: one thing at a time. Whether it can be chosen, ``change_to`` says."""

    chosen = HiddenField()  # the ids, with commas
    seen = HiddenField()  # id:version, with commas: as the preview showed them
    back = HiddenField()  # the list they were chosen from
    owner = SelectField("Owner", default="", validate_choice=False)
    lead = SelectField("Lead", default="", validate_choice=False)
    service = SelectField("Service", default="", validate_choice=False)
    theme = SelectField("Theme", default="", validate_choice=False)
    area = SelectField("Outcome area", default="", validate_choice=False)
    priority = SelectField("Priority", default="", validate_choice=False)
    response = SelectField("Response", default="", validate_choice=False)
    note = TextAreaField(
        "A note",
        [Length(max=LONGEST_TEXT)],
        description="Needed for a new owner or lead, and a response that is not “accepted”. It stands in the history.",
    )
