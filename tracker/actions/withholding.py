"""What waits to leave by mail and names an action that is no longer open to be read does not leave (DESIGN section 4).

A mail says of what is exempt or confidential its reference only. One that was written while the action was open, and
has not left, is cancelled with its reminders; the next morning's says the rest again, and of this action less.
"""

from sqlalchemy import ColumnElement, Select, and_, delete, not_, or_, select, update
from sqlalchemy.orm import Session

from tracker.models import TOLD_BY_MAIL, Action, ContributionReminder, Message
from tracker.models.reminder import UNFINISHED
from tracker.terms import Marking, MessageStatus

WHY = "It named an action that is no longer open to be written about. What else was in it is said again."
HIDDEN = ("not for email", "this action is not for email")  # what stands behind a reference that says no more


def withhold_mails(session: Session, action: Action) -> None:
    """Cancel the mails that have not left and say more of an action than its reference."""
    naming = select(Message.id).where(Message.council_id == action.council_id, UNFINISHED, _names(action.reference))
    ids = list(session.scalars(naming.order_by(Message.id).with_for_update()))  # mails before rows, as the sweep does
    if not ids:
        return
    for told in (*TOLD_BY_MAIL, ContributionReminder):  # what they stood for is due again
        session.execute(delete(told).where(told.message_id.in_(ids)))
    ended = {"status": MessageStatus.CANCELLED, "last_error": WHY, "lease_token": None, "lease_until": None}
    session.execute(
        update(Message).where(Message.id.in_(ids), UNFINISHED).values(**ended),
        execution_options={"synchronize_session": False},
    )


def names_what_is_hidden(session: Session, message: Message) -> bool:
    """Say whether a mail says more than its reference of an action that is not open now."""
    return any(_says_more(message.text, reference) for reference in session.scalars(_hidden()))


def _hidden() -> Select[str]:
    return select(Action.reference).where(Action.marking != Marking.OPEN)


def _says_more(text: str, reference: str) -> bool:
    return any(
        f"{reference}: " in line and not line.partition(f"{reference}: ")[2].startswith(HIDDEN)
        for line in text.splitlines()
    )


def _names(reference: str) -> ColumnElement[bool]:
    named = Message.text.contains(f"{reference}: ", autoescape=True)
    hidden = or_(*(Message.text.contains(f"{reference}: {words}", autoescape=True) for words in HIDDEN))
    return and_(named, not_(hidden))
