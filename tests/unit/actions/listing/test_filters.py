"""An address is read into one value and written back in one spelling, whatever stands in it."""

from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.actions.listing.filters import ANY, IDS, LARGEST_ID, ONE_OF, OPEN, SEVERAL_OF, Filters
from tracker.actions.listing.shown import USUAL, Column, Order, Shown
from tracker.terms import LATE, Delivery, Priority, Timeliness

some_id = st.none() | st.integers(1, LARGEST_ID)
any_filters = st.builds(
    Filters,
    words=st.text(max_size=40).map(lambda words: " ".join(words.split())),
    section=st.text(max_size=20).map(str.strip),
    **dict.fromkeys(IDS, some_id),
    **{name: st.none() | st.sampled_from(list(terms)) for name, terms in ONE_OF.items()},
    **{
        name: st.sets(st.sampled_from(list(terms))).map(lambda some, terms=terms: tuple(t for t in terms if t in some))
        for name, terms in SEVERAL_OF.items()
    },
)  # fmt: skip
any_shown = st.builds(
    Shown,
    filters=any_filters,
    order=st.sampled_from(list(Order)),
    columns=st.sets(st.sampled_from(list(Column)), min_size=1).map(lambda some: tuple(c for c in Column if c in some)),
)
JUNK = st.sampled_from(["", "x", "-1", "0", "1e9", "99999999999", "finished", "late_1_30", "١", "\x00", "open", "any"])
junk = st.dictionaries(
    st.sampled_from([*Filters.__dataclass_fields__, "late", "sort", "column", "page"]), st.lists(JUNK)
)


@given(any_shown)
def test_a_list_is_read_back_as_it_was_written(shown: Shown) -> None:
    assert Shown.spelt(shown.query) == shown


@given(junk)
def test_whatever_stands_in_an_address_is_read_and_has_one_spelling(given_values: dict[str, list[str]]) -> None:
    shown = Shown.read(given_values)
    assert Shown.spelt(shown.query) == shown
    assert Shown.spelt(shown.query).query == shown.query


def test_an_address_that_says_nothing_means_what_is_open() -> None:
    assert Filters.read({}) == Filters(delivery=OPEN)
    assert Filters.read(parse_qs("sort=owner")) == Filters(delivery=OPEN)
    assert Filters(delivery=OPEN).pairs() == [("delivery", "open")]


def test_an_address_that_narrows_nothing_says_so() -> None:
    assert Filters().pairs() == [ANY]
    assert Filters.read({"delivery": ["any"]}) == Filters()
    assert Filters.read({"words": [""], "report": [""]}) == Filters()  # the panel sent with everything empty


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("owner=7", Filters(owner=7)),
        ("owner=x", Filters()),
        ("owner=0", Filters()),
        ("owner=2147483648", Filters()),
        ("delivery=finished", Filters()),
        ("delivery=paused&delivery=not_started", Filters(delivery=(Delivery.NOT_STARTED, Delivery.PAUSED))),
        ("age=late", Filters(age=LATE)),
        ("late=late", Filters(age=LATE)),
        ("age=due_today&age=nonsense", Filters(age=(Timeliness.DUE_TODAY,))),
        ("priority=high", Filters(priority=Priority.HIGH)),
        ("words=++two++words+", Filters(words="two words")),
    ],
)
def test_what_cannot_be_read_is_left_out(address: str, found: Filters) -> None:
    assert Filters.read(parse_qs(address, keep_blank_values=True)) == found


def test_a_filter_can_be_taken_off() -> None:
    filters = Filters(words="a", owner=7, delivery=OPEN)
    assert filters.chosen() == ["words", "owner", "delivery"]
    assert filters.without("owner", "delivery") == Filters(words="a")


def test_filters_are_held_to_what_the_council_has() -> None:
    filters = Filters(owner=7, report=3, words="a")
    assert filters.held_to(lambda name, row_id: (name, row_id) == ("report", 3)) == Filters(report=3, words="a")


def test_columns_and_order_stand_in_the_address_only_where_they_are_not_as_usual() -> None:
    assert Shown(Filters(owner=7)).query == "owner=7"
    shown = Shown(Filters(owner=7), Order.OWNER, (Column.DUE, Column.LEAD))
    assert shown.query == urlencode([("owner", 7), ("sort", "owner"), ("column", "due"), ("column", "lead")])
    assert Shown.spelt("owner=7&column=nothing&sort=sideways") == Shown(Filters(owner=7), Order.DUE, USUAL)
