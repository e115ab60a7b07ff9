"""Reads of a report's points while it is checked, with the date each would be due and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from tracker.action_points.due_dates import ClockRules, DueDate, Limit, ReportDates, base_date, due_date, limit_words
from tracker.action_points.proposing import Asked, Assigned, Proposal, propose
from tracker.errors import NotFound
from tracker.models import ActionPoint, Body, ClosureDay, Council, Person, Report
from tracker.terms import PointDecision, ReportStatus

DECIDED = (PointDecision.KEPT, PointDecision.LEFT_OUT)
MOST_EARLIER = 2_000  # points looked through for a proposal: the latest ones know who does what today
SHOWN = (PointDecision.PROPOSED, *DECIDED)


@dataclass(frozen=True)
class Checked:
    """How far the checking of a report has got."""

    points: int
    decided: int
    kept: int
    without_owner: int
    without_lead: int

    @property
    def ready(self) -> bool:
        """Whether the report can be confirmed as far as its points go."""
        return self.points == self.decided and not self.without_owner and not self.without_lead


def points(session: Session, of: Report) -> list[ActionPoint]:
    """Return a report's points as they stand, in the order of the report; those split or merged away are left out."""
    people = (joinedload(ActionPoint.owner), joinedload(ActionPoint.lead))
    question = select(ActionPoint).where(ActionPoint.report_id == of.id, ActionPoint.decision.in_(SHOWN))
    return list(session.scalars(question.options(*people).order_by(ActionPoint.position, ActionPoint.id)))


def point(session: Session, of: Report, point_id: int) -> ActionPoint:
    """Return one point of a report. Raises NotFound, also for one that was split or merged away."""
    found = session.get(ActionPoint, point_id)
    if found is None or found.report_id != of.id or found.decision not in SHOWN:
        raise NotFound("This point is not there any more: it was split or merged. Go back to the list of points.")
    return found


def checked(found: Sequence[ActionPoint]) -> Checked:
    """Count how far the checking has got."""
    kept = [row for row in found if row.decision is PointDecision.KEPT]
    return Checked(
        points=len(found),
        decided=sum(row.decision in DECIDED for row in found),
        kept=len(kept),
        without_owner=sum(row.owner_id is None for row in kept),
        without_lead=sum(row.lead_id is None for row in kept),
    )


def being_checked(session: Session) -> dict[int, tuple[int, int]]:
    """Return, for each report that is still checked, how many of its points are decided, and how many there are."""
    decided = func.count(case((ActionPoint.decision.in_(DECIDED), 1)))
    counted = (
        select(ActionPoint.report_id, decided, func.count())
        .join(ActionPoint.report)
        .where(Report.status == ReportStatus.BEING_CHECKED, ActionPoint.decision.in_(SHOWN))
        .group_by(ActionPoint.report_id)
    )
    return {report_id: (done, points) for report_id, done, points in session.execute(counted)}


def clock_rules(session: Session, council: Council) -> ClockRules:
    """Return what the council has set of the clock."""
    return ClockRules(
        nation=council.nation,
        immediate_working_days=council.immediate_working_days,
        longer_term_months=council.longer_term_months,
        no_time_months=council.no_time_months,
        closures=frozenset(session.scalars(select(ClosureDay.day))),
    )


def report_dates(of: Report) -> ReportDates:
    """Return the dates a report's time limits can be counted from."""
    return ReportDates(
        choice=of.base_date_choice,
        inspection_end=of.inspection_end,
        published=of.published,
        typed=of.typed_base_date,
        review_date=of.review_date,
    )


def due(row: ActionPoint, dates: ReportDates, rules: ClockRules) -> DueDate | None:
    """Return when a point is due and why; None where the report has no date to count from."""
    base = base_date(dates, row.origin)
    return due_date(_limit(row), base, rules) if base else None


def time_limit(row: ActionPoint) -> str:
    """Say a point's time limit in the report's words, or in ours where a person set another."""
    return row.limit_words or limit_words(_limit(row))


def proposed_owner(session: Session, row: ActionPoint) -> Proposal | None:
    """Propose who might own a point, by what this council assigned before to people who are still here."""
    earlier = session.scalars(
        select(ActionPoint)
        .join(ActionPoint.report)
        .join(ActionPoint.owner)
        .where(Report.status == ReportStatus.CONFIRMED, ActionPoint.decision == PointDecision.KEPT, Person.active)
        .options(contains_eager(ActionPoint.owner))
        .order_by(ActionPoint.id.desc())
        .limit(MOST_EARLIER)
    )
    past = [Assigned(_asked(one), one.owner.id, one.owner.name, one.title) for one in earlier if one.owner]
    return propose(_asked(row), past)


def matched_bodies(names: Sequence[str], bodies: Sequence[Body]) -> list[Body]:
    """Return the council's bodies that names in a report mean, by name or alias, whatever their capitals."""
    known = {_plain(name): body for body in bodies for name in (body.name, *body.aliases)}
    found = [known[_plain(name)] for name in names if _plain(name) in known]
    return list(dict.fromkeys(found))


def _limit(row: ActionPoint) -> Limit:
    return Limit(row.limit_kind, row.limit_count, row.limit_unit, row.limit_date)


def _asked(row: ActionPoint) -> Asked:
    return Asked(row.words, row.section, tuple(row.body_names))


def _plain(name: str) -> str:
    return " ".join(name.casefold().removeprefix("the ").split())
