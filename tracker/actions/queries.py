"""Reads of actions, always ordered, each a fixed number of statements however many rows there are."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from typing import Self

from sqlalchemy import ColumnElement, and_, func, inspect, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from tracker.errors import NotFound
from tracker.models import (
    Action,
    ActionPoint,
    Claim,
    Contribution,
    Evidence,
    Extension,
    Milestone,
    Person,
    Report,
    ReportSource,
    Update,
)
from tracker.terms import DONE_DELIVERY, OPEN_DELIVERY, Decision

PAGE = 25


@dataclass(frozen=True)
class Moved:
    """How often an action's date was moved, and how many days that gained."""

    times: int = 0
    days: int = 0

    def again(self, before: date, after: date) -> Self:
        """Return what one more move makes of it."""
        return replace(self, times=self.times + 1, days=self.days + (after - before).days)


def is_open() -> ColumnElement[bool]:
    """Match actions that are still to be done or checked."""
    return Action.delivery.in_(sorted(OPEN_DELIVERY))


def is_overdue(today: date) -> ColumnElement[bool]:
    """Match what ``timeliness`` calls late: open, and past its original due date."""
    return and_(is_open(), Action.original_due_date < today)


def agreed_before(cut: datetime | None) -> ColumnElement[bool]:
    """Match the extensions that had been agreed by a moment; every agreed one where none is given."""
    agreed = Extension.outcome == Decision.AGREED
    return agreed if cut is None else and_(agreed, or_(Extension.decided_at.is_(None), Extension.decided_at < cut))


def action(session: Session, reference: str) -> Action:
    """Return one action with everything its page's head shows. Raises NotFound."""
    found = session.scalar(
        select(Action)
        .where(Action.reference == reference)
        .options(*(joinedload(person).joinedload(Person.post) for person in (Action.owner, Action.lead)))
        .options(joinedload(Action.report), joinedload(Action.point))
        .options(joinedload(Action.service), joinedload(Action.theme), joinedload(Action.outcome_area))
    )
    if found is None:
        raise NotFound("There is no action with this reference. Check it, or look in the list of actions.")
    return found


def passage(session: Session, about: ActionPoint, around: int) -> tuple[str, str, str] | None:
    """Return the point's words in the report with so many characters before and after, and nothing else of its text."""
    if about.start is None or about.end is None:
        return None
    first = max(0, about.start - around)
    text = session.scalar(
        select(func.substr(ReportSource.text, first + 1, about.end + around - first)).where(
            ReportSource.report_id == about.report_id
        )
    )
    if text is None:
        return None
    start, end = about.start - first, about.end - first
    return text[:start], text[start:end], text[end:]


def hold(session: Session, held: Action) -> None:
    """Make everybody else who wants to change this action wait for us, and see it as it is now.

    Every verb begins with it: what a verb then reads of the action cannot be changed under it. What the caller had
    changed of the action before is lost. Rows that only refer to the action, a reminder of the sweep, need not wait.
    """
    session.execute(select(Action.id).where(Action.id == held.id).with_for_update(key_share=True))
    session.refresh(held, [column.key for column in inspect(Action).column_attrs])


def hold_all(session: Session, ids: Collection[int]) -> None:
    """Take many actions at once, in one order for everybody: before the first change of any.

    A verb takes its action first and the head of the history second. One that went on to a second action with the head
    in hand would wait for somebody who holds that action and waits for the head.
    """
    wanted = select(Action.id).where(Action.id.in_(ids)).order_by(Action.id).with_for_update(key_share=True)
    session.execute(wanted)


def none_at_all(session: Session) -> bool:
    """Say whether the council has no action yet, open or ended."""
    return session.scalar(select(Action.id).limit(1)) is None


def owners(session: Session) -> list[Person]:
    """Return everybody who owns an action, whether or not they are still here, by name."""
    owning = select(Action.owner_id).distinct()
    return list(session.scalars(select(Person).where(Person.id.in_(owning)).order_by(Person.name, Person.id)))


def owed_by(session: Session, person: Person) -> list[Action]:
    """Return what a person owes, worst first: open actions by original due date."""
    return list(
        session.scalars(
            select(Action)
            .where(Action.owner_id == person.id, is_open())
            .options(joinedload(Action.report), joinedload(Action.lead))
            .order_by(Action.original_due_date, Action.id)
        )
    )


def led_by(session: Session, person: Person, today: date) -> list[Action]:
    """Return the open actions a person leads whose date is still to come, by that date."""
    question = select(Action).where(Action.lead_id == person.id, is_open(), Action.current_due_date >= today)
    return list(
        session.scalars(question.options(joinedload(Action.owner)).order_by(Action.current_due_date, Action.id))
    )


def done_lately(session: Session, person: Person, since: date) -> list[Action]:
    """Return what a person claimed since a day and somebody has checked, newest first."""
    return list(
        session.scalars(
            select(Action)
            .where(Action.owner_id == person.id, Action.delivery.in_(sorted(DONE_DELIVERY)), Action.claimed_on >= since)
            .order_by(Action.claimed_on.desc(), Action.id)
        )
    )


def returned_lately(session: Session, action_ids: Collection[int]) -> dict[int, Claim]:
    """Return, by action, the last claim that was returned, where no claim came after it."""
    claims = session.scalars(select(Claim).where(Claim.action_id.in_(action_ids)).order_by(Claim.id))
    return returned_of(claims)


