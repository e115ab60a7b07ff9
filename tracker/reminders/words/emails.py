"""The words of the morning's mail: one a person, everything in it, worst first, plain and HTML alike. Pure.

Both forms are written from the same entries (``entries``), so that they can never disagree. Of an action that is exempt
or confidential nothing but its reference and its link is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from tracker.reminders.links import MARK
from tracker.reminders.words.entries import Entry, Item, entry, one_line, when, worst_first
from tracker.reminders.words.notes import Note, note_sections, notes_counted
from tracker.terms import Marking, Outlook, Stage
from tracker.wording import plural, sentence

TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "emails"
MOST_PLANNED = 40  # lines of a lead's plan in a mail; the page has them all
OUTLOOKS = (None, Outlook.OFF_TRACK, Outlook.AT_RISK, Outlook.ON_TRACK)  # worst first; None: it is late


@dataclass(frozen=True)
class Planned:
    """An open action of a lead's plan, with the outlook that counts and its reason; neither where it is late."""

    reference: str
    title: str
    marking: Marking
    original_due: date
    current_due: date
    outlook: Outlook | None
    reason: str = ""


@dataclass(frozen=True)
class Digest:
    """Everything one person is told on one morning."""

    council_name: str
    person_id: int
    person_name: str
    to_address: str
    day: date
    yours: tuple[Item, ...] = ()
    as_lead: tuple[Item, ...] = ()
    to_decide: tuple[Item, ...] = ()
    as_director: tuple[Item, ...] = ()
    plan: tuple[Planned, ...] = ()
    notes: tuple[Note, ...] = ()  # of later stages of the flow

    @property
    def items(self) -> tuple[Item, ...]:
        """Every action somebody is told of; without the plan, which is only shown."""
        return (*self.yours, *self.to_decide, *self.as_lead, *self.as_director)

    @property
    def named(self) -> frozenset[str]:
        """The references of which more than the reference is said."""
        items = {item.reference for item in self.items if item.marking is Marking.OPEN}
        plan = {line.reference for line in self.plan if line.marking is Marking.OPEN}
        return frozenset(items | plan | {note.about for note in self.notes if note.title})


@dataclass(frozen=True)
class Mail:
    """A digest in words."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Section:
    """A part of the mail under its heading."""

    heading: str
    entries: tuple[Entry, ...]


def render(digest: Digest, base_url: str) -> Mail:
    """Write the mail. The links are built from the configured address only."""
    sections = [
        Section(heading, tuple(entry(item, digest.day, base_url) for item in worst_first(items, digest.day)))
        for heading, items in (
            ("For you to answer", digest.yours),
            ("Waiting for your decision", digest.to_decide),
            ("For you to know as lead", digest.as_lead),
            ("For you to know as director", digest.as_director),
        )
        if items
    ]
    plan = sorted(digest.plan, key=_worst_planned_first)
    values: dict[str, object] = {
        "council": one_line(digest.council_name),
        "matter": matter(digest),
        "sections": sections,
        "notes": note_sections(digest.notes, base_url),
        "plan": [_planned(line, digest.day, base_url) for line in plan[:MOST_PLANNED]],
        "plan_words": in_sum(digest.plan),
        "more": plural(len(plan) - MOST_PLANNED, "more action") if len(plan) > MOST_PLANNED else "",
        "base_url": base_url,
        "answers": any(MARK.search(one.link) for section in sections for one in section.entries),
    }
    return written("digest", values)


def written(kind: str, values: dict[str, object]) -> Mail:
    """Write a mail of a kind from its templates, the plain words and the HTML from the same values."""
    subject = one_line(_templates.get_template(f"{kind}.subject.txt").render(values))
    text = _templates.get_template(f"{kind}.txt").render(values)
    return Mail(subject, text, _templates.get_template(f"{kind}.html").render(values | {"subject": subject}))


def subject_of(matter_of_it: str, council_name: str) -> str:
    """Write a mail's subject alone: > 2 actions late, 1 due in 14 days – Westmere Council."""
    values = {"matter": matter_of_it, "council": one_line(council_name)}
    return one_line(_templates.get_template("digest.subject.txt").render(values))


def matter(digest: Digest) -> str:
    """Say in a line what the mail is about: > 2 actions late, 1 due in 14 days; as lead: 1 action late."""
    parts = [_counts(digest.yours, digest.day)] if digest.yours else []
    if digest.to_decide:
        waits = "waits" if len(digest.to_decide) == 1 else "wait"
        parts.append(f"{plural(len(digest.to_decide), 'decision')} {waits} for you")
    for words, items in (("as lead", digest.as_lead), ("as director", digest.as_director)):
        if items:
            parts.append(f"{words}: {_counts(items, digest.day)}")
    parts += notes_counted(digest.notes)
    return sentence("; ".join(parts)) if parts else f"Your plan this week: {in_sum(digest.plan)}"


def in_sum(plan: Sequence[Planned]) -> str:
    """Count a plan by outlook, worst first: > 2 late, 1 off track, 3 at risk, 10 on track."""
    counts = [(sum(line.outlook is outlook for line in plan), outlook) for outlook in OUTLOOKS]
    return ", ".join(f"{count:,} {outlook.label.lower() if outlook else 'late'}" for count, outlook in counts if count)


def _worst_planned_first(line: Planned) -> tuple[int, date, str]:
    return (OUTLOOKS.index(line.outlook), line.current_due, line.reference)


def _planned(line: Planned, today: date, base_url: str) -> Entry:
    link, words = f"{base_url}/actions/{quote(line.reference, safe='')}", f"See {one_line(line.reference)}"
    if line.marking is not Marking.OPEN:
        return Entry(line.reference, link, words)
    return Entry(
        reference=line.reference,
        link=link,
        link_words=words,
        title=one_line(line.title) or "Untitled",
        when=when(line, today),
        status=line.outlook.label if line.outlook else "Late",
        heard=one_line(line.reason),
    )


def _counts(items: Sequence[Item], today: date) -> str:
    late = sum(item.original_due < today for item in items)
    due_today = sum(item.original_due == today for item in items)
    silent = [item for item in items if item.stage is Stage.SILENT and item.original_due > today]
    ahead = [(item.original_due - today).days for item in items if item.original_due > today and item not in silent]
    parts = [f"{late} late"] if late else []
    parts += [f"{due_today} due today"] if due_today else []
    if ahead:
        parts.append(f"{len(ahead)} due {'in' if len(set(ahead)) == 1 else 'within'} {plural(max(ahead), 'day')}")
    parts += [f"{len(silent)} without news"] if silent else []
    if parts:
        count, rest = parts[0].split(" ", 1)
        parts[0] = f"{count} {'action' if count == '1' else 'actions'} {rest}"
    return ", ".join(parts)


# A value that is missing must fail a test rather than leave a gap in a mail. Plain text has nothing to escape.
_templates = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
