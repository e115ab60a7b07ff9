"""Changes of a committee's form: its fields and headings put in, moved and taken out. Pure.

A form may look like anything, but what the service writes stands in every report: each of the figures has one heading.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any, TypeVar

from tracker.errors import InvalidValue
from tracker.scrutiny.paper_form import Field, Figures, Form, Heading
from tracker.terms import Term

Part = TypeVar("Part", bound=Field | Heading)
TITLE = "title"  # the field that names the report: it may be called otherwise, and is never taken out
MOST = 40  # fields, and headings


class Kind(Term):
    """What a form is made of."""

    FIELD = "fields", "field"
    HEADING = "headings", "heading"


def put_heading(form: Form, key: str, heading: Heading) -> Form:
    """Put a heading in, at the end where the key is empty, else in the place of the one it names.

    The figures it carries leave the heading they stood under. Raises InvalidValue for a name that is there already,
    or where figures would stand nowhere any more.
    """
    placed = replace(heading, key=key or _new_key(form.headings, heading.title), title=_name(heading.title))
    _refuse_double(placed.title, [one.title for one in form.headings if one.key != key], "title")
    others = [
        one if one.key == key or not placed.figures or one.figures is not placed.figures else _without_figures(one)
        for one in form.headings
    ]
    changed = replace(form, headings=_put(others, key, placed))
    _require_figures(changed, "figures", "Choose another heading for them first: open it and choose them there.")
    return changed


def put_field(form: Form, key: str, field: Field) -> Form:
    """Put a field in, at the end where the key is empty. Raises InvalidValue for a name that is there already."""
    placed = replace(field, key=key or _new_key(form.fields, field.label), label=_name(field.label))
    _refuse_double(placed.label, [one.label for one in form.fields if one.key != key], "label")
    if placed.after and placed.after not in {one.key for one in form.headings}:
        raise InvalidValue("Choose a place from the list.", field="after")
    return replace(form, fields=_put(form.fields, key, placed))


def taken_out(form: Form, kind: Kind, key: str) -> Form:
    """Take a field or a heading out; a field that stood after the heading goes to the top.

    Raises InvalidValue for the report's title, and for a heading the service writes under.
    """
    if kind is Kind.FIELD:
        if key == TITLE:
            raise InvalidValue("A report always has a title.")
        return replace(form, fields=tuple(one for one in form.fields if one.key != key))
    fields = tuple(replace(one, after="") if one.after == key else one for one in form.fields)
    changed = Form(fields, tuple(one for one in form.headings if one.key != key))
    _require_figures(changed, "", "Open another heading and choose them there first.")
    return changed


def moved(form: Form, kind: Kind, key: str, by: int) -> Form:
    """Move a field or a heading so many places down, or up; at an end it stays."""
    if kind is Kind.FIELD:
        return replace(form, fields=_moved(form.fields, key, by))
    return replace(form, headings=_moved(form.headings, key, by))


def stored(form: Form) -> dict[str, Any]:
    """Return a form as it is kept."""
    headings = [asdict(one) | {"figures": one.figures.value} for one in form.headings]
    return {"fields": [asdict(one) for one in form.fields], "headings": headings}


def _put(parts: Sequence[Part], key: str, placed: Part) -> tuple[Part, ...]:
    if key:
        return tuple(placed if one.key == key else one for one in parts)
    if len(parts) >= MOST:
        raise InvalidValue(f"A form has at most {MOST} of these.")
    return (*parts, placed)


def _moved(parts: Sequence[Part], key: str, by: int) -> tuple[Part, ...]:
    here = next((place for place, one in enumerate(parts) if one.key == key), None)
    if here is None:
        return (*parts,)
    rest = [one for one in parts if one.key != key]
    rest.insert(max(0, here + by), parts[here])
    return (*rest,)


def _require_figures(form: Form, field: str, what_to_do: str) -> None:
    carried = {one.figures for one in form.headings}
    missing = [figures.label for figures in Figures if figures and figures not in carried]
    if missing:
        raise InvalidValue(f"“{missing[0]}” stands in every report. {what_to_do}", field=field or None)


def _without_figures(heading: Heading) -> Heading:
    return replace(heading, figures=Figures.NONE)


def _refuse_double(name: str, others: Sequence[str], field: str) -> None:
    if not name or name.casefold() in {other.casefold() for other in others}:
        raise InvalidValue("Enter a name that is not in the form yet.", field=field)


def _name(words: str) -> str:
    return " ".join(words.split())


def _new_key(parts: Sequence[Field | Heading], name: str) -> str:
    """Return a key from the name's letters that no other part has."""
    stem = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:30] or "own"
    taken = {one.key for one in parts}
    return next(key for number in range(1, len(parts) + 3) if (key := f"{stem}_{number}") not in taken)
