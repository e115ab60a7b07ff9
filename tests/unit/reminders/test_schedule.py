"""Which reminders are due: dates on both sides of every boundary, and any history of sweeps."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.clock import london_date
from tracker.errors import InvalidValue
from tracker.reminders.stages.rules import Rules, read_rules
from tracker.reminders.stages.schedule import Chase, Due, Recipient, due_reminders, mail_is_due
from tracker.terms import OPEN_DELIVERY, Delivery, Stage

DUE = date(2027, 3, 15)
RULES = Rules(before=(14,), late_every=7, lead_after=7)
ALL_STAGES = Rules(before=(28, 14, 7, 1), late_every=7, lead_after=7)
OWNER, LEAD = 1, 2
EIGHT = time(8, 0)


def chase(**values: object) -> Chase:
    defaults: dict[str, object] = {
        "action_id": 9,
        "delivery": Delivery.IN_PROGRESS,
        "current_due": DUE,
        "owner": Recipient(OWNER),
        "lead": Recipient(LEAD),
    }
    return Chase(**(defaults | values))  # type: ignore[arg-type]


def on(day: int, rules: Rules = RULES, **values: object) -> list[tuple[int, Stage, int]]:
    """What is due so many days after the due date: (who, stage, days from the due date to the day it is about)."""
    due = due_reminders(chase(**values), rules, DUE + timedelta(days=day))
    return [(reminder.person_id, reminder.stage, (reminder.about_date - DUE).days) for reminder in due]


@pytest.mark.parametrize(
    ("day", "stage", "about"),
    [
        (-14, Stage.BEFORE, -14),
        (-13, Stage.BEFORE, -14),
        (-1, Stage.BEFORE, -14),
        (0, Stage.ON_THE_DAY, 0),
        (1, Stage.ON_THE_DAY, 0),
        (6, Stage.ON_THE_DAY, 0),
        (7, Stage.WHILE_LATE, 7),
        (13, Stage.WHILE_LATE, 7),
        (14, Stage.WHILE_LATE, 14),
        (399, Stage.WHILE_LATE, 399),
        (400, Stage.WHILE_LATE, 399),
    ],
)
def test_the_owner_is_told_the_latest_stage_that_fell(day: int, stage: Stage, about: int) -> None:
    assert on(day)[0] == (OWNER, stage, about)


def test_nothing_is_due_before_the_first_stage() -> None:
    assert on(-15) == []


@pytest.mark.parametrize(
    ("day", "told"), [(6, []), (7, [(LEAD, Stage.LEAD_TOLD, 7)]), (60, [(LEAD, Stage.LEAD_TOLD, 7)])]
)
def test_the_lead_is_told_of_one_day_however_late_it_gets(day: int, told: list[tuple[int, Stage, int]]) -> None:
    assert on(day)[1:] == told


@pytest.mark.parametrize(
    ("day", "about"),
    [(-29, None), (-28, -28), (-15, -28), (-14, -14), (-8, -14), (-7, -7), (-2, -7), (-1, -1)],
)
def test_more_stages_are_only_more_data(day: int, about: int | None) -> None:
    assert on(day, ALL_STAGES) == ([] if about is None else [(OWNER, Stage.BEFORE, about)])


@pytest.mark.parametrize("off", [0, None])
def test_a_stage_can_be_switched_off(off: int | None) -> None:
    rules = Rules(before=(), late_every=off, lead_after=off)
    assert on(-1, rules) == []
    assert on(400, rules) == [(OWNER, Stage.ON_THE_DAY, 0)]


@pytest.mark.parametrize("delivery", Delivery)
def test_who_is_chased_depends_on_how_far_it_has_got(delivery: Delivery) -> None:
    told = {person for person, _, _ in on(7, delivery=delivery)}
    expected = {
        Delivery.NOT_STARTED: {OWNER, LEAD},
        Delivery.IN_PROGRESS: {OWNER, LEAD},
        Delivery.PAUSED: {OWNER, LEAD},  # the clock runs on
        Delivery.AWAITING_CHECK: {LEAD},  # the owner has done their part
    }
    assert told == expected.get(delivery, set())


@pytest.mark.parametrize(("spoke", "chased"), [(6, True), (7, False), (8, False), (10, False)])
def test_who_has_answered_since_the_stage_fell_is_not_chased(spoke: int, *, chased: bool) -> None:
    owner = Recipient(OWNER, spoke_on=DUE + timedelta(days=spoke))
    assert bool([1 for person, _, _ in on(10, owner=owner) if person == OWNER]) == chased


def test_an_update_answers_nothing_that_falls_later() -> None:
    owner = Recipient(OWNER, spoke_on=DUE + timedelta(days=13))
    assert (OWNER, Stage.WHILE_LATE, 14) in on(14, owner=owner)


def test_what_an_inactive_owner_would_be_told_goes_to_the_lead_once() -> None:
    assert on(7, owner=Recipient(OWNER, active=False)) == [(LEAD, Stage.WHILE_LATE, 7)]
    assert on(0, owner=Recipient(OWNER, active=False)) == [(LEAD, Stage.ON_THE_DAY, 0)]


def test_an_inactive_lead_is_told_nothing() -> None:
    assert on(7, lead=Recipient(LEAD, active=False)) == [(OWNER, Stage.WHILE_LATE, 7)]
    assert on(7, owner=Recipient(OWNER, active=False), lead=Recipient(LEAD, active=False)) == []


STANDIN = 3


@pytest.mark.parametrize("delivery", sorted(OPEN_DELIVERY))
@pytest.mark.parametrize("owner", [True, False])
def test_no_open_action_is_silent_where_its_people_have_gone(delivery: Delivery, *, owner: bool) -> None:
    gone = {"lead": Recipient(LEAD, active=False), "standin": Recipient(STANDIN), "delivery": delivery}
    claimed = delivery is Delivery.AWAITING_CHECK
    asked = [] if claimed else [(OWNER if owner else STANDIN, Stage.WHILE_LATE, 7)]
    told = [(STANDIN, Stage.LEAD_TOLD, 7)] if owner or claimed else []
    assert on(7, owner=Recipient(OWNER, active=owner), **gone) == asked + told


@pytest.mark.parametrize("lead", [Recipient(LEAD, active=False), Recipient(LEAD, planner=False)])
def test_somebody_stands_in_for_a_lead_who_cannot_act(lead: Recipient) -> None:
    gone = {"lead": lead, "standin": Recipient(STANDIN)}
    assert on(7, **gone) == [(OWNER, Stage.WHILE_LATE, 7), (STANDIN, Stage.LEAD_TOLD, 7)]
    assert on(7, owner=Recipient(OWNER, active=False), **gone) == [(STANDIN, Stage.WHILE_LATE, 7)]
    assert on(7, lead=lead, standin=Recipient(OWNER)) == [(OWNER, Stage.WHILE_LATE, 7)]


def test_nobody_stands_in_for_who_is_there() -> None:
    expected = [(OWNER, Stage.WHILE_LATE, 7), (LEAD, Stage.LEAD_TOLD, 7)]
    assert on(7, standin=Recipient(STANDIN)) == expected
    assert on(7, owner=Recipient(OWNER, active=False), standin=Recipient(STANDIN)) == [(LEAD, Stage.WHILE_LATE, 7)]


def test_a_lead_who_owns_it_is_told_once() -> None:
    assert on(7, lead=Recipient(OWNER)) == [(OWNER, Stage.WHILE_LATE, 7)]


def test_a_moved_date_begins_the_chase_again() -> None:
    moved = DUE + timedelta(days=31)
    assert on(7, current_due=moved) == []
    assert on(17, current_due=moved) == [(OWNER, Stage.BEFORE, 17)]
    assert on(31, current_due=moved) == [(OWNER, Stage.ON_THE_DAY, 31)]


@pytest.mark.parametrize("stored", [{"before": [-1]}, {"before": ["14"]}, {"late_every": 1.5}, {"lead_after": True}])
def test_a_rule_that_is_not_a_number_of_days_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        read_rules(stored)


def test_rules_are_read_as_stored() -> None:
    assert read_rules({"before": [7, 28, 14, 7, 0], "late_every": 7, "lead_after": 7}) == Rules((28, 14, 7), 7, 7)
    assert read_rules({}).horizon == 0


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (datetime(2027, 3, 26, 7, 59, 59, tzinfo=UTC), False),  # the Friday before the clocks change
        (datetime(2027, 3, 26, 8, 0, tzinfo=UTC), True),
        (datetime(2027, 3, 29, 6, 59, 59, tzinfo=UTC), False),  # summer time since 28 March
        (datetime(2027, 3, 29, 7, 0, tzinfo=UTC), True),
        (datetime(2027, 10, 29, 7, 0, tzinfo=UTC), True),  # the Friday before they change back, on 31 October
        (datetime(2027, 11, 1, 7, 59, tzinfo=UTC), False),
        (datetime(2027, 11, 1, 8, 0, tzinfo=UTC), True),
        (datetime(2027, 6, 1, 22, 59, tzinfo=UTC), True),
        (datetime(2027, 6, 1, 23, 0, tzinfo=UTC), False),  # midnight in London
        (datetime(2027, 6, 5, 12, 0, tzinfo=UTC), False),  # a Saturday
        (datetime(2027, 6, 4, 23, 0, tzinfo=UTC), False),  # Saturday in London
    ],
)
def test_the_morning_begins_at_eight_in_london(moment: datetime, *, due: bool) -> None:
    assert mail_is_due(moment, EIGHT) is due


@pytest.mark.parametrize("clocks_change", [date(2027, 3, 28), date(2027, 10, 31)])  # both are Sundays
def test_the_minutes_around_a_clock_change_give_each_reminder_once(clocks_change: date) -> None:
    midnight = datetime(clocks_change.year, clocks_change.month, clocks_change.day, tzinfo=UTC)
    minutes = [midnight + timedelta(minutes=minute) for minute in range(-24 * 60, 48 * 60)]
    mornings = [now for now in minutes if mail_is_due(now, EIGHT)]
    said = {due for now in mornings for due in due_reminders(chase(current_due=clocks_change), RULES, london_date(now))}
    assert len(mornings) == 16 * 60  # of the Monday
    assert said == {Due(OWNER, 9, Stage.ON_THE_DAY, clocks_change)}


@given(
    sweeps=st.lists(st.integers(-40, 120), min_size=1, max_size=40),
    rules=st.builds(
        Rules,
        before=st.lists(st.integers(1, 30), max_size=4, unique=True).map(tuple),
        late_every=st.integers(1, 14),
        lead_after=st.integers(1, 30),
    ),
    moves=st.lists(st.tuples(st.integers(-40, 120), st.integers(1, 40)), max_size=3),
)
def test_a_person_is_told_at_most_one_thing_of_an_action_a_day_and_never_an_older_stage_later(
    sweeps: list[int], rules: Rules, moves: list[tuple[int, int]]
) -> None:
    given: list[tuple[date, Due]] = []
    for day in sorted(sweeps):
        today = DUE + timedelta(days=day)
        due_date = DUE + timedelta(days=sum(by for at, by in moves if at <= day))
        due = due_reminders(chase(current_due=due_date), rules, today)
        assert all(reminder.about_date <= today for reminder in due)
        assert len({reminder.person_id for reminder in due}) == len(due)
        given += [(due_date, reminder) for reminder in due if reminder not in {known for _, known in given}]
    for person in (OWNER, LEAD):
        told = [(moved_to, reminder.about_date) for moved_to, reminder in given if reminder.person_id == person]
        assert told == sorted(told)  # within one due date, only ever later days
