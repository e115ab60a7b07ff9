"""The schema comes from the migrations, says what the models say, and is brought up as often as one likes."""

import sqlite3
import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from alembic.util import CommandError
from dateutil.relativedelta import relativedelta
from sqlalchemy import Connection, Engine, bindparam, inspect, make_url, select, text
from sqlalchemy.exc import IntegrityError

from tests import databases
from tests.factories import make_council
from tracker import migrate
from tracker.actions.listing.finding import find
from tracker.clock import SystemClock, london_date
from tracker.db import make_engine, make_sessions
from tracker.models import (
    Action,
    Base,
    Council,
    Evidence,
    HoldingCheck,
    Message,
    Person,
    SearchText,
    Update,
    work_for_all,
)
from tracker.models.base import UtcDateTime
from tracker.terms import HoldingOutcome, Marking, Priority, Scan


@pytest.fixture
def empty(database_kind: str, database_url: str, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table."""
    if database_kind == "sqlite":
        engine = make_engine(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
        yield engine
        engine.dispose()
        return
    name = f"tracker_empty_{uuid.uuid4().hex[:12]}"
    admin = make_engine(database_url).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    address = make_url(database_url).set(database=name).render_as_string(hide_password=False)
    engine = make_engine(address)
    yield engine
    engine.dispose()
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def schema(engine: Engine) -> dict[str, list[str]]:
    looking = inspect(engine)
    return {
        table: [str(one["name"]) for one in [*looking.get_columns(table), *looking.get_indexes(table)]]
        for table in looking.get_table_names()
    }


def test_an_empty_database_gets_every_table_of_the_models(empty: Engine) -> None:
    assert inspect(empty).get_table_names() == []
    migrate.upgrade(empty)
    tables = {name for name in inspect(empty).get_table_names() if not name.startswith("search_index")}  # SQLite's own
    assert tables == {*Base.metadata.tables, "alembic_version"}


def test_the_migrations_say_what_the_models_say(empty: Engine) -> None:
    migrate.upgrade(empty)
    migrate.check(empty)


def test_a_difference_would_be_found(empty: Engine) -> None:
    migrate.upgrade(empty)
    with empty.begin() as connection:
        connection.execute(text("ALTER TABLE services DROP COLUMN name" if empty.name != "sqlite" else
                                "CREATE TABLE forgotten (id INTEGER PRIMARY KEY)"))  # fmt: skip
    with pytest.raises(CommandError):
        migrate.check(empty)


def test_upgrading_again_changes_nothing(empty: Engine) -> None:
    migrate.upgrade(empty)
    with make_sessions(empty)() as session:
        work_for_all(session)
        council = make_council(session)
        session.commit()
        before = schema(empty)
        session.close()
        migrate.upgrade(empty)
        assert schema(empty) == before
        kept = session.get(Council, council.id)
        assert kept is not None
        assert kept.name == council.name


def test_a_database_of_the_first_version_keeps_its_rows_and_takes_documents(empty: Engine) -> None:
    migrate.upgrade(empty, "0001")
    with empty.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO councils (id, name, authority, slug, prefix, colour, nation, immediate_working_days, "
                "longer_term_months, no_time_months, due_soon_days, reminder_rules) "
                "VALUES (1, 'Westmere Council', 'Westmere', 'westmere', 'WES', '#1d4f91', 'ENG', 0, 12, 12, 14, '{}')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO history (id, council_id, sequence, at, person_name, how, subject, subject_id, kind, "
                "sentence, previous_digest, digest) VALUES "
                "(1, 1, 1, '2026-11-20 09:00:00+00:00', 'Ann', 'page', 'council', 1, 'council:made', 'made', '0', '1')"
            )
        )
    before = schema(empty)
    migrate.upgrade(empty, "0002")
    after = schema(empty)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"intakes", "checking_places"}
    with empty.connect() as connection:
        assert connection.execute(text("SELECT name FROM councils")).scalars().all() == ["Westmere Council"]
        assert connection.execute(text("SELECT count(*) FROM intakes")).scalar_one() == 0
    with pytest.raises(IntegrityError, match="history is never changed"), empty.begin() as connection:
        connection.execute(text("UPDATE history SET sentence = 'did nothing'"))


def test_a_schema_half_made_is_not_left_behind(empty: Engine, tmp_path: Path) -> None:
    with empty.begin() as connection:
        connection.execute(text("CREATE TABLE evidence (id INTEGER)"))  # the last table of the first migration
    with pytest.raises(Exception, match="evidence"):
        migrate.upgrade(empty)
    assert set(inspect(empty).get_table_names()) == {"evidence"}


def test_the_template_of_the_tests_is_migrated_and_empty() -> None:
    with databases.sqlite_template() as path:
        engine = make_engine(f"sqlite:///{path}")
        migrate.check(engine)
        engine.dispose()
    assert not path.exists()


# A council as the first version of the service left it, in the order of what refers to what.
OLD_ROWS = """
INSERT INTO councils (id, name, authority, slug, prefix, colour, nation, immediate_working_days,
  longer_term_months, no_time_months, due_soon_days, reminder_rules)
  VALUES (1, 'Westmere Council', 'Westmere', 'westmere', 'WES', '#1d4f91', 'ENG', 0, 12, 12, 14, '{}');
INSERT INTO services (id, council_id, name)
  VALUES (5, 1, 'Early help');
INSERT INTO people (id, council_id, email, name, post, role, service_id, active, demonstration)
  VALUES (1, 1, 'p1@westmere.example', 'P', 'Head of Early Help', 'service_manager', 5, true, false);
INSERT INTO people (id, council_id, email, name, post, role, service_id, active, demonstration)
  VALUES (2, 1, 'p2@westmere.example', 'P', 'Head of Early Help', 'service_manager', NULL, true, false);
INSERT INTO people (id, council_id, email, name, post, role, service_id, active, demonstration)
  VALUES (3, 1, 'p3@westmere.example', 'P', 'Director', 'director', NULL, true, false);
INSERT INTO reports (id, council_id, code, title, inspectorates, base_date_choice, status, added_by_id,
  added_at, version)
  VALUES (1, 1, 'WES-2026', 'A letter', '[]', 'published', 'confirmed', 3, '2026-01-05 09:00:00', 1);
INSERT INTO action_points (id, council_id, report_id, position, words, title, section, kind, origin, limit_kind,
  body_names, confidence, confidence_reason, decision, version)
  VALUES (1, 1, 1, 1.0, 'Do it.', 'Do it', 'Areas', 'recommendation', 'this report', 'not_given', '[]', 1.0, '',
    'kept', 1);
INSERT INTO actions (id, council_id, reference, report_id, action_point_id, title, owner_id, lead_id, response,
  delivery, marking, base_date, original_due_date, current_due_date, due_sum, due_assumed, created_at, version)
  VALUES (1, 1, 'WES-2026-01', 1, 1, 'Do it', 1, 3, 'accepted', 'in_progress', 'open', '2026-01-01',
    '2026-06-01', '2026-06-01', 'sum', false, '2026-01-05 09:00:00', 1);
INSERT INTO updates (id, council_id, action_id, person_id, at, text, how)
  VALUES (1, 1, 1, 1, '2026-02-05 09:00:00', 'Begun.', 'page');
INSERT INTO evidence (id, council_id, action_id, update_id, filename, media_type, size, sha256, file_key,
  marking, added_by_id, added_at)
  VALUES (1, 1, 1, 1, 'log.txt', 'text/plain', 3, 'f', '1/a', 'open', 1, '2026-02-05 09:00:00')
"""


WORDS = {"begun": ["update"], "log": ["file"], "wes-2026": ["title"], "do": ["title", "words"]}  # and where each stands


def test_what_stood_before_stays_through_every_migration(empty: Engine) -> None:
    migrate.upgrade(empty, "0001")
    with empty.begin() as connection:
        for statement in OLD_ROWS.split(";"):
            connection.execute(text(statement))
    migrate.upgrade(empty)
    with make_sessions(empty)() as session:
        work_for_all(session)
        people = session.scalars(select(Person).order_by(Person.id)).all()
        assert [person.post.name for person in people] == ["Head of Early Help", "Head of Early Help", "Director"]
        assert people[0].post is people[1].post
        action = session.scalars(select(Action)).one()
        assert (action.post, action.service) == (people[0].post, people[0].service)
        assert (action.priority, action.due_assumed, action.assumed_seen_at) == (Priority.NORMAL, False, None)
        (update,) = session.scalars(select(Update))
        (file,) = session.scalars(select(Evidence))
        assert (update.marking, file.scan, file.by_checker) == (Marking.OPEN, Scan.NOT_SET_UP, False)
        sources = sorted(session.scalars(select(SearchText.source)))
        assert sources == ["file", "title", "update", "words"]
        for typed, found in WORDS.items():
            assert [kind.source for kind in find(session, typed, 1)] == found, typed


def checked_before(connection: Connection, days: int, *, outcome: str = "agreed", delivery: str = "checked") -> int:
    """Another action, checked so many days ago at half past eleven at night in London; return its id."""
    number = 2 + (connection.execute(text("SELECT max(id) FROM claims")).scalar_one() or 0)
    at = datetime.combine(
        london_date(SystemClock().now()) - timedelta(days=days), time(23, 30), ZoneInfo("Europe/London")
    )
    for statement in CHECKED_ROWS.format(id=number, delivery=delivery).split(";"):
        connection.execute(text(statement))
    connection.execute(
        text(
            "INSERT INTO claims (id, council_id, action_id, claimed_by_id, claimed_at, note, outcome, checked_by_id, "
            "checked_at, finding) VALUES (:id, 1, :id, 1, :at, 'Done.', :outcome, 3, :at, 'Seen.')"
        ).bindparams(bindparam("at", type_=UtcDateTime())),
        {"id": number, "at": at, "outcome": outcome},
    )
    return number


CHECKED_ROWS = """
INSERT INTO action_points (id, council_id, report_id, position, words, title, section, kind, origin, limit_kind,
  body_names, confidence, confidence_reason, decision, version)
  VALUES ({id}, 1, 1, {id}.0, 'Do it.', 'Do it', 'Areas', 'recommendation', 'this report', 'not_given', '[]', 1.0, '',
    'kept', 1);
INSERT INTO actions (id, council_id, reference, report_id, action_point_id, title, owner_id, lead_id, response,
  delivery, marking, base_date, original_due_date, current_due_date, due_sum, due_assumed, created_at, version)
  VALUES ({id}, 1, 'WES-2026-{id}', 1, {id}, 'Do it', 1, 3, 'accepted', '{delivery}', 'open', '2026-01-01',
    '2026-06-01', '2026-06-01', 'sum', false, '2026-01-05 09:00:00', 1)
"""


def test_what_was_checked_before_is_looked_at_again_and_what_has_passed_only_once(empty: Engine) -> None:
    migrate.upgrade(empty, "0001")
    with empty.begin() as connection:
        for statement in OLD_ROWS.split(";"):
            connection.execute(text(statement))
        lately, between, long_ago = (checked_before(connection, days) for days in (10, 120, 400))
        refused = checked_before(connection, 10, outcome="refused")
        closed = checked_before(connection, 10, delivery="closed_not_completed")
    migrate.upgrade(empty)
    today = london_date(SystemClock().now())
    with make_sessions(empty)() as session:
        work_for_all(session)
        planned: dict[int, list[tuple[int, date]]] = {}
        for check in session.scalars(select(HoldingCheck).order_by(HoldingCheck.due_date)):
            assert (check.council_id, check.claim_id, check.outcome) == (1, check.action_id, HoldingOutcome.WAITING)
            planned.setdefault(check.action_id, []).append((check.months, check.due_date))
        assert {refused, closed, 1}.isdisjoint(planned)
        for number, days, months in ((lately, 10, [3, 6]), (between, 120, [3, 6]), (long_ago, 400, [6])):
            checked_on = today - timedelta(days=days)
            assert planned[number] == [(count, checked_on + relativedelta(months=count)) for count in months]


def test_claims_and_success_tests_of_before_are_found(empty: Engine) -> None:
    migrate.upgrade(empty, "0001")
    with empty.begin() as connection:
        for statement in OLD_ROWS.split(";"):
            connection.execute(text(statement))
        checked_before(connection, 10)
    migrate.upgrade(empty, "0007")
    with empty.begin() as connection:
        connection.execute(text("UPDATE actions SET success_test = 'Nine of ten show it.' WHERE id = 1"))
    migrate.upgrade(empty)
    with make_sessions(empty)() as session:
        work_for_all(session)
        assert [kind.source for kind in find(session, "done seen", 1)] == ["claim"]
        assert [kind.source for kind in find(session, "nine ten", 1)] == ["success_test"]


def test_what_is_planned_already_is_not_planned_twice(empty: Engine) -> None:
    migrate.upgrade(empty, "0001")
    with empty.begin() as connection:
        for statement in OLD_ROWS.split(";"):
            connection.execute(text(statement))
        number = checked_before(connection, 10)
    migrate.upgrade(empty, "0006")
    with empty.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO holding_checks (council_id, action_id, claim_id, months, due_date, outcome) "
                "VALUES (1, :id, :id, 3, '2027-02-20', 'waiting')"
            ),
            {"id": number},
        )
    migrate.upgrade(empty)
    with empty.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM holding_checks")).scalar_one() == 1


def test_a_mail_tried_before_may_have_left(empty: Engine) -> None:
    migrate.upgrade(empty, "0001")
    with empty.begin() as connection:
        for statement in OLD_ROWS.split(";"):
            connection.execute(text(statement))
    migrate.upgrade(empty, "0016")
    stood = [("waiting", 0), ("waiting", 1), ("deferred", 2), ("sending", 1), ("failed", 48), ("sent", 1)]
    with empty.begin() as connection:
        for number, (status, attempts) in enumerate(stood, 1):
            connection.execute(
                text(
                    "INSERT INTO messages (id, council_id, dedupe_key, to_address, subject, text, message_id, status, "
                    "created_at, next_attempt_at, attempts) VALUES (:id, 1, :id_text, 'a@b.example', '', '', '', "
                    ":status, '2026-11-20 08:00:00', '2026-11-20 08:00:00', :attempts)"
                ),
                {"id": number, "id_text": str(number), "status": status, "attempts": attempts},
            )
    migrate.upgrade(empty)
    with make_sessions(empty)() as session:
        work_for_all(session)
        marked = session.scalars(select(Message.may_have_left).order_by(Message.id)).all()
    assert marked == [False, True, True, True, True, False]


def test_a_date_still_cannot_be_moved_after_the_migrations(empty: Engine) -> None:
    migrate.upgrade(empty, "0001")
    with empty.begin() as connection:
        for statement in OLD_ROWS.split(";"):
            connection.execute(text(statement))
    migrate.upgrade(empty)
    with empty.connect() as connection, pytest.raises(IntegrityError, match="never changes"):
        connection.execute(text("UPDATE actions SET original_due_date = '2027-01-01', current_due_date = '2027-01-01'"))


def test_a_migration_that_would_leave_a_row_without_its_parent_is_undone(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'broken.sqlite3'}")
    migrate.upgrade(engine, "0001")
    driver = sqlite3.connect(tmp_path / "broken.sqlite3", isolation_level=None)
    driver.execute("INSERT INTO services (id, council_id, name) VALUES (5, 99, 'Nobody’s')")  # no keys are asked for
    driver.close()
    with pytest.raises(migrate.BrokenReferences):
        migrate.upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "0001"
    engine.dispose()
