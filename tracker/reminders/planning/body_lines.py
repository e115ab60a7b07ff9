"""The open lines of bodies as their mails need them, also those of mails that have not left. Reads only."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from tracker.models import Action, ActionPoint, Body, Contribution, ContributionReminder, Message
from tracker.models.action import OPEN, WAITED_FOR
from tracker.models.reminder import UNFINISHED
from tracker.reminders.planning.asking import batches, midnight
from tracker.reminders.planning.folding import surely_not_left
from tracker.reminders.planning.standing import ADDRESS

LineRow = Row[*tuple[Any, ...]]  # the columns that open_lines names


@dataclass(frozen=True)
class UnsentLetter:
    """A mail that has not left, and what it would tell as far as it is still true, by who is asked now."""

    id: int
    to_address: str
    lines: Mapping[str, Mapping[int, LineRow]]  # by address, by line

    @property
    def addresses(self) -> frozenset[str]:
        """Who is asked now: as a rule whom it is to; somebody else where a contact has changed since."""
        return frozenset(self.lines) or frozenset({self.to_address})

    @property
    def moved(self) -> bool:
        """Whether somebody else is asked now about something in it."""
        return self.addresses != {self.to_address}


def open_lines(council_id: int) -> Select[*tuple[Any, ...]]:
    """Ask for the lines that wait for a body, of actions that are open."""
    return (
        select(
            Contribution.id,
            Contribution.status,
            Contribution.replied_at,
            Contribution.due_date,
            ADDRESS.label("address"),
            Body.name.label("body"),
            Action.reference,
            Action.title,
            Action.marking,
            Action.current_due_date,
            ActionPoint.words,
            Action.owner_id,
            Action.lead_id,
        )
        .select_from(Contribution)
        .join(Action, Action.id == Contribution.action_id)
        .join(Body, Body.id == Contribution.body_id)
        .join(ActionPoint, ActionPoint.id == Action.action_point_id)
        .where(Contribution.council_id == council_id, WAITED_FOR, Action.council_id == council_id, OPEN)
    )


def unsent_letters(session: Session, council_id: int, day: date) -> list[UnsentLetter]:
    """Return the mails of earlier days that surely have not left. Few, as a rule none."""
    earlier = select(Message.id, Message.to_address).where(
        Message.council_id == council_id,
        UNFINISHED,
        surely_not_left(),
        Message.dedupe_key.like("body:%"),
        Message.created_at < midnight(day),
    )
    mails = session.execute(earlier.order_by(Message.id)).all()
    told = (
        open_lines(council_id)
        .add_columns(ContributionReminder.message_id)
        .join(ContributionReminder, ContributionReminder.contribution_id == Contribution.id)
        .order_by(Contribution.id)
    )
    lines: dict[int, dict[str, dict[int, LineRow]]] = defaultdict(lambda: defaultdict(dict))
    for chunk in batches([mail.id for mail in mails]):
        for row in session.execute(told.where(ContributionReminder.message_id.in_(chunk))):
            if row.address:
                lines[row.message_id][row.address][row.id] = row
    return [UnsentLetter(mail.id, mail.to_address, lines[mail.id]) for mail in mails]
