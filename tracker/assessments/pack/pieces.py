"""The pieces a pack is put together of: what was said and done, files and links, what inspectors said. Pure."""

from dataclasses import dataclass
from datetime import date

from tracker.terms import Marking

GONE = "The file is not there any more"


@dataclass(frozen=True)
class Entry:
    """Something that was said or done on a day."""

    on: date
    what: str  # "Update", "Claimed as done", "Checked"
    words: str
    by: str
    marking: Marking = Marking.OPEN


@dataclass(frozen=True)
class Moved:
    """One agreed move of the date."""

    before: date
    after: date


@dataclass(frozen=True)
class Line:
    """One body's line of an action."""

    body: str
    status: str
    note: str


@dataclass(frozen=True)
class Proof:
    """A file, or a link, that shows that something was done."""

    evidence_id: int
    name: str
    url: str
    media_type: str
    size: int | None  # bytes
    sha256: str
    on: date
    by: str
    marking: Marking = Marking.OPEN
    held: str = ""  # why it is not given out, as "Being scanned"

    @property
    def is_file(self) -> bool:
        """Whether it can be put into a zip."""
        return not self.url and not self.held


@dataclass(frozen=True)
class Said:
    """What inspectors said of a recommendation afterwards, as open as the strictest of what it speaks of."""

    report: str  # its code
    on: date | None
    what: str  # "Good progress", "Told again"
    quote: str
    place: str  # "page 3"
    marking: Marking = Marking.OPEN
    about: tuple[int, ...] = ()  # the ids of the actions that it speaks of in the later report


@dataclass(frozen=True)
class Different:
    """A sentence: our status and what a later report says differ."""

    report: str  # its code
    words: str
    marking: Marking = Marking.OPEN

    @property
    def told(self) -> str:
        """Say which report says otherwise: > WES-2027: We say completed. The inspectors say limited progress."""
        return f"{self.report}: {self.words}"
