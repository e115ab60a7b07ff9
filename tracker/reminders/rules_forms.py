"""The form of the reminder rules. Every number may be left empty: then that stage does not happen."""

import json
from collections.abc import Sequence
from typing import Self

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, StringField
from wtforms.validators import ValidationError

from tracker.reminders.stages.rules import COUNTS, LONGEST, MOST_BEFORE, Rules

EMPTY = "Leave it empty to tell nobody."


class DaysField(StringField):  # type: ignore[misc]  # the library has no types
    """A number of days, or none. Its data is what was typed; ``days`` is the number."""

    days: int | None = None

    def pre_validate(self, _form: object) -> None:
        """Read the number. Raises ValidationError with a sentence that says what to type."""
        self.days = None
        if typed := (self.data or "").strip():
            self.days = _number(typed)
            if self.days is None:
                raise ValidationError(f"Enter a whole number of days from 1 to {LONGEST}, or nothing")


class BeforeField(StringField):  # type: ignore[misc]
    """Several numbers of days with commas between, or none."""

    days: tuple[int, ...] = ()

    def pre_validate(self, _form: object) -> None:
        """Read the numbers. Raises ValidationError with a sentence that says what to type."""
        typed = [part for part in (self.data or "").replace(";", ",").replace(" ", ",").split(",") if part]
        found = [_number(part) for part in typed]
        days = {number for number in found if number is not None}
        if None in found or len(days) > MOST_BEFORE:
            raise ValidationError(
                f"Enter up to {MOST_BEFORE} whole numbers of days from 1 to {LONGEST} with commas between, "
                "like 28, 14, 7, 1"
            )
        self.days = tuple(sorted(days, reverse=True))


class RulesForm(FlaskForm):  # type: ignore[misc]
    """A council's stages."""

    opened = HiddenField()  # the rules as they stood when the page was opened
    before = BeforeField(
        "Days before the date on which the owner is told",
        description="Numbers with commas between, like 28, 14, 7, 1. Leave it empty to tell nobody before the date.",
    )
    on_the_day = BooleanField("Tell the owner on the day as well")
    late_every = DaysField("While it is late, tell the owner again every how many days?", description=EMPTY)
    lead_after = DaysField("After how many days late is the lead told?", description=f"Once. {EMPTY}")
    director_after = DaysField("After how many days late are the directors told?", description=f"Once. {EMPTY}")
    silent_after = DaysField(
        "After how many days without any news is the owner asked?",
        description=f"Of every open action, however far its date is, and again after as many days. {EMPTY}",
    )
    decision_after = DaysField(
        "After how many working days is somebody reminded of a decision that waits for them?",
        description=f"A claim, a request for more time or for a pause; and again after as many working days. {EMPTY}",
    )

    @classmethod
    def of(cls, rules: Rules, opened: str) -> Self:
        """Return the form filled with rules."""
        data: dict[str, object] = {name: str(getattr(rules, name) or "") for name in COUNTS}
        before = ", ".join(str(days) for days in rules.before)
        return cls(formdata=None, data=data | {"before": before, "on_the_day": rules.on_the_day, "opened": opened})

    def validate_director_after(self, field: Field) -> None:
        """Refuse to tell the directors before the lead."""
        lead = self.lead_after.days
        if field.days and lead and field.days <= lead:
            raise ValidationError(f"Tell the directors later than the lead: enter more than {lead}, or nothing")

    def wanted(self) -> Rules:
        """Return the rules that were typed, after they were found valid."""
        counts = {name: self[name].days for name in COUNTS}
        return Rules(before=self.before.days, on_the_day=bool(self.on_the_day.data), **counts)


def opened_with(rules: Rules) -> str:
    """Return rules as the form carries them, to see whether somebody else has changed them meanwhile."""
    return json.dumps(rules.stored(), sort_keys=True)


def hidden_fields(form: RulesForm) -> Sequence[tuple[str, str]]:
    """Return what a form was sent with, for a second button that says yes to it."""
    fields = [(name, str(form[name].data or "")) for name in ("opened", "before", *COUNTS)]
    return [*fields, *([("on_the_day", "y")] if form.on_the_day.data else [])]


def _number(typed: str) -> int | None:
    plain = typed.isascii() and typed.isdecimal() and len(typed) <= len(str(LONGEST))
    return int(typed) if plain and 1 <= int(typed) <= LONGEST else None
