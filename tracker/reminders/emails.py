"""The words of the morning's mail: one a person, everything in it, worst first. Pure.

Lateness is counted from the original due date (DESIGN section 3, rule 4); what is left of an agreed extension is said
beside it. Of an action that is exempt or confidential nothing but its reference and its link is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tracker.terms import Delivery, Marking, Stage
from tracker.wording import days_late, format_date, plural, sentence

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "emails"
MOST_DAYS_NAMED = 4  # of earlier reminders; before that their number says enough


@dataclass(frozen=True)
class Item:
    """One action in a mail, with its dates and who has been asked before."""

    reference: str
    title: str
    marking: Marking
    delivery: Delivery
    original_due: date
    current_due: date
    stage: Stage
    owner_name: str
    owner_active: bool = True
    reminded_on: tuple[date, ...] = ()  # London days on which the owner was sent a reminder, oldest first
    undelivered_on: tuple[date, ...] = ()  # and on which one could not be delivered


@dataclass(frozen=True)
class Digest:
    """Everything one person is told on one morning."""

    council_name: str
    person_id: int
    person_name: str
    to_address: str
    day: date
    yours: tuple[Item, ...]
    as_lead: tuple[Item, ...]


@dataclass(frozen=True)
class Mail:
    """A digest in words."""

    subject: str
    text: str


@dataclass(frozen=True)
class Entry:
    """One action in words. The last four are empty where it may not be written about."""

    reference: str
    link: str
    title: str = ""
    when: str = ""
    status: str = ""
    wanted: str = ""
    tried: str = ""

    @property
    def open(self) -> bool:
        """Whether more than the reference may be written."""
        return bool(self.title)


def render(digest: Digest, base_url: str) -> Mail:
    """Write the mail. The links are built from the configured address only."""
    values = {
        "council": _one_line(digest.council_name),
        "matter": matter(digest),
        "yours": [entry(item, digest.day, base_url) for item in worst_first(digest.yours, digest.day)],
        "as_lead": [entry(item, digest.day, base_url) for item in worst_first(digest.as_lead, digest.day)],
        "base_url": base_url,
    }
    subject = _templates.get_template("digest.subject.txt").render(values)
    return Mail(subject=_one_line(subject), text=_templates.get_template("digest.txt").render(values))


def matter(digest: Digest) -> str:
    """Say in a line what the mail is about: > 2 actions late, 1 due in 14 days."""
    yours = _counts(digest.yours, digest.day)
    as_lead = _counts(digest.as_lead, digest.day)
    if not digest.as_lead:
        return yours
    return f"{yours}; as lead: {as_lead}" if digest.yours else f"As lead: {as_lead}"


def worst_first(items: Sequence[Item], today: date) -> list[Item]:
    """Order by how late against the original date, then by the date that stands, then by reference."""
    return sorted(items, key=lambda item: (item.original_due - today, item.current_due, item.reference))


def entry(item: Item, today: date, base_url: str) -> Entry:
    """Put one action into words, as many as its marking allows."""
    link = f"{base_url}/actions/{quote(item.reference, safe='')}"
    if item.marking is not Marking.OPEN:
        return Entry(item.reference, link)
    return Entry(
        reference=item.reference,
        link=link,
        title=_one_line(item.title) or "Untitled",
        when=when(item, today),
        status=item.delivery.label,
        wanted=wanted(item),
        tried=tried(item) if item.stage is Stage.LEAD_TOLD and item.delivery is not Delivery.AWAITING_CHECK else "",
    )


def when(item: Item, today: date) -> str:
    """Say how late it is, or how long is left: > 94 days late (due 1 September 2012)."""
    said = f"{sentence(days_late((today - item.original_due).days))} (due {format_date(item.original_due)})"
    if item.current_due == item.original_due:
        return said
    days = (today - item.current_due).days
    if days > 0:
        return f"{said}; extension to {format_date(item.current_due)} passed {plural(days, 'day')} ago"
    left = "ends today" if days == 0 else f"{plural(-days, 'day')} left"
    return f"{said}; within agreed extension to {format_date(item.current_due)}, {left}"


def wanted(item: Item) -> str:
    """Say what the reader is asked to do next."""
    if item.delivery is Delivery.AWAITING_CHECK:
        return f"{_one_line(item.owner_name)} says it is done. See that the claim is checked."
    if not item.owner_active:
        return f"Its owner, {_one_line(item.owner_name)}, no longer has an account. Give it a new owner."
    if item.stage is Stage.LEAD_TOLD:
        return "Find out what stands in the way, and agree with the owner what happens next."
    if item.delivery is Delivery.PAUSED:
        return "Say whether work can start again. The date still stands."
    if item.stage is Stage.WHILE_LATE:
        return "Say what has happened and when it will be done, or claim that it is done."
    return "Say what has happened. If it is done, claim it; if the date cannot be kept, ask for more time now."


def tried(item: Item) -> str:
    """Say when the owner was reminded: > Ann Hall was reminded on 1 March 2027 and 8 March 2027."""
    name = _one_line(item.owner_name)
    said = f"{name} was reminded on {_listed(item.reminded_on)}." if item.reminded_on else ""
    if item.undelivered_on:
        said += f" A reminder could not be delivered on {_listed(item.undelivered_on)}."
    return said.strip() or f"{name} has not been reminded of it before."


def _counts(items: Sequence[Item], today: date) -> str:
    late = sum(item.original_due < today for item in items)
    due_today = sum(item.original_due == today for item in items)
    ahead = [(item.original_due - today).days for item in items if item.original_due > today]
    parts = [f"{late} late"] if late else []
    parts += [f"{due_today} due today"] if due_today else []
    if ahead:
        parts.append(f"{len(ahead)} due {'in' if len(set(ahead)) == 1 else 'within'} {plural(max(ahead), 'day')}")
    if parts:
        count, rest = parts[0].split(" ", 1)
        parts[0] = f"{count} {'action' if count == '1' else 'actions'} {rest}"
    return ", ".join(parts)


def _listed(days: Sequence[date]) -> str:
    named = [format_date(day) for day in days[-MOST_DAYS_NAMED:]]
    earlier = f" ({len(days)} times in all)" if len(days) > MOST_DAYS_NAMED else ""
    return (f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0]) + earlier


def _one_line(value: str) -> str:
    return " ".join(value.split())


# Plain text has nothing to escape; a value that is missing must fail a test rather than leave a gap in a mail.
_templates = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=False,  # noqa: S701
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
