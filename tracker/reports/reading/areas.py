"""The list of action points that is open while the blocks are walked."""

from dataclasses import dataclass

from tracker.reports.reading.model import TimeLimit
from tracker.reports.reading.time_limits import NOT_GIVEN
from tracker.reports.reading.wordings import Heading
from tracker.terms import Origin


@dataclass
class Area:
    """An open list: what its heading calls for and what has been seen of it."""

    heading: Heading
    name: str
    size: float
    limit: TimeLimit = NOT_GIVEN
    origin: Origin = Origin.THIS_REPORT
    count: int = 0  # points so far
    mark: str = ""  # of its first item
    left: float = 0.0  # of its first item
    number: str = ""  # of its last numbered item
    marked: bool = False  # an item with a mark has been seen
    bodies: tuple[str, ...] = ()  # named by the sentence that leads in ("Northbrook Police should:")
    broken: bool = False  # prose has stood between its points
    by_lead_in: bool = False  # opened by a sentence, not by a heading
    heading_limit: TimeLimit | None = None  # what holds where a sentence over a part of the list gives no other

    def __post_init__(self) -> None:
        """Keep the time limit it is opened with."""
        self.heading_limit = self.heading_limit or self.limit
