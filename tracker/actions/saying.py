"""Saying what has happened, whichever way it comes in: on the page, or by the link in a mail.

One form, five things it may mean: an update, a claim, a wish for more time or for a pause, or that it is not theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.actions import evidence, extensions, pausing, services
from tracker.actions.evidence import Shown, Upload
from tracker.actions.lifecycle import Move
from tracker.adapters.files import Files
from tracker.models import Action, Person
from tracker.terms import Scan, Term


class What(Term):
    """What somebody says of their action."""

    UPDATE = "update", "Work goes on"
    CLAIM = "claim", "I claim that it is done"
    MORE_TIME = "more_time", "I need more time"
    PAUSE = "pause", "It has to be paused"
    NOT_MINE = "not_mine", "This action is not mine"


MOVES = {
    What.UPDATE: Move.UPDATE,
    What.CLAIM: Move.CLAIM,
    What.MORE_TIME: Move.ASK_MORE_TIME,
    What.PAUSE: Move.ASK_PAUSE,
    What.NOT_MINE: Move.DISOWN,
}
SAID = {
    What.UPDATE: "Your update has been saved.",
    What.CLAIM: "Your claim has been sent. Somebody else now checks it; until then the action stays open.",
    What.MORE_TIME: "Your request has been sent to the lead. The original date stays.",
    What.PAUSE: "Your request has been sent to the lead. The clock runs on, and the original date stays.",
    What.NOT_MINE: "A lead sees that it is not yours. It stays with you until they hand it over.",
}


@dataclass(frozen=True)
class Saying:
    """What somebody says of an action, with what shows it. ``until`` is the later date, or that of a pause's review."""

    what: What
    text: str
    until: date | None = None
    safeguard: str = ""
    link: str = ""
    uploads: Sequence[Upload] = ()


def say(
    session: Session, action: Action, saying: Saying, *, by: Person, now: datetime, files: Files, scanned: bool
) -> str:
    """Write it by its own verb, with its evidence, and return what to tell the person.

    ``scanned`` says whether a virus scanner is set up. Raises what the verb raises: MoveNotAllowed, NotAllowed,
    InvalidValue with the field it is about.
    """
    shown = _said(session, action, saying, by, now)
    if saying.link.strip():
        evidence.add_link(session, action, saying.link, by=by, now=now, shown=shown)
    scan = Scan.WAITING if scanned else Scan.NOT_SET_UP
    evidence.attach(session, files, action, saying.uploads, by=by, now=now, shown=shown, scan=scan)
    return SAID[saying.what]


def _said(session: Session, action: Action, saying: Saying, by: Person, now: datetime) -> Shown:
    text, until, safeguard = saying.text, saying.until, saying.safeguard
    if saying.what is What.CLAIM:
        return Shown(claim=services.claim(session, action, note=text, by=by, now=now))
    if saying.what is What.MORE_TIME and until:
        extensions.ask_for_more_time(session, action, until=until, reason=text, safeguard=safeguard, by=by, now=now)
    elif saying.what is What.PAUSE and until:
        pausing.ask_for_pause(session, action, review=until, reason=text, safeguard=safeguard, by=by, now=now)
    elif saying.what is What.NOT_MINE:
        services.disown(session, action, text=text, by=by, now=now)
    else:
        return Shown(update=services.write_update(session, action, text=text, by=by, now=now))
    return Shown()
