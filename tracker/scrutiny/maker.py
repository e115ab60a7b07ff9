"""The maker of a web process: makes the documents of committee reports, or what else its desk makes, when asked."""

from tracker.scrutiny.making import Desk, make_waiting
from tracker.waking import Background


class BackgroundMaker(Background):
    """Makes what waits, when it is woken."""

    def __init__(self, desk: Desk, name: str = "making") -> None:
        """Take what it makes with."""
        super().__init__(name, lambda: make_waiting(desk))
        self.desk = desk
