"""Assembles the overdue report from the database, as at a day, in a fixed number of statements.

How each action stood is told by ``tracker.actions.as_at``. Titles are those of today, and so are markings that were
made stricter since: what is exempt now is not shown for an earlier day.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from tracker.actions.as_at import Stood, end_of
from tracker.actions.past import Undone, actions_at, of_service
from tracker.actions.queries import is_open
from tracker.errors import NotFound
from tracker.models import Action, Body, Contribution, Council, Report, Service
from tracker.scrutiny.contents import Filters, OverdueReport, assemble
from tracker.scrutiny.details import late_actions
from tracker.scrutiny.figures import Named, State, late_ids
from tracker.terms import Response

ACCEPTED = (Response.ACCEPTED, Response.PARTLY_ACCEPTED)
NO_FILTERS = Filters()
NO_SERVICE = Named(None, "No service given")


def overdue_report(
    session: Session, council: Council, at: date, *, filters: Filters = NO_FILTERS, whole: bool = False
) -> OverdueReport:
    """Return the overdue report of a council as at the end of a day, which is today or in the past.

    ``whole`` keeps the words of what is exempt, for a committee report, which has a part of its own for them.
    Raises NotFound where it is narrowed to a report, a service or a body that is not there.
    """
    cut = end_of(at)
    names = _names(session, council, filters)
    stood, undone = _stood(session, council, at, filters)
    states = states_of(session, council, stood)
    wanted = late_ids(states, at, filters.band)
    # A superset of what was late then, as a question to the database; what is not wanted is left out below.
    maybe_late = select(Action.id).where(
        *_about(council, filters, cut), Action.original_due_date < at, or_(is_open(), Action.closed_at >= cut)
    )
    late = {one.id: one for one in stood if one.id in wanted}
    rows = late_actions(session, maybe_late, late, undone, cut)
    return assemble(council.name, at, states, rows, narrowed_to=names, whole=whole)


def stood_at(session: Session, council: Council, at: date, filters: Filters = NO_FILTERS) -> list[Stood]:
    """Return every action as it stood at the end of a day."""
    return _stood(session, council, at, filters)[0]


def states_at(session: Session, council: Council, at: date, filters: Filters = NO_FILTERS) -> list[State]:
    """Return how every action stood at the end of a day, as it is counted."""
    return states_of(session, council, stood_at(session, council, at, filters))


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
    if filters.body_id is not None:
        body = session.scalar(select(Body.name).where(Body.council_id == council.id, Body.id == filters.body_id))
        if body is None:
            raise NotFound("There is no body here. Look in the list of bodies.")
        names.append(body)
    return [*names, filters.band.label] if filters.band else names


def _about(council: Council, filters: Filters, cut: datetime) -> list[ColumnElement[bool]]:
    """Match the actions the report is about: the council's, made by then, of what was chosen."""
    conditions = [Action.council_id == council.id, Action.created_at < cut]
    if filters.report_id is not None:
        conditions.append(Action.report_id == filters.report_id)
    if filters.service_id is not None:
        conditions.append(of_service(filters.service_id, council.id, cut))
    if filters.body_id is not None:
        lines = select(Contribution.action_id).where(
            Contribution.council_id == council.id, Contribution.body_id == filters.body_id
        )
        conditions.append(Action.id.in_(lines))
    return conditions


def _stood(session: Session, council: Council, at: date, filters: Filters) -> tuple[list[Stood], Undone]:
    found, undone = actions_at(session, council.id, at, *_about(council, filters, end_of(at)))
    if filters.service_id is not None:  # what was changed since may have been of another service
        found = [one for one in found if one.service_id == filters.service_id]
    return found, undone


def states_of(session: Session, council: Council, stood: Sequence[Stood]) -> list[State]:
    """Return what is counted of each action, with the names of its report and service."""
    reports = select(Report.id, Report.code, Report.title).where(Report.council_id == council.id)
    known = {key: Named(key, f"{code}: {title}") for key, code, title in session.execute(reports)}
    services = select(Service.id, Service.name).where(Service.council_id == council.id)
    named: dict[int | None, Named] = {key: Named(key, name) for key, name in session.execute(services)}
    return [
        State(
            action_id=one.id,
            report=known[one.report_id],
            service=named.get(one.service_id, NO_SERVICE),
            delivery=one.delivery,
            accepted=one.response in ACCEPTED,
            original_due=one.original_due_date,
            claimed_on=one.claimed_on,
        )
        for one in stood
    ]
