"""Where several schedulers run, one of them sweeps at a time; all of them send."""

import threading
import time
from dataclasses import replace

from tests.integration.reminders.offices import MONDAY, MORNING, Office
from tracker import jobs
from tracker.adapters.mailer import MemoryMailer
from tracker.clock import FixedClock
from tracker.reminders.queries import last_heartbeat
from tracker.reminders.turns import take_turn


def test_of_many_at_once_one_has_the_turn(office: Office) -> None:
    took: list[bool] = []
    ready = threading.Barrier(6)

    def ask() -> None:
        ready.wait()
        took.append(take_turn(office.sessions, 30))

    asking = [threading.Thread(target=ask) for _ in range(6)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert sorted(took) == [False] * 5 + [True]


def test_a_turn_that_somebody_died_in_is_free_again_after_its_time(office: Office) -> None:
    assert take_turn(office.sessions, 0.2)
    assert not take_turn(office.sessions, 0.2)
    time.sleep(0.25)
    assert take_turn(office.sessions, 0.2)
    with office.work() as session:
        assert last_heartbeat(session) is None  # a turn is no sign of life


def test_whoever_has_not_the_turn_sends_what_waits(office: Office) -> None:
    office.action(due=MONDAY)
    office.sweep()
    assert take_turn(office.sessions, 0)
    office.action(due=MONDAY, owner=office.person())
    mailer, settings = MemoryMailer(), replace(office.settings, sweep_seconds=60)
    jobs.remind(jobs.Worker(settings, FixedClock(MORNING), office.sessions, mailer, threading.Event()))
    assert [mail.to_address for mail in mailer.sent] == [office.owner.email]
    assert len(office.mails()) == 1  # what is due since waits for the next turn
