"""Pages of a list follow each other without gap or repeat, in every order, both ways, though keys are equal."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_action, make_council, make_person, make_report
from tracker.actions.listing.filters import Filters
from tracker.actions.listing.pages import PAGE, counts, page_of
from tracker.actions.listing.shown import Order, Shown
from tracker.models import Action, Council, work_for
from tracker.terms import LATE, Delivery, Priority, Role

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
MANY = 2 * PAGE + 7
MARKS = (
    *("", "x", "[]", "[1]", '["x", 1]', '["2026-01-01", -1]', '["2026-01-01", 99999999999]', "[[[[", "null", "9" * 900),
    *('["2026-01-01", true, 1]', '{"a": 1, "b": 2}'),
)


@pytest.fixture
def many(session: Session, council: Council) -> list[Action]:
    """More than two pages, with few different values of everything one can sort by."""
    lead = make_person(session, council, Role.LEAD)
    owners = [make_person(session, council, name=name) for name in ("Ann", "Bea", "Ann")]
    reports = [make_report(session, council, added_by=lead, code=f"WES-{number}") for number in range(3)]
    return [
        make_action(
            session,
            council,
            owner=owners[number % 3],
            lead=lead,
            report=reports[number % 3],
            due=TODAY + timedelta(days=number % 4 - 2),
            delivery=Delivery.CHECKED if number % 5 == 0 else Delivery.IN_PROGRESS,
            priority=list(Priority)[number % 2],
            last_update_at=AT + timedelta(hours=number % 3) if number % 3 else None,
        )
        for number in range(MANY)
    ]


def walk(session: Session, shown: Shown, council: Council) -> list[list[int]]:
    """Every page of a list, going forward."""
    pages, after = [], ""
    while True:
        page = page_of(session, shown, council=council, today=TODAY, after=after)
        pages.append([action.id for action in page.actions])
        if not page.after:
            return pages
        after = page.after


def expected(actions: list[Action], order: Order) -> list[int]:
    """The order as a person would say it."""
    heard = {action.id: action.last_update_at or action.created_at for action in actions}
    keys = {
        Order.DUE: lambda a: (a.original_due_date, a.id),
        Order.LATENESS: lambda a: (a.delivery is Delivery.CHECKED, a.original_due_date, a.id),
        Order.PRIORITY: lambda a: (a.priority is not Priority.HIGH, a.original_due_date, a.id),
        Order.OWNER: lambda a: (a.owner.name, a.owner_id, a.original_due_date, a.id),
        Order.REPORT: lambda a: (a.report.code, a.original_due_date, a.id),
        Order.SILENT: lambda a: (heard[a.id], a.id),
        Order.UPDATED: lambda a: (heard[a.id], a.id),
    }
    return [action.id for action in sorted(actions, key=keys[order], reverse=order is Order.UPDATED)]


@pytest.mark.parametrize("order", list(Order))
def test_the_pages_together_are_the_whole_list_in_its_order(
    session: Session, council: Council, many: list[Action], order: Order
) -> None:
    pages = walk(session, Shown(Filters(), order), council)
    assert [len(page) for page in pages] == [PAGE, PAGE, 7]
    assert [one for page in pages for one in page] == expected(many, order)


@pytest.mark.parametrize("order", list(Order))
def test_going_back_shows_the_same_pages(session: Session, council: Council, many: list[Action], order: Order) -> None:
    shown = Shown(Filters(), order)
    first = page_of(session, shown, council=council, today=TODAY)
    assert not first.before
    second = page_of(session, shown, council=council, today=TODAY, after=first.after)
    third = page_of(session, shown, council=council, today=TODAY, after=second.after)
    back = page_of(session, shown, council=council, today=TODAY, before=third.before)
    assert [row.id for row in back.actions] == [row.id for row in second.actions]
    begun = page_of(session, shown, council=council, today=TODAY, before=back.before)
    assert ([row.id for row in begun.actions], begun.before) == ([row.id for row in first.actions], "")


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_that_cannot_be_read_is_the_first_page(
    session: Session, council: Council, many: list[Action], mark: str
) -> None:
    first = page_of(session, Shown(Filters()), council=council, today=TODAY)
    for asked in ({"after": mark}, {"before": mark}):
        assert page_of(session, Shown(Filters()), council=council, today=TODAY, **asked) == first


def test_the_page_before_one_that_nothing_is_before_any_more_is_the_first(session: Session, council: Council) -> None:
    made = make_action(session, council)
    page = page_of(session, Shown(Filters()), council=council, today=TODAY, before='["2020-01-01", 1]')
    assert page.actions == [made]


def test_what_is_counted_agrees_with_what_is_listed(session: Session, council: Council, many: list[Action]) -> None:
    found = counts(session, Shown(Filters()), council=council, today=TODAY)
    late = [row for row in many if row.original_due_date < TODAY and row.delivery is Delivery.IN_PROGRESS]
    assert (found.actions, found.late) == (MANY, len(late))
    assert found.words == f"{MANY} actions, {len(late)} of them late"
    only = counts(session, Shown(Filters(age=LATE)), council=council, today=TODAY)
    assert (only.actions, only.late) == (len(late), len(late))


def test_one_action_and_none_are_said_in_words(session: Session, council: Council) -> None:
    shown = Shown(Filters())
    assert counts(session, shown, council=council, today=TODAY).words == "No actions"
    make_action(session, council, due=TODAY - timedelta(days=1))
    assert counts(session, shown, council=council, today=TODAY).words == "1 action, late"


def test_another_councils_actions_are_neither_listed_nor_counted(session: Session, council: Council) -> None:
    session.info["council"] = "all councils"
    make_action(session, make_council(session, "Northbrook"), due=TODAY - timedelta(days=1))
    session.commit()
    work_for(session, council.id)
    assert page_of(session, Shown(Filters()), council=council, today=TODAY).actions == []
    assert counts(session, Shown(Filters()), council=council, today=TODAY).words == "No actions"
