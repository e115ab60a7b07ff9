"""One action in the words of a mail: how late, where it stands, what is wanted, and the one link that does it. Pure.

Lateness is counted from the original due date (DESIGN section 3, rule 4); what is left of an agreed extension is said
beside it. Of an action that is exempt or confidential nothing but its reference and its link is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from urllib.parse import quote

from tracker.reminders.links import action_mark
from tracker.reminders.stages.rules import listed
from tracker.reminders.stages.schedule import ONCE, OWN
from tracker.reminders.stages.waiting import Wish
from tracker.terms import Delivery, Marking, Stage
from tracker.wording import days_late, format_date, plural, sentence

MOST_DAYS_NAMED = 4  # of earlier reminders; before that their number says enough
NOT_FOR_EMAIL = "This action is not for email. Sign in to read it."


class Dated(Protocol):
    """What has a first date and the one that stands."""

    @property
    def original_due(self) -> date:
        """The date it had first."""

    @property
    def current_due(self) -> date:
        """The date agreed since, or the first."""


@dataclass(frozen=True)
class Item:
    """One action in a mail, with its dates, what waits for a decision, and who has been told before."""

    reference: str
    title: str
    marking: Marking
    delivery: Delivery
    original_due: date
    current_due: date
    stage: Stage
    owner_name: str
    owner_active: bool = True
    owner_may_own: bool = True  # while an active officer: else nobody can answer for it
    action_id: int = 0
    own: bool = True  # whether the reader is its owner
    may_decide: bool = True  # whether the reader may decide what waits
    wish: Wish | None = None  # what waits for a decision, and since when
    asked_on: date | None = None
    asked_by: str = ""
    last_word: date | None = None  # the day anything was said of it; of its making where nothing was
    reminded_on: tuple[date, ...] = ()  # London days on which the owner was sent a reminder, oldest first
    undelivered_on: tuple[date, ...] = ()  # and on which one could not be delivered
    lead_name: str = ""
    lead_told_on: tuple[date, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One action in words. What may not be written about has only its reference and its link."""

    reference: str
    link: str
    link_words: str
    title: str = ""
    when: str = ""
    status: str = ""
    wanted: str = ""
    tried: str = ""
    heard: str = ""

    @property
    def open(self) -> bool:
        """Whether more than the reference may be written."""
        return bool(self.title)


def worst_first(items: Sequence[Item], today: date) -> list[Item]:
    """Order by how late against the original date, then by the date that stands, then by reference."""
    return sorted(items, key=lambda item: (item.original_due - today, item.current_due, item.reference))


def entry(item: Item, today: date, base_url: str) -> Entry:
    """Put one action into words, as many as its marking allows."""
    if item.marking is not Marking.OPEN:
        return Entry(item.reference, _page(base_url, item), f"Sign in to read {one_line(item.reference)}")
    link, link_words = way(item, base_url)
    escalated = item.stage in ONCE and item.delivery is not Delivery.AWAITING_CHECK
    return Entry(
        reference=item.reference,
        link=link,
        link_words=link_words,
        title=one_line(item.title) or "Untitled",
        when=when(item, today),
        status=status(item),
        wanted=wanted(item, today),
        tried=tried(item) if escalated else "",
        heard=heard(item, today) if item.stage is Stage.SILENT else "",
    )


def when(item: Dated, today: date) -> str:
    """Say how late it is, or how long is left: > 94 days late (due 1 September 2012)."""
    said = f"{sentence(days_late((today - item.original_due).days))} (due {format_date(item.original_due)})"
    if item.current_due == item.original_due:
        return said
    days = (today - item.current_due).days
    if days > 0:
        return f"{said}; extension to {format_date(item.current_due)} passed {plural(days, 'day')} ago"
    left = "ends today" if days == 0 else f"{plural(-days, 'day')} left"
    return f"{said}; within agreed extension to {format_date(item.current_due)}, {left}"


def status(item: Item) -> str:
    """Say where it stands: > In progress; a request for more time has waited since 1 March 2027."""
    if item.wish is None or item.asked_on is None:
        return item.delivery.label
    asked = f"{one_line(item.asked_by)}’s {item.wish.label}"
    return f"{item.delivery.label}; {asked} has waited since {format_date(item.asked_on)}"


