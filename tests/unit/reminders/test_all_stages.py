"""Every stage, on both sides of its day; any history of mornings; rules that change in the middle of a chase."""

import os
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.clock import london_date
from tracker.reminders.stages.rhythm import Calendar
from tracker.reminders.stages.rules import Rules, in_words, read_rules, warnings
from tracker.reminders.stages.samples import samples, show
from tracker.reminders.stages.schedule import Chase, Due, Recipient, due_reminders, mail_is_due, still_new
from tracker.reminders.stages.waiting import Asked, Wish, decisions_due
from tracker.terms import OPEN_DELIVERY, Delivery, Stage

LONG = "TRACKER_TESTS_LONG" in os.environ  # as `make soak` has it
SCHEDULES = 10_000 if LONG else 1_000
DUE = date(2027, 3, 15)  # a Monday
RULES = Rules((28, 14, 7, 1), late_every=7, lead_after=7, director_after=28, silent_after=28, decision_after=5)
OWNER, LEAD, DIRECTOR, CHECKER, OTHER = 1, 2, 3, 4, 5
ENGLAND = Calendar("ENG")
DAY = timedelta(days=1)


def chase(**values: object) -> Chase:
    defaults: dict[str, object] = {
        "action_id": 9,
        "delivery": Delivery.IN_PROGRESS,
        "current_due": DUE,
        "owner": Recipient(OWNER),
        "lead": Recipient(LEAD),
        "directors": (Recipient(DIRECTOR),),
        "last_word": DUE - 10 * DAY,
    }
    return Chase(**(defaults | values))  # type: ignore[arg-type]


def told(day: int, person: int, rules: Rules = RULES, **values: object) -> tuple[Stage, int] | None:
    found = [one for one in due_reminders(chase(**values), rules, DUE + day * DAY) if one.person_id == person]
    assert len(found) <= 1
    return (found[0].stage, (found[0].about_date - DUE).days) if found else None


@pytest.mark.parametrize("day", [27, 28, 400])
def test_the_directors_are_told_once_at_28_days_late(day: int) -> None:
    assert told(day, DIRECTOR) == ((Stage.DIRECTOR_TOLD, 28) if day >= 28 else None)


def test_a_director_who_leads_it_is_told_the_later_of_the_two() -> None:
    both = {"lead": Recipient(DIRECTOR)}
    assert told(7, DIRECTOR, **both) == (Stage.LEAD_TOLD, 7)
    assert told(28, DIRECTOR, **both) == (Stage.DIRECTOR_TOLD, 28)


def test_a_director_who_owns_it_is_asked_as_its_owner() -> None:
    assert told(30, DIRECTOR, owner=Recipient(DIRECTOR)) == (Stage.WHILE_LATE, 28)


def test_a_director_who_has_spoken_since_is_not_told() -> None:
    assert told(30, DIRECTOR, directors=(Recipient(DIRECTOR, spoke_on=DUE + 28 * DAY),)) is None


@pytest.mark.parametrize(("day", "about"), [(-173, None), (-172, -172), (-145, -172), (-144, -144), (-117, -144)])
def test_an_owner_of_whom_nothing_is_heard_is_asked_every_28_days(day: int, about: int | None) -> None:
    expected = None if about is None else (Stage.SILENT, about)
    assert told(day, OWNER, last_word=DUE - 200 * DAY) == expected


def test_who_has_claimed_is_not_asked_for_news() -> None:
    assert told(-100, OWNER, last_word=DUE - 200 * DAY, delivery=Delivery.AWAITING_CHECK) is None


def test_of_silence_and_a_date_on_one_day_the_date_is_said() -> None:
    assert told(0, OWNER, last_word=DUE - 28 * DAY) == (Stage.ON_THE_DAY, 0)
    assert told(3, OWNER, last_word=DUE - 25 * DAY) == (Stage.SILENT, 3)


def test_the_day_itself_can_be_left_out() -> None:
    assert told(0, OWNER, Rules((1,), on_the_day=False)) == (Stage.BEFORE, -1)


@pytest.mark.parametrize(
    ("today", "began"),
    [
        (date(2027, 3, 15), date(2027, 3, 15)),
        (date(2027, 3, 19), date(2027, 3, 15)),
        (date(2027, 3, 30), date(2027, 3, 30)),  # Easter Monday is the 29th
        (date(2027, 3, 29), date(2027, 3, 22)),
        (date(2027, 4, 1), date(2027, 3, 30)),
        (date(2027, 1, 1), date(2026, 12, 29)),  # the 28th stands for Boxing Day, a Saturday
    ],
)
def test_the_week_begins_with_its_first_working_day(today: date, began: date) -> None:
    assert ENGLAND.week_began(today) == began


