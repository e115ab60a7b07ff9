"""Real scheduler processes on one database: any number, killed at any moment, and nothing is lost or said twice."""

import signal
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.integration.reminders.offices import MONDAY, MORNING, Office
from tests.integration.reminders.processes import environment, kill, schedulers
from tests.sinks import Sink, free_port
from tracker import jobs
from tracker.adapters.mailer import MemoryMailer
from tracker.clock import FixedClock
from tracker.errors import SettingError
from tracker.reminders.queries import last_heartbeat
from tracker.terms import MessageStatus


def until(holds: Callable[[], bool], seconds: float = 40) -> bool:
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def sent(office: Office) -> int:
    return sum(mail.status is MessageStatus.SENT for mail in office.mails())


def test_two_schedulers_one_killed_in_the_middle_every_person_has_one_mail(
    office: Office, sink: Sink, tmp_path: Path
) -> None:
    owners = [office.person() for _ in range(100)]
    with office.work() as session:
        for number in range(1000):
            due = MONDAY - timedelta(days=number % 300)
            office.put(session, due=due, owner=owners[number % 100])
    settings = environment(office.settings.database_url, sink.port)
    with schedulers(2, settings, tmp_path / "log") as (first, second):
        assert sink.wait_for(30)
        kill(first)
        assert until(lambda: len(office.mails()) == sent(office) == 101), (tmp_path / "log").read_text()
        second.terminate()
        assert second.wait(10) == 0
    got = sink.by_person()
    stored = {mail.to_address: mail.message_id for mail in office.mails()}
    assert stored.keys() == {person.email for person in [*owners, office.lead]}
    assert {address: set(ids) for address, ids in got.items()} == {address: {id_} for address, id_ in stored.items()}
    assert len(sink.mails) <= 102  # a second copy only of the mail that was being sent at the kill
    log = (tmp_path / "log").read_text()
    assert "Traceback" not in log
    assert "locked" not in log


def test_a_scheduler_that_is_asked_to_end_finishes_the_mail_in_hand(office: Office, sink: Sink, tmp_path: Path) -> None:
    for _ in range(12):
        office.action(due=MONDAY, owner=office.person())
    sink.stall = 0.2
    with schedulers(1, environment(office.settings.database_url, sink.port), tmp_path / "log") as (process,):
        assert sink.wait_for(3)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert 3 <= sent(office) == len(sink.mails) < 12
    assert {mail.lease_token for mail in office.mails()} == {None}


def test_the_heartbeat_stops_with_the_sweep_and_a_failed_tick_is_not_the_end(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    worker = jobs.Worker(office.settings, FixedClock(MORNING), office.sessions, MemoryMailer(), threading.Event())
    job = jobs.SCHEDULE[0]
    broken = jobs.Job("broken", job.every, lambda _worker: 1 / 0)  # type: ignore[arg-type,return-value]
    jobs.tick(worker, broken)
    assert "job broken failed" in caplog.text
    with office.work() as session:
        assert last_heartbeat(session) is None
    jobs.tick(worker, job)
    with office.work() as session:
        assert last_heartbeat(session) == MORNING
    worker.stopping.set()
    jobs.tick(worker, broken)
    assert caplog.text.count("job broken failed") == 1


@pytest.mark.parametrize(("swept_for", "left"), [(0.0, 24.0), (10.0, 14.0), (23.5, 1.0), (90.0, 1.0)])
def test_what_the_sweep_takes_is_taken_from_the_time_for_sending(
    office: Office, monkeypatch: pytest.MonkeyPatch, swept_for: float, left: float
) -> None:
    given: list[float] = []
    now = [100.0]

    def slow_sweep(*_sessions: object, **_values: object) -> None:
        now[0] += swept_for

    monkeypatch.setattr(jobs, "monotonic", lambda: now[0])
    monkeypatch.setattr(jobs, "sweep", slow_sweep)
    monkeypatch.setattr(jobs, "deliver", lambda *_sessions, **values: given.append(values["seconds"]))
    settings = replace(office.settings, sweep_seconds=30)
    jobs.remind(jobs.Worker(settings, FixedClock(MORNING), office.sessions, MemoryMailer(), threading.Event()))
    assert given == [pytest.approx(left)]


def test_the_command_line_sweeps_and_sends_once(office: Office, sink: Sink) -> None:
    office.action(due=MONDAY)
    settings = replace(office.settings, smtp_port=sink.port)
    swept, delivered = jobs.run_once(settings, MORNING)
    assert (swept.digests, delivered.ended) == (1, {MessageStatus.SENT: 1})
    assert len(sink.mails) == 1
    with office.work() as session:
        assert last_heartbeat(session) is None  # a sweep by hand says nothing of the scheduler


@pytest.mark.parametrize(("demonstration", "at"), [("no", "2027-03-15T08:00+00:00"), ("yes", "2027-03-15T08:00")])
def test_a_clock_that_stands_still_is_refused_in_service(
    monkeypatch: pytest.MonkeyPatch, demonstration: str, at: str
) -> None:
    settings = environment("sqlite:///nowhere.sqlite3", free_port(), TRACKER_DEMONSTRATION=demonstration)
    settings |= {"TRACKER_BASE_URL": "http://127.0.0.1:8000", "TRACKER_SECRET_KEY": "x" * 48}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingError):
        jobs.main(["--at", at])


def test_a_second_copy_is_told_by_its_message_id(office: Office, sink: Sink) -> None:
    """Killed between the mail server's 250 and our commit: the one place where a person gets a copy."""
    office.action(due=MONDAY)
    office.sweep()
    for _ in range(2):
        (mail,) = office.mails()
        office.change(mail, status=MessageStatus.WAITING, next_attempt_at=mail.created_at - timedelta(days=3650))
        jobs.run_once(replace(office.settings, smtp_port=sink.port), MORNING)
    first, second = sink.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert first.as_bytes() == second.as_bytes()
