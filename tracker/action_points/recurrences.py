"""What a person decides about a suggestion that a later report tells an earlier recommendation again.

A follow-up that is said to be the same recommendation is not tracked twice: it is kept, and when the report is
confirmed no action is made of it; the one that is there goes on, with its own dates (DESIGN section 3, rule 3;
decision 0024).
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker import audit
from tracker.action_points.services import keep
from tracker.errors import InvalidValue, MoveNotAllowed, NotFound
from tracker.models import Action, ActionPoint, Person, Report, SeriesLink
from tracker.reports.queries import hold
from tracker.terms import LinkDecision, LinkKind, PointDecision, ReportStatus

STAYS = (
    "The report has been confirmed, so what is tracked by which action stays. Close one of two actions that "
    "do the same: “Another action has taken its place”."
)
SAID = {
    LinkKind.REPEATED: "said that “{later}” repeats {reference}, which goes on being tracked there",
    LinkKind.TOLD_AGAIN: "said that “{later}” tells {reference} again",
    LinkKind.JUDGED: "said that a statement on progress judges {reference}",
}


def link(session: Session, report: Report, link_id: int) -> SeriesLink:
    """Return one link of a later report. Raises NotFound, also where the suggestion was made anew meanwhile."""
    found = session.get(SeriesLink, link_id)
    if found is None or found.report_id != report.id:
        raise NotFound("This suggestion is not there any more. Look at what is suggested now.")
    return found


def links_of(session: Session, report: Report, point: ActionPoint | None = None) -> list[SeriesLink]:
    """Return what is suggested and decided of a report, or of one of its points; the most alike first."""
    question = select(SeriesLink).where(SeriesLink.report_id == report.id)
    if point is not None:
        question = question.where(SeriesLink.point_id == point.id)
    loaded = (
        joinedload(SeriesLink.point),
        joinedload(SeriesLink.statement),
        joinedload(SeriesLink.earlier).joinedload(ActionPoint.report),
        joinedload(SeriesLink.decided_by),
    )
    rows = session.scalars(question.options(*loaded).order_by(SeriesLink.score.desc(), SeriesLink.id))
    return [row for row in rows if row.point is None or row.point.decision is not PointDecision.REPLACED]


def actions_of(session: Session, links: Sequence[SeriesLink]) -> dict[int, Action]:
    """Return the action of each earlier point that links name, by the point's id."""
    ids = {one.earlier_id for one in links}
    rows = session.scalars(select(Action).where(Action.action_point_id.in_(ids)).order_by(Action.id))
    return {row.action_point_id: row for row in rows}


def tracked_elsewhere(session: Session, report: Report) -> dict[int, Action]:
    """Return, by the id of each point of a report that repeats an earlier recommendation, the action that tracks it."""
    rows = session.execute(
        select(SeriesLink.point_id, Action)
        .join(Action, Action.action_point_id == SeriesLink.earlier_id)
        .where(
            SeriesLink.report_id == report.id,
            SeriesLink.kind == LinkKind.REPEATED,
            SeriesLink.decision == LinkDecision.CONFIRMED,
        )
        .order_by(SeriesLink.id)
    )
    return {point_id: action for point_id, action in rows if point_id is not None}


def confirm(session: Session, row: SeriesLink, kind: LinkKind, *, by: Person, now: datetime) -> None:
    """Confirm a suggestion, as the same recommendation or as the matter told again; or change one decision for another.

    A point that repeats a recommendation is kept, with the owner and the lead of the action that tracks it. Raises
    MoveNotAllowed where the report was confirmed and an action of its own was made, or would have to be.
    """
    hold(session, row.report)
    if (row.kind is LinkKind.JUDGED) != (kind is LinkKind.JUDGED):
        raise InvalidValue("Choose what the later report says of the earlier recommendation.")
    if (row.decision, row.kind) == (LinkDecision.CONFIRMED, kind):
        return
    _refuse_what_stays(row, kind)
    action = actions_of(session, [row])[row.earlier_id]
    if kind is LinkKind.REPEATED and row.point is not None:
        other = tracked_elsewhere(session, row.report).get(row.point.id)
        if other is not None:
            raise MoveNotAllowed(f"It is linked to {other.reference} already. Take that back first.")
        row.point.owner_id, row.point.lead_id = action.owner_id, action.lead_id
        keep(session, row.point, by=by, now=now)
    sentence = SAID[kind].format(later=row.point.title if row.point else "", reference=action.reference)
    _decide(session, row, LinkDecision.CONFIRMED, kind, sentence, by=by, now=now)


def refuse(session: Session, row: SeriesLink, *, by: Person, now: datetime) -> None:
    """Say that it is another matter: it is not suggested again."""
    hold(session, row.report)
    if row.decision is LinkDecision.REFUSED:
        return
    _refuse_what_stays(row, LinkKind.TOLD_AGAIN)
    reference = actions_of(session, [row])[row.earlier_id].reference
    what = f"“{row.point.title}”" if row.point else "a statement on progress"
    sentence = f"said that {what} is not about {reference}"
    _decide(session, row, LinkDecision.REFUSED, row.kind, sentence, by=by, now=now)


def _refuse_what_stays(row: SeriesLink, kind: LinkKind) -> None:
    """Once a report is confirmed, which of its points have an action of their own does not change."""
    linked = (row.decision, row.kind) == (LinkDecision.CONFIRMED, LinkKind.REPEATED)
    if row.report.status is ReportStatus.CONFIRMED and (linked or kind is LinkKind.REPEATED):
        raise MoveNotAllowed(STAYS)


def _decide(
    session: Session,
    row: SeriesLink,
    decision: LinkDecision,
    kind: LinkKind,
    sentence: str,
    *,
    by: Person,
    now: datetime,
) -> None:
    before = {"decision": row.decision, "kind": row.kind}
    row.decision, row.kind, row.decided_by_id, row.decided_at = decision, kind, by.id, now
    after = {"decision": decision, "kind": kind, "earlier_point": row.earlier_id, "score": row.score}
    audit.record(session, row.report, "series", sentence, by=by, at=now, before=before, after=after)
