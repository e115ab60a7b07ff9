"""A list is kept under a name; only its owner changes it, and only leads share."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.factories import make_person
from tests.integration.actions.made import NOW
from tracker.actions.listing import saved_views
from tracker.actions.listing.filters import Filters
from tracker.actions.listing.shown import Column, Order, Shown
from tracker.errors import InvalidValue, NotAllowed, NotFound
from tracker.models import Council, Person, SavedView
from tracker.terms import LATE, Role

LATE_OF_MINE = Shown(Filters(age=LATE, owner=7), Order.LATENESS, (Column.DUE, Column.LEAD))


@pytest.fixture
def lead(session: Session, council: Council) -> Person:
    return make_person(session, council, Role.LEAD)


def save(session: Session, by: Person, name: str, *, shared: bool = False) -> SavedView:
    return saved_views.save_view(session, name=name, shown=LATE_OF_MINE, shared=shared, by=by, now=NOW)


def test_a_view_keeps_filters_order_and_columns(session: Session, lead: Person) -> None:
    view = save(session, lead, "  Late   ones ")
    assert view.name == "Late ones"
    assert Shown.spelt(view.query) == LATE_OF_MINE


def test_ones_own_views_come_first_and_others_only_where_they_are_shared(
    session: Session, council: Council, lead: Person
) -> None:
    owner = make_person(session, council)
    save(session, lead, "Alone")
    save(session, lead, "All", shared=True)
    save(session, owner, "Mine")
    assert [view.name for view in saved_views.views_for(session, owner)] == ["Mine", "All"]
    assert [view.name for view in saved_views.views_for(session, lead)] == ["All", "Alone"]


def test_a_name_is_given_once_a_person(session: Session, council: Council, lead: Person) -> None:
    save(session, lead, "Late")
    save(session, make_person(session, council), "Late")
    with pytest.raises(InvalidValue, match="You have a view of this name"):
        save(session, lead, "Late")
    again = SavedView(council_id=council.id, person_id=lead.id, name="Late", query="", shared=False, created_at=NOW)
    session.add(again)
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_name_has_to_be_there_and_short(session: Session, lead: Person, name: str) -> None:
    with pytest.raises(InvalidValue, match="Enter a name"):
        save(session, lead, name)


def test_only_leads_share(session: Session, council: Council, lead: Person) -> None:
    owner = make_person(session, council)
    with pytest.raises(NotAllowed):
        save(session, owner, "For all", shared=True)
    view = save(session, owner, "Mine")
    with pytest.raises(NotAllowed):
        saved_views.change_view(session, view, name="Mine", shared=True, by=owner)


def test_only_who_saved_a_view_changes_it(session: Session, council: Council, lead: Person) -> None:
    other = make_person(session, council, Role.LEAD)
    shared, private = save(session, lead, "All", shared=True), save(session, lead, "Alone")
    with pytest.raises(NotAllowed):
        saved_views.own_view(session, other, shared.id)
    for view_id in (private.id, 999):
        with pytest.raises(NotFound):
            saved_views.own_view(session, other, view_id)
    saved_views.change_view(session, shared, name="Ours", shared=False, by=lead)
    assert [view.name for view in saved_views.views_for(session, other)] == []
    saved_views.remove_view(session, private)
    assert [view.name for view in saved_views.views_for(session, lead)] == ["Ours"]


def test_nobody_keeps_views_without_end(session: Session, lead: Person) -> None:
    for number in range(saved_views.MOST_VIEWS):
        save(session, lead, f"View {number}")
    with pytest.raises(InvalidValue, match="Remove one"):
        save(session, lead, "One more")
