"""Scheduler processes as they run in service: ``python -m tracker.jobs``, with the settings of the environment."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.integration.reminders.offices import MORNING

ROOT = Path(__file__).resolve().parents[3]


def environment(database_url: str, smtp_port: int, **values: str) -> dict[str, str]:
    """The settings of a demonstration (whose clock may stand still), with a real mail server."""
    return {
        "PATH": os.environ["PATH"],
        "TRACKER_DEMONSTRATION": "yes",
        "TRACKER_DATABASE_URL": database_url,
        "TRACKER_SMTP_HOST": "127.0.0.1",
        "TRACKER_SMTP_PORT": str(smtp_port),
        "TRACKER_SMTP_TIMEOUT": "0.9",
        "TRACKER_LEASE_SECONDS": "2",
        "TRACKER_SWEEP_SECONDS": "0.5",
        **values,
    }


@contextlib.contextmanager
def schedulers(count: int, settings: dict[str, str], log: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """So many scheduler processes, which are all gone after the block."""
    with log.open("wb") as output:
        running = [start(settings, output) for _ in range(count)]
        try:
            yield running
        finally:
            for process in running:
                process.kill()
                process.wait()


def start(settings: dict[str, str], output: object) -> subprocess.Popen[bytes]:
    """One scheduler process, which believes that it is MORNING."""
    command = [sys.executable, "-m", "tracker.jobs", "--at", MORNING.isoformat()]
    return subprocess.Popen(command, env=settings, cwd=ROOT, stdout=output, stderr=output)  # type: ignore[call-overload,no-any-return]


def kill(process: subprocess.Popen[bytes]) -> None:
    """End it at whatever instruction it is."""
    process.send_signal(signal.SIGKILL)
    process.wait()
