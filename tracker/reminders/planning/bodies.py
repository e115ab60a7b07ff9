"""Reminds the contacts of bodies of their own lines of actions: one mail an address a morning, once for each stage.

The stages are the council's own, counted from the line's date, or from the action's where the line has none. Written
like any other reminder: message and rows in one transaction, kept single by their unique keys.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from tracker.clock import london_date
from tracker.hashing import digest
from tracker.models import Action, ActionPoint, Body, Contribution, ContributionReminder, Council, Message, Person, Post
from tracker.models.action import OPEN, WAITED_FOR
from tracker.reminders.planning.asking import batches
from tracker.reminders.planning.due import standins
from tracker.reminders.stages.rules import Rules, read_rules
from tracker.reminders.stages.schedule import Due, stage_of, still_new
from tracker.reminders.words.body_mails import BodyItem, BodyLetter
from tracker.terms import Stage

LineRow = Row[*tuple[Any, ...]]  # the columns that _near asks for
PersonRow = Row[*tuple[Any, ...]]  # the columns that _people asks for
NOBODY = 0  # in a Due: a contact has no account


@dataclass(frozen=True)
class PlannedLetter:
    """A letter, with the stages it stands for."""

    letter: BodyLetter
    reminders: tuple[tuple[int, Stage, date], ...]  # the line, the stage, the day it fell on

    @property
    def dedupe_key(self) -> str:
        """One mail an address a London day, by the unique key of the outbox: > body:1f0c…:2027-03-01."""
        return f"body:{digest(self.letter.to_address)[:24]}:{self.letter.day.isoformat()}"


def planned_letters(session: Session, council: Council, day: date) -> list[PlannedLetter]:
    """Return the mails due to bodies' contacts on a London day, by address.

    An address that has that day's mail in the outbox is left out: what became due since waits for the next morning.
    """
    rules = read_rules(council.reminder_rules)
    due = _due(session, council.id, rules, day)
    by_address: dict[str, list[tuple[BodyItem, str, Due]]] = defaultdict(list)
    for address, body, item, reminder in due:
        by_address[address].append((item, body, reminder))
    letters = [_letter(council, address, day, lines) for address, lines in sorted(by_address.items())]
    had = _had(session, council.id, [letter.dedupe_key for letter in letters])
    return [letter for letter in letters if letter.dedupe_key not in had]


def _due(session: Session, council_id: int, rules: Rules, day: date) -> Iterator[tuple[str, str, BodyItem, Due]]:
    """Give the lines due, with their address and body, in a fixed number of questions."""
    found = {row.id: row for question in _near(council_id, day, rules) for row in session.execute(question)}
    told: dict[int, list[tuple[Stage, date]]] = defaultdict(list)
    for chunk in batches(sorted(found)):
        for line, stage, about in session.execute(
            select(
                ContributionReminder.contribution_id, ContributionReminder.stage, ContributionReminder.about_date
            ).where(ContributionReminder.council_id == council_id, ContributionReminder.contribution_id.in_(chunk))
        ):
            told[line].append((stage, about))
    people = _people(session, council_id) if found else {}
    for _, row in sorted(found.items()):
        fell = stage_of(row.due_date or row.current_due_date, rules, day)
        heard = london_date(row.replied_at) if row.replied_at else None
        if fell is None or not row.address or (heard is not None and heard >= fell[1]):
            continue
        reminder = Due(NOBODY, row.id, *fell)
        if still_new(reminder, row.due_date or row.current_due_date, rules, told[row.id]):
            yield row.address, row.body, _item(row, people), reminder


def _near(council_id: int, day: date, rules: Rules) -> list[Select[*tuple[Any, ...]]]:
    """Ask for the open lines whose own date is near or past, and for those without one of such actions; by index."""
    horizon = day + timedelta(days=rules.horizon)
    lines = (
        select(
            Contribution.id,
            Contribution.status,
            Contribution.replied_at,
            Contribution.due_date,
            func.lower(func.coalesce(func.nullif(Contribution.contact_email, ""), Body.contact_email)).label("address"),
            Body.name.label("body"),
            Action.reference,
            Action.title,
            Action.marking,
            Action.current_due_date,
            ActionPoint.words,
            Action.owner_id,
            Action.lead_id,
        )
        .select_from(Contribution)
        .join(Action, Action.id == Contribution.action_id)
        .join(Body, Body.id == Contribution.body_id)
        .join(ActionPoint, ActionPoint.id == Action.action_point_id)
        .where(Contribution.council_id == council_id, WAITED_FOR, Action.council_id == council_id, OPEN)
    )
    own = lines.where(Contribution.due_date <= horizon)
    actions = (Action.original_due_date <= horizon, Action.current_due_date <= horizon)
    others = lines.where(Contribution.due_date.is_(None), *actions)
    return [own, others]


def _people(session: Session, council_id: int) -> Mapping[int, PersonRow]:
    """Return the council's people by id, with what a letter names them by."""
    question = (
        select(Person.id, Person.name, Person.email, Person.active, Person.role, Post.name.label("post"))
        .join(Post, Post.id == Person.post_id)
        .where(Person.council_id == council_id)
    )
    return {row.id: row for row in session.execute(question)}


def _to_ask(row: LineRow, people: Mapping[int, PersonRow]) -> PersonRow:
    """Return whom a body is to ask: the owner, where they have gone the lead, else who stands in."""
    there = (people[one] for one in (row.owner_id, row.lead_id, *standins(people)) if people[one].active)
    return next(there, people[row.owner_id])


def _item(row: LineRow, people: Mapping[int, PersonRow]) -> BodyItem:
    to_ask = _to_ask(row, people)
    return BodyItem(
        contribution_id=row.id,
        reference=row.reference,
        title=row.title,
        words=row.words,
        marking=row.marking,
        status=row.status,
        due=row.due_date or row.current_due_date,
        owner=f"{to_ask.name}, {to_ask.post}",
        owner_email=to_ask.email,
    )


def _letter(council: Council, address: str, day: date, lines: Sequence[tuple[BodyItem, str, Due]]) -> PlannedLetter:
    bodies = dict.fromkeys(body for _, body, _ in lines)
    letter = BodyLetter(council.name, " and ".join(bodies), address, day, tuple(item for item, _, _ in lines))
    return PlannedLetter(letter, tuple((due.action_id, due.stage, due.about_date) for _, _, due in lines))


def _had(session: Session, council_id: int, keys: Sequence[str]) -> set[str]:
    had: set[str] = set()
    for chunk in batches(keys):
        question = select(Message.dedupe_key).where(Message.council_id == council_id, Message.dedupe_key.in_(chunk))
        had.update(session.scalars(question))
    return had
