"""The list of action points that is open while the blocks are walked."""

import re
from dataclasses import dataclass, replace
from typing import Any

from tracker.reports.reading.document import Block
from tracker.reports.reading.model import TimeLimit
from tracker.reports.reading.time_limits import NOT_GIVEN
from tracker.reports.reading.wordings import Heading
from tracker.terms import Origin, TimeLimitKind

_NOTE = re.compile(r"[a-z?:](\d)$")


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
    section_number: str = ""  # of the heading, where the report numbers its headings
    title: str = ""  # the heading as printed
    heading_limit: TimeLimit | None = None  # what holds where a sentence over a part of the list gives no other

    part: tuple[float, bool] | None = None  # the look of the headings over its parts, once the first has been seen
    led: bool = False  # a sentence that names who has to act stands over the list, and the time limits under it
    answered: bool = False  # the answer to its last point has begun: prose is the answer's
    timed: bool = False  # a time limit stands over this part of the list

    def under_time(self, limit: TimeLimit) -> "Area":
        """Return the list as it is under a time limit of its own."""
        base = self.heading_limit if self.led else limit
        return self._fresh(limit=limit, heading_limit=base, timed=True)

    def under_sentence(self, limit: TimeLimit, bodies: tuple[str, ...]) -> "Area":
        """Return the list as it is under a sentence over a part of it.

        A time limit that stands over the sentence holds; one that stood under an earlier such sentence does not.
        """
        if limit.kind is TimeLimitKind.NOT_GIVEN:
            limit = self.heading_limit or NOT_GIVEN
        return self._fresh(limit=limit, bodies=bodies, led=self.led or not self.timed, timed=False)

    def is_note(self, block: Block) -> bool:
        """Whether it is the footnote whose mark the heading carries ("What needs to improve?1")."""
        note = _NOTE.search(self.title)
        words = f"{block.number} {block.text}" if block.number and not block.mark else block.text
        return note is not None and self.count > 0 and not self.number and words.startswith(f"{note[1]} ")

    @property
    def is_empty(self) -> bool:
        """Whether nothing has stood under its heading yet."""
        return self.count == 0 and not self.broken and self.part is None

    def holds(self, number: str) -> bool:
        """Whether a heading of this number stands under the list's own: 5.1 under 5."""
        return bool(self.section_number) and number.startswith(f"{self.section_number}.")

    def _fresh(self, **changes: Any) -> "Area":  # noqa: ANN401 - the fields of the class
        return replace(self, count=0, marked=False, mark="", number="", **changes)

    def __post_init__(self) -> None:
        """Keep the time limit it is opened with."""
        self.heading_limit = self.heading_limit or self.limit