def heard(item: Item, today: date) -> str:
    """Say how long nothing was said of it: > Nothing has been said of it since 1 March 2027, 42 days ago."""
    if item.last_word is None:
        return ""
    since = (today - item.last_word).days
    return f"Nothing has been said of it since {format_date(item.last_word)}, {plural(since, 'day')} ago."


def wanted(item: Item, today: date) -> str:
    """Say what the reader is asked to do next."""
    if item.wish is not None and item.stage not in OWN:
        return _decide(item)
    if item.delivery is Delivery.AWAITING_CHECK:
        return f"{one_line(item.owner_name)} says it is done. See that the claim is checked."
    if not item.owner_active:
        return f"Its owner, {one_line(item.owner_name)}, no longer has an account. Give it a new owner."
    if not item.owner_may_own:
        return f"Its owner, {one_line(item.owner_name)}, can own no actions any more. Give it a new owner."
    if item.stage in OWN and item.delivery is Delivery.PAUSED:
        return "Say whether work can start again. The date still stands."
    ahead = _AHEAD if today <= item.current_due else _BY_STAGE[Stage.WHILE_LATE]  # caught up after the date
    return _BY_STAGE.get(item.stage, ahead)


def way(item: Item, base_url: str) -> tuple[str, str]:
    """Return the one link that does what is wanted, and the words that say where it goes."""
    page, reference = _page(base_url, item), one_line(item.reference)
    if item.wish is not None and item.stage not in OWN and item.may_decide:
        path, words = _DECIDING[item.wish]
        return f"{page}/{path}", f"{words} {reference}"
    if not (item.owner_active and item.owner_may_own):
        return f"{page}/hand-over", f"Give {reference} a new owner"
    if item.stage in OWN and item.own:
        return action_mark(base_url, item.action_id), f"Say what has happened to {reference}, without signing in"
    return page, f"See {reference} and what was done so far"


def tried(item: Item) -> str:
    """Say who was told before: > Ann Hall was reminded on 1 March 2027 and 8 March 2027."""
    name = one_line(item.owner_name)
    said = [f"{name} was reminded on {days_named(item.reminded_on)}."] if item.reminded_on else []
    if item.undelivered_on:
        said.append(f"A reminder could not be delivered on {days_named(item.undelivered_on)}.")
    if not said:
        said = [f"{name} has not been reminded of it before."]
    if item.stage is Stage.DIRECTOR_TOLD:
        lead = one_line(item.lead_name)
        told = f"was told on {days_named(item.lead_told_on)}" if item.lead_told_on else "has not been told of it before"
        said.append(f"{lead}, its lead, {told}.")
    return " ".join(said)


def one_line(value: str) -> str:
    """Take line breaks out: words of others cannot pretend to be another line of the mail."""
    return " ".join(value.split())


def days_named(days: Sequence[date]) -> str:
    """Name the last of many days, and their number: > 1 March 2027 and 8 March 2027 (9 times in all)."""
    named = [format_date(day) for day in days[-MOST_DAYS_NAMED:]]
    return listed(named) + (f" ({len(days)} times in all)" if len(days) > MOST_DAYS_NAMED else "")


def _decide(item: Item) -> str:
    wish = item.wish.label if item.wish else ""
    if not item.may_decide:
        return f"Its {wish} waits for somebody else than you: ask another lead to decide it."
    if item.wish is Wish.CLAIM:
        return f"{one_line(item.asked_by)} says it is done. Check the claim: accept it, or return it with a reason."
    return f"Decide on the {wish}: agree to it, or refuse it with a reason."


def _page(base_url: str, item: Item) -> str:
    return f"{base_url}/actions/{quote(item.reference, safe='')}"


_DECIDING = {
    Wish.CLAIM: ("check", "Check the claim on"),
    Wish.EXTENSION: ("decide", "Decide on more time for"),
    Wish.PAUSE: ("pause", "Decide on the pause of"),
}
_BY_STAGE = {
    Stage.WHILE_LATE: "Say what has happened and when it will be done, or claim that it is done.",
    Stage.SILENT: "Say in a line how it stands, even if nothing has changed.",
    Stage.LEAD_TOLD: "Find out what stands in the way, and agree with the owner what happens next.",
    Stage.DIRECTOR_TOLD: "Ask the lead what stands in the way, and decide what happens next.",
}
_AHEAD = "Say what has happened. If it is done, claim it; if the date cannot be kept, ask for more time now."