def test_who_wants_one_mail_a_week_is_told_what_had_fallen_by_its_first_morning() -> None:
    monday = DUE - 7 * DAY
    weekly = chase(owner=Recipient(OWNER, weekly=True), current_due=DUE + DAY)
    for ahead, stage_day in ((0, DUE - 13 * DAY), (1, DUE - 13 * DAY), (4, DUE - 13 * DAY)):
        (due,) = due_reminders(weekly, RULES, monday + ahead * DAY, monday)
        assert (due.stage, due.about_date) == (Stage.BEFORE, stage_day)
    (due,) = due_reminders(weekly, RULES, DUE, DUE)
    assert due.about_date == DUE  # one day before, whatever fell during the week


def test_what_waits_for_the_next_week_is_not_said_to_its_owner() -> None:
    waits_for_it = chase(owner=Recipient(OWNER, weekly=True), own_waits=True)
    (due,) = due_reminders(waits_for_it, RULES, DUE + 9 * DAY, DUE + 7 * DAY)
    assert (due.person_id, due.stage) == (LEAD, Stage.LEAD_TOLD)
    gone = chase(owner=Recipient(OWNER, active=False, weekly=True), own_waits=True)
    assert due_reminders(gone, RULES, DUE, DUE) == [Due(LEAD, 9, Stage.ON_THE_DAY, DUE)]


def test_escalations_do_not_wait_for_the_week() -> None:
    weekly = chase(lead=Recipient(LEAD, weekly=True), current_due=DUE + 2 * DAY)
    days = [DUE + ahead * DAY for ahead in range(14) if due_reminders(weekly, RULES, DUE + ahead * DAY, DUE)]
    first = next(day for day in days if LEAD in {one.person_id for one in due_reminders(weekly, RULES, day, DUE)})
    assert first == DUE + 9 * DAY  # a Wednesday


def test_an_orphans_reminders_do_not_wait_for_the_leads_week() -> None:
    gone = chase(owner=Recipient(OWNER, active=False), lead=Recipient(LEAD, weekly=True), current_due=DUE + 2 * DAY)
    assert due_reminders(gone, RULES, DUE + 2 * DAY, DUE)[0] == Due(LEAD, 9, Stage.ON_THE_DAY, DUE + 2 * DAY)


def asked(wish: Wish = Wish.CLAIM, on: date = DUE, **values: object) -> Asked:
    defaults: dict[str, object] = {"asked_by_id": OWNER, "owner_id": OWNER, "lead_id": LEAD, "checker_id": None}
    return Asked(9, wish, on, **(defaults | values))  # type: ignore[arg-type]


def waits(day: date, *what: Asked, officers: frozenset[int] = frozenset({1, 2, 3, 4, 5})) -> list[tuple[int, date]]:
    planners = sorted({LEAD, DIRECTOR, OTHER} & officers)
    found = decisions_due(what, 5, day, ENGLAND, officers=officers, planners=planners, spoke={})
    return [(one.person_id, one.about_date) for one in found]


@pytest.mark.parametrize(
    ("day", "about"),
    [
        (date(2027, 3, 19), None),
        (date(2027, 3, 22), date(2027, 3, 22)),  # five working days after Monday the 15th
        (date(2027, 3, 25), date(2027, 3, 22)),
        (date(2027, 3, 31), date(2027, 3, 31)),  # Good Friday and Easter Monday do not count
    ],
)
def test_a_decision_is_asked_for_every_five_working_days(day: date, about: date | None) -> None:
    found = waits(day, asked())
    assert {on for _, on in found} == ({about} if about else set())


def test_a_decision_waits_for_its_lead_and_checker_first_and_then_for_everybody_who_may() -> None:
    claim = asked(checker_id=CHECKER)
    assert [person for person, _ in waits(date(2027, 3, 22), claim)] == [LEAD, CHECKER]
    assert [person for person, _ in waits(date(2027, 3, 31), claim)] == [LEAD, DIRECTOR, CHECKER, OTHER]
    wish = asked(Wish.EXTENSION, checker_id=CHECKER)
    assert [person for person, _ in waits(date(2027, 3, 22), wish)] == [LEAD]  # a checker checks claims only


def test_nobody_is_asked_to_decide_on_their_own_work() -> None:
    assert [person for person, _ in waits(date(2027, 3, 22), asked(owner_id=LEAD))] == [DIRECTOR, OTHER]
    assert [person for person, _ in waits(date(2027, 3, 22), asked(asked_by_id=LEAD))] == [DIRECTOR, OTHER]
    gone = frozenset({OWNER, DIRECTOR})
    assert [person for person, _ in waits(date(2027, 3, 22), asked(), officers=gone)] == [DIRECTOR]


