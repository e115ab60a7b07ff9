"""The form beside the overdue report: the day it is as at, and what it is narrowed to. Sent by GET."""

from collections.abc import Sequence
from datetime import date

from werkzeug.datastructures import MultiDict
from wtforms import SelectField, ValidationError

from tracker.scrutiny.contents import Filters
from tracker.scrutiny.figures import Named
from tracker.terms import LATE
from tracker.web.as_at import AsAtForm, in_parts
from tracker.web.fields import choices

ALL = ("", "All")
NARROWED_BY = ("report", "service", "body", "band")


class OverdueForm(AsAtForm):
    """The day, and what the report is narrowed to."""

    report = SelectField("Report", validate_choice=False)
    service = SelectField("Service", validate_choice=False)
    body = SelectField("Body", validate_choice=False)
    band = SelectField("How late", validate_choice=False)

    def validate_report(self, field: SelectField) -> None:
        """Refuse what is not in the list."""
        _listed(field, "Choose a report from the list")

    def validate_service(self, field: SelectField) -> None:
        """Refuse what is not in the list."""
        _listed(field, "Choose a service from the list")

    def validate_body(self, field: SelectField) -> None:
        """Refuse what is not in the list."""
        _listed(field, "Choose a body from the list")

    def validate_band(self, field: SelectField) -> None:
        """Refuse what is not in the list."""
        _listed(field, "Choose how late from the list")

    @property
    def filters(self) -> Filters:
        """What was chosen, once it has been found to be sound."""
        return Filters(
            report_id=int(self.report.data) if self.report.data else None,
            service_id=int(self.service.data) if self.service.data else None,
            body_id=int(self.body.data) if self.body.data else None,
            band=next((band for band in LATE if band.value == self.band.data), None),
        )

    @property
    def address(self) -> dict[str, str]:
        """What was chosen, as the address of the same report says it; the day only where it is not today."""
        chosen = {name: str(self[name].data) for name in NARROWED_BY if self[name].data}
        return super().address | chosen


def overdue_form(
    sent: MultiDict[str, str],
    *,
    today: date,
    reports: Sequence[Named],
    services: Sequence[Named],
    bodies: Sequence[Named],
) -> OverdueForm:
    """Make the form of what an address says; its day may be written in one piece: at=2026-11-21."""
    form = OverdueForm(in_parts(sent))
    form.today = today
    for field, offered in ((form.report, reports), (form.service, services), (form.body, bodies)):
        field.choices = choices([ALL, *((str(one.id), one.name) for one in offered)])
    form.band.choices = choices([ALL, *((band.value, band.label) for band in LATE)])
    return form


def chosen_words(form: OverdueForm) -> list[tuple[str, dict[str, str]]]:
    """List what was chosen in words, each with the address of the report without it."""
    words = []
    for name in NARROWED_BY:
        label = next((choice.label for choice in form[name].choices if choice.value == form[name].data), "")
        if form[name].data and label:
            words.append((label, {key: value for key, value in form.address.items() if key != name}))
    return words


def _listed(field: SelectField, sentence: str) -> None:
    if field.data and field.data not in [choice.value for choice in field.choices]:
        raise ValidationError(sentence)
