"""Will it be done by its date? Each light with its reason, from what anybody can see."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.actions.outlook import Judged, Signs, Step, outlook
from tracker.terms import OPEN_DELIVERY, Delivery, Outlook

TODAY = date(2026, 11, 23)
DUE = TODAY + timedelta(days=60)
WELL = Signs(Delivery.IN_PROGRESS, due=DUE, today=TODAY, last_word=TODAY - timedelta(days=3))


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def step(due: date, *, done: bool = False, title: str = "Agree the text") -> Step:
    return Step(title, due, done)


ON, RISK, OFF = Outlook.ON_TRACK, Outlook.AT_RISK, Outlook.OFF_TRACK
CASES = [
    ({}, ON, "Last heard of 3 days ago."),
    ({"last_word": TODAY}, ON, "Last heard of today."),
    ({"steps": (step(ago(9), done=True), step(ahead(9)))}, ON, "Last heard of 3 days ago; 1 of 2 steps done."),
    ({"delivery": Delivery.NOT_STARTED, "due": ahead(15)}, ON, "Last heard of 3 days ago."),
    ({"delivery": Delivery.NOT_STARTED, "due": ahead(14)}, OFF, "Work has not begun and 14 days are left."),
    ({"delivery": Delivery.NOT_STARTED, "due": ahead(1)}, OFF, "Work has not begun and 1 day is left."),
    ({"delivery": Delivery.NOT_STARTED, "due": TODAY}, OFF, "Work has not begun and it is due today."),
    ({"steps": (step(ago(14)),)}, RISK, "The step “Agree the text” is 14 days late."),
    ({"steps": (step(ago(15)),)}, OFF, "The step “Agree the text” is 15 days late."),
    ({"steps": (step(ago(2)), step(ago(20), title="Ask"))}, OFF, "The step “Ask” is 20 days late."),
    ({"steps": (step(TODAY),)}, ON, "Last heard of 3 days ago; 0 of 1 step done."),
    ({"last_word": ago(27)}, ON, "Last heard of 27 days ago."),
    ({"last_word": ago(28)}, RISK, "Nobody has said anything for 28 days."),
    ({"times_moved": 1}, ON, "Last heard of 3 days ago."),
    ({"times_moved": 2}, RISK, "Its date was moved twice."),
    (
        {"times_moved": 3, "last_word": ago(40)},
        OFF,
        "Its date was moved 3 times and nobody has said anything for 40 days.",
    ),
    ({"delivery": Delivery.PAUSED}, RISK, "It is paused."),
    ({"silent_bodies": ("The trust",)}, ON, "Last heard of 3 days ago."),
    (
        {"silent_bodies": ("The trust",), "due": ahead(28)},
        RISK,
        "The trust has not replied, and 28 days are left.",
    ),
    (
        {"silent_bodies": ("The trust", "The police"), "due": ahead(5)},
        RISK,
        "The trust and The police have not replied, and 5 days are left.",
    ),
    (
        {"steps": (step(ago(3), done=True), step(ahead(2)), step(ahead(9))), "due": ahead(14)},
        RISK,
        "1 of 3 steps done, and 14 days are left.",
    ),
    (
        {"delivery": Delivery.AWAITING_CHECK, "last_word": ago(90), "times_moved": 4},
        ON,
        "It is claimed as done and waits for a check.",
    ),
]


@pytest.mark.parametrize(("signs", "light", "reason"), CASES)
def test_each_sign_gives_its_light_and_its_reason(signs: dict[str, object], light: Outlook, reason: str) -> None:
    assert outlook(replace(WELL, **signs)) == Judged(light, reason)  # type: ignore[arg-type]


@pytest.mark.parametrize("delivery", sorted(set(Delivery) - OPEN_DELIVERY))
def test_what_has_ended_has_no_outlook(delivery: Delivery) -> None:
    assert outlook(replace(WELL, delivery=delivery)) is None


def test_what_is_past_its_date_has_no_outlook_its_lateness_says_it() -> None:
    assert outlook(replace(WELL, due=ago(1))) is None
    assert outlook(replace(WELL, due=TODAY)) is not None


@given(
    st.sampled_from(sorted(OPEN_DELIVERY)),
    st.integers(0, 400),
    st.integers(0, 400),
    st.lists(st.tuples(st.integers(-100, 100), st.booleans()), max_size=4),
    st.integers(0, 5),
)
def test_every_open_action_before_its_date_has_a_light_and_a_sentence(
    delivery: Delivery, left: int, quiet: int, steps: list[tuple[int, bool]], moved: int
) -> None:
    judged = outlook(
        Signs(delivery, due=ahead(left), today=TODAY, last_word=ago(quiet), times_moved=moved,
              steps=tuple(step(ahead(days), done=done) for days, done in steps))
    )  # fmt: skip
    assert judged is not None
    assert judged.reason.endswith(".")
    assert judged.reason[:1].isupper()
