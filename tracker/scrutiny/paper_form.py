"""The form of a committee report: fields at its top and numbered headings, as councils use them. Pure data.

Learnt from a council's own report of 2008; a committee that has another form keeps it in ``Committee.form``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.terms import Term


class Figures(Term):
    """What the service writes under a heading, after the officer's words."""

    NONE = "", "Nothing"
    STAND = "stand", "Where things stand"
    SINCE = "since", "Since the last meeting"
    LATE = "late", "Late actions"
    QUESTIONS = "questions", "Members’ questions"


@dataclass(frozen=True)
class Field:
    """A line that the officer fills in; at the top, or after the heading it names."""

    key: str
    label: str
    value: str = ""
    after: str = ""


@dataclass(frozen=True)
class Heading:
    """A numbered heading, the words it begins with, and the figures it carries."""

    key: str
    title: str
    words: str = ""
    figures: Figures = Figures.NONE


@dataclass(frozen=True)
class Form:
    """The fields and headings of a committee's reports."""

    fields: tuple[Field, ...]
    headings: tuple[Heading, ...]


NOT_APPLICABLE = "Not applicable, as this report is for information only."
USUAL = Form(
    fields=(
        Field("number", "Agenda item"),
        Field("title", "Report title", "What has become of the inspectorates’ recommendations"),
        Field("plan", "Forward Plan reference number (if applicable)"),
        Field("from", "Report of"),
        Field("wards", "Wards affected", "All"),
        Field("for", "Report for", "Non-key decision"),
        Field("authorised", "Report authorised by", after="recommendations"),
        Field("contact", "Contact officer", after="recommendations"),
    ),
    headings=(
        Heading(
            "purpose",
            "Purpose",
            "To show members how far the council and its partners have carried out what inspectorates recommended.",
        ),
        Heading("introduction", "Introduction by Cabinet Member"),
        Heading(
            "recommendations",
            "Recommendations",
            "That the committee notes this report, and asks about any action that concerns it.",
        ),
        Heading("finance", "Director of Finance comments", NOT_APPLICABLE),
        Heading("legal", "Head of Legal Services comments", NOT_APPLICABLE),
        Heading(
            "background_papers",
            "Local Government (Access to Information) Act 1985",
            "Background papers: the inspectorates’ reports that are named below.",
        ),
        Heading("stand", "Where things stand", figures=Figures.STAND),
        Heading("since", "Since the last meeting", figures=Figures.SINCE),
        Heading("late", "Late actions", figures=Figures.LATE),
        Heading("questions", "Members’ questions", figures=Figures.QUESTIONS),
        Heading("equalities", "Equalities implications"),
        Heading("consultation", "Consultation"),
        Heading("appendices", "Use of appendices"),
    ),
)


def form_of(stored: Mapping[str, Any] | None) -> Form:
    """Return a committee's own form, or the usual one."""
    if not stored:
        return USUAL
    return Form(
        fields=tuple(Field(**one) for one in stored["fields"]),
        headings=tuple(Heading(**{**one, "figures": Figures.of(one.get("figures", ""))}) for one in stored["headings"]),
    )


def first_words(form: Form) -> dict[str, dict[str, str]]:
    """Return the words a new report begins with."""
    return {
        "fields": {field.key: field.value for field in form.fields},
        "sections": {heading.key: heading.words for heading in form.headings},
    }
