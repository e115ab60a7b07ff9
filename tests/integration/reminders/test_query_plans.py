"""The sweep's and the senders' time grows with what is due, not with what is stored: the plans, on both databases."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, insert, select, text
from sqlalchemy.orm import Session, sessionmaker

from tests.factories import LONG_AGO, make_claim, make_person
from tests.integration.reminders.offices import MONDAY, MORNING, Office
from tracker.models import Action, Claim, Message, Person
from tracker.reminders.delivery.outbox import claim_batch
from tracker.terms import Decision, Delivery, MessageStatus, Role

CLOSED = 6000
INDEXES = (
    "ix_actions_open_due",
    "ix_actions_open_silent",
    "ix_actions_disowned",
    "uq_actions_council_id_reference",  # what is named, looked at once more when it is written
    "sqlite_autoindex_actions",  # the same on SQLite
    "ix_actions_lead",  # of the weekly plan, which is the whole of what somebody leads
    "pk_actions",
    "INTEGER PRIMARY KEY",
)


@pytest.fixture
def old_office(full_office: Office, engine: Engine) -> Office:
    """Few open actions, 20 of them due, among thousands that are closed or far off; thousands of mails sent."""
    office = full_office
    with office.work() as session:
        pattern = office.put(session, due=MONDAY)
        for number in range(20):
            office.put(session, due=MONDAY - timedelta(days=number))
        for _ in range(5):  # of these nothing has been heard
            office.put(session, due=date(2030, 1, 1), created_at=MORNING - timedelta(days=30))
        away = make_person(session, office.council, Role.LEAD, active=False)  # the plan is of who reads it
        _many_actions(session, pattern, away)
        _many_claims(session, office)
        _many_mails(session, office)
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    return office


def _many_claims(session: Session, office: Office) -> None:
    """Thousands of claims that were decided, and one that waits."""
    decided = {
        "council_id": office.council.id,
        "action_id": office.put(session, delivery=Delivery.CHECKED).id,
        "claimed_by_id": office.owner.id,
        "claimed_at": MORNING - timedelta(days=400),
        "note": "Done",
        "outcome": Decision.REFUSED,
    }
    session.execute(insert(Claim), [decided] * CLOSED)
    make_claim(session, office.put(session, due=date(2030, 1, 1), delivery=Delivery.AWAITING_CHECK), at=LONG_AGO)


def _many_actions(session: Session, pattern: Action, lead: Person) -> None:
    values = {column.key: getattr(pattern, column.key) for column in Action.__table__.columns if column.key != "id"}
    points = _many_points(session, pattern, CLOSED)
    far = date(2030, 1, 1)
    session.execute(
        insert(Action),
        [
            values
            | {"reference": f"OLD-{number}", "action_point_id": point, "lead_id": lead.id}
            | ({"delivery": Delivery.CHECKED} if number % 2 else {"original_due_date": far, "current_due_date": far})
            for number, point in enumerate(points)
        ],
    )


def _many_points(session: Session, pattern: Action, count: int) -> list[int]:
    table = type(pattern.point).__table__
    values = {column.key: getattr(pattern.point, column.key) for column in table.columns if column.key != "id"}
    first = pattern.point.id + 1_000_000
    session.execute(insert(table), [values | {"id": first + number, "position": number} for number in range(count)])
    return list(session.scalars(select(table.c.id).where(table.c.id >= first)))


def _many_mails(session: Session, office: Office) -> None:
    session.execute(
        insert(Message),
        [
            {
                "council_id": office.council.id,
                "dedupe_key": f"old:{number}",
                "to_address": "a@b.example",
                "subject": "",
                "text": "",
                "message_id": f"<{number}@x>",
                "status": MessageStatus.SENT,
                "created_at": MORNING - timedelta(days=400),
                "next_attempt_at": MORNING - timedelta(days=400),
            }
            for number in range(CLOSED)
        ],
    )


def plans(engine: Engine, about: str, work: Any) -> list[str]:
    """The database's plans for every question about a table that the work asks."""
    asked: list[tuple[str, Any]] = []

    def listener(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.startswith("SELECT") and f"FROM {about}" in statement:
            asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", listener)
    work()
    event.remove(engine, "before_cursor_execute", listener)
    explain = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "
    with engine.connect() as connection:
        return [
            "\n".join(str(tuple(row)) for row in connection.exec_driver_sql(explain + statement, parameters))
            for statement, parameters in asked
        ]


def test_the_sweep_reads_what_is_due_by_index(old_office: Office, engine: Engine) -> None:
    found = plans(engine, "actions", old_office.sweep)
    assert found
    for plan in found:
        assert "Seq Scan on actions" not in plan
        assert "SCAN actions" not in plan
        assert "ix_actions_owner" not in plan
        assert any(index in plan for index in INDEXES), plan
    for index in ("ix_actions_open_due", "ix_actions_open_silent"):
        assert any(index in plan for plan in found)
    assert len(old_office.mails()) == CLOSED + 2


def test_a_sweep_asks_as_many_questions_for_many_actions_as_for_few(old_office: Office, engine: Engine) -> None:
    counts = []
    for more in (0, 60):
        owner = old_office.person()
        with old_office.work() as session:
            for _ in range(more):
                old_office.put(session, due=MONDAY, owner=owner)
        asked: list[str] = []
        listener = lambda _connection, _cursor, statement, *_rest: asked.append(statement)  # noqa: B023, E731
        event.listen(engine, "before_cursor_execute", listener)
        old_office.sweep()
        event.remove(engine, "before_cursor_execute", listener)
        counts.append(len(asked))
    assert counts[1] <= counts[0]


def test_a_claim_reads_only_what_has_not_ended(
    old_office: Office, engine: Engine, sessions: sessionmaker[Session]
) -> None:
    old_office.sweep()

    def claim() -> None:
        with old_office.work() as session:
            assert len(claim_batch(session, size=20, lease_seconds=30).message_ids) == 2

    (plan,) = plans(engine, "messages", claim)
    assert "ix_messages_unfinished" in plan, plan


def test_what_waits_for_a_decision_is_found_by_what_waits(old_office: Office, engine: Engine) -> None:
    found = plans(engine, "claims", old_office.sweep)
    waiting = [plan for plan in found if "ix_claims_waits" in plan]
    assert waiting
    for plan in found:
        assert "SCAN claims" not in plan
        assert "Seq Scan on claims" not in plan
