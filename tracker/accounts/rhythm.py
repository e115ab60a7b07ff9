"""How often a person is written to about their own actions. Escalations and decisions come each morning regardless."""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker import audit
from tracker.models import Person
from tracker.terms import MailRhythm


def choose(session: Session, person: Person, chosen: MailRhythm, *, now: datetime) -> None:
    """Write to a person daily or weekly from now on."""
    before = person.mail_rhythm
    if before is chosen:
        return
    person.mail_rhythm = chosen
    sentence = f"chose to be written to {'weekly' if chosen is MailRhythm.WEEKLY else 'daily'}"
    audit.record(
        session,
        person,
        "mail_rhythm",
        sentence,
        by=person,
        at=now,
        before={"mail_rhythm": before},
        after={"mail_rhythm": chosen},
    )
