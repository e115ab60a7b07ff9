"""The demonstration: everything its story promises stands somewhere, nothing is real, and the history is whole."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tracker import audit, demonstration
from tracker.actions.timeliness import timeliness
from tracker.clock import london_date
from tracker.config import Settings, from_environment
from tracker.db import make_engine, make_sessions
from tracker.models import (
    Action,
    ActionPoint,
    Body,
    Claim,
    Council,
    Evidence,
    Extension,
    HistoryEntry,
    Message,
    Person,
    Report,
    work_for_all,
)
from tracker.terms import (
    Decision,
    Delivery,
    MessageStatus,
    PointDecision,
    ReportStatus,
    Role,
    Timeliness,
)

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # a Monday afternoon


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("demonstration")
    environ = demonstration.environment({"TRACKER_SECRET_KEY": "of the real service", "PATH": "/bin"}, 8123)
    assert "TRACKER_SECRET_KEY" not in environ
    assert environ["PATH"] == "/bin"
    environ |= {
        "TRACKER_DATABASE_URL": f"sqlite:///{folder / 'set up' / 'tracker.sqlite3'}",
        "TRACKER_FILES": str(folder / "set up" / "files"),
    }
    made = from_environment(environ)
    demonstration.prepare(made, NOW, keep=False)
    return made


@pytest.fixture
def told(settings: Settings) -> Iterator[Session]:
    engine: Engine = make_engine(settings.database_url)
    with make_sessions(engine)() as session:
        work_for_all(session)
        yield session
    engine.dispose()


def standing(session: Session) -> dict[str, Timeliness]:
    today = london_date(NOW)
    return {
        action.reference: timeliness(action.delivery, action.original_due_date, today, claimed_on=action.claimed_on)
        for action in session.scalars(select(Action))
    }


def test_every_state_of_time_stands_somewhere(told: Session) -> None:
    assert set(standing(told).values()) == set(Timeliness)


def test_every_state_of_delivery_that_a_person_will_meet_stands_somewhere(told: Session) -> None:
    found = set(told.scalars(select(Action.delivery)))
    assert found >= {
        Delivery.NOT_STARTED, Delivery.IN_PROGRESS, Delivery.AWAITING_CHECK, Delivery.CHECKED,
        Delivery.CLOSED_NOT_COMPLETED,
    }  # fmt: skip


def test_claims_and_requests_for_more_time_have_every_outcome(told: Session) -> None:
    assert set(told.scalars(select(Claim.outcome))) == set(Decision)
    assert set(told.scalars(select(Extension.outcome))) == set(Decision)


def test_something_was_opened_again(told: Session) -> None:
    assert told.scalar(select(func.count(HistoryEntry.id)).where(HistoryEntry.kind == "action:reopen")) == 1


def test_one_report_waits_to_be_checked_and_the_others_are_plans(told: Session) -> None:
    statuses = list(told.scalars(select(Report.status)))
    assert statuses.count(ReportStatus.BEING_CHECKED) == 1
    assert statuses.count(ReportStatus.CONFIRMED) == len(statuses) - 1 >= 3


def test_every_point_of_its_reports_was_read(told: Session) -> None:
    reports = told.scalars(select(Report).order_by(Report.added_at)).all()
    counts = {
        report.source.filename: told.scalar(
            select(func.count(ActionPoint.id)).where(ActionPoint.report_id == report.id)
        )
        for report in reports
    }
    assert counts["annual assessment letter.txt"] == 6
    assert counts["inspection report.txt"] == 9
    assert counts["focused visit letter.txt"] == 3
    assert (counts["area SEND letter.pdf"] or 0) >= 2
    waiting = told.scalars(select(ActionPoint.decision).join(Report).where(Report.status == ReportStatus.BEING_CHECKED))
    assert set(waiting) == {PointDecision.PROPOSED}


def test_its_history_is_whole(told: Session) -> None:
    (council,) = told.scalars(select(Council))
    assert audit.faults(told, council.id) == []
    moments = told.scalars(select(HistoryEntry.at)).all()
    assert max(moments) <= NOW


def test_its_people_are_of_every_role_and_unknown_elsewhere(told: Session) -> None:
    people = told.scalars(select(Person)).all()
    assert {person.role for person in people} == set(Role)
    assert all(person.demonstration and person.email.endswith(".example") for person in people)
    assert told.scalar(select(func.count(Body.id)))


def test_its_files_are_there(told: Session, settings: Settings) -> None:
    keys = told.scalars(select(Evidence.file_key)).all()
    assert keys
    assert all((settings.files / key).is_file() for key in keys)


def test_the_mails_of_the_last_morning_were_written_and_went_nowhere(told: Session) -> None:
    mails = told.scalars(select(Message)).all()
    assert mails
    assert {mail.status for mail in mails} == {MessageStatus.SENT}


def test_the_demonstration_of_last_time_is_kept_where_that_is_wanted(settings: Settings, told: Session) -> None:
    path = Path(settings.database_url.removeprefix("sqlite:///"))
    before = path.stat().st_ino
    demonstration.prepare(settings, NOW, keep=True)
    assert path.stat().st_ino == before


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 23, 7, 0, tzinfo=UTC),  # Monday, before the mails
        datetime(2026, 11, 22, 12, 0, tzinfo=UTC),  # a Sunday
        datetime(2026, 12, 28, 12, 0, tzinfo=UTC),  # a bank holiday
        datetime(2028, 2, 29, 23, 30, tzinfo=UTC),
    ],
)
def test_it_can_be_set_up_on_any_day_over_one_of_before(tmp_path: Path, now: datetime) -> None:
    folder = tmp_path / "set up"
    folder.mkdir()
    (folder / "rubbish").touch()
    made = Settings(
        database_url=f"sqlite:///{folder / 'tracker.sqlite3'}", secret_key="k" * 48, base_url="http://127.0.0.1:8000",
        files=folder / "files", demonstration=True,
    )  # fmt: skip
    demonstration.prepare(made, now, keep=False)
    assert not (folder / "rubbish").exists()
    engine = make_engine(made.database_url)
    with make_sessions(engine)() as session:
        work_for_all(session)
        assert session.scalar(select(func.count(Message.id)))
    engine.dispose()