def test_a_lead_who_is_no_planner_any_more_is_not_asked_to_decide() -> None:
    for wish in (Wish.EXTENSION, Wish.CLAIM):
        found = waits(date(2027, 3, 22), asked(wish, lead_id=CHECKER))  # an active officer, and no lead
        assert [person for person, _ in found] == [LEAD, DIRECTOR, OTHER]
    checked = asked(lead_id=OWNER, checker_id=CHECKER)
    assert [person for person, _ in waits(date(2027, 3, 22), checked)] == [CHECKER]


def test_a_checker_who_is_no_officer_any_more_is_not_asked_to_check() -> None:
    claim = asked(lead_id=OWNER, checker_id=CHECKER)
    left = frozenset({OWNER, LEAD, DIRECTOR})
    assert [person for person, _ in waits(date(2027, 3, 22), claim, officers=left)] == [LEAD, DIRECTOR]


def test_a_new_wish_is_not_kept_back_by_what_was_said_of_the_one_before() -> None:
    rules = Rules(decision_after=5)
    due = Due(LEAD, 9, Stage.DECISION_WAITS, DUE + 7 * DAY)
    before = [(Stage.DECISION_WAITS, DUE + 3 * DAY)]
    assert not still_new(due, DUE, rules, before)
    assert not still_new(due, DUE, rules, before, decided_on=DUE + 2 * DAY)
    assert still_new(due, DUE, rules, before, decided_on=DUE + 3 * DAY)
    for ahead in (7, 8):  # nothing is said of one day twice, and nothing older after something newer
        known = [(due.stage, DUE + ahead * DAY)]
        assert not still_new(due, DUE, rules, known, decided_on=DUE + 9 * DAY)


def test_of_two_things_that_wait_the_older_counts() -> None:
    found = waits(date(2027, 3, 22), asked(Wish.EXTENSION, DUE + DAY), asked(Wish.CLAIM, DUE))
    assert found == [(LEAD, date(2027, 3, 22))]


def test_who_said_something_today_is_left_in_peace_today() -> None:
    day = date(2027, 3, 22)
    for spoke, expected in (({(9, LEAD): day}, []), ({(9, LEAD): day - DAY}, [LEAD])):
        found = decisions_due([asked()], 5, day, ENGLAND, officers={LEAD}, planners=[LEAD], spoke=spoke)
        assert [one.person_id for one in found] == expected


def play(rules_on: dict[date, Rules], days: list[date], **values: object) -> list[tuple[date, Due]]:
    """The mornings of one action in their order, by the rules of each."""
    said: list[tuple[date, Due]] = []
    for day in sorted(days):
        rules = rules_on[max(since for since in rules_on if since <= day)]
        for due in due_reminders(chase(**values), rules, day):
            before = [(one.stage, one.about_date) for _, one in said if one.person_id == due.person_id]
            if still_new(due, DUE, rules, before):
                said.append((day, due))
    return said


EVERY_DAY = [DUE + ahead * DAY for ahead in range(-120, 200)]


@pytest.mark.parametrize(
    ("changed", "stage", "days"),
    [
        (Rules(late_every=10), Stage.WHILE_LATE, [7, 14, 21, 40]),  # 30 lies too near to 21
        (Rules(late_every=7, lead_after=14), Stage.LEAD_TOLD, [7]),
        (Rules(late_every=7, lead_after=3), Stage.LEAD_TOLD, [7]),
        (Rules(late_every=7, director_after=14), Stage.DIRECTOR_TOLD, [25]),
    ],
)
def test_a_changed_rule_sends_nothing_again(changed: Rules, stage: Stage, days: list[int]) -> None:
    change = {date.min: RULES, DUE + 25 * DAY: changed}
    changed_in = [day for day in EVERY_DAY if day <= DUE + 40 * DAY]
    told_on = [day for day, due in play(change, changed_in) if due.stage is stage]
    assert [(day - DUE).days for day in told_on] == days


RULE = st.builds(
    Rules,
    before=st.lists(st.integers(1, 40), max_size=5, unique=True).map(lambda days: tuple(sorted(days, reverse=True))),
    late_every=st.none() | st.integers(1, 20),
    lead_after=st.none() | st.integers(1, 30),
    director_after=st.none() | st.integers(1, 60),
    silent_after=st.none() | st.integers(1, 60),
    on_the_day=st.booleans(),
)


