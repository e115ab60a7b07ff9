"""How fast pages are served over a large demonstration: a real gunicorn, SQLite and PostgreSQL, p50 and p95.

python benchmarks/serving.py [--actions N] [--councils M] [--database sqlite|postgresql|both] [--seconds S] [--markdown]

Beside each database's figures stand, of the same run, the bare SQL of the list and a bare Flask page that asks no
database. Clients are threads of another process; each signs in once, which is not measured. PostgreSQL is started here
with its own settings as they are when it is installed, so that a commit is on the disk before it returns.
"""

import argparse
import contextlib
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import Engine, text

from tests import databases
from tests.sinks import free_port
from tracker import migrate
from tracker.accounts.passwords import DEMONSTRATION_PASSWORD
from tracker.clock import SystemClock, london_date
from tracker.db import make_engine
from tracker.demonstration.generating import Size, generate
from tracker.serving import MEMORY

ROOT = Path(__file__).resolve().parents[1]
BARE = "from flask import Flask\napp = Flask('bare')\napp.add_url_rule('/', 'bare', lambda: '<h1>A page</h1>')\n"
SERVER = {"max_connections": "50"}  # nothing that makes it faster: fsync and synchronous_commit stay on
TARGETS = {"list": 20.0, "action": 15.0, "update": 25.0, "csv": 500.0}  # milliseconds at one client, p50
LIST_A_SECOND = 50.0  # at eight clients
CLIENTS = (1, 8)
WARM_UP = 5
CSV_RUNS = 5
LIST = "/actions?age=late"
CSV = "/actions.csv?delivery=open"
FIRST_PAGE = """
    SELECT a.reference, a.title, a.original_due_date, p.name FROM actions a JOIN people p ON p.id = a.owner_id
    WHERE a.council_id = :council AND a.delivery IN ('not_started', 'in_progress', 'paused', 'awaiting_check')
    AND a.original_due_date < :today ORDER BY a.original_due_date, a.id LIMIT 25
"""
AGES = """
    SELECT CASE WHEN original_due_date >= :d30 THEN 1 WHEN original_due_date >= :d90 THEN 2
    WHEN original_due_date >= :d180 THEN 3 ELSE 4 END AS age, count(*) FROM actions
    WHERE council_id = :council AND delivery IN ('not_started', 'in_progress', 'paused', 'awaiting_check')
    AND original_due_date < :today GROUP BY 1
"""
BUSIEST = """
    SELECT lead_id, council_id FROM actions WHERE delivery = 'in_progress' GROUP BY 1, 2 ORDER BY count(*) DESC LIMIT 1
"""
LATE_FIRST = """
    SELECT reference FROM actions WHERE council_id = :council AND delivery IN ('not_started', 'in_progress')
    ORDER BY original_due_date LIMIT 2000
"""
LED = "SELECT reference FROM actions WHERE lead_id = :lead AND delivery = 'in_progress' ORDER BY id"


@dataclass(frozen=True)
class Measured:
    """What one page took: milliseconds, and answers a second over all clients."""

    what: str
    clients: int
    p50: float
    p95: float
    a_second: float


@dataclass(frozen=True)
class Sample:
    """What is asked for."""

    email: str
    references: list[str]
    owned: list[str]
    council_id: int


