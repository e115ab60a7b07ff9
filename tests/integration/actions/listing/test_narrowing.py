"""What SQL calls fitting a filter is what the rules call so, over any actions and any filters."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_action, make_body, make_council, make_person, make_report, make_service
from tracker.actions.listing.filters import Filters
from tracker.actions.listing.narrowing import conditions, open_ranges
from tracker.actions.outlook_queries import outlooks
from tracker.actions.timeliness import timeliness
from tracker.models import Action, Category, Contribution, Council, Milestone, work_for
from tracker.terms import (
    AssumedDate,
    CategoryKind,
    Delivery,
    Marking,
    Outlook,
    Priority,
    Response,
    Role,
    TimeLimitKind,
    Timeliness,
)

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
WORDS = ("referrals", "caseloads", "fostering")
DAYS = (-200, -181, -180, -91, -90, -31, -30, -1, 0, 1, 13, 14, 15, 100)


@pytest.fixture
def chance() -> random.Random:
    return random.Random(4)  # noqa: S311 - the same actions every time


@pytest.fixture
def actions(session: Session, council: Council, chance: random.Random) -> list[Action]:
    """Actions of every kind, with few different values of each, so that any two filters meet somewhere."""
    owners = [make_person(session, council, post=post) for post in ("Head of care", "Head of health")]
    leads = [make_person(session, council, Role.LEAD) for _ in range(2)]
    reports = [make_report(session, council, added_by=leads[0]) for _ in range(2)]
    services = [None, *(make_service(session, council).id for _ in range(2))]
    bodies = [make_body(session, council) for _ in range(2)]
    themes, areas = ([Category(council_id=council.id, kind=kind, name=f"{kind} {n}") for n in range(2)]
                     for kind in CategoryKind)  # fmt: skip
    session.add_all([*themes, *areas])
    session.flush()
    made = []
    for number in range(150):
        owner = chance.choice(owners)
        delivery = chance.choice(list(Delivery))
        due = TODAY + timedelta(days=chance.choice(DAYS))
        done = delivery in (Delivery.CHECKED, Delivery.HOLDING)
        action = make_action(
            session, council, owner=owner, lead=chance.choice(leads), report=chance.choice(reports), due=due,
            delivery=delivery, title=f"{chance.choice(WORDS)} {number}", post_id=owner.post_id,
            service_id=chance.choice(services), theme_id=chance.choice([None, themes[0].id, themes[1].id]),
            outcome_area_id=chance.choice([None, areas[0].id, areas[1].id]), priority=chance.choice(list(Priority)),
            response=chance.choice(list(Response)), marking=chance.choice(list(Marking)),
            claimed_on=chance.choice([None, due, due + timedelta(days=1)]) if done else None,
            last_update_at=chance.choice([None, NOW - timedelta(days=2), NOW - timedelta(days=60)]),
            created_at=NOW - timedelta(days=chance.choice([10, 90])), due_assumed=(assumed := chance.random() < 0.5),
            assumed_seen_at=chance.choice([None, NOW]) if assumed else None,
        )  # fmt: skip
        action.point.section = chance.choice(["Being healthy", "Staying safe"])
        action.point.limit_kind = chance.choice(list(TimeLimitKind))
        action.point.words = "The council should do better."
        if chance.random() < 0.4:
            session.add(Contribution(council_id=council.id, action_id=action.id, body_id=chance.choice(bodies).id))
        if chance.random() < 0.3:
            step = TODAY + timedelta(days=chance.choice([-20, -3, 5]))
            session.add(Milestone(council_id=council.id, action_id=action.id, title="A step", due_date=step))
        made.append(action)
    session.commit()
    session.info["council"] = "all councils"
    other = make_council(session, "Northbrook")
    make_action(session, other, title="referrals", due=TODAY - timedelta(days=3))
    session.commit()
    work_for(session, council.id)
    return made


def fits(action: Action, filters: Filters, outlook: Outlook | None) -> bool:
    """The filters as plain rules on one action."""
    plain = {
        "report": action.report_id,
        "service": action.service_id,
        "theme": action.theme_id,
        "area": action.outcome_area_id,
        "owner": action.owner_id,
        "post": action.post_id,
        "lead": action.lead_id,
        "response": action.response,
        "priority": action.priority,
        "marking": action.marking,
        "limit": action.point.limit_kind,
        "outlook": outlook,
    }
    if filters.assumed is not None:
        seen = action.assumed_seen_at is not None
        if not action.due_assumed or seen is not (filters.assumed is AssumedDate.AGREED):
            return False
    age = timeliness(action.delivery, action.original_due_date, TODAY, claimed_on=action.claimed_on)
    return (
        all(getattr(filters, name) in (None, value) for name, value in plain.items())
        and filters.section in ("", action.point.section)
        and (not filters.delivery or action.delivery in filters.delivery)
        and (not filters.age or age in filters.age)
        and (filters.body is None or filters.body in [line.body_id for line in action.contributions])
        and (not filters.words or filters.words in action.title)
    )


def some(values: list[object]) -> st.SearchStrategy[object]:
    """Mostly no filter: with all of them at once nothing would be left to compare."""
    return st.none() | st.none() | st.none() | st.sampled_from(values)


def several(terms: object) -> st.SearchStrategy[tuple[object, ...]]:
    return st.just(()) | st.lists(st.sampled_from(list(terms)), unique=True, max_size=6).map(tuple)  # type: ignore[call-overload]


def test_filters_in_sql_equal_filters_in_python(session: Session, council: Council, actions: list[Action]) -> None:
    computed = outlooks(session, actions, TODAY)
    ids = {
        name: sorted({getattr(action, column) for action in actions} - {None})
        for name, column in (
            ("report", "report_id"), ("service", "service_id"), ("theme", "theme_id"), ("area", "outcome_area_id"),
            ("owner", "owner_id"), ("post", "post_id"), ("lead", "lead_id"),
        )
    }  # fmt: skip
    ids["body"] = sorted({line.body_id for action in actions for line in action.contributions})

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        filters=st.builds(
            Filters,
            words=st.just("") | st.just("") | st.sampled_from(WORDS),
            section=st.just("") | st.just("") | st.sampled_from(["Being healthy", "Staying safe"]),
            delivery=several(Delivery),
            age=several(Timeliness),
            response=some(list(Response)),
            priority=some(list(Priority)),
            marking=some(list(Marking)),
            limit=some(list(TimeLimitKind)),
            assumed=some(list(AssumedDate)),
            outlook=some(list(Outlook)),
            **{name: some(values) for name, values in ids.items()},
        )
    )
    def agree(filters: Filters) -> None:
        narrowed = conditions(session, filters, council=council, today=TODAY)
        found = set(session.scalars(select(Action.id).where(*narrowed)))
        expected = {
            action.id
            for action in actions
            if fits(action, filters, computed[action.id].outlook if action.id in computed else None)
        }
        assert found == expected

    agree()


def test_each_filter_alone_finds_some_and_not_all(session: Session, council: Council, actions: list[Action]) -> None:
    one = next(action for action in actions if action.contributions and action.service_id and action.theme_id)
    whole = Filters(
        words=one.title.split()[0], report=one.report_id, section=one.point.section, service=one.service_id,
        theme=one.theme_id, area=next(a.outcome_area_id for a in actions if a.outcome_area_id), owner=one.owner_id,
        post=one.post_id, lead=one.lead_id, body=one.contributions[0].body_id, delivery=(one.delivery,),
        age=(Timeliness.LATE_1_30,), response=one.response, priority=one.priority, marking=one.marking,
        outlook=Outlook.AT_RISK, limit=one.point.limit_kind,
        assumed=AssumedDate.TO_AGREE,
    )  # fmt: skip
    for name in whole.chosen():
        alone = replace(Filters(), **{name: getattr(whole, name)})
        narrowed = conditions(session, alone, council=council, today=TODAY)
        found = session.scalars(select(Action.id).where(*narrowed)).all()
        assert 0 < len(found) < len(actions), name


def test_neighbouring_ages_are_one_range_of_dates() -> None:
    day = timedelta(days=1)
    late = [age for age in Timeliness if age.value.startswith("late")]
    assert open_ranges(late, TODAY, 14) == [(None, TODAY - day)]
    assert open_ranges([*late, Timeliness.DUE_TODAY], TODAY, 14) == [(None, TODAY)]
    assert open_ranges([Timeliness.DUE_SOON, Timeliness.NOT_DUE], TODAY, 14) == [(TODAY + day, None)]
    assert open_ranges([Timeliness.LATE_31_90, Timeliness.DUE_TODAY], TODAY, 14) == [
        (TODAY - timedelta(days=90), TODAY - timedelta(days=31)),
        (TODAY, TODAY),
    ]
    assert open_ranges([Timeliness.DONE_LATE], TODAY, 14) == []
