"""Work of a web process that nobody waits for: one thread, started when it is woken, gone when nothing waits.

The thread is a daemon: it never holds up the end of a process, and what it had in hand is done by another once its
lease has ended.
"""

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)


class Background:
    """Does what waits, when it is woken. Nothing is started before, so a process may fork after making it."""

    def __init__(self, name: str, work: Callable[[], object]) -> None:
        """Take the name of the work, and what does everything that waits."""
        self._name, self._do = name, work
        self._lock = threading.Lock()
        self._woken = False
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """Say that something waits. Returns at once."""
        with self._lock:
            self._woken = True
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()

    def wait(self, seconds: float = 60) -> None:
        """Wait until nothing is being done here any more: for tests and for an orderly end."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def _work(self) -> None:
        while self._is_wanted():
            try:
                self._do()
            except Exception:
                log.exception("%s stopped; a scheduler goes on with what waits", self._name)

    def _is_wanted(self) -> bool:
        with self._lock:
            woken, self._woken = self._woken, False
            if not woken:
                self._thread = None  # under the lock: who wakes it from now on starts another
            return woken
