"""A list's time grows with what is shown, not with what is stored: the plans of its questions, on both databases."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine, insert, text
from sqlalchemy.orm import Session

from tests.factories import make_action
from tests.integration.reminders.test_query_plans import plans
from tracker.actions.listing.filters import OPEN, Filters
from tracker.actions.listing.finding import find
from tracker.actions.listing.pages import counts, page_of
from tracker.actions.listing.shown import Shown
from tracker.models import Action, ActionPoint, Council, SearchText
from tracker.terms import LATE, Delivery

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
STORED = 12_000
ENDED = (date(2020, 1, 1), date(2029, 1, 1))  # of what is done: as many early as late, so that dates alone say little
LONG = " ".join(f"word{number}" for number in range(80))
FIRST = 1_000_000


@pytest.fixture
def council(session: Session, council: Council, engine: Engine) -> Council:
    """A council with 40 late actions among thousands that ended or are far off, each with words."""
    late = [make_action(session, council, due=TODAY - timedelta(days=number)) for number in range(1, 41)]
    pattern, point = late[0], late[0].point
    action_values = {column.key: getattr(pattern, column.key) for column in Action.__table__.columns}
    point_values = {column.key: getattr(point, column.key) for column in ActionPoint.__table__.columns}
    ids = range(FIRST, FIRST + STORED)
    far = {"original_due_date": date(2030, 1, 1), "current_due_date": date(2030, 1, 1)}
    session.execute(insert(ActionPoint), [point_values | {"id": one, "position": one} for one in ids])
    session.execute(
        insert(Action),
        [
            action_values
            | {"id": one, "reference": f"OLD-{one}", "action_point_id": one, "original_due_date": ENDED[one % 2]}
            | {"current_due_date": ENDED[one % 2]}
            | ({"delivery": Delivery.CHECKED} if one % 20 else far)
            for one in ids
        ],
    )
    piece = {"council_id": council.id, "source": "title"}
    session.execute(
        insert(SearchText),
        [piece | {"action_id": one, "source_id": one, "text": f"OLD-{one} {LONG}"} for one in ids],
    )
    late[0].title = "Zebra crossings"
    session.commit()
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    return council


def whole_table(plan: str, table: str) -> bool:
    return f"Seq Scan on {table}" in plan or f"SCAN {table}" in plan.replace("SCAN search_index VIRTUAL", "")


def two_pages(session: Session, council: Council, filters: Filters) -> None:
    first = page_of(session, Shown(filters), council=council, today=TODAY)
    page_of(session, Shown(filters), council=council, today=TODAY, after=first.after)


def test_a_page_is_read_by_date(session: Session, council: Council, engine: Engine) -> None:
    for filters in (Filters(age=LATE), Filters(delivery=OPEN), Filters()):
        found = plans(engine, "actions", partial(two_pages, session, council, filters))
        assert len(found) == 4  # which actions, then those, for each page
        for plan in found:
            assert not whole_table(plan, "actions"), plan
            assert "TEMP B-TREE FOR ORDER BY" not in plan, plan
        assert any(("ix_actions_open_due" if filters.chosen() else "ix_actions_due") in plan for plan in found)


def test_the_count_by_age_reads_the_late_only(session: Session, council: Council, engine: Engine) -> None:
    found = plans(engine, "actions", lambda: counts(session, Shown(Filters()), council=council, today=TODAY))
    by_age = [plan for plan in found if "ix_actions_open_due" in plan]
    assert len(by_age) == 1
    assert "original_due_date <" in by_age[0] or "original_due_date<" in by_age[0]


def test_what_is_searched_is_found_by_the_index_of_words(session: Session, council: Council, engine: Engine) -> None:
    def work() -> Any:
        return find(session, "zebra", council.id)

    assert [kind.source for kind in work()] == ["title"]
    found = plans(engine, "search_texts", work)
    assert found
    for plan in found:
        assert "ix_search_texts_vector" in plan or "search_index VIRTUAL TABLE" in plan or "pk_search_texts" in plan
        assert not whole_table(plan, "search_texts"), plan


@pytest.mark.parametrize("typed", ["zebra wes", "zebra word1"])
def test_words_that_stand_apart_are_found_by_the_index_of_words_too(
    session: Session, council: Council, engine: Engine, typed: str
) -> None:
    found = plans(engine, "search_texts", lambda: find(session, typed, council.id))
    for plan in found:
        assert not whole_table(plan, "search_texts"), plan
    found = plans(engine, "actions", lambda: find(session, typed, council.id))
    for plan in found:
        assert not whole_table(plan, "actions"), plan


def test_a_list_narrowed_by_words_asks_the_index_of_words_first(
    session: Session, council: Council, engine: Engine
) -> None:
    shown = Shown(Filters(words="zebra"))
    found = plans(engine, "actions", lambda: page_of(session, shown, council=council, today=TODAY))
    assert "ix_search_texts_vector" in found[0] or "search_index VIRTUAL TABLE" in found[0], found[0]
    assert not whole_table(found[0], "actions"), found[0]
