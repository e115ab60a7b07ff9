"""Ends mails that have not left for the next morning's, which tells what they would have told: in one transaction.

Whoever may be sending at the same moment either has such a mail, and it leaves by itself, or never gets it.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker.models import TOLD_BY_MAIL, ContributionReminder, Message
from tracker.reminders.delivery.outbox import Draft
from tracker.reminders.planning.bodies import PlannedLetter
from tracker.reminders.planning.digests import PlannedDigest
from tracker.reminders.planning.folding import surely_not_left
from tracker.terms import MessageStatus
from tracker.wording import format_date

T = TypeVar("T", PlannedDigest, PlannedLetter)
UNREAD: dict[str, Any] = {"synchronize_session": False}  # nothing of it is held by the session


def with_earlier_ones_held(
    session: Session, council_id: int, mails: Sequence[tuple[T, Draft]]
) -> Sequence[tuple[T, Draft]]:
    """Take the earlier mails that will not leave, so that no sender does; leave out whose are not all to be had.

    The caller holds the head of the council's history already: whoever marks an action takes mails with it in hand.
    """
    wanted = sorted({message_id for item, _ in mails for message_id in item.instead_of})
    if not wanted:
        return mails
    earlier = select(Message.id).where(Message.council_id == council_id, Message.id.in_(wanted), surely_not_left())
    held = set(session.scalars(earlier.order_by(Message.id).with_for_update(skip_locked=True, key_share=True)))
    return [(item, draft) for item, draft in mails if held.issuperset(item.instead_of)]


def take_over(session: Session, council_id: int, earlier: Sequence[int], message_id: int, day: date) -> None:
    """End earlier mails that are held; the rows of what they would have told go over to the one that tells it."""
    if not earlier:
        return
    of_council = (Message.council_id == council_id, Message.id.in_(earlier))
    said = f"Told in the mail of {format_date(day)}."
    ended = update(Message).where(*of_council).values(status=MessageStatus.TOLD_LATER, last_error=said)
    session.execute(ended, execution_options=UNREAD)
    for told in (*TOLD_BY_MAIL, ContributionReminder):
        of_earlier = (told.council_id == council_id, told.message_id.in_(earlier))
        session.execute(update(told).where(*of_earlier).values(message_id=message_id), execution_options=UNREAD)
