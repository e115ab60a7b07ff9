"""What waits to leave by mail and names an action that is no longer open to be read does not leave (DESIGN section 4).

A mail says of what is exempt or confidential its reference only. One that was written while the action was open, and
has not left, is cancelled with its reminders; the next morning's says the rest again, and of this action less.
"""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from tracker import audit
from tracker.models import TOLD_BY_MAIL, Action, ContributionReminder, Message
from tracker.models.reminder import UNFINISHED
from tracker.terms import Marking, MessageStatus

WHY = "It named an action that is no longer open to be written about. What else was in it is said again."
SAYS_NO_MORE = frozenset({"not for email. Sign in to read it.", "this action is not for email."})  # behind a reference


def withhold_mails(session: Session, action: Action) -> None:
    """Cancel the mails that have not left and say more of an action than its reference.

    The head of the history first, mails second, then their rows, as a sweep does and a hand: a sweep that is writing
    has committed before we look, or sees the marking before it does.
    """
    audit.hold_head(session, action.council_id)
    ids = _mails_that_say_more(session, action)
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
    hidden = session.scalars(select(Action.reference).where(Action.marking != Marking.OPEN))
    return any(_says_more(message.text, reference) for reference in hidden)


def _mails_that_say_more(session: Session, action: Action) -> list[int]:
    """Take the mails that have not left and name the action, and return those that say more of it.

    A mail may name it twice, as an action in full and as a question that is not for email: each line is looked at. An
    answer by a link of a mail refers to the mail and need not wait.
    """
    naming = (
        select(Message.id, Message.text)
        .where(Message.council_id == action.council_id, UNFINISHED)
        .where(Message.text.contains(f"{action.reference}: ", autoescape=True))
        .order_by(Message.id)
        .with_for_update(key_share=True)
    )
    return [row.id for row in session.execute(naming) if _says_more(row.text, action.reference)]


def _says_more(text: str, reference: str) -> bool:
    named = f"{reference}: "
    return any(named in line and line.partition(named)[2].strip() not in SAYS_NO_MORE for line in text.splitlines())
