"""The bodies' lines of an action: where each stands, whom to ask, and letting a claim be made without one."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from sqlalchemy.orm import Session

from tracker.actions import moving, queries
from tracker.actions.lifecycle import Move
from tracker.actions.planning import check_within
from tracker.errors import InvalidValue
from tracker.models import Action, Contribution, Person
from tracker.opened import refuse_if_changed
from tracker.terms import ContributionStatus


@dataclass(frozen=True)
class Standing:
    """Where a body's line stands, and what they said."""

    status: ContributionStatus
    note: str | None

    @classmethod
    def of(cls, line: Contribution) -> Self:
        """Return how a line stands."""
        return cls(line.status, line.note)


@dataclass(frozen=True)
class Contact:
    """Whom to ask about a body's line, and by when; where empty, the body's own address and the action's date."""

    name: str = ""
    email: str = ""
    due: date | None = None

    @classmethod
    def of(cls, line: Contribution) -> Self:
        """Return whom to ask as it is noted."""
        return cls(line.contact_name or "", line.contact_email or "", line.due_date)


def address_of(line: Contribution) -> str:
    """Return where a body's line is asked about: its own contact's address, else the body's; empty where neither is."""
    return (line.contact_email or line.body.contact_email or "").lower()


def set_contribution(
    session: Session,
    action: Action,
    line: Contribution,
    *,
    status: ContributionStatus,
    note: str,
    by: Person | None,
    now: datetime,
    opened: str | None = None,
    outsider: str | None = None,
) -> None:
    """Note where one body's line stands. "Not waited for" is a lead's decision with a reason, never the owner's.

    ``outsider`` names the body's own contact, who has no account and answers by the link in a mail.

    ``opened`` is what the person saw: where it was changed meanwhile, ChangedMeanwhile.
    """
    queries.hold(session, action)
    session.refresh(line)
    refuse_if_changed(opened, Standing.of(line))
    waived = status is ContributionStatus.NOT_WAITED_FOR
    moving.make(
        session,
        action,
        Move.WAIVE_BODY if waived else Move.NOTE_BODY,
        f"noted {line.body.name}: {status.label.lower()}",
        by=by,
        now=now,
        given={"note": note},
        verb="contribution",
        before={"body_id": line.body_id, "status": line.status},
        after={"body_id": line.body_id, "status": status},
        note=note.strip() or None,
        outsider=outsider,
    )
    line.status, line.note = status, note.strip() or line.note
    if not waived:
        line.replied_at = None if status is ContributionStatus.NO_REPLY else now


def set_contact(
    session: Session,
    action: Action,
    line: Contribution,
    contact: Contact,
    *,
    by: Person,
    now: datetime,
    opened: str | None = None,
) -> None:
    """Note whom to ask. Raises InvalidValue for what is no address, or a date after the action's own.

    ``opened`` is what the person saw: where it was changed meanwhile, ChangedMeanwhile.
    """
    queries.hold(session, action)
    session.refresh(line)
    refuse_if_changed(opened, Contact.of(line))
    if contact.email and "@" not in contact.email:
        raise InvalidValue("Enter an email address, such as name@example.com.", field="contact_email")
    if contact.due is not None:
        check_within(action, contact.due, now)
    moving.make(
        session,
        action,
        Move.NOTE_BODY,
        f"noted whom to ask at {line.body.name}",
        by=by,
        now=now,
        verb="contact",
        before={"name": line.contact_name, "email": line.contact_email, "due": line.due_date},
        after={"name": contact.name or None, "email": contact.email or None, "due": contact.due},
    )
    line.contact_name, line.contact_email, line.due_date = contact.name or None, contact.email or None, contact.due
