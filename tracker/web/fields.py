"""Form fields that WTForms lacks, and what the field macros ask about a field. The words of errors say what to do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import wtforms
from werkzeug.datastructures import MultiDict
from wtforms.fields import SelectChoice

from tracker.terms import Term

PARTS = ("day", "month", "year")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EXAMPLE = "like 1 9 2012"
YEAR_DIGITS = 4
YEARS = range(1900, 2101)


class DayMonthYearField(wtforms.Field):  # type: ignore[misc]  # WTForms carries no types
    """A date typed as three inputs, `<name>-day`, `<name>-month` and `<name>-year`; its data is a date or None.

    Nothing typed is None and no error: add InputRequired("Enter …") where a date must be given. What was typed is kept
    for the page (`typed`), and `wrong` names the inputs at fault. A month may be written as a word.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passed on as they came
        """Begin with nothing typed."""
        super().__init__(*args, **kwargs)
        self.typed: tuple[str, str, str] = ("", "", "")
        self.wrong: tuple[str, ...] = ()

    def process(self, formdata: MultiDict[str, str] | None, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Gather the three inputs, so that WTForms and its validators see one value."""
        if formdata is not None:
            self.typed = tuple(str(formdata.get(f"{self.name}-{part}", "")).strip() for part in PARTS)  # type: ignore[assignment]
            formdata = MultiDict({self.name: " ".join(self.typed).strip()} if any(self.typed) else {})
        super().process(formdata, *args, **kwargs)
        if formdata is None and isinstance(self.data, date):
            self.typed = (str(self.data.day), str(self.data.month), str(self.data.year))

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the date; raise ValueError with a sentence that says what to type."""
        self.data = None
        if not valuelist:
            return
        missing = tuple(part for part, typed in zip(PARTS, self.typed, strict=True) if not typed)
        if missing:
            self.wrong = missing
            raise ValueError(f"Enter the {' and the '.join(missing)} as well, {EXAMPLE}")
        self.data = self._read()

    def _read(self) -> date:
        day, month, year = self.typed
        if not (year.isdecimal() and len(year) == YEAR_DIGITS):
            self.wrong = ("year",)
            raise ValueError(f"Enter the year with 4 digits, {EXAMPLE}")
        if int(year) not in YEARS:  # so that no sum with it can leave the calendar
            self.wrong = ("year",)
            raise ValueError(f"Enter a year from {YEARS[0]} to {YEARS[-1]}, {EXAMPLE}")
        try:
            return date(int(year), _month_number(month), int(day))
        except ValueError:
            self.wrong = PARTS
            raise ValueError(f"Enter a real date, {EXAMPLE}") from None

    @property
    def wrong_parts(self) -> tuple[str, ...]:
        """The inputs to mark as wrong: those at fault, or all three when a validator refused the date."""
        return (self.wrong or PARTS) if self.errors else ()


def _month_number(typed: str) -> int:
    word = typed.lower()[:3]
    return MONTHS.index(word) + 1 if word in MONTHS else int(typed)


def choices(options: Iterable[Term | tuple[str | int, str]]) -> list[SelectChoice]:
    """Make the choices of a select, radios or checkboxes from terms or from (value, words) pairs."""
    return [SelectChoice(o.value, o.label) if isinstance(o, Term) else SelectChoice(*o) for o in options]


def control(field: wtforms.Field) -> str:  # noqa: PLR0911 - one line a kind
    """Say which control shows a field.

    > date, select, radios, checkboxes, checkbox, textarea, or the type of its input: text, email, file, password …
    The order matters: radios and checkboxes are kinds of select in WTForms.
    """
    match field:
        case DayMonthYearField():
            return "date"
        case wtforms.RadioField():
            return "radios"
        case wtforms.SelectMultipleField():
            return "checkboxes"
        case wtforms.SelectField():
            return "select"
        case wtforms.BooleanField():
            return "checkbox"
        case wtforms.TextAreaField():
            return "textarea"
    return str(getattr(field.widget, "input_type", "text"))


def first_input_id(field: wtforms.Field) -> str:
    """Return the id of the input a person has to go to: for a date the first wrong part, not the group."""
    return f"{field.id}-{field.wrong_parts[0]}" if isinstance(field, DayMonthYearField) else str(field.id)


def error_links(form: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - a Form, FormField or FieldList
    """List (sentence, address of the input) for every error of a form, in the order of its fields, inner forms too."""
    links = [(str(error), "") for error in getattr(form, "form_errors", ())]
    return links + [(str(error), f"#{first_input_id(field)}") for field, error in _errors(form)]


def _errors(form: Any) -> Iterator[tuple[wtforms.Field, object]]:  # noqa: ANN401
    for field in form:
        if isinstance(field, wtforms.FormField | wtforms.FieldList):
            yield from _errors(field)
        elif field.errors:
            yield field, field.errors[0]


def option_attributes(field: wtforms.Field, given: Mapping[str, str | int | bool]) -> dict[str, str | int | bool]:
    """Merge the attributes a form declares (`render_kw`) with those a page gives; the page wins. No classes."""
    merged = {**(field.render_kw or {}), **given}
    return {name: value for name, value in merged.items() if name not in ("class", "style") and value is not False}
