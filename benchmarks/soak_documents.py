"""Sends 500 broken and hostile files through the running service, and counts what became of them.

python benchmarks/soak_documents.py [--files N] [--seed N] [--database sqlite|postgresql|an empty one's address]

Ends with 1 where an answer was a fault of the service, a worker was lost, a file ended neither read nor with one
sentence within 30 seconds, a report was made twice or a file left behind, or a process kept more memory than it may.
"""

import argparse
import contextlib
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import func, select

from benchmarks.soak_reminders import database
from tests.factories import make_council, make_person
from tests.hostile import Sent, variants
from tests.pages import PASSWORD
from tests.running import Ended, Result, Running, Sender, running, send_all
from tests.web.conftest import password_hash
from tracker.db import make_engine, make_sessions
from tracker.models import Intake, Report, work_for_all
from tracker.terms import IntakeStatus, Role

LONGEST = 30.0  # seconds from sending to the end
MOST_KEPT = 24.0  # MiB that a process may hold more after everything than before
SENDERS = 2


def main() -> int:
    """Run it as the command line says; return 1 where something is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", default="sqlite")
    wanted = parser.parse_args()
    with database(wanted.database) as url, tempfile.TemporaryDirectory(prefix="tracker-soak-") as folder:
        return soak(url, Path(folder), wanted.files, wanted.seed)


def soak(url: str, folder: Path, number: int, seed: int) -> int:
    """Send, count, print."""
    emails = people(url)
    with running(url, folder) as service:
        senders = [Sender(service.url, email, PASSWORD) for email in emails]
        first = [Sent("warming up", "first.txt", f"Report {one}. Review the records.".encode()) for one in range(8)]
        send_all(service, first, senders)  # a process that has served nothing yet has not loaded everything yet
        workers, before = service.workers(), service.memory()
        result = send_all(service, variants(number, seed), senders)
        lost, after = service.workers() != workers, service.memory()
    faults = [*faults_of(result, number), *left_behind(url, service)]
    if lost:
        faults.append("a worker was lost")
    grown = max(after[pid] - before[pid] for pid in before)
    peak = max(result.most[pid] - before[pid] for pid in before)
    if grown > MOST_KEPT:
        faults.append(f"a process keeps {grown:.0f} MiB more than before")
    show(result, before, grown, peak, faults)
    return 1 if faults else 0


def faults_of(result: Result, number: int) -> list[str]:
    """Say, a sentence each, which files did not end as they should."""
    found = [f"{len(result.ended)} of {number} files ended"] if len(result.ended) != number else []
    for one in result.ended:
        found += [f"{one.sent.kind} ({one.sent.filename}): {wrong}" for wrong in wrong_of(one)]
    return found


def wrong_of(one: Ended) -> list[str]:
    """Say what is wrong with the end of one file."""
    found = []
    if one.status >= 500:  # noqa: PLR2004 - a fault of the service, by HTTP
        found.append(f"answered {one.status}")
    if one.state not in ("read", "refused"):
        found.append(f"ended as {one.state or 'nothing'}")
    if one.state == "refused" and (not one.said.endswith(".") or len(one.said) > 200):  # noqa: PLR2004 - a sentence or two
        found.append(f"said {one.said!r}")
    if one.seconds > LONGEST:
        found.append(f"took {one.seconds:.1f} s")
    return found


def left_behind(url: str, service: Running) -> list[str]:
    """Say what the database and the log hold that they should not."""
    found = ["a trace in the log"] if b"Traceback" in service.log.read_bytes() else []
    engine = make_engine(url)
    with make_sessions(engine)() as session:
        work_for_all(session)
        read = session.scalar(select(func.count(Intake.id)).where(Intake.status == IntakeStatus.READ))
        if session.scalar(select(func.count(Report.id))) != read:
            found.append("not one report for each file that was read")
        if session.scalar(select(func.count(Intake.id)).where(Intake.file_key.is_not(None))):
            found.append("a file left behind")
    engine.dispose()
    return found


def people(url: str) -> list[str]:
    """Make a council with as many leads as there are senders; return their addresses."""
    engine = make_engine(url)
    with contextlib.closing(make_sessions(engine)()) as session:
        work_for_all(session)
        council = make_council(session, "Soak")
        leads = [make_person(session, council, Role.LEAD, password_hash=password_hash()) for _ in range(SENDERS)]
        session.commit()
        emails = [lead.email for lead in leads]
    engine.dispose()
    return emails


def show(result: Result, before: dict[int, float], grown: float, peak: float, faults: list[str]) -> None:
    """Print what became of the files, the slowest of them, and the memory."""
    for state, count in sorted(Counter(one.state for one in result.ended).items()):
        print(f"{count:5} {state}")
    for said, count in Counter(one.said for one in result.ended if one.said).most_common():
        print(f"{count:5} × {said}")
    slowest = sorted(result.ended, key=lambda one: one.seconds, reverse=True)[:8]
    print("slowest:", ", ".join(f"{one.sent.kind} {one.seconds:.1f} s ({one.state})" for one in slowest))
    print(f"answers of 500 and above: {sum(one.status >= 500 for one in result.ended)}")  # noqa: PLR2004 - as above
    largest = max(before.values())
    print(f"memory of the largest process before {largest:.0f} MiB, most at once +{peak:.0f}, after +{grown:.0f}")
    for fault in faults:
        print("FAULT:", fault)


if __name__ == "__main__":
    sys.exit(main())
