"""How many mails may leave in a minute, for all senders of the installation together, by the database's clock.

A place is taken in the transaction that claims the mail, and is good for its minute only: what has not left by then is
given back and takes a place of another minute. A sender that dies leaves its places empty, which only costs pace.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, delete, select, update
from sqlalchemy.orm import Session

from tracker.models import MailMinute
from tracker.models.portable import insert_new

MINUTES = cast("Table", MailMinute.__table__)
MINUTE = timedelta(minutes=1)
MARGIN = timedelta(seconds=1)  # before the minute's end in which nothing is begun: handing over takes its time
KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Turn:
    """So many places of one minute, to be used until a moment in it."""

    minute: datetime
    places: int
    until: datetime


def take_places(session: Session, now: datetime, *, most: int, wanted: int) -> Turn:
    """Take up to so many of the places that this minute still has. Other senders wait until the transaction ends."""
    minute = now.replace(second=0, microsecond=0)
    until = minute + MINUTE - MARGIN
    if now >= until:
        return Turn(minute, 0, until)
    new = insert_new(session, MailMinute).values(minute=minute, taken=0).returning(MINUTES.c.minute)
    if session.execute(new).all():
        session.execute(delete(MINUTES).where(MINUTES.c.minute < minute - KEPT_FOR))
    taken = session.scalars(select(MINUTES.c.taken).where(MINUTES.c.minute == minute).with_for_update()).one()
    places = max(0, min(wanted, most - taken))
    _add(session, minute, places)
    return Turn(minute, places, until)


def give_back_places(session: Session, turn: Turn, places: int) -> None:
    """Give back, in the transaction that took them, places for which there was no mail."""
    _add(session, turn.minute, -places)


def _add(session: Session, minute: datetime, places: int) -> None:
    if places:
        session.execute(update(MINUTES).where(MINUTES.c.minute == minute).values(taken=MINUTES.c.taken + places))
