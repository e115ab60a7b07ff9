"""How far a reading is, in three steps."""

import pytest

from tracker.reports.steps import steps
from tracker.terms import IntakeStatus


@pytest.mark.parametrize(
    ("status", "points", "said", "looks"),
    [
        (IntakeStatus.WAITING, None, ["Done", "Waits for its turn", "Not yet"], ["done", "waits", "later"]),
        (IntakeStatus.READING, None, ["Done", "Being read", "Not yet"], ["done", "now", "later"]),
        (IntakeStatus.READ, 12, ["Done", "Done", "12 points found"], ["done", "done", "done"]),
        (IntakeStatus.READ, 1, ["Done", "Done", "1 point found"], ["done", "done", "done"]),
        (IntakeStatus.READ, 0, ["Done", "Done", "0 points found"], ["done", "done", "done"]),
        (IntakeStatus.READ, None, ["Done", "Done", "Done"], ["done", "done", "done"]),  # it was a report before
        (IntakeStatus.REFUSED, None, ["Done", "Could not be read", "Nothing to check"], ["done", "wrong", "later"]),
    ],
)
def test_each_state_has_a_word_and_a_look_for_each_step(
    status: IntakeStatus, points: int | None, said: list[str], looks: list[str]
) -> None:
    found = steps(status, points)
    assert [step.title for step in found] == ["Received", "Read", "Ready to check"]
    assert [step.said for step in found] == said
    assert [step.look for step in found] == looks
