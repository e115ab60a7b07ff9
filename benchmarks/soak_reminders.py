"""Disturbs scheduler processes at random while they remind and send, and counts what was lost or came twice.

    python benchmarks/soak_reminders.py --part kills --reminders 10000 --processes 4 --times 100 --database postgresql

The parts: ``kills`` (SIGKILL, and another process is started), ``stops`` (SIGSTOP for longer than the lease, then
SIGCONT), ``restarts`` (the PostgreSQL server restarts at once, as after a power cut). Real processes
(``python -m tracker.jobs``), a real SMTP server in a process of its own, real signals. Without ``--database``, or with
``--database sqlite`` or ``postgresql``, a fresh database is made and thrown away. One person a reminder, so that every
reminder is a mail. Exit status 1 where a mail was lost, or came twice with another Message-ID or too often.
"""

import argparse
import contextlib
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from aiosmtpd.controller import Controller  # noqa: E402
from aiosmtpd.smtp import SMTP, Envelope, Session  # noqa: E402
from sqlalchemy import Engine, func, insert, select  # noqa: E402

from tests import databases  # noqa: E402
from tests.factories import make_action, make_council  # noqa: E402
from tests.sinks import free_port  # noqa: E402
from tracker import migrate  # noqa: E402
from tracker.db import make_engine, make_sessions, writing  # noqa: E402
from tracker.models import Action, ActionPoint, Council, Message, Person, Reminder, work_for_all  # noqa: E402
from tracker.terms import MessageStatus, Role  # noqa: E402

MORNING = datetime(2027, 3, 15, 8, 0, tzinfo=UTC)
LEASE = 5.0  # seconds: short, so that what a killed process held is soon free
LONGEST = 1800.0  # seconds
LONGEST_AWAY = 30.0


@dataclass(frozen=True)
class Result:
    """What a run showed. ``copies`` are second copies; ``strange`` ones carry another Message-ID."""

    reminders: int
    lost: int
    copies: int
    strange: int
    disturbed: int
    seconds: float
    locked: int
    back: float = 0.0  # the longest that no mail came after a restart of the database

    @property
    def rate(self) -> float:
        """Mails a second, first to last, kills and restarts included."""
        return self.reminders / self.seconds


@dataclass
class Fleet:
    """The scheduler processes of a run, and what is done to them."""

    url: str
    environment: dict[str, str]
    log: Path
    arrivals: Path
    size: int
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    stopped: list[tuple[float, subprocess.Popen[bytes]]] = field(default_factory=list)
    back: list[float] = field(default_factory=list)

    def begin(self, output: object) -> None:
        """Start them all."""
        self.running += [start(self.environment, output) for _ in range(self.size)]

    def kill_one(self, output: object) -> None:
        """Kill one at whatever instruction it is, and start another."""
        position = random.randrange(self.size)  # noqa: S311
        self.running[position].send_signal(signal.SIGKILL)
        self.running[position].wait()
        self.running[position] = start(self.environment, output)

    def stop_one(self, _output: object) -> None:
        """Stop one for longer than its lease; ``go_on`` wakes it."""
        asleep = {process.pid for _, process in self.stopped}
        awake = [process for process in self.running if process.pid not in asleep]
        if awake:
            process = random.choice(awake)  # noqa: S311
            process.send_signal(signal.SIGSTOP)
            self.stopped.append((time.monotonic() + LEASE + 2, process))

    def go_on(self, *, all_of_them: bool = False) -> None:
        """Wake whoever has been stopped for long enough."""
        for waking, process in list(self.stopped):
            if all_of_them or time.monotonic() >= waking:
                process.send_signal(signal.SIGCONT)
                self.stopped.remove((waking, process))

    def restart_database(self, _output: object) -> None:
        """Restart the database's server at once, and measure until a mail comes again."""
        databases.restart(self.url)
        began, before = time.monotonic(), self.arrivals.stat().st_size
        while self.arrivals.stat().st_size == before and time.monotonic() - began < LONGEST_AWAY:
            time.sleep(0.05)
        self.back.append(time.monotonic() - began)


@dataclass(frozen=True)
class Part:
    """One kind of disturbance, and how often it is done by default."""

    times: int
    disturb: Callable[[Fleet, object], None]


