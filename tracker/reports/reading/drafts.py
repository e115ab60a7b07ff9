"""An action point while it is being read: words are added to it until the next one begins."""

from dataclasses import dataclass, field

from tracker.reports.reading.bodies import bodies_of
from tracker.reports.reading.document import LOST, Block
from tracker.reports.reading.headings import announces_parts, asks
from tracker.reports.reading.marks import is_letter
from tracker.reports.reading.model import Place, ReadPoint, TimeLimit
from tracker.reports.reading.time_limits import priority_words, sentence_limit
from tracker.terms import Origin, PointKind, TimeLimitKind

SURE = "It is a list item under a heading that calls for action."
IN_TABLE = "It is a row of a table of actions."
TAGGED = "The report itself marks it as a recommendation."
MARK_LOST = "The bullet mark was lost; counted because the heading calls for a list."
NO_MARK = "It is a paragraph without a bullet; counted because the heading over it calls for action."
NO_REQUEST = "It does not say what to do; counted because of the heading over it."
NO_HEADING = "No heading calls for action; counted because a sentence leads into the list."
LOOSE_HEADING = "The heading stands over conclusions too; counted because it asks for something."


@dataclass
class Draft:
    """One point: where it begins, what has been read of it, and how sure we are."""

    block: Block
    kind: PointKind
    section: str
    limit: TimeLimit
    origin: Origin = Origin.THIS_REPORT
    priority: str | None = None
    bodies: tuple[str, ...] = ()
    led_by: tuple[str, ...] = ()  # bodies named by the sentence over the list
    confidence: float = 1.0
    reason: str = SURE
    texts: list[str] = field(default_factory=list)
    end: int = 0
    number: str = ""  # where a title of its own carries it ("Recommendation 4" over the words)

    def __post_init__(self) -> None:
        """Begin with the block's words."""
        self.texts.append(self.block.text)
        self.end = self.block.end

    @property
    def text(self) -> str:
        """Its words so far."""
        return " ".join(self.texts)

    @property
    def wants_parts(self) -> bool:
        """Whether a list that follows is part of it."""
        return len(self.texts) > 1 or announces_parts(self.text)

    def add(self, block: Block) -> None:
        """Add a part: its bullet is left out, its letter is kept."""
        self.texts.append(f"{block.mark} {block.text}" if is_letter(block.mark) else block.text)
        self.end = max(self.end, block.end)

    def point(self) -> ReadPoint:
        """Return the finished point. A time limit in its own words counts only where no heading gave one."""
        limit = self.limit
        if limit.kind is TimeLimitKind.NOT_GIVEN:
            limit = sentence_limit(self.text)
        return ReadPoint(
            text=self.text,
            kind=self.kind,
            section=self.section,
            time_limit=limit,
            origin=self.origin,
            place=Place(self.block.page, self.block.start, self.end),
            bodies=self.bodies or bodies_of(self.text) or self.led_by,
            priority=self.priority or priority_words(self.text),
            confidence=self.confidence,
            reason=self.reason,
            number=self.number or self.block.number,
        )


def how_sure(block: Block, kind: PointKind, *, marked: bool) -> tuple[float, str]:
    """How sure we are of a block under a heading that calls for action, and why."""
    if block.mark == LOST:
        return 0.8, MARK_LOST
    if not marked:
        return 0.75 if asks(block.text) else 0.6, NO_MARK
    if kind is PointKind.RECOMMENDATION and not asks(block.text):
        return 0.9, NO_REQUEST
    return 1.0, SURE
