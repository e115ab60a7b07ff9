"""The forms of committees, their reports and members' questions, with the words of their errors."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from tracker.models import Meeting
from tracker.scrutiny.committees import MOST_AGENDA_DAYS
from tracker.scrutiny.paper_form import Figures, Form, Heading
from tracker.scrutiny.papers import LONGEST
from tracker.web.fields import DayMonthYearField, choices
from tracker.wording import format_date

LONGEST_QUESTION = 2_000  # characters
LONGEST_ANSWER = 10_000


class CommitteeForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """A committee."""

    name = StringField(
        "Name of the committee",
        [DataRequired("Enter the name of the committee"), Length(max=200, message="Enter at most 200 characters")],
    )
    agenda_days = IntegerField(
        "Agenda published",
        [
            InputRequired("Enter a number of working days"),
            NumberRange(0, MOST_AGENDA_DAYS, f"Enter a number from 0 to {MOST_AGENDA_DAYS}"),
        ],
        default=5,
        description="Clear working days before a meeting. Members’ questions are due before it.",
    )


class MeetingForm(FlaskForm):  # type: ignore[misc]
    """A meeting's day."""

    day = DayMonthYearField("Day of the meeting", [InputRequired("Enter the day of the meeting, like 1 9 2012")])


class MakeForm(FlaskForm):  # type: ignore[misc]
    """Which meeting a report is for, and as at which day."""

    meeting = RadioField("Which meeting is it for?", validate_choice=True, coerce=int)
    at = DayMonthYearField("As at", description="Today, or any day in the past")

    def offer(self, meetings: Sequence[Meeting]) -> None:
        """List the meetings, the next one chosen."""
        self.meeting.choices = choices([(one.id, f"{one.committee.name}, {format_date(one.day)}") for one in meetings])


class HeadingForm(FlaskForm):  # type: ignore[misc]
    """One numbered heading of a committee's form."""

    opened = HiddenField()  # how it stood when the page was opened
    title = StringField(
        "Heading",
        [DataRequired("Enter the heading"), Length(max=200, message="Enter at most 200 characters")],
        description="Without its number: headings are numbered in their order.",
    )
    words = TextAreaField(
        "Words it begins with",
        [Length(max=LONGEST, message=f"Enter at most {LONGEST:,} characters")],
        description="The officer who makes a report can change them.",
    )
    figures = SelectField(
        "What the service writes under it", choices=choices([(one.value, one.label) for one in Figures])
    )


class FieldForm(FlaskForm):  # type: ignore[misc]
    """One field of a committee's form."""

    opened = HiddenField()  # how it stood when the page was opened
    label = StringField(
        "Name of the field", [DataRequired("Enter the name"), Length(max=200, message="Enter at most 200 characters")]
    )
    value = StringField(
        "What it begins with",
        [Length(max=500, message="Enter at most 500 characters")],
        description="The officer who makes a report can change it.",
    )
    after = SelectField("Where it stands")

    def offer(self, headings: Sequence[Heading]) -> None:
        """List the places it can stand at."""
        self.after.choices = choices(
            [("", "At the top"), *((heading.key, f"After “{heading.title}”") for heading in headings)]
        )


class WordsForm:
    """The officer's words: a field for each of the form's fields and headings."""

    @staticmethod
    def made_for(form: Form) -> type[FlaskForm]:
        """Return the form class with the fields of this committee's form."""
        shown: dict[str, object] = {"version": HiddenField()}
        long = Length(max=LONGEST, message=f"Enter at most {LONGEST:,} characters")
        for field in form.fields:
            shown[f"field_{field.key}"] = StringField(
                field.label, [Length(max=500, message="Enter at most 500 characters")]
            )
        for number, heading in enumerate(form.headings, start=1):
            hint = f"The service writes “{heading.figures.label}” under your words." if heading.figures else ""
            shown[f"section_{heading.key}"] = TextAreaField(f"{number}. {heading.title}", [long], description=hint)
        return type("PaperWordsForm", (FlaskForm,), shown)


class AskForm(FlaskForm):  # type: ignore[misc]
    """A member's question."""

    words = TextAreaField(
        "Your question",
        [
            DataRequired("Write your question"),
            Length(max=LONGEST_QUESTION, message=f"Write at most {LONGEST_QUESTION:,} characters"),
        ],
        description="Question and answer stand in the committee’s papers. Do not name children or families.",
        render_kw={"autofocus": True},
    )


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """The answer."""

    answer = TextAreaField(
        "Your answer",
        [
            DataRequired("Write the answer"),
            Length(max=LONGEST_ANSWER, message=f"Write at most {LONGEST_ANSWER:,} characters"),
        ],
        description="It stands in the committee’s papers and stays as it is. Do not name children or families.",
    )
