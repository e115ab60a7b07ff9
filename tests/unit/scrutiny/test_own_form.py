"""A committee's own form: anything may be changed, but what the service writes stands in every report."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import InvalidValue
from tracker.scrutiny.own_form import MOST, Kind, moved, put_field, put_heading, stored, taken_out
from tracker.scrutiny.paper_form import USUAL, Field, Figures, Form, Heading, form_of


def titles(form: Form) -> list[str]:
    return [one.title for one in form.headings]


def carrying(form: Form) -> dict[Figures, str]:
    return {one.figures: one.title for one in form.headings if one.figures}


def test_a_new_heading_stands_at_the_end_and_moves_up() -> None:
    form = put_heading(USUAL, "", Heading("", "  Climate   implications ", "None."))
    assert titles(form) == [*titles(USUAL), "Climate implications"]
    up = moved(form, Kind.HEADING, form.headings[-1].key, -1)
    assert titles(up)[-2:] == ["Climate implications", "Use of appendices"]
    first = up.headings[0].key
    assert moved(up, Kind.HEADING, first, -1) == up
    assert moved(up, Kind.HEADING, up.headings[-1].key, 1) == up


def test_a_heading_keeps_its_key_when_it_is_renamed_so_that_what_was_written_under_it_stays() -> None:
    form = put_heading(USUAL, "purpose", Heading("", "Purpose of this report"))
    assert form.headings[0] == Heading("purpose", "Purpose of this report")


def test_figures_move_to_the_heading_that_asks_for_them() -> None:
    form = put_heading(USUAL, "", Heading("", "What is late", figures=Figures.LATE))
    assert carrying(form)[Figures.LATE] == "What is late"
    assert next(one for one in form.headings if one.key == "late").figures is Figures.NONE
    without = [*titles(USUAL), "What is late"]
    without.remove("Late actions")
    assert titles(taken_out(form, Kind.HEADING, "late")) == without


@pytest.mark.parametrize("key", ["stand", "since", "late", "questions"])
def test_what_the_service_writes_cannot_be_left_out(key: str) -> None:
    with pytest.raises(InvalidValue, match="stands in every report"):
        taken_out(USUAL, Kind.HEADING, key)
    there = next(one for one in USUAL.headings if one.key == key)
    with pytest.raises(InvalidValue, match="stands in every report"):
        put_heading(USUAL, key, Heading("", there.title))


def test_a_field_that_stood_after_a_heading_goes_to_the_top_with_it() -> None:
    form = taken_out(USUAL, Kind.HEADING, "recommendations")
    assert {one.after for one in form.fields} == {""}


def test_the_title_may_be_called_otherwise_and_is_never_taken_out() -> None:
    form = put_field(USUAL, "title", Field("", "Subject", "Inspection follow-up"))
    assert form.fields[1] == Field("title", "Subject", "Inspection follow-up")
    with pytest.raises(InvalidValue, match="always has a title"):
        taken_out(form, Kind.FIELD, "title")


@pytest.mark.parametrize("name", ["purpose", " Purpose ", ""])
def test_a_name_stands_once(name: str) -> None:
    with pytest.raises(InvalidValue, match="not in the form yet") as refused:
        put_heading(USUAL, "", Heading("", name))
    assert refused.value.field == "title"
    with pytest.raises(InvalidValue, match="not in the form yet"):
        put_field(USUAL, "", Field("", "agenda item"))


def test_a_place_that_is_not_there_and_a_form_that_is_full_are_refused() -> None:
    with pytest.raises(InvalidValue, match="from the list"):
        put_field(USUAL, "", Field("", "Ward", after="nowhere"))
    form = USUAL
    for number in range(MOST - len(USUAL.headings)):
        form = put_heading(form, "", Heading("", f"Heading {number}"))
    with pytest.raises(InvalidValue, match="at most 40"):
        put_heading(form, "", Heading("", "One more"))


names = st.text(max_size=20)
keys = st.sampled_from(["late", "purpose", "title", "wards", "legal"])
headings = st.builds(Heading, st.just(""), names, names, st.sampled_from(Figures))
fields = st.builds(Field, st.just(""), names, names)
changes = st.lists(
    st.one_of(
        st.tuples(st.just(put_heading), st.one_of(st.just(""), keys), headings),
        st.tuples(st.just(put_field), st.just(""), fields),
        st.tuples(st.just(taken_out), st.sampled_from(Kind), keys),
        st.tuples(st.just(moved), st.sampled_from(Kind), keys, st.sampled_from([-1, 1])),
    ),
    max_size=12,
)


@given(changes)
def test_whatever_is_changed_each_of_the_figures_has_one_heading_and_keys_are_different(made: list[tuple]) -> None:  # type: ignore[type-arg]
    form = USUAL
    for change, *arguments in made:
        try:
            form = change(form, *arguments)
        except InvalidValue:
            continue
    assert sorted(one.figures for one in form.headings if one.figures) == sorted(one for one in Figures if one)
    assert len({one.key for one in form.headings}) == len(form.headings)
    assert len({one.key for one in form.fields}) == len(form.fields)
    assert form_of(stored(form)) == form