PARTS = {
    "kills": Part(100, Fleet.kill_one),
    "stops": Part(12, Fleet.stop_one),
    "restarts": Part(8, Fleet.restart_database),
}


def main() -> int:
    """Run once and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reminders", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--part", choices=sorted(PARTS), default="kills")
    parser.add_argument("--times", type=int, help="how often; by default 100 kills, 12 stops, 8 restarts")
    parser.add_argument("--database", default="sqlite", help="an address, or sqlite or postgresql for a fresh one")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    with database(arguments.database) as url:
        part = PARTS[arguments.part]
        if arguments.part == "restarts":
            databases.keep_what_is_committed(url)
        times = part.times if arguments.times is None else arguments.times
        result = soak(url, arguments.reminders, arguments.processes, part, times)
    print(
        f"{url.split(':', 1)[0]}: {result.reminders} reminders, {arguments.processes} processes, "
        f"{result.disturbed} {arguments.part}: "
        f"{result.lost} lost, {result.copies} second copies ({result.strange} with another Message-ID), "
        f"{result.locked} 'locked' errors, {result.seconds:.1f} s, {result.rate:.0f}/s"
        + (f", back within {result.back:.1f} s" if result.back else "")
    )
    most = result.disturbed * (arguments.processes if arguments.part == "restarts" else 1)
    return 1 if result.lost or result.strange or result.copies > most else 0


def soak(url: str, reminders: int, processes: int, part: Part, times: int) -> Result:
    """Fill, run, disturb, count."""
    engine = make_engine(url)
    fill(engine, reminders)
    with tempfile.TemporaryDirectory(prefix="tracker-soak-") as folder, mail_server(Path(folder)) as (port, arrivals):
        log = Path(folder) / "log"
        began = time.monotonic()
        fleet = Fleet(url, settings(url, port), log, arrivals, processes)
        disturbed = run(engine, fleet, reminders=reminders, part=part, times=times)
        seconds = time.monotonic() - began
        time.sleep(0.5)
        got = [json.loads(line) for line in arrivals.read_text().splitlines()]
        locked = log.read_text().count("database is locked")
    return count(engine, got, Result(reminders, 0, 0, 0, disturbed, seconds, locked, max(fleet.back, default=0)))


def count(engine: Engine, got: list[list[str]], result: Result) -> Result:
    """Compare what the database says was sent with what arrived."""
    with make_sessions(engine)() as session:
        work_for_all(session)
        owners = set(session.scalars(select(Person.email).where(Person.email.like("soak-%"))))
        of_owners = select(Person.id).where(Person.email.like("soak-%"))
        reminded = select(func.count()).select_from(Reminder).where(Reminder.person_id.in_(of_owners))
        written = session.scalar(reminded) or 0
    engine.dispose()
    got = [[address, identity] for address, identity in got if address in owners]
    times = Counter(address for address, _ in got)
    identities = {(address, identity) for address, identity in got}
    lost = len(owners - times.keys()) + abs(result.reminders - written)
    return replace(result, lost=lost, copies=len(got) - len(times), strange=len(identities) - len(times))


def run(engine: Engine, fleet: Fleet, *, reminders: int, part: Part, times: int) -> int:
    """Keep the processes going, disturb them spread over the work, until every mail is sent; return how often."""
    with fleet.log.open("wb") as output:
        disturbed, began = 0, time.monotonic()
        fleet.begin(output)
        try:
            while (done := sent(engine)) < reminders and time.monotonic() - began < LONGEST:
                if disturbed < times and done >= reminders * disturbed / (times + 1):
                    part.disturb(fleet, output)
                    disturbed += 1
                fleet.go_on()
                if any(process.poll() is not None for process in fleet.running):
                    raise SystemExit(f"A scheduler ended by itself:\n{fleet.log.read_text()[-2000:]}")
                time.sleep(random.uniform(0.01, 0.1))  # noqa: S311
        finally:
            fleet.go_on(all_of_them=True)
            for process in fleet.running:
                process.terminate()
            for process in fleet.running:
                process.wait()
    return disturbed


def start(environment: dict[str, str], output: object) -> subprocess.Popen[bytes]:
    """Start one scheduler process."""
    command = [sys.executable, "-m", "tracker.jobs", "--at", MORNING.isoformat()]
    return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=output, stderr=output)  # type: ignore[call-overload,no-any-return]


def sent(engine: Engine) -> int:
    """Count the mails that are finished."""
    with make_sessions(engine)() as session:
        work_for_all(session)
        finished = (
            select(func.count())
            .select_from(Message)
            .where(Message.status == MessageStatus.SENT, Message.to_address.like("soak-%"))
        )
        return session.scalar(finished) or 0


def settings(url: str, port: int) -> dict[str, str]:
    """Return the environment of a scheduler process: short leases, so that what a killed one held is soon free."""
    return {
        "PATH": os.environ["PATH"],
        "TRACKER_DEMONSTRATION": "yes",
        "TRACKER_DATABASE_URL": url,
        "TRACKER_SMTP_HOST": "127.0.0.1",
        "TRACKER_SMTP_PORT": str(port),
        "TRACKER_SMTP_TIMEOUT": "2",
        "TRACKER_LEASE_SECONDS": str(LEASE),
        "TRACKER_SWEEP_SECONDS": "5",
    }


def fill(engine: Engine, reminders: int) -> None:
    """One council, one owner and one action a reminder, all due that day."""
    with make_sessions(engine)() as session:
        work_for_all(session)
        writing(session)
        council = make_council(session, "Soak")
        pattern = make_action(session, council, due=date(2030, 1, 1))
        session.execute(insert(Person), [person(council, pattern.owner.post_id, number) for number in range(reminders)])
        owners = session.scalars(select(Person.id).where(Person.email.like("soak-%"))).all()
        points = _copies(session, ActionPoint, pattern.point, [{"position": n} for n in range(reminders)])
        due = {"original_due_date": MORNING.date(), "current_due_date": MORNING.date()}
        rows = zip(owners, points, strict=True)
        _copies(
            session,
            Action,
            pattern,
            [due | {"reference": f"S-{o}", "owner_id": o, "action_point_id": p} for o, p in rows],
        )
        session.commit()


def person(council: Council, post_id: int, number: int) -> dict[str, object]:
    """Return one owner's values."""
    return {
        "council_id": council.id,
        "email": f"soak-{number}@soak.example",
        "name": f"Owner {number}",
        "post_id": post_id,
        "role": Role.SERVICE_MANAGER,
    }


