"""The open lines of bodies as their mails need them, also those of mails that have not left. Reads only."""

from collections import defaultdict
from collections.abc import Collection
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
class UnsentLetters:
    """What the mails to an address that have not left would tell, as far as it is still true."""

    message_ids: tuple[int, ...] = ()
    lines: tuple[LineRow, ...] = ()


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


def unsent_letters(
    session: Session, council_id: int, day: date, addresses: Collection[str]
) -> dict[str, UnsentLetters]:
    """Return of these addresses what mails of earlier days would tell that surely have not left."""
    earlier = select(Message.to_address, Message.id).where(
        Message.council_id == council_id,
        UNFINISHED,
        surely_not_left(),
        Message.dedupe_key.like("body:%"),
        Message.created_at < midnight(day),
    )
    mails: dict[str, list[int]] = defaultdict(list)
    for address, message_id in session.execute(earlier.order_by(Message.id)):
        if address in addresses:
            mails[address].append(message_id)
    ids = sorted(message_id for of_address in mails.values() for message_id in of_address)
    told = open_lines(council_id).join(ContributionReminder, ContributionReminder.contribution_id == Contribution.id)
    lines: dict[str, dict[int, LineRow]] = defaultdict(dict)
    for chunk in batches(ids):
        rows = told.where(ContributionReminder.message_id.in_(chunk)).order_by(Contribution.id)
        for row in session.execute(rows):
            lines[row.address][row.id] = row
    return {
        address: UnsentLetters(tuple(of_address), tuple(lines[address].values()))
        for address, of_address in mails.items()
    }
