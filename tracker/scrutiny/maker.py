"""The maker of a web process: one thread, started when a document is asked for, gone when nothing waits.

The thread is a daemon: it never holds up the end of a process, and what it was making is made by another once its lease
has ended.
"""

import logging
import threading

from tracker.scrutiny.making import Desk, make_waiting

log = logging.getLogger(__name__)


class BackgroundMaker:
    """Makes what waits, when it is woken. Nothing is started before, so a process may fork after making it."""

    def __init__(self, desk: Desk) -> None:
        """Take what it makes with."""
        self.desk = desk
        self._lock = threading.Lock()
        self._woken = False
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """Say that something waits. Returns at once."""
        with self._lock:
            self._woken = True
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="making", daemon=True)
                self._thread.start()

    def wait(self, seconds: float = 60) -> None:
        """Wait until nothing is being made here any more: for tests and for an orderly end."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def _work(self) -> None:
        while self._is_wanted():
            try:
                make_waiting(self.desk)
            except Exception:
                log.exception("making stopped; a scheduler goes on with what waits")

    def _is_wanted(self) -> bool:
        with self._lock:
            woken, self._woken = self._woken, False
            if not woken:
                self._thread = None  # under the lock: who wakes it from now on starts another
            return woken