def _copies(session: object, model: type, pattern: object, changes: list[dict[str, object]]) -> list[int]:
    columns = [column.key for column in model.__table__.columns if column.key != "id"]  # type: ignore[attr-defined]
    values = {key: getattr(pattern, key) for key in columns}
    made = session.scalars(insert(model).returning(model.id), [values | change for change in changes])  # type: ignore[attr-defined]
    return list(made)


@contextlib.contextmanager
def mail_server(folder: Path) -> Iterator[tuple[int, Path]]:
    """Run an SMTP server in a process of its own, which appends each arrival to a file."""
    arrivals, port = folder / "arrivals", free_port()
    arrivals.touch()
    process = multiprocessing.get_context("spawn").Process(target=_listen, args=(port, arrivals), daemon=True)
    process.start()
    time.sleep(2)
    try:
        yield port, arrivals
    finally:
        process.terminate()
        process.join()


def _listen(port: int, arrivals: Path) -> None:
    with arrivals.open("a", buffering=1) as file:
        Controller(_Noting(file), hostname="127.0.0.1", port=port).start()
        threading.Event().wait()


@dataclass
class _Noting:
    """Takes every mail and notes to whom and which: no more, since its CPU is the senders' too."""

    file: IO[str]

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        head = BytesHeaderParser().parsebytes(envelope.content or b"")
        self.file.write(json.dumps([head["To"], head["Message-ID"]]) + "\n")
        return "250 OK"


@contextlib.contextmanager
def database(named: str) -> Iterator[str]:
    """Give the address of a migrated database: the one named, or a fresh one."""
    if named == "sqlite":
        with databases.sqlite_template() as path:
            yield f"sqlite:///{path}"
    elif named == "postgresql":
        with databases.postgres_server() as server, databases.postgres_database(server) as address:
            yield address
    else:
        engine = make_engine(named)
        migrate.upgrade(engine)
        engine.dispose()
        yield named


if __name__ == "__main__":
    sys.exit(main())
