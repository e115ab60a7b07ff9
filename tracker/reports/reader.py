"""The reader of a web process. One document at a time a process, since each may take a gibibyte."""

from tracker.reports.background import Desk, read_waiting
from tracker.waking import Background


class BackgroundReader(Background):
    """Reads what waits, when it is woken."""

    def __init__(self, desk: Desk) -> None:
        """Take what it reads with."""
        super().__init__("reading", lambda: read_waiting(desk))
        self.desk = desk
