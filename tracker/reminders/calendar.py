"""A person's dates as a calendar that their own programme reads (iCalendar, RFC 5545), behind a token in its address.

What is exempt or confidential stands in it by its reference only: calendars are shared and lie open on desks.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import quote

from icalendar import Calendar, Event
from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import audit
from tracker.actions import queries
from tracker.hashing import digest
from tracker.models import Action, Milestone, Person
from tracker.terms import Marking
from tracker.wording import format_date

PRODUCT = "-//Recommendation tracker//Dates//EN"
EVERY_HOURS = 6  # how often a programme is asked to look again


@dataclass(frozen=True)
class Day:
    """One entry of a calendar: a whole day."""

    key: str  # the same for the same thing, whatever becomes of its day: programmes then move it
    on: date
    words: str
    more: str
    link: str


def renew(session: Session, person: Person, *, now: datetime) -> str:
    """Give a person's calendar a new address and end the one before; return the token, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    audit.hold_head(session, person.council_id)  # before the row, which a sweep with the head in hand refers to
    person.calendar_digest = digest(token)
    audit.record(session, person, "calendar_renewed", "made a new address for their calendar", by=person, at=now)
    return token


def end(session: Session, person: Person, *, now: datetime) -> None:
    """End the address of a person's calendar."""
    audit.hold_head(session, person.council_id)
    person.calendar_digest = None
    audit.record(session, person, "calendar_ended", "ended the address of their calendar", by=person, at=now)


def whose(session: Session, token: str, *, demonstration: bool) -> Person | None:
    """Return whose calendar an address shows; None for an unknown one, or where they own nothing any more."""
    person = session.scalar(select(Person).where(Person.calendar_digest == digest(token)))
    return person if person and person.may_own and person.may_come_in(demonstration=demonstration) else None


def days_of(session: Session, person: Person, base_url: str) -> list[Day]:
    """Return the dates of the open actions a person owns, and of their steps, by day."""
    owned = queries.owed_by(session, person)
    steps = session.scalars(
        select(Milestone).where(Milestone.action_id.in_([one.id for one in owned]), Milestone.done_on.is_(None))
    )
    by_id = {action.id: action for action in owned}
    days = [_due(action, base_url) for action in owned]
    days += [_step(by_id[step.action_id], step, base_url) for step in steps]
    return sorted(days, key=lambda day: (day.on, day.key))


def written(council: str, days: Sequence[Day], *, host: str, now: datetime) -> bytes:
    """Write a calendar."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Actions, {council}")
    calendar.add("refresh-interval", timedelta(hours=EVERY_HOURS), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", timedelta(hours=EVERY_HOURS))
    for day in days:
        event = Event()
        event.add("uid", f"{day.key}@{host}")
        event.add("dtstamp", now)
        event.add("dtstart", day.on)
        event.add("dtend", day.on + timedelta(days=1))
        event.add("summary", day.words)
        event.add("description", f"{day.more}\n{day.link}".strip())
        event.add("url", day.link)
        event.add("transp", "TRANSPARENT")  # a date to keep, not an hour that is taken
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _due(action: Action, base_url: str) -> Day:
    link = f"{base_url}/actions/{quote(action.reference, safe='')}"
    words = f"Due: {action.reference}"
    if action.marking is not Marking.OPEN:
        return Day(f"action-{action.id}", action.current_due_date, words, "", link)
    moved = action.current_due_date != action.original_due_date
    more = f"First due {format_date(action.original_due_date)}; this is the date agreed since." if moved else ""
    return Day(f"action-{action.id}", action.current_due_date, f"{words} {action.title}", more, link)


def _step(action: Action, step: Milestone, base_url: str) -> Day:
    link = f"{base_url}/actions/{quote(action.reference, safe='')}"
    words = f"Step: {action.reference}"
    if action.marking is Marking.OPEN:
        words = f"{words} {step.title}"
    return Day(f"step-{step.id}", step.due_date, words, "", link)
