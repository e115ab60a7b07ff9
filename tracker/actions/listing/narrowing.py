"""Turns what a list is narrowed to into SQL, in one place: pages, counts, exports and bulk changes all ask this."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from tracker.actions.listing.filters import OPEN, Filters
from tracker.actions.listing.searching import said_of
from tracker.actions.outlook_queries import stands_at
from tracker.actions.timeliness import ages
from tracker.models import Action, ActionPoint, Contribution, Council
from tracker.terms import DONE_DELIVERY, AssumedDate, Delivery, Timeliness

Range = tuple[date | None, date | None]  # of original due dates, both ends included; no end where there is none
BY_COLUMN = {
    "report": Action.report_id,
    "service": Action.service_id,
    "theme": Action.theme_id,
    "area": Action.outcome_area_id,
    "owner": Action.owner_id,
    "post": Action.post_id,
    "lead": Action.lead_id,
    "response": Action.response,
    "priority": Action.priority,
    "marking": Action.marking,
}


def is_open() -> ColumnElement[bool]:
    """Match open actions, the words written out: a database uses the index of open actions only where it reads them."""
    return Action.delivery.in_(bindparam("open", OPEN, expanding=True, literal_execute=True))


def conditions(session: Session, filters: Filters, *, council: Council, today: date) -> list[ColumnElement[bool]]:
    """Return what an action has to meet, all of it."""
    found = [column == wanted for name, column in BY_COLUMN.items() if (wanted := getattr(filters, name)) is not None]
    if filters.delivery:
        found.append(is_open() if filters.delivery == OPEN else Action.delivery.in_(filters.delivery))
    if filters.age:
        found.append(_of_age(filters.age, today, council.due_soon_days))
    if filters.section or filters.limit is not None:
        found.append(_of_point(filters))
    if filters.assumed is not None:
        found.append(_of_assumed(filters.assumed))
    if filters.body is not None:
        found.append(_of_body(filters.body))
    if filters.outlook is not None:
        found.append(stands_at(filters.outlook, today))
    if filters.words:
        found.append(said_of(session, filters.words, council.id))
    return found


def _of_point(filters: Filters) -> ColumnElement[bool]:
    point = select(ActionPoint.id).where(ActionPoint.id == Action.action_point_id)
    if filters.section:
        point = point.where(ActionPoint.section == filters.section)
    if filters.limit is not None:
        point = point.where(ActionPoint.limit_kind == filters.limit)
    return point.exists()


def _of_assumed(chosen: AssumedDate) -> ColumnElement[bool]:
    seen = Action.assumed_seen_at
    return and_(Action.due_assumed, seen.is_(None) if chosen is AssumedDate.TO_AGREE else seen.is_not(None))


def _of_body(body_id: int) -> ColumnElement[bool]:
    return exists().where(
        Contribution.council_id == Action.council_id,
        Contribution.body_id == body_id,
        Contribution.action_id == Action.id,
    )


def _of_age(chosen: Sequence[Timeliness], today: date, due_soon_days: int) -> ColumnElement[bool]:
    """Match what ``timeliness`` calls one of these: of what is open by its date, of what has ended by how it ended."""
    either: list[ColumnElement[bool]] = []
    ranges = open_ranges(chosen, today, due_soon_days)
    if ranges:
        either.append(and_(is_open(), or_(*(_within(one) for one in ranges))))
    done, on_time = Action.delivery.in_(sorted(DONE_DELIVERY)), Action.claimed_on <= Action.original_due_date
    if Timeliness.DONE_ON_TIME in chosen:
        either.append(and_(done, on_time))
    if Timeliness.DONE_LATE in chosen:
        either.append(and_(done, or_(Action.claimed_on.is_(None), Action.claimed_on > Action.original_due_date)))
    if Timeliness.CLOSED in chosen:
        either.append(Action.delivery == Delivery.CLOSED_NOT_COMPLETED)
    return or_(*either)


def open_ranges(chosen: Sequence[Timeliness], today: date, due_soon_days: int) -> list[Range]:
    """Return the original due dates of the open actions of some ages, neighbours joined: an index reads each range."""
    day, soon = timedelta(days=1), today + timedelta(days=due_soon_days)
    bands: list[tuple[Timeliness, date | None, date | None]] = [
        (age.band, age.first, age.last) for age in reversed(ages(today))
    ]
    bands += [
        (Timeliness.DUE_TODAY, today, today),
        (Timeliness.DUE_SOON, today + day, soon),
        (Timeliness.NOT_DUE, soon + day, None),
    ]
    joined: list[Range] = []
    for band, first, last in bands:
        if band not in chosen:
            continue
        before = joined[-1][1] if joined else None
        if before is not None and first == before + day:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _within(dates: Range) -> ColumnElement[bool]:
    first, last = dates
    return and_(
        *([Action.original_due_date >= first] if first is not None else []),
        *([Action.original_due_date <= last] if last is not None else []),
    )
