"""Links to the public version of the overdue report: who has one reads it without an account, until the link ends.

None is given before an administrator has allowed it and said for how many days. Everybody with the link reads the
same: what is open, a count of the rest, and nobody's name.
"""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker import audit
from tracker.errors import InvalidValue, MoveNotAllowed, NotFound
from tracker.hashing import digest
from tracker.models import Council, Person, PublicLink
from tracker.wording import format_date, plural

MOST_DAYS = 92  # about from one meeting to the next


def set_days(session: Session, council: Council, days: int, *, by: Person, now: datetime) -> None:
    """Say for how many days a link works that is made from now on; with 0 none is given, and those there are end."""
    if not 0 <= days <= MOST_DAYS:
        raise InvalidValue(f"Enter a number from 0 to {MOST_DAYS}", field="days")
    before = council.public_link_days
    if before == days:
        return
    council.public_link_days = days
    for one in [] if days else working(session, now):
        one.ended_at = now
    sentence = f"lets links to the public overdue report work for {plural(days, 'day')}" if days else "allows no links"
    audit.record(
        session, council, "public_links", sentence, by=by, at=now, before={"days": before}, after={"days": days}
    )


def make(session: Session, council: Council, purpose: str, *, by: Person, now: datetime) -> str:
    """Make a link and return its token, which is kept nowhere. Raises MoveNotAllowed where the council allows none."""
    if not council.public_link_days:
        raise MoveNotAllowed("Your council allows no links to the public report. An administrator can allow them.")
    token, until = secrets.token_urlsafe(32), now + timedelta(days=council.public_link_days)
    link_made = PublicLink(
        council_id=council.id,
        token_digest=digest(token),
        purpose=" ".join(purpose.split()),
        made_by_id=by.id,
        made_at=now,
        expires_at=until,
    )
    session.add(link_made)
    sentence = f"made a link to the public overdue report that works until {format_date(until)}"
    audit.record(session, council, "public_link_made", sentence, by=by, at=now, note=link_made.purpose)
    return token


def end(session: Session, link: PublicLink, *, by: Person, now: datetime) -> None:
    """End a link at once. One that has ended stays as it is."""
    if link.ended_at is None and link.expires_at > now:
        link.ended_at = now
        sentence = f"ended the link to the public overdue report that was made on {format_date(link.made_at)}"
        audit.record(session, session.get_one(Council, link.council_id), "public_link_ended", sentence, by=by, at=now)


def link(session: Session, link_id: int) -> PublicLink:
    """Return a link of the council. Raises NotFound."""
    found = session.scalar(select(PublicLink).where(PublicLink.id == link_id))
    if found is None:
        raise NotFound("There is no such link. Look in the list of links.")
    return found


def working(session: Session, now: datetime) -> list[PublicLink]:
    """Return the council's links that work, what ends last first."""
    question = (
        select(PublicLink)
        .where(PublicLink.ended_at.is_(None), PublicLink.expires_at > now)
        .options(joinedload(PublicLink.made_by))
    )
    return list(session.scalars(question.order_by(PublicLink.expires_at.desc(), PublicLink.id.desc())))


def council_of(session: Session, token: str, *, now: datetime) -> Council | None:
    """Return whose report a link shows; None for an unknown link, or one that has ended.

    The session sees every council here: whose link it is, only the link says.
    """
    found = session.scalar(select(PublicLink).where(PublicLink.token_digest == digest(token)))
    if found is None or found.ended_at is not None or found.expires_at <= now:
        return None
    return session.get_one(Council, found.council_id)
