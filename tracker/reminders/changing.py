"""Changing a council's reminder rules. What was sent stays, and is not sent again (``schedule.still_new``)."""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker import audit
from tracker.models import Council, Person
from tracker.reminders.stages.rules import Rules, changes, read_rules


def set_rules(session: Session, council: Council, wanted: Rules, *, by: Person, now: datetime) -> bool:
    """Change the stages from the next morning on, with a row of history; say whether anything changed."""
    before = read_rules(council.reminder_rules)
    if before == wanted:
        return False
    said = " ".join(changes(before, wanted))
    council.reminder_rules = wanted.stored()
    audit.record(
        session,
        council,
        "reminder_rules",
        "changed the reminder rules",
        by=by,
        at=now,
        before=before.stored(),
        after=wanted.stored(),
        note=said or None,
    )
    return True
