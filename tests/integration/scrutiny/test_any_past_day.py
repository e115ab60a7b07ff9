"""Whatever people do, in whatever order: a past day is told as it was told on that day.

Random lives go through the real services on a real database. Each evening the overdue report and a whole committee
report are made as of that day; at the end every day is asked for again.
"""

import os
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from tests.integration.scrutiny.listed import (
    Listed,
    judged_then,
    judged_today,
    listed_then,
    listed_today,
    lists,
    shown_to,
)
from tests.integration.scrutiny.lives import VERBS, Lives
from tracker.actions.outlook import Judged
from tracker.models import Action
from tracker.scrutiny.changes import Change
from tracker.scrutiny.contents import OverdueAction, OverdueReport, withheld
from tracker.scrutiny.paper import Asked, Paper
from tracker.scrutiny.papers import assembled
from tracker.scrutiny.queries import overdue_report
from tracker.terms import Marking

LONG = "TRACKER_TESTS_LONG" in os.environ  # as `make soak` has it
EXAMPLES = {"sqlite": 1_000, "postgresql": 100} if LONG else {"sqlite": 16, "postgresql": 4}
STRICTNESS = list(Marking)
Marked = TypeVar("Marked", OverdueAction, Change)

RARELY_OPEN_TO = ["check", "decide_pause", "resume", "look_again"]  # so they are tried more often
USUAL = [name for name in VERBS if name != "close"] * 2 + ["close"] + RARELY_OPEN_TO * 4
Plan = list[tuple[int, bool, list[tuple[str, int, int]]]]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Days, each with what is done on it. How many is Hypothesis's, so that it can take away; what is even chance."""
    chance = draw(st.randoms(use_true_random=True))
    most = draw(st.integers(3, 9))
    return [
        (
            chance.choice([1, 3, 20, 80]),
            chance.random() < 1 / 3,
            [(chance.choice(USUAL), chance.randrange(9), chance.randrange(24)) for _ in range(chance.randrange(4, 14))],
        )
        for _ in range(most)
    ]


@dataclass(frozen=True)
class Told:
    """What is told of a day."""

    overdue: OverdueReport
    paper: Paper
    lists: tuple[Listed, ...]
    outlooks: dict[int, Judged]


def told_of(lives: Lives, day: date, *, past: bool) -> Told:
    """Tell of a day: by the code of today on that day, and later by that of a past day."""
    lives.session.flush()
    lives.session.expire_all()
    return Told(
        overdue_report(lives.session, lives.council, day),
        assembled(lives.session, lives.council, lives.meeting, day),
        tuple((listed_then if past else listed_today)(lives, shown, day) for shown in lists(lives, day)),
        (judged_then if past else judged_today)(lives, day),
    )


def as_may_be_shown(told: Told, now: dict[str, Marking]) -> Told:
    """What was told, without what has been made exempt since: that alone may differ."""
    return Told(
        replace(told.overdue, rows=tuple(withheld(_stricter(row, now)) for row in told.overdue.rows)),
        replace(
            told.paper,
            overdue=replace(told.paper.overdue, rows=tuple(_stricter(row, now) for row in told.paper.overdue.rows)),
            changes=tuple(_stricter(row, now) for row in told.paper.changes),
            questions=_unmarked(told.paper.questions),
        ),
        told.lists,
        told.outlooks,
    )


def _stricter(row: Marked, now: dict[str, Marking]) -> Marked:
    marking = max(row.marking, now[row.reference], key=STRICTNESS.index)
    changed = replace(row, marking=marking)
    if isinstance(changed, OverdueAction) and row.marking is Marking.OPEN and marking is not Marking.OPEN:
        # Its exempt words may stand beside it now that the row itself is only for those who may read them.
        return replace(changed, reason="", safeguard="", last_update=None)
    return changed


def _unmarked(questions: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """Leave out the marking of questions, which is today's whatever the day: it goes with their action's."""
    return tuple(replace(one, marking=Marking.OPEN) for one in questions)


def without_words(told: Told, before: Told) -> Told:
    """Leave out the words of rows that were open then and are exempt now, and the same of questions."""
    open_then = {row.reference for row in before.paper.overdue.rows if row.marking is Marking.OPEN}
    rows = tuple(
        replace(row, reason="", safeguard="", last_update=None)
        if row.reference in open_then and row.marking is not Marking.OPEN
        else row
        for row in told.paper.overdue.rows
    )
    paper = replace(told.paper, questions=_unmarked(told.paper.questions))
    return replace(told, paper=replace(paper, overdue=replace(told.paper.overdue, rows=rows)))


def live_through(session: Session, plan: Plan) -> Lives:
    lives = Lives.begun(session)
    evenings: dict[date, Told] = {}
    for days, late, steps in plan:
        day = lives.live(days, late, steps)
        evenings[day] = told_of(lives, day, past=False)
    now = {one.reference: one.marking for one in session.scalars(select(Action))}
    for day, told in evenings.items():
        again = told_of(lives, day, past=True)
        expected = as_may_be_shown(told, now)
        assert again.overdue == expected.overdue, day
        assert again.outlooks == told.outlooks, day
        assert without_words(again, told).paper == expected.paper, day
        exempt = {reference: marking is not Marking.OPEN for reference, marking in now.items()}
        for then, later in zip(told.lists, again.lists, strict=True):
            assert shown_to(later, exempt) == shown_to(then, exempt), day
    return lives


@pytest.mark.timeout(3_600 if LONG else 300)
def test_every_past_day_is_told_as_it_was_told_on_that_day(sessions: sessionmaker[Session], database_kind: str) -> None:
    done: Counter[str] = Counter()

    @settings(
        max_examples=EXAMPLES[database_kind],
        deadline=None,
        derandomize=not LONG,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(plans())
    def each(plan: Plan) -> None:
        with sessions() as session:
            done.update(live_through(session, plan).done)
            session.rollback()

    each()
    if database_kind == "sqlite":  # the other has too few examples to promise it
        assert not set(VERBS) - set(done), "every verb has done something at least once"
