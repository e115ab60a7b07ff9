"""Gives each of several mails that take up one earlier mail the rows of its own lines, in the same transaction.

So it is where somebody else is asked about some lines of an earlier mail now: everybody is told of their own lines, and
the links in a mail are those of its rows.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker.models import ContributionReminder, Council, Message
from tracker.reminders.delivery.outbox import Draft
from tracker.reminders.delivery.taking_over import UNREAD
from tracker.reminders.planning.bodies import PlannedLetter

Writing = Callable[[Session, Council, Sequence[tuple[PlannedLetter, Draft]], datetime, str], list[PlannedLetter]]


def each_with_its_own(write: Writing) -> Writing:
    """Return a writing of mails to bodies' contacts after which each has the rows of its own lines."""

    def write_and_part(
        session: Session, council: Council, mails: Sequence[tuple[PlannedLetter, Draft]], now: datetime, host: str
    ) -> list[PlannedLetter]:
        written = write(session, council, mails, now, host)
        _part(session, council.id, written)
        return written

    return write_and_part


def _part(session: Session, council_id: int, written: Sequence[PlannedLetter]) -> None:
    taken_up = Counter(earlier for letter in written for earlier in letter.instead_of)
    shared = [letter for letter in written if any(taken_up[earlier] > 1 for earlier in letter.instead_of)]
    if not shared:
        return
    keys = [letter.dedupe_key for letter in shared]
    of_keys = (Message.council_id == council_id, Message.dedupe_key.in_(keys))
    ids = {row.dedupe_key: row.id for row in session.execute(select(Message.dedupe_key, Message.id).where(*of_keys))}
    for letter in shared:
        own = (
            ContributionReminder.council_id == council_id,
            ContributionReminder.message_id.in_(ids.values()),
            ContributionReminder.contribution_id.in_([item.contribution_id for item in letter.letter.items]),
        )
        parted = update(ContributionReminder).where(*own).values(message_id=ids[letter.dedupe_key])
        session.execute(parted, execution_options=UNREAD)
