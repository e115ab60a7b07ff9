"""Puts what is planned into the outbox: mails, their reminders and their history stand or fall together.

They are put into words before (``draft_of_digest``, ``draft_of_letter``): that takes longer than the writing, and the
caller holds the council meanwhile, on SQLite the whole database. The caller commits.

The head of the council's history is taken first and mails after it, as by everybody who takes both
(``actions.withholding``, ``delivery.by_hand``): nobody waits in a ring, and a marking is made before us or after us.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import audit
from tracker.adapters.mailer import clean_header
from tracker.models import (
    Action,
    Base,
    ContributionReminder,
    Council,
    MailWeek,
    Person,
    Reminder,
)
from tracker.models.portable import insert_new
from tracker.reminders.delivery.outbox import Draft, Overtaken, post
from tracker.reminders.delivery.taking_over import take_over, with_earlier_ones_held
from tracker.reminders.planning.asking import batches
from tracker.reminders.planning.bodies import PlannedLetter
from tracker.reminders.planning.digests import PlannedDigest
from tracker.reminders.stages.rhythm import monday_of
from tracker.reminders.words import body_mails
from tracker.reminders.words.emails import render
from tracker.terms import Marking


def write_digests(
    session: Session, council: Council, mails: Sequence[tuple[PlannedDigest, Draft]], now: datetime, host: str
) -> list[PlannedDigest]:
    """Put people's mails into the outbox with their reminders and history; return those that were not there yet.

    What earlier mails would tell that have not left goes over to the new ones; whose earlier mail a sender has taken
    since is left to the next sweep. Raises Overtaken where another process has reminded somebody of the same, or what
    is named is not open any more.
    """
    council_id = council.id
    audit.hold_head(session, council_id)
    mails = with_earlier_ones_held(session, council_id, mails)
    messages = post(session, [draft for _, draft in mails], now=now, host=host)
    mine = [item for item, _ in mails if item.dedupe_key in messages]
    rows: dict[type[Base], list[dict[str, object]]] = defaultdict(list)
    for item in mine:
        mail = {"council_id": council_id, "message_id": messages[item.dedupe_key], "created_at": now}
        take_over(session, council_id, item.instead_of, messages[item.dedupe_key], item.digest.day)
        for due in item.reminders:
            own = {"action_id": due.action_id, "stage": due.stage, "about_date": due.about_date}
            rows[Reminder].append({**mail, **own, "person_id": due.person_id})
        for saying in item.sayings:
            rows[saying.row].append({**mail, **saying.key, "person_id": saying.person_id})
    for model, of_model in rows.items():
        _insert(session, model, of_model)
    _refuse_where_marked_since(session, council_id, {name for item in mine for name in item.digest.named})
    _record(session, council_id, mine, now)
    return mine


def _refuse_where_marked_since(session: Session, council_id: int, named: Collection[str]) -> None:
    """Raise Overtaken where an action was marked exempt or confidential since the mails were put into words.

    The caller holds the head of the history, so nobody is marking one now. Whoever does it later finds the mails in the
    outbox and withholds them (``actions.withholding``).
    """
    hidden = select(Action.id).where(Action.council_id == council_id, Action.marking != Marking.OPEN).limit(1)
    for chunk in batches(sorted(named)):
        if session.scalar(hidden.where(Action.reference.in_(chunk))) is not None:
            raise Overtaken


def _insert(session: Session, model: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    new = insert_new(session, model).returning(model.__table__.c.id)
    if len(session.execute(new, rows).all()) < len(rows):
        raise Overtaken


def note_first_morning(session: Session, council_id: int, day: date) -> None:
    """Write down that every mail of a day was written, where it is the first such day of its week."""
    session.execute(insert_new(session, MailWeek).values(council_id=council_id, week=monday_of(day), day=day))


def _record(session: Session, council_id: int, written: Sequence[PlannedDigest], now: datetime) -> None:
    """Append to the history whom the service wrote to about what."""
    people = {
        person.id: person
        for chunk in batches([item.digest.person_id for item in written])
        for person in session.scalars(select(Person).where(Person.id.in_(chunk)))
    }
    audit.record_many(session, council_id, [_told(item, people) for item in written], by=None, at=now)


def _told(item: PlannedDigest, people: Mapping[int, Person]) -> audit.Change:
    told = [entry.reference for entry in item.digest.items] + [note.about for note in item.digest.notes]
    about = ", ".join(dict.fromkeys(told)) or "their plan"
    instead = {"instead_of": ", ".join(map(str, item.instead_of))} if item.instead_of else {}
    return audit.Change(
        people[item.digest.person_id],
        "reminded",
        f"wrote to {item.digest.person_name} about {about}",
        after={"mail": item.dedupe_key, "reminders": len(item.reminders) + len(item.sayings), **instead},
    )


def draft_of_digest(council_id: int, planned: PlannedDigest, base_url: str) -> Draft:
    """Put a digest into words."""
    mail = render(planned.digest, base_url)
    return Draft(
        council_id=council_id,
        dedupe_key=planned.dedupe_key,
        person_id=planned.digest.person_id,
        to_address=planned.digest.to_address,
        subject=clean_header(mail.subject),
        text=mail.text,
        html=mail.html,
    )


def write_letters(
    session: Session, council: Council, mails: Sequence[tuple[PlannedLetter, Draft]], now: datetime, host: str
) -> list[PlannedLetter]:
    """Put the mails into the outbox with their reminders and history, and return those that were not there yet.

    Earlier mails that have not left are taken over as people's are. Raises Overtaken where another process has
    reminded a body of the same since it was planned, or what is named is not open any more.
    """
    audit.hold_head(session, council.id)
    mails = with_earlier_ones_held(session, council.id, mails)
    messages = post(session, [draft for _, draft in mails], now=now, host=host)
    mine = [letter for letter, _ in mails if letter.dedupe_key in messages]
    for letter in mine:
        take_over(session, council.id, letter.instead_of, messages[letter.dedupe_key], letter.letter.day)
    rows = [
        {
            "council_id": council.id,
            "contribution_id": line,
            "stage": stage,
            "about_date": about,
            "message_id": messages[letter.dedupe_key],
            "created_at": now,
        }
        for letter in mine
        for line, stage, about in letter.reminders
    ]
    if rows:
        _insert(session, ContributionReminder, rows)
    _refuse_where_marked_since(session, council.id, {name for letter in mine for name in letter.letter.named})
    for letter in mine:
        about = ", ".join(item.reference for item in letter.letter.items)
        sentence = f"wrote to {letter.letter.body_name} about {about}"
        audit.record(session, council, "reminded", sentence, by=None, at=now, after={"mail": letter.dedupe_key})
    return mine


def draft_of_letter(council_id: int, planned: PlannedLetter, base_url: str) -> Draft:
    """Put a letter into words."""
    mail = body_mails.render(planned.letter, base_url)
    return Draft(
        council_id=council_id,
        dedupe_key=planned.dedupe_key,
        person_id=None,
        to_address=planned.letter.to_address,
        subject=clean_header(mail.subject),
        text=mail.text,
        html=mail.html,
    )