@settings(max_examples=SCHEDULES, deadline=None)
@given(
    rules=RULE,
    changed=st.none() | st.tuples(st.integers(-40, 120), RULE),
    days=st.sets(st.integers(-60, 150), min_size=1, max_size=25),
    silent=st.integers(0, 200),
    deliveries=st.lists(st.tuples(st.integers(-60, 150), st.sampled_from(list(Delivery))), max_size=3),
    weekly=st.booleans(),
)
def test_any_schedule_says_each_thing_once_whatever_days_are_skipped(
    rules: Rules,
    changed: tuple[int, Rules] | None,
    days: set[int],
    silent: int,
    deliveries: list[tuple[int, Delivery]],
    *,
    weekly: bool,
) -> None:
    given: dict[int, list[Due]] = {OWNER: [], LEAD: [], DIRECTOR: []}
    owner, last_word = Recipient(OWNER, weekly=weekly), DUE - silent * DAY
    for ahead in sorted(days):
        today = DUE + ahead * DAY
        stands = max((one for one in deliveries if one[0] <= ahead), default=(0, Delivery.IN_PROGRESS))[1]
        now = changed[1] if changed and changed[0] <= ahead else rules
        one = chase(owner=owner, last_word=min(last_word, today), delivery=stands)
        due = due_reminders(one, now, today, today - timedelta(days=today.weekday()))
        assert (
            Counter(reminder.person_id for reminder in due).most_common(1)[:1] in ([], [(due[0].person_id, 1)])
            if due
            else True
        )
        for reminder in due:
            before = given[reminder.person_id]
            assert reminder.about_date <= today
            assert stands in OPEN_DELIVERY
            if still_new(reminder, DUE, now, [(told.stage, told.about_date) for told in before]):
                assert reminder not in before
                before.append(reminder)
            else:
                assert before  # only what was said before keeps a reminder back
    for told in given.values():
        assert max(Counter(told).values(), default=1) == 1
        for stage in Stage:
            abouts = [reminder.about_date for reminder in told if reminder.stage is stage]
            assert abouts == sorted(set(abouts))  # never an older day after a newer one
        for once in (Stage.LEAD_TOLD, Stage.DIRECTOR_TOLD):
            assert sum(reminder.stage is once for reminder in told) <= 1


@pytest.mark.parametrize("around", [date(2027, 3, 28), date(2027, 10, 31), date(2028, 2, 29), date(2027, 12, 31)])
def test_every_minute_around_a_turn_of_the_calendar_gives_each_reminder_once(around: date) -> None:
    """Both clock changes, the leap day, the year's end: the key is the London date, not the moment."""
    start = datetime(around.year, around.month, around.day, tzinfo=UTC) - timedelta(days=2)
    one = chase(current_due=around, last_word=around - 5 * DAY)
    due_on = cache(lambda day: due_reminders(one, RULES, day))
    told_of: list[Due] = []
    for minute in range(7 * 24 * 60):
        for offset in (-1, 0, 1):  # machines whose clocks differ by a day
            now = start + timedelta(minutes=minute, days=offset)
            if mail_is_due(now, time(8)):
                before = [(due.stage, due.about_date) for due in told_of]
                told_of += [due for due in due_on(london_date(now)) if still_new(due, around, RULES, before)]
    assert max(Counter(told_of).values()) == 1
    assert {(due.stage, due.about_date) for due in told_of} <= {
        (Stage.BEFORE, around - 7 * DAY),
        (Stage.BEFORE, around - DAY),
        (Stage.ON_THE_DAY, around),
    }


def test_the_29th_of_february_is_28_days_after_the_1st() -> None:
    leap = date(2028, 2, 29)
    for before, stage_day in ((28, date(2028, 2, 1)), (1, date(2028, 2, 28))):
        (due,) = due_reminders(chase(current_due=leap, last_word=stage_day), Rules((before,)), stage_day)
        assert due.about_date == stage_day


def test_rules_read_as_sentences() -> None:
    assert in_words(Rules(on_the_day=False))[:2] == (
        "The owner is told nothing until the date has passed. While it is late the owner is not told again.",
        "Neither the lead nor a director is told that an action is late.",
    )
    assert in_words(Rules((1,), late_every=1, lead_after=1))[:2] == (
        "The owner is told 1 day before the date, and on the day. While it is late: every day.",
        "The lead is told once, at 1 day late; directors are not told.",
    )
    assert in_words(Rules(director_after=3))[1] == "The directors are told once, at 3 days late; the lead is not."
    assert len(warnings(Rules())) == 2
    assert warnings(RULES) == ()
    assert read_rules(RULES.stored()) == RULES


def test_the_samples_show_what_the_rules_do() -> None:
    today = date(2026, 11, 23)
    shown = [show(one, RULES, RULES, today, ENGLAND) for one in samples(today)]
    said = [[telling.words for telling in one.tellings] for one in shown]
    assert "the owner, 14 days before the date" in said[0]
    assert said[0][-2:] == ["the directors, 28 days late", "the owner, 35 days late"]
    assert "the directors, 28 days late" in said[1]
    assert said[2] == ["the owner, nothing said for 56 days", "the owner, nothing said for 84 days"]
    assert "the lead, 7 days late" not in said[1]  # it was told before today
    assert all(ENGLAND.works(telling.day) for one in shown for telling in one.tellings)
    assert [len(week) for week in shown[0].weeks] == [7] * 11
    assert sum(cell.is_due for week in shown[0].weeks for cell in week) == 1
