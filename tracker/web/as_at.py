"""The day that a page is asked for: today, or a day in the past, from an address or the small form that shows another.

A day may be written in one piece, at=2026-11-21, or in three, as the form sends it.
"""

from datetime import date

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import ValidationError
from wtforms.validators import Optional

from tracker.errors import InvalidValue
from tracker.web.fields import PARTS, DayMonthYearField
from tracker.wording import format_date


class AsAtForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """The day. Sent by GET."""

    class Meta:
        """No token: it changes nothing."""

        csrf = False

    at = DayMonthYearField("As at", [Optional()], description="A day in the past, or nothing for today")
    today: date

    def validate_at(self, field: DayMonthYearField) -> None:
        """Refuse a day that has not come."""
        if field.data and field.data > self.today:
            raise ValidationError(f"Enter a date that is not after today, {format_date(self.today)}")

    @property
    def day(self) -> date:
        """The day that was asked for."""
        chosen: date | None = self.at.data
        return chosen or self.today

    @property
    def past(self) -> date | None:
        """The day, where it is not today."""
        return self.day if self.day != self.today else None

    @property
    def address(self) -> dict[str, str]:
        """The day as an address says it, where it is not today."""
        return {"at": self.day.isoformat()} if self.past else {}


def day_asked(today: date) -> AsAtForm:
    """Return the form of what the address says. The page says what is wrong with it, if anything."""
    form = AsAtForm(in_parts(request.args))
    form.today = today
    return form


def sound_day(today: date) -> AsAtForm:
    """Return the same for what has no page to say it on, a file: raises InvalidValue with the sentence."""
    form = day_asked(today)
    if not form.validate():
        raise InvalidValue(" ".join(f"{error}." for errors in form.errors.values() for error in errors))
    return form


def in_parts(sent: MultiDict[str, str]) -> MultiDict[str, str]:
    """Return what was sent with the day in three pieces, as the fields of a form read it."""
    day = sent.get("at", "")
    if not day:
        return sent
    year, month, rest = (*day.split("-", 2), "", "")[:3]
    written = (rest.removeprefix("0"), month.removeprefix("0"), year)
    return MultiDict({**sent, **{f"at-{part}": value for part, value in zip(PARTS, written, strict=True)}})
