"""Puts a pack together from the database, as at the end of a day: a few statements a report, however much it asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.actions.as_at import end_of
from tracker.actions.past import changes_since, people
from tracker.adapters.files import Files
from tracker.assessments import queries
from tracker.assessments.area_names import own_names
from tracker.assessments.areas import common_name
from tracker.assessments.over_time import Judging, OverTime, over_time
from tracker.assessments.pack.contents import Inspected, Pack
from tracker.assessments.pack.deeds import deeds_of
from tracker.assessments.pack.entries import Asked
from tracker.assessments.pack.telling import Known, Later, recommendation
from tracker.models import Action, ActionPoint, Council, Report
from tracker.reports.queries import judgements
from tracker.reports.series import in_series
from tracker.scrutiny.figures import totals_of
from tracker.scrutiny.queries import states_of, stood_at
from tracker.terms import PointDecision, ReportStatus
from tracker.wording import format_date

ALL = "All reports"


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
    by_point = {report.id: queries.actions_by_point(session, report) for report in chosen}
    known = _known(session, files, about, {action.id for found in by_point.values() for action in found.values()})
    inspected = [_inspected(session, report, by_point[report.id], known) for report in chosen]
    return Pack(
        council=council.name,
        at=at,
        about=only.code if only is not None else ALL,
        reports=tuple(report for report, _ in inspected),
        totals=totals_of([known.states[key] for key in sorted(known.states)], at),
        over_time=_over_time(session, about.reports, known.own),
        suggested=sum(count for _, count in inspected),
        with_exempt=with_exempt,
    )


def _known(session: Session, files: Files, about: About, wanted: set[int]) -> Known:
    cut, council, reports = end_of(about.at), about.council, about.reports
    stood = {one.id: one for one in stood_at(session, council, about.at) if one.id in wanted}
    loaded = (joinedload(Action.closed_by), joinedload(Action.successor))
    rows = session.scalars(select(Action).where(Action.report_id.in_([one.id for one in reports])).options(*loaded))
    markings = {key: one.marking for key, one in stood.items()}
    answers = changes_since(session, council.id, cut).answers
    return Known(
        at=about.at,
        stood=stood,
        states={state.action_id: state for state in states_of(session, council, list(stood.values()))},
        actions={row.id: row for row in rows if row.id in stood},
        deeds=deeds_of(session, files, Asked(markings, cut, answers)),
        people=people(session, {one.owner_id for one in stood.values()}),
        series=[
            Later(one, queries.statements_of(session, one), queries.linked_to(session, one, before=cut))
            for one in reports
        ],
        own=own_names(session),
    )


def _inspected(session: Session, report: Report, by_point: Mapping[int, Action], known: Known) -> tuple[Inspected, int]:
    """Return a report with its recommendations, and how many suggested links nobody has decided on."""
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
    return made, sum(count for _, count in found)


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
