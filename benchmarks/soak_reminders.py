"""Kills scheduler processes at random while they remind and send, and counts what was lost or came twice.

    python benchmarks/soak_reminders.py --reminders 10000 --processes 4 --kills 100 --database postgresql://...

Real processes (``python -m tracker.jobs``), a real SMTP server in a process of its own, real SIGKILLs. Without
``--database``, or with ``--database sqlite`` or ``postgresql``, a fresh database is made and thrown away. One person a
reminder, so that every reminder is a mail. Exit status 1 where a mail was lost, or came twice with another Message-ID.
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
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sqlalchemy import Engine, func, insert, select  # noqa: E402

from tests import databases  # noqa: E402
from tests.factories import make_action, make_council  # noqa: E402
from tests.sinks import free_port, smtp_sink  # noqa: E402
from tracker import migrate  # noqa: E402
from tracker.db import make_engine, make_sessions, writing  # noqa: E402
from tracker.models import Action, ActionPoint, Council, Message, Person, Reminder, work_for_all  # noqa: E402
from tracker.terms import MessageStatus, Role  # noqa: E402

MORNING = datetime(2027, 3, 15, 8, 0, tzinfo=UTC)
PAUSE_BEFORE_FIRST_KILL = 0.5  # seconds
LONGEST = 1800.0  # seconds


@dataclass(frozen=True)
class Result:
    """What a run showed. ``copies`` are second copies; ``strange`` ones carry another Message-ID."""

    reminders: int
    lost: int
    copies: int
    strange: int
    kills: int
    seconds: float
    locked: int

    @property
    def rate(self) -> float:
        """Mails a second, first to last, kills and restarts included."""
        return self.reminders / self.seconds


def main() -> int:
    """Run once and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reminders", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--database", default="sqlite", help="an address, or sqlite or postgresql for a fresh one")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    with database(arguments.database) as url:
        result = soak(url, arguments.reminders, arguments.processes, arguments.kills)
    print(
        f"{url.split(':', 1)[0]}: {result.reminders} reminders, {arguments.processes} processes, {result.kills} kills: "
        f"{result.lost} lost, {result.copies} second copies ({result.strange} with another Message-ID), "
        f"{result.locked} 'locked' errors, {result.seconds:.1f} s, {result.rate:.0f}/s"
    )
    return 1 if result.lost or result.strange or result.copies > result.kills else 0


def soak(url: str, reminders: int, processes: int, kills: int) -> Result:
    """Fill, run, kill, count."""
    engine = make_engine(url)
    fill(engine, reminders)
    with tempfile.TemporaryDirectory(prefix="tracker-soak-") as folder, mail_server(Path(folder)) as (port, arrivals):
        log = Path(folder) / "log"
        began = time.monotonic()
        killed = run(engine, settings(url, port), log, reminders=reminders, processes=processes, kills=kills)
        seconds = time.monotonic() - began
        time.sleep(0.5)
        got = [json.loads(line) for line in arrivals.read_text().splitlines()]
        locked = log.read_text().count("database is locked")
    return count(engine, got, reminders=reminders, kills=killed, seconds=seconds, locked=locked)


def count(engine: Engine, got: list[list[str]], *, reminders: int, kills: int, seconds: float, locked: int) -> Result:
    """Compare what the database says was sent with what arrived."""
    with make_sessions(engine)() as session:
        work_for_all(session)
        owners = set(session.scalars(select(Person.email).where(Person.email.like("soak-%"))))
        written = session.scalar(select(func.count()).select_from(Reminder)) or 0
    engine.dispose()
    times = Counter(address for address, _ in got)
    identities = {(address, identity) for address, identity in got}
    lost = len(owners - times.keys()) + abs(reminders - written)
    return Result(reminders, lost, len(got) - len(times), len(identities) - len(times), kills, seconds, locked)


def run(engine: Engine, environment: dict[str, str], log: Path, *, reminders: int, processes: int, kills: int) -> int:
    """Keep so many processes alive, kill them spread over the work, until every mail is sent; return the kills."""
    with log.open("wb") as output:
        running = [start(environment, output) for _ in range(processes)]
        killed, began = 0, time.monotonic()
        try:
            while (done := sent(engine)) < reminders and time.monotonic() - began < LONGEST:
                if killed < kills and done >= reminders * killed / (kills + 1):
                    position = random.randrange(processes)  # noqa: S311
                    running[position].send_signal(signal.SIGKILL)
                    running[position].wait()
                    running[position] = start(environment, output)
                    killed += 1
                if any(process.poll() is not None for process in running):
                    raise SystemExit(f"A scheduler ended by itself:\n{log.read_text()[-2000:]}")
                time.sleep(random.uniform(0.01, 0.1))  # noqa: S311
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait()
    return killed


def start(environment: dict[str, str], output: object) -> subprocess.Popen[bytes]:
    """Start one scheduler process."""
    command = [sys.executable, "-m", "tracker.jobs", "--at", MORNING.isoformat()]
    return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=output, stderr=output)  # type: ignore[call-overload,no-any-return]


def sent(engine: Engine) -> int:
    """Count the mails that are finished."""
    with make_sessions(engine)() as session:
        work_for_all(session)
        finished = select(func.count()).select_from(Message).where(Message.status == MessageStatus.SENT)
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
        "TRACKER_LEASE_SECONDS": "5",
        "TRACKER_SWEEP_SECONDS": "5",
    }


def fill(engine: Engine, reminders: int) -> None:
    """One council, one owner and one action a reminder, all due that day."""
    with make_sessions(engine)() as session:
        work_for_all(session)
        writing(session)
        council = make_council(session, "Soak")
        pattern = make_action(session, council, due=date(2030, 1, 1))
        session.execute(insert(Person), [person(council, number) for number in range(reminders)])
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


def person(council: Council, number: int) -> dict[str, object]:
    """Return one owner's values."""
    return {
        "council_id": council.id,
        "email": f"soak-{number}@soak.example",
        "name": f"Owner {number}",
        "post": "Head of Service",
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
    with arrivals.open("a", buffering=1) as file, smtp_sink(port=port) as sink:

        def note(mail: EmailMessage) -> str:
            file.write(json.dumps([mail["To"], mail["Message-ID"]]) + "\n")
            return "250 OK"

        sink.answer_mail = note
        threading.Event().wait()


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
