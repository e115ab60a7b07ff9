"""Counting a confirmed report's dates from another day: from then on it is an extension of each action it makes later.

Before anything is confirmed the dates are simply counted again (``action_points``). Afterwards an original due date
stays for ever, so a lead asks, with a reason and what protects people meanwhile, and another lead decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker import audit
from tracker.action_points import queries as point_queries
from tracker.actions import decisions, extensions, queries
from tracker.actions.lifecycle import Move
from tracker.clock import london_date
from tracker.errors import InvalidValue
from tracker.models import Action, Council, Extension, Person, Report
from tracker.terms import BaseDateChoice, Decision
from tracker.wording import format_date, plural


@dataclass(frozen=True)
class Later:
    """An action that the other base date would give more time."""

    action: Action
    day: date


def later_dates(session: Session, report: Report, council: Council, base: date, today: date) -> list[Later]:
    """Return which open actions of a report would be due later, counted from another day, and when."""
    rules = point_queries.clock_rules(session, council)
    dates = replace(point_queries.report_dates(report), choice=BaseDateChoice.TYPED, typed=base)
    found = []
    for action in queries.actions_of_report(session, report):
        due = point_queries.due(action.point, dates, rules)
        asked = decisions.waiting_extension(session, action)
        if due is not None and asked is None and due.day > max(action.current_due_date, today) and action.is_open:
            found.append(Later(action, due.day))
    return found


def ask_for_another_base(
    session: Session,
    report: Report,
    council: Council,
    *,
    base: date,
    reason: str,
    safeguard: str,
    by: Person,
    now: datetime,
) -> list[Extension]:
    """Ask for every date that another base date makes later. Raises InvalidValue where it makes none later."""
    if not reason.strip():
        raise InvalidValue("Say why more time is needed.", field="reason")
    later = later_dates(session, report, council, base, london_date(now))
    if not later:
        raise InvalidValue("No open action would be due later. An original date never moves forward.", field="base")
    queries.hold_all(session, [one.action.id for one in later])
    why = f"Counted from {format_date(base)}: {reason.strip()}"
    asked = [
        extensions.ask_for_more_time(
            session,
            one.action,
            until=one.day,
            reason=why,
            safeguard=safeguard,
            by=by,
            now=now,
            asking=Move.ASK_OTHER_BASE,
        )
        for one in later
    ]
    sentence = f"asked for {plural(len(asked), 'later date')}, counted from {format_date(base)}"
    audit.record(session, report, "other_base_asked", sentence, by=by, at=now, note=reason.strip())
    return asked


def waiting_of(session: Session, report: Report) -> Sequence[Extension]:
    """Return the requests for more time of a report's actions that wait for a decision."""
    question = (
        select(Extension)
        .join(Extension.action)
        .where(Action.report_id == report.id, Extension.outcome == Decision.WAITING)
        .options(joinedload(Extension.action), joinedload(Extension.asked_by))
        .order_by(Action.original_due_date, Extension.id)
    )
    return session.scalars(question).all()


def decide_all(
    session: Session, waiting: Sequence[Extension], *, agreed: bool, note: str, by: Person, now: datetime
) -> None:
    """Decide several requests alike, all or none; each is a decision of its own in its action's history."""
    queries.hold_all(session, [extension.action_id for extension in waiting])
    for extension in waiting:
        extensions.decide_extension(session, extension, agreed=agreed, note=note, by=by, now=now)
