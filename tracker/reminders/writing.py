"""Puts what is planned into the outbox: mails, their reminders and their history stand or fall together.

The caller holds the council and commits.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import audit
from tracker.adapters.mailer import clean_header
from tracker.config import Settings
from tracker.models import ContributionReminder, Council, Person, Reminder
from tracker.models.portable import insert_new
from tracker.reminders.delivery.outbox import Draft, Overtaken, post
from tracker.reminders.planning.asking import batches
from tracker.reminders.planning.bodies import PlannedLetter
from tracker.reminders.planning.digests import PlannedDigest
from tracker.reminders.words import body_mails
from tracker.reminders.words.emails import render


def write_digests(
    session: Session, council: Council, planned: Sequence[PlannedDigest], now: datetime, settings: Settings
) -> list[PlannedDigest]:
    """Put people's mails into the outbox with their reminders and history; return those that were not there yet.

    Raises Overtaken where another process has reminded somebody of the same since it was planned.
    """
    council_id = council.id
    drafts = [_draft_of_digest(council_id, item, settings.base_url) for item in planned]
    messages = post(session, drafts, now=now, host=settings.host)
    mine = [item for item in planned if item.dedupe_key in messages]
    rows = [
        {
            "council_id": council_id,
            "action_id": reminder.action_id,
            "person_id": reminder.person_id,
            "stage": reminder.stage,
            "about_date": reminder.about_date,
            "message_id": messages[item.dedupe_key],
            "created_at": now,
        }
        for item in mine
        for reminder in item.reminders
    ]
    new = insert_new(session, Reminder).returning(Reminder.__table__.c.id)
    if rows and len(session.execute(new, rows).all()) < len(rows):
        raise Overtaken
    _record(session, council_id, mine, now)
    return mine


def _record(session: Session, council_id: int, written: Sequence[PlannedDigest], now: datetime) -> None:
    """Append to the history whom the service wrote to about what. Last, since it holds the council's chain."""
    people = {
        person.id: person
        for chunk in batches([item.digest.person_id for item in written])
        for person in session.scalars(select(Person).where(Person.id.in_(chunk)))
    }
    audit.record_many(session, council_id, [_told(item, people) for item in written], by=None, at=now)


def _told(item: PlannedDigest, people: Mapping[int, Person]) -> audit.Change:
    about = ", ".join(entry.reference for entry in item.digest.items) or "their plan"
    return audit.Change(
        people[item.digest.person_id],
        "reminded",
        f"wrote to {item.digest.person_name} about {about}",
        after={"mail": item.dedupe_key, "reminders": len(item.reminders)},
    )


def _draft_of_digest(council_id: int, planned: PlannedDigest, base_url: str) -> Draft:
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
    session: Session, council: Council, letters: Sequence[PlannedLetter], now: datetime, settings: Settings
) -> list[PlannedLetter]:
    """Put the mails into the outbox with their reminders and history, and return those that were not there yet.

    Raises Overtaken where another process has reminded a body of the same since it was planned.
    """
    messages = post(
        session, [_draft_of_letter(council.id, one, settings.base_url) for one in letters], now=now, host=settings.host
    )
    mine = [letter for letter in letters if letter.dedupe_key in messages]
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
    new = insert_new(session, ContributionReminder).returning(ContributionReminder.__table__.c.id)
    if rows and len(session.execute(new, rows).all()) < len(rows):
        raise Overtaken
    for letter in mine:
        about = ", ".join(item.reference for item in letter.letter.items)
        sentence = f"wrote to {letter.letter.body_name} about {about}"
        audit.record(session, council, "reminded", sentence, by=None, at=now, after={"mail": letter.dedupe_key})
    return mine


def _draft_of_letter(council_id: int, planned: PlannedLetter, base_url: str) -> Draft:
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
