"""Runs the web process and the scheduler together, as one command; when one ends, so does the other."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
GRACE = 35  # seconds a process has to finish what it is doing
LOOK_EVERY = 0.5  # seconds
# What a large report took is given back to the machine: else the C library keeps it (GNU; others do not look at these).
MEMORY = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "131072"}


def web_command(host: str, port: int, workers: int, threads: int) -> list[str]:
    """Return the command that starts the web process."""
    return [
        *(sys.executable, "-m", "gunicorn", "wsgi:application"),
        *("--bind", f"{host}:{port}", "--worker-class", "gthread"),
        *("--workers", str(workers), "--threads", str(threads), "--timeout", "60"),
        *("--access-logfile", "-", "--log-level", "warning"),
        *("--logger-class", "tracker.web.access_log.CoveringLogger"),
    ]


def scheduler_command() -> list[str]:
    """Return the command that starts a scheduler."""
    return [sys.executable, "-m", "tracker.jobs"]


def run_together(commands: list[list[str]], environ: Mapping[str, str]) -> int:
    """Run the commands until one ends or we are asked to stop; return 0 only where we were asked to."""
    path = os.pathsep.join(filter(None, (str(ROOT), environ.get("PYTHONPATH", ""))))
    asked = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    # Only now: asked to stop a moment earlier, we would leave the processes behind.
    processes = [subprocess.Popen(command, env={**MEMORY, **environ, "PYTHONPATH": path}) for command in commands]  # noqa: S603
    while not asked and all(process.poll() is None for process in processes):
        time.sleep(LOOK_EVERY)
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return 0 if asked else 1
