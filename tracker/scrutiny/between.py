"""Reads the history between two days, by index, and how many actions were open and late at each of some days."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import func, or_, select, union_all
from sqlalchemy.orm import Session

from tracker.actions import past
from tracker.actions.as_at import Now, Stood, delivery_then, end_of
from tracker.actions.lifecycle import Move
from tracker.actions.queries import is_open
from tracker.actions.timeliness import timeliness
from tracker.clock import london_date
from tracker.models import Action, Claim, Council, Extension, HistoryEntry, Report, Update
from tracker.scrutiny.changes import Change, Event, found_between
from tracker.scrutiny.contents import Filters
from tracker.scrutiny.paper import Moment
from tracker.scrutiny.queries import NO_FILTERS, states_at, states_of, stood_at
from tracker.terms import LATE, OPEN_DELIVERY, Delivery, Marking

MANY = 500  # ids asked for in one question
RETURNED = f"action:{Move.RETURN.value}"


def changes_between(
    session: Session, council: Council, since: date, at: date, filters: Filters = NO_FILTERS
) -> tuple[Change, ...]:
    """Return what became of the council's actions after one day until the end of another, the exempt ones too."""
    stood = stood_at(session, council, at, filters)
    found = found_between(
        since,
        at,
        starts=states_at(session, council, since, filters),
        ends=states_of(session, council, stood),
        events=_events(session, council.id, end_of(since), end_of(at)),
        last_said=_last_said(session, council.id, stood, end_of(at)),
    )
    about = {one.action_id for one in found}
    named = _named(session, [one for one in stood if one.id in about])
    return tuple(
        Change(one.what, *named[one.action_id], on=one.on, words=one.words) for one in found if one.action_id in named
    )


def withheld(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Leave out what may not be shown."""
    return tuple(change for change in changes if change.marking is Marking.OPEN)


def over_time(session: Session, council: Council, days: Sequence[date]) -> tuple[Moment, ...]:
    """Count what was open and late at the end of each day, in two statements however many days."""
    if not days:
        return ()
    undone = _undone_at(session, council.id, sorted(days, reverse=True))
    columns = (Action.id, Action.delivery, Action.original_due_date, Action.claimed_on, Action.closed_at)
    was_open = or_(is_open(), Action.closed_at >= end_of(min(days)))
    question = select(*columns, Action.created_at).where(Action.council_id == council.id, was_open)
    rows = session.execute(question.order_by(Action.id)).all()
    points = []
    for day in sorted(days):
        cut, open_, late = end_of(day), 0, 0
        for key, delivery, due, claimed_on, closed_at, created_at in rows:
            if created_at < cut:
                then = delivery_then(undone[day].get(key), Now(delivery, claimed_on, closed_at), cut, day)
                open_ += then in OPEN_DELIVERY
                late += timeliness(then, due, day, claimed_on=claimed_on) in LATE
        points.append(Moment(day, open_, late))
    return tuple(points)


def _events(session: Session, council_id: int, begin: datetime, end: datetime) -> list[Event]:
    entry = HistoryEntry
    rows = session.execute(
        select(entry.subject_id, entry.at, entry.kind, entry.person_name, entry.before, entry.after)
        .where(entry.council_id == council_id, entry.at >= begin, entry.at < end, entry.subject == "action")
        .order_by(entry.at, entry.sequence)
    )
    return [
        Event(key, london_date(at), kind.partition(":")[2], name, before or {}, after or {})
        for key, at, kind, name, before, after in rows
        if before or after or kind == RETURNED
    ]


def _undone_at(session: Session, council_id: int, days: Sequence[date]) -> dict[date, dict[int, Delivery]]:
    """Walk the history back once, and keep at each day, newest first, what stood before the first change after it."""
    entry = HistoryEntry
    rows = session.execute(
        select(entry.at, entry.subject_id, entry.before)
        .where(entry.council_id == council_id, entry.at >= end_of(days[-1]), entry.subject == "action")
        .order_by(entry.at.desc(), entry.sequence.desc())
        .execution_options(yield_per=MANY)
    )
    kept: dict[date, dict[int, Delivery]] = {}
    undone: dict[int, Delivery] = {}
    left = list(days)
    for at, key, before in rows:
        while left and at < end_of(left[0]):
            kept[left.pop(0)] = dict(undone)
        if before and "delivery" in before:
            undone[key] = Delivery.of(before["delivery"])
    return kept | dict.fromkeys(left, undone)


def _last_said(session: Session, council_id: int, stood: Iterable[Stood], cut: datetime) -> dict[int, date]:
    """Return the day of the last word about each action that was open by then, or of its making."""
    open_ = {one.id for one in stood if one.delivery in OPEN_DELIVERY}
    maybe_open = select(Action.id).where(Action.council_id == council_id, or_(is_open(), Action.closed_at >= cut))
    said = union_all(
        select(Action.id.label("key"), Action.created_at.label("at")).where(Action.id.in_(maybe_open)),
        *(
            select(kind.action_id, at).where(kind.action_id.in_(maybe_open), at < cut)
            for kind, at in ((Update, Update.at), (Claim, Claim.claimed_at), (Extension, Extension.asked_at))
        ),
    ).subquery()
    rows = session.execute(select(said.c.key, func.max(said.c.at)).group_by(said.c.key))
    return {key: london_date(at) for key, at in rows if key in open_}


def _named(session: Session, stood: Sequence[Stood]) -> dict[int, tuple[str, Marking, str, str, str]]:
    """Return what a reader knows each action by: reference, marking, title, report, owner."""
    names = {key: person.name for key, person in past.people(session, {one.owner_id for one in stood}).items()}
    named = {}
    for begin in range(0, len(stood), MANY):
        some = {one.id: one for one in stood[begin : begin + MANY]}
        rows = session.execute(
            select(Action.id, Action.reference, Action.title, Report.code)
            .join(Report, Report.id == Action.report_id)
            .where(Action.id.in_(some))
        )
        for key, reference, title, code in rows:
            named[key] = (reference, some[key].marking, title, code, names[some[key].owner_id])
    return named
