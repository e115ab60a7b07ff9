"""The forms of what an action is filed under, its steps, and whom to ask at a body."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from tracker.actions.contributions import Contact
from tracker.actions.details import Details
from tracker.actions.forms import LONGEST_TEXT
from tracker.terms import Marking, Priority
from tracker.web.fields import DayMonthYearField, choices

NONE = 0


class DetailsForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """What a lead may change of an action at any time."""

    title = StringField("Title", [DataRequired("Enter a title"), Length(max=300)])
    success_test = TextAreaField(
        "How will somebody see that it has worked?",
        [Length(max=LONGEST_TEXT)],
        description="The test a checker will apply: a sample, a measure and what it must show.",
    )
    priority = SelectField("Priority", choices=choices(Priority))
    service_id = SelectField("Service", coerce=int)
    theme_id = SelectField("Theme", coerce=int)
    outcome_area_id = SelectField("Outcome area", coerce=int)
    checker_id = SelectField(
        "Who checks it",
        coerce=int,
        description="Any lead but the owner may. Appoint somebody here who may as well.",
    )
    marking = SelectField(
        "Who may read it",
        choices=choices(Marking),
        description="What is exempt or confidential never stands in an email, an export or a public paper.",
    )
    opened = HiddenField()  # the details as they stood when the page was opened

    def wanted(self) -> Details:
        """Return the details as they are asked for."""
        return Details(
            title=self.title.data.strip(),
            success_test=(self.success_test.data or "").strip() or None,
            priority=Priority.of(self.priority.data),
            service_id=self.service_id.data or None,
            theme_id=self.theme_id.data or None,
            outcome_area_id=self.outcome_area_id.data or None,
            marking=Marking.of(self.marking.data),
            checker_id=self.checker_id.data or None,
        )


class BaseForm(FlaskForm):  # type: ignore[misc]
    """Another day to count a report's time limits from, and why."""

    base = DayMonthYearField("Count from which day?", [InputRequired("Enter the day to count from, like 1 9 2012")])
    reason = TextAreaField("Why is more time needed?", [Length(max=LONGEST_TEXT)])
    safeguard = TextAreaField("What protects people meanwhile?", [Length(max=LONGEST_TEXT)])


class StepForm(FlaskForm):  # type: ignore[misc]
    """A step on the way."""

    title = StringField("What is the step?", [DataRequired("Say what the step is"), Length(max=300)])
    due = DayMonthYearField("By when?", [InputRequired("Enter the date of the step, like 1 9 2012")])


class ContactForm(FlaskForm):  # type: ignore[misc]
    """Whom to ask at a body."""

    contact_name = StringField("Name", [Length(max=200)])
    contact_email = StringField("Email address", [Length(max=200)])
    due = DayMonthYearField("By when is their part wanted?")
    opened = HiddenField()  # whom to ask as it was noted when the page was opened

    def wanted(self) -> Contact:
        """Return whom to ask as it is asked for."""
        name, email = (self.contact_name.data or "").strip(), (self.contact_email.data or "").strip()
        return Contact(name, email, self.due.data)
