"""Two people at once, on a page: what somebody else has put there stands beside what this person has typed."""

from datetime import date
from typing import Any

import wtforms

from tracker.wording import format_date

Rows = list[tuple[str, str]]


def theirs(form: Any, stands: Any) -> Rows:  # noqa: ANN401 - WTForms has no types
    """Return what stands now where the form asks for something else: > ("Title", "Their title").

    ``stands`` is the same form, filled with what stands. The person's form is from now on one that was opened on it, so
    that sending it again puts theirs in its place.
    """
    form.opened.data = stands.opened.data
    shown = [field for field in stands if not isinstance(field, wtforms.HiddenField)]
    return [(field.label.text, _words(field)) for field in shown if _plain(field) != _plain(form[field.name])]


def _plain(field: wtforms.Field) -> object:
    return field.data.strip() if isinstance(field.data, str) else field.data or ""


def _words(field: wtforms.Field) -> str:
    if isinstance(field.data, date):
        return format_date(field.data)
    named = {choice.value: choice.label for choice in getattr(field, "choices", None) or []}
    return str(named.get(field.data, field.data) or "Nothing")
