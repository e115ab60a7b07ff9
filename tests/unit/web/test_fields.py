from datetime import date

import pytest
import wtforms
from werkzeug.datastructures import MultiDict
from wtforms.validators import InputRequired, Optional, ValidationError

from tracker.terms import Decision
from tracker.web.fields import DayMonthYearField, choices, control, error_links, first_input_id, option_attributes


class Form(wtforms.Form):
    due = DayMonthYearField("Due date")


def typed(day: str = "", month: str = "", year: str = "", form: type[wtforms.Form] = Form) -> DayMonthYearField:
    read = form(MultiDict({"due-day": day, "due-month": month, "due-year": year}))
    read.validate()
    return read.due


@pytest.mark.parametrize("month", ["9", "09", "Sep", "september"])
def test_a_date_may_be_typed_with_a_number_or_a_word(month: str) -> None:
    assert typed("1", month, " 2012 ").data == date(2012, 9, 1)


@pytest.mark.parametrize(
    ("day", "month", "year", "sentence", "wrong"),
    [
        ("31", "2", "2012", "Enter a real date, like 1 9 2012", ("day", "month", "year")),
        ("x", "2", "2012", "Enter a real date, like 1 9 2012", ("day", "month", "year")),
        ("1", "13", "2012", "Enter a real date, like 1 9 2012", ("day", "month", "year")),
        ("1", "9", "12", "Enter the year with 4 digits, like 1 9 2012", ("year",)),
        ("1", "9", "", "Enter the year as well, like 1 9 2012", ("year",)),
        ("", "9", "", "Enter the day and the year as well, like 1 9 2012", ("day", "year")),
    ],
)
def test_a_date_that_is_none_says_what_to_type_and_keeps_what_was(
    day: str, month: str, year: str, sentence: str, wrong: tuple[str, ...]
) -> None:
    field = typed(day, month, year)
    assert field.data is None
    assert field.errors == [sentence]
    assert field.wrong_parts == wrong
    assert field.typed == (day, month, year)


def test_nothing_typed_is_no_date_and_no_error() -> None:
    field = typed()
    assert (field.data, list(field.errors), field.wrong_parts) == (None, [], ())


def test_a_date_that_must_be_given_is_asked_for() -> None:
    class Needed(wtforms.Form):
        due = DayMonthYearField(validators=[InputRequired("Enter the due date")])

    assert typed(form=Needed).errors == ["Enter the due date"]
    assert not typed("1", "9", "2012", form=Needed).errors


def test_half_a_date_is_wrong_even_where_none_is_needed() -> None:
    class Free(wtforms.Form):
        due = DayMonthYearField(validators=[Optional()])

    assert typed("", "9", "", form=Free).errors == ["Enter the day and the year as well, like 1 9 2012"]
    assert not typed(form=Free).errors


def test_a_date_that_a_rule_refuses_marks_all_three_inputs() -> None:
    class Later(Form):
        def validate_due(self, field: wtforms.Field) -> None:  # noqa: ARG002 - WTForms hands it over
            raise ValidationError("Enter a date after 1 September 2012")

    field = typed("1", "9", "2012", form=Later)
    assert field.wrong_parts == ("day", "month", "year")


def test_a_date_that_is_known_is_shown_in_the_inputs() -> None:
    assert Form(due=date(2012, 9, 1)).due.typed == ("1", "9", "2012")
    assert Form().due.typed == ("", "", "")


class Point(wtforms.Form):
    due = DayMonthYearField()


class Everything(wtforms.Form):
    title = wtforms.StringField(validators=[InputRequired("Enter a title")])
    email = wtforms.EmailField()
    words = wtforms.TextAreaField(render_kw={"maxlength": 9, "class": "wide"})
    service = wtforms.SelectField(choices=choices([("a", "A")]), validate_choice=False)
    what = wtforms.RadioField(choices=choices([("a", "A")]), validate_choice=False)
    bodies = wtforms.SelectMultipleField(choices=choices([("a", "A")]))
    sure = wtforms.BooleanField()
    file = wtforms.FileField()
    secret = wtforms.PasswordField()
    points = wtforms.FieldList(wtforms.FormField(Point))


def test_every_field_is_shown_by_a_control_of_its_kind() -> None:
    kinds = {field.name: control(field) for field in Everything() if field.name != "points"}
    assert kinds == {
        "title": "text", "email": "email", "words": "textarea", "service": "select", "what": "radios",
        "bodies": "checkboxes", "sure": "checkbox", "file": "file", "secret": "password",
    }  # fmt: skip
    assert control(Form().due) == "date"


def test_choices_are_made_from_terms_or_pairs() -> None:
    made = choices([Decision.AGREED, ("2", "Police")])
    assert [(choice.value, choice.label) for choice in made] == [("agreed", "Agreed"), ("2", "Police")]


def test_an_error_links_to_the_input_to_go_to_also_inside_a_list() -> None:
    form = Everything(MultiDict({"points-0-due-day": "1", "points-0-due-month": "9"}))
    form.validate()
    form.form_errors.append("Choose a point")
    assert error_links(form) == [
        ("Choose a point", ""),
        ("Enter a title", "#title"),
        ("Enter the year as well, like 1 9 2012", "#points-0-due-year"),
    ]


def test_a_date_without_error_is_not_pointed_into() -> None:
    assert first_input_id(typed("31", "2", "2012")) == "due-day"


def test_attributes_of_the_page_win_over_those_of_the_form_and_style_is_left_out() -> None:
    given = {"maxlength": 5, "style": "color: red", "autofocus": False}
    assert option_attributes(Everything().words, given) == {"maxlength": 5}
