"""What an overdue report says."""

from datetime import date

import pytest

from tests.unit.scrutiny.made import AT, report, row, state
from tracker.scrutiny.contents import LastUpdate, assemble
from tracker.scrutiny.figures import Named, late_ids
from tracker.terms import Delivery, Marking, Timeliness


def test_the_oldest_comes_first_and_the_reference_decides_between_equals() -> None:
    found = report(row(1, 5), row(3, 94), row(2, 94))
    assert [(one.reference, one.days_late) for one in found.rows] == [
        ("WES-2026-02", 94),
        ("WES-2026-03", 94),
        ("WES-2026-01", 5),
    ]
    assert [one.band for one in found.rows] == [Timeliness.LATE_91_180, Timeliness.LATE_91_180, Timeliness.LATE_1_30]


@pytest.mark.parametrize(
    ("late", "band"),
    [
        (1, Timeliness.LATE_1_30),
        (30, Timeliness.LATE_1_30),
        (31, Timeliness.LATE_31_90),
        (90, Timeliness.LATE_31_90),
        (91, Timeliness.LATE_91_180),
        (180, Timeliness.LATE_91_180),
        (181, Timeliness.LATE_OVER_180),
    ],
)
def test_each_late_action_is_counted_in_one_band_of_age(late: int, band: Timeliness) -> None:
    found = assemble("Westmere Council", AT, [state(1, late)], [])
    assert {one: count for one, count in found.by_age if count} == {band: 1}
    assert late_ids([state(1, late)], AT, band) == {1}


@pytest.mark.parametrize("late", [0, -1])
def test_what_is_due_today_or_later_is_not_late(late: int) -> None:
    assert late_ids([state(1, late)], AT, None) == set()


def test_the_figures_count_every_action_once() -> None:
    on_time, too_late = date(2026, 1, 1), AT
    states = [
        state(1, 10),
        state(2, -10, accepted=False),
        state(3, 20, Delivery.AWAITING_CHECK),
        state(4, 200, Delivery.CHECKED, claimed_on=on_time),
        state(5, 200, Delivery.HOLDING, claimed_on=too_late),
        state(6, -5, Delivery.CHECKED, claimed_on=on_time),
        state(7, 30, Delivery.CLOSED_NOT_COMPLETED),
    ]
    totals = assemble("Westmere Council", AT, states, []).totals
    assert (totals.open, totals.late) == (3, 2)
    assert (totals.implemented, totals.accepted) == (3, 6)
    # Closing what was not completed does not make the share of what was on time look better.
    assert (totals.on_time, totals.due_or_done) == (2, 6)
    assert totals.summary == (
        "2 of 3 open actions are late, counted against the original due date. 3 of 6 accepted actions (50%) are "
        "completed and checked; 2 of the 6 that have fallen due or are done (33%) were done on time."
    )


def test_groups_have_the_most_late_first() -> None:
    others = {"service": Named(2, "Education"), "report": Named(2, "WES-2025: A letter")}
    states = [state(1, -3), state(2, 3, **others), state(3, 9, Delivery.CHECKED, **others)]
    states += [state(4, 9, Delivery.CLOSED_NOT_COMPLETED, **others)]
    found = assemble("Westmere Council", AT, states, [])
    assert [(one.named.name, one.actions, one.done, one.open, one.late, one.closed) for one in found.by_service] == [
        ("Education", 3, 1, 1, 1, 1),
        ("Children in care", 1, 0, 1, 0, 0),
    ]
    assert [one.named.id for one in found.by_report] == [2, 1]


@pytest.mark.parametrize("marking", [Marking.EXEMPT, Marking.CONFIDENTIAL])
def test_what_is_not_open_keeps_its_reference_and_loses_every_word(marking: Marking) -> None:
    secret = row(
        1, 40, marking=marking, title="secret", words="secret", owner="secret", post="secret", place="secret",
        report="secret", reason="secret", safeguard="secret", silent_bodies=("secret",), times_moved=2, days_gained=9,
        last_update=LastUpdate("secret", AT, "secret"),
    )  # fmt: skip
    found = report(secret)
    assert "secret" not in repr(found)
    assert [(one.reference, one.title, one.withheld) for one in found.rows] == [
        ("WES-2026-01", "Exempt information", True)
    ]
    assert found.totals.late == 1


@pytest.mark.parametrize(
    ("times", "days", "words"),
    [
        (0, 0, "Date never moved"),
        (1, 1, "Date moved once, 1 day gained"),
        (2, 92, "Date moved twice, 92 days gained"),
        (3, 100, "Date moved 3 times, 100 days gained"),
    ],
)
def test_moves_of_the_date_are_told_in_words(times: int, days: int, words: str) -> None:
    assert row(1, 1, times_moved=times, days_gained=days).moved_words == words


def test_it_says_how_many_of_the_late_actions_are_listed() -> None:
    assert report(row(1, 2)).listed == "1 late action"
    assert assemble("Westmere Council", AT, [state(1, 2), state(2, 99)], [row(1, 2)]).listed == "1 of 2 late actions"
