"""The words of the mail to a body's contact, who has no account: its own lines, worst first, each with its link. Pure.

It says what the report asks for, since its reader cannot look. Of what is exempt or confidential only the reference
stands in it, and whom to ask.
"""

from dataclasses import dataclass
from datetime import date

from tracker.reminders.links import contribution_mark
from tracker.reminders.words.emails import Mail, written
from tracker.reminders.words.entries import one_line
from tracker.terms import ContributionStatus, Marking
from tracker.wording import days_late, format_date, plural, sentence

MOST_WORDS = 600  # characters of the report's words; the page behind the link has them all


@dataclass(frozen=True)
class BodyItem:
    """A body's line of an action."""

    contribution_id: int
    reference: str
    title: str
    words: str  # of the report
    marking: Marking
    status: ContributionStatus
    due: date
    owner: str  # whom to ask at the council, the owner or who is there: > Ann Hall, Head of Early Help
    owner_email: str


@dataclass(frozen=True)
class BodyLetter:
    """Everything one address is told on one morning."""

    council_name: str
    body_name: str
    to_address: str
    day: date
    items: tuple[BodyItem, ...]
    rhythm: str = ""  # when it is written to, by the council's rules

    @property
    def named(self) -> frozenset[str]:
        """The references of which more than the reference is said."""
        return frozenset(item.reference for item in self.items if item.marking is Marking.OPEN)


@dataclass(frozen=True)
class BodyEntry:
    """A line in words. What may not be written about has only its reference and whom to ask."""

    reference: str
    asks: str
    title: str = ""
    words: str = ""
    when: str = ""
    status: str = ""
    link: str = ""

    @property
    def open(self) -> bool:
        """Whether more than the reference may be written."""
        return bool(self.link)

    @property
    def questions(self) -> str:
        """Say whom to ask: > Questions: Ann Hall, Head of Early Help, ann.hall@westmere.example."""
        return f"Questions: {self.asks}" if self.open else f"Ask {self.asks} about it."


def render(letter: BodyLetter, base_url: str) -> Mail:
    """Write the mail. The links are built from the configured address only."""
    worst_first = sorted(letter.items, key=lambda item: (item.due, item.reference))
    entries = [entry(item, letter.day, base_url) for item in worst_first]
    return written(
        "body",
        {
            "council": one_line(letter.council_name),
            "body": one_line(letter.body_name),
            "matter": matter(letter),
            "asks": "This action needs" if len(entries) == 1 else "These actions need",
            "entries": entries,
            "rhythm": letter.rhythm,
            "answers": any(one.open for one in entries),
        },
    )


def matter(letter: BodyLetter) -> str:
    """Say in a line what it is about: > 2 actions wait for Westmere General Hospital, 1 of them late."""
    count, late = len(letter.items), sum(item.due < letter.day for item in letter.items)
    said = f"{plural(count, 'action')} {'waits' if count == 1 else 'wait'} for {one_line(letter.body_name)}"
    if not late:
        return said
    return f"{said}, {_late_of(late, count)}"


def entry(item: BodyItem, today: date, base_url: str) -> BodyEntry:
    """Put one line into words, as many as its marking allows."""
    asks = f"{one_line(item.owner)}, {one_line(item.owner_email)}"
    if item.marking is not Marking.OPEN:
        return BodyEntry(item.reference, asks)
    return BodyEntry(
        item.reference,
        asks,
        title=one_line(item.title) or "Untitled",
        words=_short(one_line(item.words)),
        when=f"{sentence(days_late((today - item.due).days))} (due {format_date(item.due)})",
        status=item.status.label,
        link=contribution_mark(base_url, item.contribution_id),
    )


def _late_of(late: int, count: int) -> str:
    return "late" if late == count == 1 else "all late" if late == count else f"{late} of them late"


def _short(words: str) -> str:
    return words if len(words) <= MOST_WORDS else f"{words[:MOST_WORDS].rsplit(' ', 1)[0]} …"