def returned_of(claims: Iterable[Claim]) -> dict[int, Claim]:
    """Return the same from claims in hand, the oldest first."""
    last = {claim.action_id: claim for claim in claims}
    # One that ended because its action was closed over it was returned by nobody.
    return {
        key: claim
        for key, claim in last.items()
        if claim.outcome is Decision.REFUSED and claim.checked_by_id is not None
    }


def actions_of_report(session: Session, report: Report) -> list[Action]:
    """Return a report's actions by original due date."""
    return list(
        session.scalars(
            select(Action)
            .join(Action.point)
            .where(Action.report_id == report.id)
            .options(contains_eager(Action.point), joinedload(Action.owner).joinedload(Person.post))
            .options(joinedload(Action.lead))
            .order_by(Action.original_due_date, Action.reference)
        )
    )


def moved(session: Session, action_ids: Collection[int], *, cut: datetime | None = None) -> dict[int, Moved]:
    """Return how often and how far each action's date was moved, by a moment; what never moved is not in it."""
    agreed = session.execute(
        select(Extension.action_id, Extension.from_date, Extension.to_date).where(
            Extension.action_id.in_(action_ids), agreed_before(cut)
        )
    )
    found: dict[int, Moved] = {}
    for action_id, before, after in agreed:
        so_far = found.get(action_id, Moved())
        found[action_id] = so_far.again(before, after)
    return found


def moved_by(extensions: Iterable[Extension]) -> Moved:
    """Return the same of one action from its requests for more time in hand."""
    agreed = (asked for asked in extensions if asked.outcome is Decision.AGREED)
    return reduce(lambda so_far, asked: so_far.again(asked.from_date, asked.to_date), agreed, Moved())


def last_updates(session: Session, action_ids: Collection[int], *, cut: datetime | None = None) -> dict[int, Update]:
    """Return the latest update of each action, by a moment where one is given."""
    newest = select(func.max(Update.id)).where(Update.action_id.in_(action_ids)).group_by(Update.action_id)
    if cut is not None:
        newest = newest.where(Update.at < cut)
    updates = session.scalars(select(Update).where(Update.id.in_(newest)).options(joinedload(Update.person)))
    return {update.action_id: update for update in updates}


def updates_of(session: Session, about: Action) -> list[Update]:
    """Return an action's updates, newest first."""
    question = select(Update).where(Update.action_id == about.id).options(joinedload(Update.person))
    return list(session.scalars(question.order_by(Update.at.desc(), Update.id.desc())))


def claims_of(session: Session, about: Action) -> list[Claim]:
    """Return an action's claims, newest first."""
    people = (joinedload(Claim.claimed_by), joinedload(Claim.checked_by))
    question = select(Claim).where(Claim.action_id == about.id).options(*people)
    return list(session.scalars(question.order_by(Claim.id.desc())))


def extensions_of(session: Session, about: Action) -> list[Extension]:
    """Return the requests for more time of an action, newest first, refused ones too."""
    people = (joinedload(Extension.asked_by), joinedload(Extension.decided_by))
    question = select(Extension).where(Extension.action_id == about.id).options(*people)
    return list(session.scalars(question.order_by(Extension.id.desc())))


def evidence_of(session: Session, about: Action) -> list[Evidence]:
    """Return an action's files, newest first."""
    question = select(Evidence).where(Evidence.action_id == about.id).options(joinedload(Evidence.added_by))
    return list(session.scalars(question.order_by(Evidence.id.desc())))


def evidence(session: Session, evidence_id: int) -> Evidence:
    """Return one file's row. Raises NotFound."""
    found = session.get(Evidence, evidence_id)
    if found is None:
        raise NotFound
    return found


_ASSUMED = (Action.due_assumed, Action.assumed_seen_at.is_(None))


def dates_assumed(session: Session) -> list[Action]:
    """Return the first open actions whose date the report did not give and no lead has agreed to, by that date."""
    question = select(Action).where(is_open(), *_ASSUMED)
    return list(
        session.scalars(
            question.options(joinedload(Action.owner)).order_by(Action.original_due_date, Action.id).limit(PAGE)
        )
    )


def count_dates_assumed(session: Session) -> int:
    """Return how many there are of them in all."""
    return session.scalar(select(func.count(Action.id)).where(is_open(), *_ASSUMED)) or 0


def evidence_of_claims(session: Session, claim_ids: Collection[int]) -> dict[int, list[Evidence]]:
    """Return what was handed in with each claim."""
    found: dict[int, list[Evidence]] = {}
    rows = session.scalars(
        select(Evidence).where(Evidence.claim_id.in_(claim_ids), Evidence.by_checker.is_(False)).order_by(Evidence.id)
    )
    for row in rows:
        found.setdefault(row.claim_id or 0, []).append(row)
    return found


def step(about: Action, step_id: int) -> Milestone:
    """Return one step of an action. Raises NotFound."""
    found = next((one for one in about.milestones if one.id == step_id), None)
    if found is None:
        raise NotFound
    return found


def contribution(about: Action, contribution_id: int) -> Contribution:
    """Return one body's line of an action. Raises NotFound."""
    found = next((line for line in about.contributions if line.id == contribution_id), None)
    if found is None:
        raise NotFound
    return found
