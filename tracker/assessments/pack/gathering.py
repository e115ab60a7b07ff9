"""Puts a pack together from the database, as at the end of a day: a few statements a report, however much it asked."""

from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.actions.as_at import end_of
from tracker.actions.past import actions_at, people
from tracker.adapters.files import Files
from tracker.assessments import queries
from tracker.assessments.area_names import own_names
from tracker.assessments.areas import common_name
from tracker.assessments.over_time import Judging, OverTime, over_time
from tracker.assessments.pack.contents import Inspected, Pack
from tracker.assessments.pack.deeds import deeds_of
from tracker.assessments.pack.entries import Asked
from tracker.assessments.pack.heard import Later
from tracker.assessments.pack.telling import Known, Suggested, recommendation
from tracker.models import Action, ActionPoint, Council, Report
from tracker.reports.queries import judgements
from tracker.reports.series import in_series
from tracker.scrutiny.figures import totals_of
from tracker.scrutiny.queries import states_of
from tracker.terms import Marking, PointDecision, ReportStatus
from tracker.wording import format_date

ALL = "All reports"
ByPoint = Mapping[int, Mapping[int, Action]]  # what tracks each point, by its report and its id


@dataclass(frozen=True)
class About:
    """Whose pack it is, as at the end of which day, and the series of reports as it stood then."""

    council: Council
    at: date
    reports: Sequence[Report]


def tracked_reports(session: Session, at: date) -> list[Report]:
    """Return the reports that had been confirmed by the end of a day, in the order of the series."""
    cut = end_of(at)
    confirmed = (one for one in in_series(session) if one.status is ReportStatus.CONFIRMED)
    return [one for one in confirmed if (one.confirmed_at or one.added_at) < cut]


def assembled(
    session: Session, council: Council, files: Files, at: date, *, only: Report | None = None, with_exempt: bool = False
) -> Pack:
    """Put together what a pack holds, whatever its marking, of all reports or of one."""
    about = About(council, at, tracked_reports(session, at))
    chosen = about.reports if only is None else [only]
    by_point = {report.id: queries.actions_by_point(session, report) for report in about.reports}
    wanted = {action.id for report in chosen for action in by_point[report.id].values()}
    known = _known(session, files, about, by_point, wanted)
    inspected = [_inspected(session, report, by_point[report.id], known) for report in chosen]
    suggested: Suggested = ChainMap(*(dict(found) for _, found in inspected))
    return Pack(
        council=council.name,
        at=at,
        about=only.code if only is not None else ALL,
        reports=tuple(report for report, _ in inspected),
        totals=totals_of([known.states[key] for key in sorted(known.states)], at),
        over_time=_over_time(session, about.reports, known.own),
        suggested=sum(suggested.values()),
        with_exempt=with_exempt,
    )


def _known(session: Session, files: Files, about: About, by_point: ByPoint, wanted: set[int]) -> Known:
    council, reports = about.council, about.reports
    then, undone = actions_at(session, council.id, about.at)
    stood = {one.id: one for one in then if one.id in wanted}
    loaded = (joinedload(Action.closed_by), joinedload(Action.successor))
    mine = Action.report_id.in_([one.id for one in reports])
    rows = session.scalars(select(Action).where(mine).options(*loaded)).all()
    markings = {row.id: row.marking for row in rows} | {one.id: one.marking for one in then}
    return Known(
        at=about.at,
        stood=stood,
        states={state.action_id: state for state in states_of(session, council, list(stood.values()))},
        actions={row.id: row for row in rows if row.id in stood},
        deeds=deeds_of(session, files, Asked({key: markings[key] for key in stood}, end_of(about.at), undone)),
        people=people(session, {one.owner_id for one in stood.values()}),
        series=_series(session, about, by_point, markings),
        own=own_names(session),
    )


def _series(session: Session, about: About, by_point: ByPoint, markings: Mapping[int, Marking]) -> list[Later]:
    """Return what each report says of earlier ones, with the actions that it speaks of."""
    question = select(ActionPoint.id, ActionPoint.read_position).where(ActionPoint.read_position.is_not(None))
    places = {key: place for key, place in session.execute(question.where(ActionPoint.report_id.in_(by_point)))}  # noqa: C416 - a result that is a mapping's rows, not a mapping
    return [
        Later(
            report,
            queries.statements_of(session, report),
            queries.linked_to(session, report, before=end_of(about.at)),
            {key: action.id for key, action in by_point[report.id].items()},
            {place: action.id for key, action in by_point[report.id].items() if (place := places.get(key)) is not None},
            markings,
        )
        for report in about.reports
    ]


def _inspected(
    session: Session, report: Report, by_point: Mapping[int, Action], known: Known
) -> tuple[Inspected, Suggested]:
    """Return a report with its recommendations, and what is suggested of them and nobody has decided on."""
    points = session.scalars(
        select(ActionPoint)
        .where(ActionPoint.report_id == report.id, ActionPoint.decision == PointDecision.KEPT)
        .order_by(ActionPoint.position, ActionPoint.id)
    ).all()
    found = [
        recommendation(number, point, by_point.get(point.id), report, known) for number, point in enumerate(points, 1)
    ]
    judged = tuple(queries.judged_of(row) for row in judgements(session, report))
    own = {action.id for action in by_point.values()} & known.states.keys()
    made = Inspected(
        code=report.code,
        title=report.title,
        facts=_facts(report),
        scale_best=report.scale_best,
        judgements=judged,
        areas=tuple(common_name(one.area, known.own) for one in judged),
        totals=totals_of([known.states[key] for key in sorted(own)], known.at),
        recommendations=tuple(one for one, _ in found),
    )
    return made, ChainMap(*(dict(suggested) for _, suggested in found))


def _facts(report: Report) -> str:
    facts = [", ".join(report.inspectorates)]
    if report.inspection_end:
        first = f"{format_date(report.inspection_start)} to " if report.inspection_start else ""
        facts.append(f"Inspection {first}{format_date(report.inspection_end)}")
    if report.published:
        facts.append(f"Printed {format_date(report.published)}")
    return "".join(f"{fact}. " for fact in facts if fact).strip()


def _over_time(session: Session, reports: Sequence[Report], own: Mapping[str, str]) -> OverTime:
    columns: list[Judging] = [queries.judging_of(report, judgements(session, report)) for report in reports]
    return over_time(columns, own)