def main() -> int:
    """Measure, print the tables, and say whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--actions", type=int, default=100_000)
    parser.add_argument("--councils", type=int, default=1)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--seconds", type=float, default=8, help="of measuring for each page and number of clients")
    parser.add_argument("--output", type=Path, help="write the tables as markdown into this file too")
    given = parser.parse_args()
    kinds = ["sqlite", "postgresql"] if given.database == "both" else [given.database]
    tables, well = [_machine()], True
    for kind in kinds:
        table, met = measure(kind, Size(given.actions, given.councils), given.seconds)
        tables.append(table)
        well &= met
        print(table, flush=True)
    if given.output:
        given.output.write_text("\n\n".join(tables) + "\n", "utf-8")
    return 0 if well else 1


def measure(kind: str, size: Size, seconds: float) -> tuple[str, bool]:
    """Make the database, serve it, and measure; return the table and whether the targets are met."""
    with tempfile.TemporaryDirectory(prefix="tracker-serving-") as folder, _database(kind, Path(folder)) as address:
        engine = make_engine(address)
        migrate.upgrade(engine)
        began = time.perf_counter()
        generate(engine, size, SystemClock().now())
        made = time.perf_counter() - began
        sample = _sample(engine)
        bare_sql = _bare_sql(engine, sample.council_id)
        engine.dispose()
        with _served(["bare:app"], {"PYTHONPATH": folder}, Path(folder)) as port:
            bare = [_bare_page(port, clients, seconds / 2) for clients in CLIENTS]
        with _served(["wsgi:application"], _environment(address, folder), ROOT) as port:
            found, csv, memory = _pages(port, sample, seconds)
    return _table(kind, size, made, [*bare, *found], bare_sql, csv=csv, memory=memory), _met(found, csv)


def _pages(port: int, sample: Sample, seconds: float) -> tuple[list[Measured], tuple[float, int], tuple[float, float]]:
    visits = [Visit(port, sample.email) for _ in range(max(CLIENTS))]
    asks: dict[str, Callable[[Visit, int], None]] = {
        "list": lambda visit, _turn: visit.get(LIST),
        "action": lambda visit, turn: visit.get(f"/actions/{sample.references[turn % len(sample.references)]}"),
        "update": lambda visit, turn: visit.update(sample.owned[turn % len(sample.owned)], turn),
    }
    found = [_measure(what, visits[:clients], ask, seconds) for what, ask in asks.items() for clients in CLIENTS]
    before = _memory(port)
    csv = _csv(visits[0])
    return found, csv, (before, _memory(port))


class Visit:
    """One browser's connection, signed in."""

    def __init__(self, port: int, email: str) -> None:
        """Sign in by the form, as a person does."""
        self.connection = HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookie = ""
        page = self.get("/sign-in")
        self.token = _token(page)
        self.post("/sign-in", email=email, password=DEMONSTRATION_PASSWORD)
        self.token = _token(self.get("/account"))

    def get(self, address: str) -> str:
        """Ask for a page."""
        return self._ask("GET", address)

    def post(self, address: str, **fields: str) -> str:
        """Send a form with the page's token."""
        body = urlencode({**fields, "csrf_token": self.token})
        return self._ask("POST", address, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def update(self, reference: str, turn: int) -> None:
        """Post an update by its form."""
        self.post(f"/actions/{reference}/update", what="update", text=f"Sample {turn} was read this week.")

    def _ask(self, method: str, address: str, body: str | None = None, headers: dict[str, str] | None = None) -> str:
        sent = {"Cookie": self.cookie, **(headers or {})}
        self.connection.request(method, address, body, sent)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            self.cookie = cookie.partition(";")[0]
        wanted = HTTPStatus.OK if method == "GET" else HTTPStatus.FOUND  # an error would be answered faster
        if answer.status != wanted:
            raise SystemExit(f"{method} {address}: {answer.status}")
        return text


def _measure(what: str, visits: list[Visit], ask: Callable[[Visit, int], None], seconds: float) -> Measured:
    for turn in range(WARM_UP):
        for visit in visits:
            ask(visit, turn)
    times: list[float] = []
    began = time.perf_counter()

    def run(number: int) -> None:
        turn = number * 1_000
        while time.perf_counter() - began < seconds:
            start = time.perf_counter()
            ask(visits[number], turn)
            times.append((time.perf_counter() - start) * 1000)
            turn += 1

    with ThreadPoolExecutor(len(visits)) as threads:
        list(threads.map(run, range(len(visits))))
    took = time.perf_counter() - began
    times.sort()
    return Measured(what, len(visits), statistics.median(times), times[int(len(times) * 0.95)], len(times) / took)


def _csv(visit: Visit) -> tuple[float, int]:
    """Return the median seconds of an export of about ten thousand rows, and how many rows it has."""
    times, rows = [], 0
    for _ in range(CSV_RUNS):
        start = time.perf_counter()
        rows = visit.get(CSV).count("\n") - 1
        times.append(time.perf_counter() - start)
    return statistics.median(times), rows


def _bare_page(port: int, clients: int, seconds: float) -> Measured:
    visits = [HTTPConnection("127.0.0.1", port, timeout=30) for _ in range(clients)]

    def ask(connection: HTTPConnection, _turn: int) -> None:
        connection.request("GET", "/")
        connection.getresponse().read()

    return _measure("a bare Flask page", visits, ask, seconds)  # type: ignore[arg-type]  # asked the same way


def _bare_sql(engine: Engine, council: int) -> float:
    """Return the milliseconds of the list's two questions in SQL alone: 25 rows, and the counts by age."""
    today = london_date(SystemClock().now())
    given = {"council": council, "today": today.isoformat()}
    given |= {f"d{days}": date.fromordinal(today.toordinal() - days).isoformat() for days in (30, 90, 180)}
    times = []
    with engine.connect() as connection:
        for _ in range(60):
            start = time.perf_counter()
            connection.execute(text(FIRST_PAGE), given).all()
            connection.execute(text(AGES), given).all()
            times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[10:])


