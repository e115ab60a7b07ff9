"""Reminds the contacts of bodies of their own lines of actions: one mail an address a morning, once for each stage.

The stages are the council's own, counted from the line's date, or from the action's where the line has none. Written
like any other reminder: message and rows in one transaction, kept single by their unique keys.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from tracker.clock import london_date
from tracker.hashing import digest
from tracker.models import Action, Contribution, ContributionReminder, Council, Message, Person, Post
from tracker.reminders.planning.asking import batches
from tracker.reminders.planning.body_lines import LineRow, open_lines, unsent_letters
from tracker.reminders.planning.mornings import standins
from tracker.reminders.stages.rules import Rules, read_rules, to_a_body
from tracker.reminders.stages.schedule import Due, stage_of, still_new
from tracker.reminders.words.body_mails import BodyItem, BodyLetter
from tracker.terms import Stage

PersonRow = Row[*tuple[Any, ...]]  # the columns that _people asks for
NOBODY = 0  # in a Due: a contact has no account


@dataclass(frozen=True)
class PlannedLetter:
    """A letter, with the stages it is the first to tell of, and the mails that will not leave for it."""

    letter: BodyLetter
    reminders: tuple[tuple[int, Stage, date], ...]  # the line, the stage, the day it fell on
    instead_of: tuple[int, ...] = ()

    @property
    def dedupe_key(self) -> str:
        """One mail an address a London day, by the unique key of the outbox."""
        return letter_key(self.letter.to_address, self.letter.day)


def planned_letters(session: Session, council: Council, day: date) -> list[PlannedLetter]:
    """Return the mails due to bodies' contacts on a London day, by address.

    An address that has that day's mail in the outbox is left out: what became due since waits for the next morning.
    What earlier mails would tell that have not left is taken up by the ones to those who are asked now.
    """
    rules = read_rules(council.reminder_rules)
    by_address: dict[str, list[tuple[LineRow, Due]]] = defaultdict(list)
    for row, reminder in _due(session, council.id, rules, day):
        by_address[row.address].append((row, reminder))
    unsent = unsent_letters(session, council.id, day)
    addresses = {*by_address, *(address for mail in unsent if mail.moved for address in mail.addresses)}
    had = _had(session, council.id, [letter_key(address, day) for address in addresses])
    to_write = {address for address in addresses if letter_key(address, day) not in had}
    # A mail is ended only where everything in it is told now: else it waits for the next morning, or leaves by itself.
    taken_up = [mail for mail in unsent if mail.addresses <= to_write]
    people = _people(session, council.id) if to_write else {}
    letters = []
    for address in sorted(to_write):
        due, earlier = by_address[address], [mail for mail in taken_up if address in mail.addresses]
        rows = {id_: row for mail in earlier for id_, row in mail.lines.get(address, {}).items()}
        rows |= {row.id: row for row, _ in due}
        if rows:
            new = tuple((reminder.action_id, reminder.stage, reminder.about_date) for _, reminder in due)
            letter = _letter(council, address, day, list(rows.values()), people)
            letters.append(PlannedLetter(letter, new, tuple(mail.id for mail in earlier)))
    # Those that share an earlier mail come first, so that one transaction ends it and writes them all.
    shared = {mail.id for mail in taken_up if len(mail.addresses) > 1}
    return sorted(letters, key=lambda one: shared.isdisjoint(one.instead_of))


def _due(session: Session, council_id: int, rules: Rules, day: date) -> Iterator[tuple[LineRow, Due]]:
    """Give the lines due, in a fixed number of questions."""
    found = {row.id: row for question in _near(council_id, day, rules) for row in session.execute(question)}
    told: dict[int, list[tuple[Stage, date]]] = defaultdict(list)
    for chunk in batches(sorted(found)):
        for line, stage, about in session.execute(
            select(
                ContributionReminder.contribution_id, ContributionReminder.stage, ContributionReminder.about_date
            ).where(ContributionReminder.council_id == council_id, ContributionReminder.contribution_id.in_(chunk))
        ):
            told[line].append((stage, about))
    for _, row in sorted(found.items()):
        fell = stage_of(row.due_date or row.current_due_date, rules, day)
        heard = london_date(row.replied_at) if row.replied_at else None
        if fell is None or not row.address or (heard is not None and heard >= fell[1]):
            continue
        reminder = Due(NOBODY, row.id, *fell)
        if still_new(reminder, row.due_date or row.current_due_date, rules, told[row.id]):
            yield row, reminder


def _near(council_id: int, day: date, rules: Rules) -> list[Select[*tuple[Any, ...]]]:
    """Ask for the open lines whose own date is near or past, and for those without one of such actions; by index."""
    horizon, lines = day + timedelta(days=rules.horizon), open_lines(council_id)
    own = lines.where(Contribution.due_date <= horizon)
    actions = (Action.original_due_date <= horizon, Action.current_due_date <= horizon)
    others = lines.where(Contribution.due_date.is_(None), *actions)
    return [own, others]


def _people(session: Session, council_id: int) -> Mapping[int, PersonRow]:
    """Return the council's people by id, with what a letter names them by."""
    question = (
        select(
            Person.id,
            Person.name,
            Person.email,
            Person.active,
            Person.role,
            Person.may_own.label("may_own"),
            Post.name.label("post"),
        )
        .join(Post, Post.id == Person.post_id)
        .where(Person.council_id == council_id)
    )
    return {row.id: row for row in session.execute(question)}


def _to_ask(row: LineRow, people: Mapping[int, PersonRow]) -> PersonRow:
    """Return whom a body is to ask: the owner, where they have gone the lead, else who stands in."""
    owner, lead = people[row.owner_id], people[row.lead_id]
    there = [owner] if owner.may_own else [lead] if lead.active else [people[one] for one in standins(people)]
    return next(iter(there), owner)


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


def _letter(
    council: Council, address: str, day: date, rows: Sequence[LineRow], people: Mapping[int, PersonRow]
) -> BodyLetter:
    return BodyLetter(
        council_name=council.name,
        body_name=" and ".join(dict.fromkeys(row.body for row in rows)),
        to_address=address,
        day=day,
        items=tuple(_item(row, people) for row in rows),
        rhythm=to_a_body(read_rules(council.reminder_rules)),
    )


def letter_key(address: str, day: date) -> str:
    """Return the outbox's key for a mail to an address of a London day: > body:1f0c…:2027-03-01."""
    return f"body:{digest(address)[:24]}:{day.isoformat()}"


def _had(session: Session, council_id: int, keys: Sequence[str]) -> set[str]:
    had: set[str] = set()
    for chunk in batches(keys):
        question = select(Message.dedupe_key).where(Message.council_id == council_id, Message.dedupe_key.in_(chunk))
        had.update(session.scalars(question))
    return had
