"""Where on a form a refusal of the rules is shown: at the field it names."""

import wtforms

from tracker.errors import TrackerError


def place(form: wtforms.Form, refused: TrackerError, fallback: str) -> None:
    """Put the sentence at the field the refusal names, where the form has it, else at the fallback."""
    field = form[refused.field if refused.field and refused.field in form else fallback]
    field.errors = [*field.errors, refused.sentence]
