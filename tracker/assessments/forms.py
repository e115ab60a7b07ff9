"""The form that puts a name of an area under a common one."""

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired


class AreaNameForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """A name as a report prints it, and the name it is compared under."""

    name = StringField(
        "Name of the area, as the report prints it",
        [InputRequired("Enter the name of the area as the report prints it")],
    )
    common = SelectField("Compared under", validate_choice=False)
