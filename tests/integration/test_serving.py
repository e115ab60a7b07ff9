"""``tracker serve`` as a real process: it starts the web and the scheduler, and ends both however it ends."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.sinks import free_port
from tracker import serving

ROOT = Path(__file__).resolve().parents[2]
SOON = 40  # seconds; a machine may be busy


def until(holds: Callable[[], bool], seconds: float = SOON) -> bool:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@pytest.fixture
def served(database_url: str, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], list[int], str]]:
    """The command, its two processes, and its address."""
    port = free_port()
    environ = os.environ | {
        "TRACKER_DEMONSTRATION": "yes", "TRACKER_BASE_URL": f"http://127.0.0.1:{port}",
        "TRACKER_DATABASE_URL": database_url, "TRACKER_FILES": str(tmp_path / "files"),
    }  # fmt: skip
    start = "from tracker.cli import main; main()"
    command = [sys.executable, "-c", start, "serve", "--port", str(port), "--workers", "1", "--threads", "1"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environ, cwd=ROOT, stdout=log, stderr=log)
        running: list[int] = []
        try:
            address = f"http://127.0.0.1:{port}/health/live"
            assert until(lambda: answers(address)), (tmp_path / "log").read_text()
            running = children(process.pid)
            assert len(running) == 2
            yield process, running, address
        finally:
            for pid in [*running, process.pid]:
                if alive(pid):
                    os.kill(pid, signal.SIGKILL)
            process.wait()


def test_asked_to_stop_it_stops_both_and_ends_well(served: tuple[subprocess.Popen[bytes], list[int], str]) -> None:
    process, running, address = served
    process.send_signal(signal.SIGTERM)
    assert process.wait(SOON) == 0
    assert not any(alive(pid) for pid in running)
    assert not answers(address)


@pytest.mark.parametrize("which", [0, 1], ids=["the web process", "the scheduler"])
def test_when_one_dies_the_other_is_stopped_and_it_ends_with_a_fault(
    served: tuple[subprocess.Popen[bytes], list[int], str], which: int
) -> None:
    process, running, _ = served
    os.kill(running[which], signal.SIGKILL)
    assert process.wait(SOON) == 1
    assert until(lambda: not any(alive(pid) for pid in running))


def test_the_two_commands_are_a_web_server_and_a_scheduler() -> None:
    web = serving.web_command("0.0.0.0", 8001, 3, 5)  # noqa: S104 - only looked at
    assert web[:4] == [sys.executable, "-m", "gunicorn", "wsgi:application"]
    for pair in (["--bind", "0.0.0.0:8001"], ["--workers", "3"], ["--threads", "5"]):
        assert web[web.index(pair[0]) + 1] == pair[1]
    assert serving.scheduler_command() == [sys.executable, "-m", "tracker.jobs"]


def _run(script: str, *arguments: str) -> subprocess.Popen[bytes]:
    code = f"import os, sys\nfrom tracker import serving\n{script}"
    return subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=ROOT)


def test_one_that_does_not_stop_when_asked_is_ended_all_the_same(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    deaf = (
        "import signal, time, pathlib; signal.signal(15, signal.SIG_IGN); "
        f"pathlib.Path({str(ready)!r}).touch(); time.sleep(60)"
    )
    process = _run(
        "serving.GRACE = 0.2\nsys.exit(serving.run_together([[sys.executable, '-c', sys.argv[1]]], os.environ))", deaf
    )
    assert until(ready.exists)
    (child,) = children(process.pid)
    process.send_signal(signal.SIGTERM)
    assert process.wait(SOON) == 0
    assert not alive(child)