def _sample(engine: Engine) -> Sample:
    """Choose the lead with the most open actions, late actions to look at, and some of hers to write updates on."""
    with engine.connect() as connection:
        lead, council = connection.execute(text(BUSIEST)).one()
        email = connection.scalar(text("SELECT email FROM people WHERE id = :lead"), {"lead": lead})
        references = list(connection.scalars(text(LATE_FIRST), {"council": council}))
        return Sample(str(email), references, list(connection.scalars(text(LED), {"lead": lead})), council)


@contextlib.contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'tracker.sqlite3'}"
        return
    databases.FAST_SERVER.clear()
    databases.FAST_SERVER.update(SERVER)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    with databases.postgres_server() as server, databases.postgres_database(server) as address:
        yield address


@contextlib.contextmanager
def _served(application: list[str], environment: dict[str, str], where: Path) -> Iterator[int]:
    """Serve an application as ``tracker serve`` does: gunicorn, two workers of four threads."""
    port = free_port()
    (where / "bare.py").write_text(BARE, "utf-8") if application == ["bare:app"] else None
    command = [
        *(sys.executable, "-m", "gunicorn", *application, "--bind", f"127.0.0.1:{port}"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "error"),
        *("--keep-alive", "30"),
    ]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
    settings = {**kept, **MEMORY, **environment, "TRACKER_BASE_URL": f"http://127.0.0.1:{port}"}
    server = subprocess.Popen(command, env=settings, cwd=where)
    _PROCESSES[port] = server.pid
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
                answer.read()
                break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(30)


_PROCESSES: dict[int, int] = {}


def _memory(port: int) -> float:
    """Return the mebibytes that the workers hold together (Linux), counting what they share once each."""
    total = 0.0
    for task in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(task.read_text().rpartition(")")[2].split()[1]) == _PROCESSES[port]:
                lines = (task.parent / "smaps_rollup").read_text().splitlines()
                total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return total


def _environment(address: str, folder: str) -> dict[str, str]:
    return {
        "TRACKER_DEMONSTRATION": "yes",
        "TRACKER_DATABASE_URL": address,
        "TRACKER_FILES": str(Path(folder) / "files"),
        "PYTHONPATH": str(ROOT),
    }


def _token(page: str) -> str:
    return page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]


def _met(found: list[Measured], csv: tuple[float, int]) -> bool:
    p50 = {one.what: one.p50 for one in found if one.clients == 1}
    eight = next(one.a_second for one in found if one.what == "list" and one.clients == max(CLIENTS))
    slow = any(p50[what] > most for what, most in TARGETS.items() if what in p50)
    return not slow and csv[0] * 1000 <= TARGETS["csv"] and eight >= LIST_A_SECOND


WORDS = {"list": "list of overdue actions, 25 rows, counts by age", "action": "one action's page",
         "update": "posting an update"}  # fmt: skip


def _table(
    kind: str,
    size: Size,
    made: float,
    found: list[Measured],
    bare_sql: float,
    *,
    csv: tuple[float, int],
    memory: tuple[float, float],
) -> str:
    name = {"sqlite": f"SQLite {sqlite3.sqlite_version}", "postgresql": "PostgreSQL, durable"}[kind]
    lines = [
        f"{name}, {size.actions:,} actions in {size.councils}: made in {made:.0f} s",
        "",
        "| what | clients | p50 | p95 | a second | target |",
        "| --- | --- | --- | --- | --- | --- |",
        f"| the list's bare SQL | 1 | {bare_sql:.1f} ms | | | |",
    ]
    for one in found:
        target = f"≤ {TARGETS[one.what]:.0f} ms" if one.what in TARGETS and one.clients == 1 else ""
        if one.what == "list" and one.clients > 1:
            target = f"≥ {LIST_A_SECOND:.0f} a second"
        words = WORDS.get(one.what, one.what)
        lines.append(
            f"| {words} | {one.clients} | {one.p50:.1f} ms | {one.p95:.1f} ms | {one.a_second:,.0f} | {target} |"
        )
    lines.append(f"| CSV of {csv[1]:,} rows | 1 | {csv[0] * 1000:.0f} ms | | | ≤ {TARGETS['csv']:.0f} ms |")
    lines.append(
        f"| memory of both workers, before and after the exports | | {memory[0]:.0f}, {memory[1]:.0f} MiB | | | |"
    )
    return "\n".join(lines)


def _machine() -> str:
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
