"""On the page of a point: its likely earlier selves, and what a person says of them."""

from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker.action_points import queries, recurrences
from tracker.action_points.told_before import Became, in_words
from tracker.action_points.views.blueprint import blueprint
from tracker.clock import london_date
from tracker.errors import MoveNotAllowed, NotFound
from tracker.models import Action, ActionPoint, Report, SeriesLink
from tracker.reports import queries as reports
from tracker.reports.series import day_of
from tracker.terms import LinkDecision, LinkKind, Marking
from tracker.web.access import PLANNERS, allow_any
from tracker.web.commits import commits
from tracker.web.wiring import db, me, now, today

SAID = {
    LinkKind.REPEATED.value: "It is tracked by {reference} already. No second action will be made.",
    LinkKind.TOLD_AGAIN.value: "Noted: it tells {reference} again.",
    "refuse": "Noted: it is another matter than {reference}. It will not be suggested again.",
}


@dataclass(frozen=True)
class ToldBefore:
    """One earlier self of a point."""

    link: SeriesLink
    action: Action
    became: str  # "2012, 41 days late"

    @property
    def withheld(self) -> bool:
        """Whether its reference is all that may be shown."""
        return self.action.marking is not Marking.OPEN

    @property
    def linked(self) -> bool:
        """Whether the earlier action tracks this point, too."""
        return (self.link.decision, self.link.kind) == (LinkDecision.CONFIRMED, LinkKind.REPEATED)


def told_before(report: Report, point: ActionPoint) -> list[ToldBefore]:
    """Return a point's earlier selves, those that were refused last; nothing is compared for it."""
    links = recurrences.links_of(db(), report, point)
    actions = recurrences.actions_of(db(), links)
    found = [ToldBefore(link, actions[link.earlier_id], _became(link, actions[link.earlier_id])) for link in links]
    return sorted(found, key=lambda one: one.link.decision is LinkDecision.REFUSED)


@blueprint.post("/points/<int:point_id>/told-before/<int:link_id>")
@allow_any(PLANNERS)
@commits
def decide_told_before(report_id: int, point_id: int, link_id: int) -> ResponseReturnValue:
    """Say that a point is an earlier recommendation, tells it again, or is another matter."""
    report = reports.report(db(), report_id)
    point = queries.point(db(), report, point_id)
    link, said = recurrences.link(db(), report, link_id), request.form.get("say", "")
    if link.point_id != point.id:
        raise NotFound("This suggestion is about another point. Look at what is suggested for this one.")
    back = redirect(url_for("action_points.check", report_id=report_id, point=point_id, _anchor="told-before"))
    if said not in SAID:
        flash("Choose what the point is to the earlier recommendation.", "error")
        return back
    try:
        if said == "refuse":
            recurrences.refuse(db(), link, by=me(), now=now())
        else:
            recurrences.confirm(db(), link, LinkKind.of(said), by=me(), now=now())
    except MoveNotAllowed as refused:
        flash(refused.sentence, "error")
        return back
    flash(SAID[said].format(reference=recurrences.actions_of(db(), [link])[link.earlier_id].reference), "success")
    return back


def _became(link: SeriesLink, action: Action) -> str:
    closed: date | None = london_date(action.closed_at) if action.closed_at else None
    dates = (action.delivery, action.original_due_date, action.claimed_on, closed)
    return in_words(Became(day_of(link.earlier.report), *dates), today())
