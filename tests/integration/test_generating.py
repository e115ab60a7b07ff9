"""A large demonstration, made small: its history is whole, its rows obey the database, and the seed decides."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from tests.conftest import MONDAY_MORNING
from tracker import audit
from tracker.actions.listing import searching
from tracker.actions.timeliness import timeliness
from tracker.clock import london_date
from tracker.demonstration.generating import Size, generate
from tracker.demonstration.generating_rows import COLUMNS
from tracker.errors import InvalidValue
from tracker.models import Action, Claim, Council, Extension, HistoryEntry, Person, SearchText, Update, work_for
from tracker.terms import LATE, Delivery, Timeliness

SMALL = Size(actions=1200, councils=2, seed=7)
TODAY = london_date(MONDAY_MORNING)


@pytest.fixture
def made(engine: Engine) -> Engine:
    generate(engine, SMALL, MONDAY_MORNING, password_hash="no password")
    return engine


def everything(engine: Engine) -> dict[str, list[Any]]:
    with engine.connect() as connection:
        return {
            table: [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY id"))]  # noqa: S608
            for table in COLUMNS
        }


def test_it_has_as_many_actions_and_councils_as_were_asked_for(made: Engine, session: Session) -> None:
    rows = session.execute(select(Action.council_id, func.count()).group_by(Action.council_id)).all()
    assert [count for _council, count in rows] == [600, 600]


def test_the_history_of_every_council_is_whole(made: Engine, session: Session) -> None:
    councils = list(session.scalars(select(Council.id)))
    assert [audit.faults(session, council) for council in councils] == [[], []]
    assert session.scalar(select(func.count(HistoryEntry.id))) > SMALL.actions * 5


def test_the_history_goes_in_the_order_of_time(made: Engine, session: Session) -> None:
    for council in session.scalars(select(Council.id)):
        question = select(HistoryEntry.at).where(HistoryEntry.council_id == council).order_by(HistoryEntry.sequence)
        moments = list(session.scalars(question))
        assert moments == sorted(moments)
        assert moments[-1] < MONDAY_MORNING


def test_what_the_history_says_last_of_an_action_is_where_it_stands(made: Engine, session: Session) -> None:
    last: dict[int, str] = {}
    for entry in session.scalars(select(HistoryEntry).order_by(HistoryEntry.council_id, HistoryEntry.sequence)):
        if entry.subject == "action" and entry.after and "delivery" in entry.after:
            if entry.before:
                assert entry.before["delivery"] == last.get(entry.subject_id, Delivery.NOT_STARTED)
            last[entry.subject_id] = entry.after["delivery"]
    standing = {row.id: row.delivery for row in session.execute(select(Action.id, Action.delivery))}
    assert {key: last.get(key, Delivery.NOT_STARTED) for key in standing} == standing


def test_every_age_and_status_is_among_them(made: Engine, session: Session) -> None:
    actions = list(session.scalars(select(Action)))
    ages = {timeliness(a.delivery, a.original_due_date, TODAY, claimed_on=a.claimed_on) for a in actions}
    assert ages >= {*LATE, Timeliness.NOT_DUE, Timeliness.DONE_ON_TIME, Timeliness.DONE_LATE, Timeliness.CLOSED}
    assert {action.delivery for action in actions} == set(Delivery)


def test_an_action_that_was_begun_has_three_to_eight_updates_and_all_are_searched(
    made: Engine, session: Session
) -> None:
    counted = select(func.count(Update.id)).group_by(Update.action_id)
    assert set(session.scalars(counted)) <= set(range(3, 9))
    updates = session.scalar(select(func.count(Update.id)))
    assert session.scalar(select(func.count(SearchText.id)).where(SearchText.source == "update")) == updates
    assert session.scalar(select(func.count(SearchText.id)).where(SearchText.source == "title")) == SMALL.actions
    claims = session.scalar(select(func.count(Claim.id)))
    assert session.scalar(select(func.count(SearchText.id)).where(SearchText.source == "claim")) == claims


def test_nobody_checks_their_own_claim_or_decides_what_they_asked(made: Engine, session: Session) -> None:
    assert not session.scalar(select(func.count(Claim.id)).where(Claim.checked_by_id == Claim.claimed_by_id))
    assert not session.scalar(select(func.count(Extension.id)).where(Extension.decided_by_id == Extension.asked_by_id))


def test_the_database_holds_every_row_to_its_rules(made: Engine, database_kind: str) -> None:
    """On PostgreSQL keys are taken off and put back, on SQLite a trigger: none may be missing afterwards."""
    with made.connect() as connection:
        if database_kind == "sqlite":
            assert not connection.execute(text("PRAGMA foreign_key_check")).all()
            assert connection.scalar(text("SELECT count(*) FROM sqlite_master WHERE name = 'search_text_added'")) == 1
            return
        keys = text("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND NOT convalidated")
        assert connection.scalar(keys) == 0
        assert connection.scalar(text("SELECT count(*) FROM pg_indexes WHERE indexname = 'ix_actions_open_due'")) == 1
        assert connection.scalar(text("SELECT count(*) FROM pg_constraint WHERE conname LIKE 'fk_actions_%'")) > 5


def test_a_new_row_follows_the_last(made: Engine, session: Session) -> None:
    council = session.get_one(Council, 1)
    work_for(session, council.id)
    lead = session.scalars(select(Person).where(Person.role == "lead")).first()
    audit.record(session, council, "looked", "looked", by=lead, at=datetime(2026, 11, 23, 10, tzinfo=UTC))
    session.commit()
    assert audit.faults(session, council.id) == []


def test_the_same_seed_makes_the_same_rows_and_another_seed_others(
    engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from tests.databases import sqlite_template  # noqa: PLC0415 - a second database only here
    from tracker.db import make_engine  # noqa: PLC0415 - as above

    generate(engine, Size(120, 1, 7), MONDAY_MORNING, password_hash="no password")
    first = everything(engine) if engine.dialect.name == "sqlite" else None
    found = []
    for seed in (7, 8):
        with sqlite_template() as path:
            other = make_engine(f"sqlite:///{path}")
            generate(other, Size(120, 1, seed), MONDAY_MORNING, password_hash="no password")
            found.append(everything(other))
            other.dispose()
    assert found[0] != found[1]
    assert first in (None, found[0])


def test_a_database_with_a_council_in_it_is_left_alone(made: Engine) -> None:
    with pytest.raises(InvalidValue, match="empty one"):
        generate(made, SMALL, MONDAY_MORNING, password_hash="no password")


def test_it_is_found_by_its_words(made: Engine, session: Session) -> None:
    work_for(session, 1)
    found = list(session.scalars(select(Action).where(searching.said_of(session, "complaints", 1))))
    assert found
    assert any("complaints" in action.title for action in found)
