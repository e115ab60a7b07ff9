"""What an administrator does to a mail by hand: have it sent again, or cancel it before it leaves.

Each is one statement that asks for where the mail stands, so that it cannot cross with a sender who takes it. The head
of the council's history is taken before the mail, as by everybody who takes both.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import and_, select, update
from sqlalchemy.orm import Session

from tracker import audit
from tracker.actions.withholding import names_what_is_hidden
from tracker.errors import MoveNotAllowed, NotFound
from tracker.models import Action, Body, Contribution, ContributionReminder, Message, Person
from tracker.models.action import OPEN, WAITED_FOR
from tracker.models.portable import database_time
from tracker.reminders.delivery.outbox import MESSAGES
from tracker.reminders.planning.standing import ADDRESS
from tracker.terms import MAIL_LOST, MessageStatus

MAY_BE_TRIED_AGAIN = MAIL_LOST | {MessageStatus.CANCELLED}
MAY_BE_CANCELLED = frozenset({MessageStatus.WAITING, MessageStatus.DEFERRED})
BEING_SENT = "This mail is being sent at this moment, so it cannot be cancelled."
GONE = "This mail has left or is not needed any more, so there is nothing to cancel."
NAMES_HIDDEN = "This mail names an action that is no longer open to be written about, so it is not sent again."
NO_ADDRESS = "This mail has no address to go to now. Have “Whom to ask” filled in at each action it names first."
NOT_ENDED = "This mail has been sent or still waits, so it is not sent again."
SEVERAL = "This mail asks at more than one address now. Have “Whom to ask” put right at each action it names first."
TOLD_LATER = "What this mail would have said was told in a later one, so it is not sent again."


def send_again(session: Session, message_id: int, *, by: Person, now: datetime) -> Message:
    """Let a mail that failed, came back or was cancelled leave at once, as though it had never been tried.

    It goes to the address as it is now, which may have been corrected since. It is looked at once more before it
    leaves: where nothing in it is true any more, it ends as not needed. Raises MoveNotAllowed where it has not ended,
    names what may not leave any more, or has no one address to go to.
    """
    audit.hold_head(session, by.council_id)
    clock = session.scalars(select(database_time(session.get_bind().dialect.name))).one()
    fresh = {
        "status": MessageStatus.WAITING, "attempts": 0, "next_attempt_at": clock, "last_error": None,
        "sent_at": None, "delivered_at": None,
    }  # fmt: skip
    if not _moved(session, message_id, MAY_BE_TRIED_AGAIN, by.council_id, fresh):
        later = _mail(session, message_id).status is MessageStatus.TOLD_LATER
        raise MoveNotAllowed(TOLD_LATER if later else NOT_ENDED)
    mail = _mail(session, message_id)
    if names_what_is_hidden(session, mail):
        raise MoveNotAllowed(NAMES_HIDDEN)
    mail.to_address = _address_now(session, mail)
    _record(session, mail, "mail_sent_again", "asked for the mail “{}” to {} to be sent again", by=by, now=now)
    return mail


def cancel(session: Session, message_id: int, *, by: Person, now: datetime) -> Message:
    """Cancel a mail that waits. Raises MoveNotAllowed where it is being sent, has left, or has ended otherwise."""
    audit.hold_head(session, by.council_id)
    ended = {"status": MessageStatus.CANCELLED, "last_error": f"Cancelled by {by.name}."}
    if not _moved(session, message_id, MAY_BE_CANCELLED, by.council_id, ended):
        mail = _mail(session, message_id)
        raise MoveNotAllowed(BEING_SENT if mail.status is MessageStatus.SENDING else GONE)
    mail = _mail(session, message_id)
    _record(session, mail, "mail_cancelled", "cancelled the mail “{}” to {}", by=by, now=now)
    return mail


def _address_now(session: Session, mail: Message) -> str:
    """Return the address that whoever a mail is for has now."""
    person = session.get(Person, mail.person_id) if mail.person_id else None
    return person.email if person else _address_of_lines(session, mail)


def _address_of_lines(session: Session, mail: Message) -> str:
    """Return the one address at which a body's mail asks now; as it stands, where it asks nothing any more.

    What one body is asked is never sent to another: of a body that has answered everything the address counts as well.
    """
    question = (
        select(Contribution.body_id, ADDRESS.label("address"), and_(WAITED_FOR, OPEN).label("waits"))
        .select_from(ContributionReminder)
        .join(Contribution, Contribution.id == ContributionReminder.contribution_id)
        .join(Body, Body.id == Contribution.body_id)
        .join(Action, Action.id == Contribution.action_id)
        .where(ContributionReminder.message_id == mail.id)
    )
    lines = session.execute(question).all()
    asked = {line.body_id for line in lines if line.waits}
    addresses = {line.address for line in lines if line.waits or line.body_id not in asked}
    if not asked:
        return mail.to_address
    if len(addresses) > 1:
        raise MoveNotAllowed(SEVERAL)
    if not all(addresses):
        raise MoveNotAllowed(NO_ADDRESS)
    return str(addresses.pop())


def _moved(
    session: Session, message_id: int, stands: frozenset[MessageStatus], council_id: int, values: Mapping[str, object]
) -> bool:
    where = (MESSAGES.c.id == message_id, MESSAGES.c.council_id == council_id, MESSAGES.c.status.in_(sorted(stands)))
    return bool(session.execute(update(MESSAGES).where(*where).values(**values).returning(MESSAGES.c.id)).all())


def _mail(session: Session, message_id: int) -> Message:
    question = select(Message).where(Message.id == message_id).execution_options(populate_existing=True)
    mail = session.scalar(question)
    if mail is None:
        raise NotFound("There is no mail here. Look in the mail log.")
    return mail


def _record(session: Session, mail: Message, verb: str, sentence: str, *, by: Person, now: datetime) -> None:
    """Write it to the history of whoever the mail is for; of the council, where that is nobody with an account."""
    person = session.get(Person, mail.person_id) if mail.person_id else None
    name = person.name if person else mail.to_address
    about = {"mail": mail.dedupe_key, "status": mail.status}
    audit.record(session, person or by.council, verb, sentence.format(mail.subject, name), by=by, at=now, after=about)
