"""Assembles the overdue report from the database, as at a day, in a fixed number of statements.

Owners, titles and markings are those of today, whatever the day: what is exempt now is not shown for an earlier day.
"""

from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from tracker.actions.queries import is_open
from tracker.clock import london_date
from tracker.errors import NotFound
from tracker.models import Action, Claim, Council, Report, Service
from tracker.scrutiny.as_at import Now, Undone, changes_since, delivery_then, end_of
from tracker.scrutiny.contents import Filters, OverdueReport, assemble
from tracker.scrutiny.details import late_actions
from tracker.scrutiny.figures import Named, State, late_ids
from tracker.terms import DONE_DELIVERY, Decision, Response

ACCEPTED = (Response.ACCEPTED, Response.PARTLY_ACCEPTED)
NO_FILTERS = Filters()
NO_SERVICE = Named(None, "No service given")


def overdue_report(
    session: Session, council: Council, at: date, *, filters: Filters = NO_FILTERS, whole: bool = False
) -> OverdueReport:
    """Return the overdue report of a council as at the end of a day, which is today or in the past.

    ``whole`` keeps the words of what is exempt, for a committee report, which has a part of its own for them.
    Raises NotFound where it is narrowed to a report or a service that is not there.
    """
    cut = end_of(at)
    names = _names(session, council, filters)
    undone = changes_since(session, council.id, cut)
    about = _about(council, filters, cut)
    states = _states(session, about, undone, cut, at)
    wanted = late_ids(states, at, filters.band)
    # A superset of what was late then, as a question to the database; what is not wanted is left out below.
    maybe_late = select(Action.id).where(*about, Action.original_due_date < at, or_(is_open(), Action.closed_at >= cut))
    delivery = {state.action_id: state.delivery for state in states if state.action_id in wanted}
    rows = late_actions(session, maybe_late, delivery, undone, cut)
    return assemble(council.name, at, states, rows, narrowed_to=names, whole=whole)


def states_at(session: Session, council: Council, at: date, filters: Filters = NO_FILTERS) -> list[State]:
    """Return how every action stood at the end of a day."""
    cut = end_of(at)
    return _states(session, _about(council, filters, cut), changes_since(session, council.id, cut), cut, at)


def report_choices(session: Session) -> list[Named]:
    """Return the reports that actions were made of, newest first."""
    rows = session.execute(
        select(Report.id, Report.code, Report.title)
        .where(Report.id.in_(select(Action.report_id)))
        .order_by(Report.published.desc().nulls_last(), Report.id.desc())
    )
    return [Named(key, f"{code}: {title}") for key, code, title in rows]


def _names(session: Session, council: Council, filters: Filters) -> list[str]:
    """Say in words what the report is narrowed to."""
    names = []
    if filters.report_id is not None:
        question = select(Report.code, Report.title).where(Report.council_id == council.id)
        report = session.execute(question.where(Report.id == filters.report_id)).one_or_none()
        if report is None:
            raise NotFound("There is no report here. Look in the list of reports.")
        names.append(f"{report.code}: {report.title}")
    if filters.service_id is not None:
        wanted = select(Service.name).where(Service.council_id == council.id, Service.id == filters.service_id)
        service = session.scalar(wanted)
        if service is None:
            raise NotFound("There is no service here. Look in the list of services.")
        names.append(service)
    return [*names, filters.band.label] if filters.band else names


def _about(council: Council, filters: Filters, cut: datetime) -> list[ColumnElement[bool]]:
    """Match the actions the report is about: the council's, made by then, of the report and service chosen."""
    conditions = [Action.council_id == council.id, Action.created_at < cut]
    if filters.report_id is not None:
        conditions.append(Action.report_id == filters.report_id)
    if filters.service_id is not None:
        conditions.append(Action.service_id == filters.service_id)
    return conditions


def _states(session: Session, about: list[ColumnElement[bool]], undone: Undone, cut: datetime, at: date) -> list[State]:
    """Return how every action stood: columns only, since there may be many."""
    upheld = _upheld(session, about, cut)
    columns = (Action.id, Action.delivery, Action.response, Action.original_due_date, Action.claimed_on)
    rows = session.execute(
        select(*columns, Action.closed_at, Report.id, Report.code, Report.title, Service.id, Service.name)
        .join(Report, Report.id == Action.report_id)
        .outerjoin(Service, Service.id == Action.service_id)
        .where(*about)
        .order_by(Action.id)
    )
    states = []
    for key, delivery, response, due, claimed_on, closed_at, report_id, code, title, service_id, name in rows:
        then = delivery_then(undone.delivery.get(key), Now(delivery, claimed_on, closed_at), cut, at)
        claimed = upheld.get(key, claimed_on) if then in DONE_DELIVERY else None
        report = Named(report_id, f"{code}: {title}")
        service = Named(service_id, name) if service_id else NO_SERVICE
        states.append(State(key, report, service, then, response in ACCEPTED, due, claimed))
    return states


def _upheld(session: Session, about: list[ColumnElement[bool]], cut: datetime) -> dict[int, date]:
    """Return the London day of the last claim of each action that a check had upheld by then."""
    rows = session.execute(
        select(Claim.action_id, func.max(Claim.claimed_at))
        .join(Action, Action.id == Claim.action_id)
        .where(*about, Claim.outcome == Decision.AGREED, Claim.checked_at < cut)
        .group_by(Claim.action_id)
    )
    return {key: london_date(claimed_at) for key, claimed_at in rows}
