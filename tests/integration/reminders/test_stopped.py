"""Processes that are stopped for longer than their lease, and a database that restarts: the short form of the soak."""

import signal
import time
from pathlib import Path

import pytest

from tests import databases
from tests.integration.reminders.offices import MONDAY, Office
from tests.integration.reminders.processes import environment, schedulers
from tests.integration.reminders.test_schedulers import sent, until
from tests.sinks import Sink

MAILS = 80


def write(office: Office) -> None:
    with office.work() as session:
        for number in range(MAILS):
            office.put(session, MONDAY, owner=office.owner if not number else None)
    office.sweep()
    assert len(office.mails()) == MAILS


def assert_everybody_has_their_mail(office: Office, sink: Sink, *, copies: int) -> None:
    got = sink.by_person()
    stored = {mail.to_address: mail.message_id for mail in office.mails()}
    assert {address: set(ids) for address, ids in got.items()} == {address: {id_} for address, id_ in stored.items()}
    assert len(sink.mails) <= MAILS + copies


def test_a_process_that_is_stopped_for_longer_than_its_lease_sends_nothing_it_no_longer_holds(
    office: Office, sink: Sink, tmp_path: Path
) -> None:
    write(office)
    sink.stall = 0.05
    settings = environment(office.settings.database_url, sink.port)
    with schedulers(2, settings, tmp_path / "log") as processes:
        for number in range(2):
            assert sink.wait_for(10 + 20 * number)
            processes[number].send_signal(signal.SIGSTOP)
            time.sleep(2.5)  # the lease is 2 s
            processes[number].send_signal(signal.SIGCONT)
        assert until(lambda: sent(office) == MAILS), (tmp_path / "log").read_text()
        assert all(process.poll() is None for process in processes)
    assert_everybody_has_their_mail(office, sink, copies=2)  # one that was under way at each stop
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_a_database_that_restarts_at_once_loses_nothing_and_everybody_comes_back(
    office: Office, sink: Sink, tmp_path: Path, database_kind: str
) -> None:
    if database_kind != "postgresql":
        pytest.skip("SQLite has no server")
    databases.keep_what_is_committed(office.settings.database_url)
    write(office)
    sink.stall = 0.05
    settings = environment(office.settings.database_url, sink.port)
    with schedulers(2, settings, tmp_path / "log") as processes:
        for number in range(2):
            assert sink.wait_for(10 + 20 * number)
            databases.restart(office.settings.database_url)
            assert sink.wait_for(len(sink.mails) + 3, 10), (tmp_path / "log").read_text()
        assert until(lambda: sent(office) == MAILS), (tmp_path / "log").read_text()
        assert all(process.poll() is None for process in processes)
    assert_everybody_has_their_mail(office, sink, copies=4)  # one for each process and restart at the most
