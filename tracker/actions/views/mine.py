"""The first pages of the owner and of the lead."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import assumed, decisions, orphans, plans, queries, queue
from tracker.actions.holding import EARLY_DAYS
from tracker.actions.listing.filters import OPEN, Filters
from tracker.actions.listing.pages import page_of
from tracker.actions.listing.shown import Shown
from tracker.actions.outlook import Judged
from tracker.actions.outlook_queries import counts_as, outlooks
from tracker.actions.presenting import standings
from tracker.actions.queue import Card
from tracker.actions.views.blueprint import blueprint
from tracker.actions.views.lists.pieces import address
from tracker.models import Action, HoldingCheck
from tracker.reports import queries as report_queries
from tracker.terms import LATE, AssumedDate, Delivery, Outlook, ReportStatus, Timeliness
from tracker.web.access import OFFICERS, PLANNERS, allow_any
from tracker.web.commits import commits
from tracker.web.wiring import db, me, now, today

LATELY = timedelta(days=90)
EARLY = timedelta(days=EARLY_DAYS)


@allow_any(OFFICERS)
def my_actions() -> ResponseReturnValue:
    """Show what a person owes, worst first."""
    owed = queries.owed_by(db(), me())
    ids = [action.id for action in owed]
    rows = standings(
        owed,
        today(),
        due_soon_days=me().council.due_soon_days,
        moved=queries.moved(db(), ids),
        returned=queries.returned_lately(db(), ids),
    )
    mine = [row for row in rows if row.action.delivery is not Delivery.AWAITING_CHECK]
    soon = (Timeliness.DUE_SOON, Timeliness.DUE_TODAY)
    return render_template(
        "actions/mine.html",
        rows=mine,
        awaiting=[row for row in rows if row.action.delivery is Delivery.AWAITING_CHECK],
        late=sum(row.is_late for row in mine),
        soon=sum(row.timeliness in soon for row in mine),
        later=sum(row.timeliness is Timeliness.NOT_DUE for row in mine),
        to_check=[card for card in queue.claims(me(), decisions.claims_for_checker(db(), me())) if not card.why_not],
        look_again=[
            card for card in _to_look_at(decisions.checks_for_checker(db(), me(), today() + EARLY)) if not card.why_not
        ],
        done=queries.done_lately(db(), me(), today() - LATELY),
    )


@allow_any(PLANNERS)
def waiting_for_me() -> ResponseReturnValue:
    """Show a lead everything that waits for a decision, oldest first, then how their plan stands."""
    reports = plans.reports_with_progress(db(), today=today())
    dates = queries.dates_assumed(db())
    claims, extensions = decisions.claims_waiting(db()), decisions.extensions_waiting(db())
    led = Shown(Filters(lead=me().id, age=LATE))
    late = page_of(db(), led, council=me().council, today=today())
    endangered = _endangered()
    return render_template(
        "actions/waiting.html",
        on_the_way=report_queries.on_the_way(db(), me()),
        claims=queue.claims(me(), claims),
        extensions=queue.extensions(me(), extensions),
        evidence=queries.evidence_of_claims(db(), [claim.id for claim in claims]),
        moved=queries.moved(db(), [extension.action_id for extension in extensions]),
        unchecked=[row for row in reports if row.report.status is ReportStatus.BEING_CHECKED],
        plans=[row for row in reports if row.report.status is ReportStatus.CONFIRMED and row.actions],
        late=standings(late.actions, today(), due_soon_days=me().council.due_soon_days, moved={}),
        more_late_href=address(led) if late.after else "",
        pauses=queue.pauses(me(), decisions.pauses_waiting(db())),
        checks=_to_look_at(decisions.holding_checks_due(db(), today() + EARLY)),
        orphans=orphans.alarms(db(), today()),
        disowned=orphans.disowned(db()),
        assumed=queue.dates(me(), dates),
        assumed_in_all=len(dates) if len(dates) < queries.PAGE else queries.count_dates_assumed(db()),
        assumed_href=address(Shown(Filters(delivery=OPEN, assumed=AssumedDate.TO_AGREE))),
        endangered=endangered[: queries.PAGE],
        endangered_in_all=len(endangered),
        owed=len(queries.owed_by(db(), me())),
    )


@blueprint.post("/actions/<reference>/agree-date")
@allow_any(PLANNERS)
@commits
def agree_date(reference: str) -> ResponseReturnValue:
    """Agree to a date that was assumed."""
    assumed.agree_date(db(), queries.action(db(), reference), by=me(), now=now())
    flash(f"The assumed date of {reference} is agreed.", "success")
    return redirect(url_for("first_page"))


def _to_look_at(due: list[HoldingCheck]) -> list[Card[HoldingCheck]]:
    return queue.checks(me(), due, decisions.upheld_by(db(), due))


def _endangered() -> list[tuple[Action, Judged]]:
    """Return what this lead answers for that may not be done by its date, the worst first, with the reason."""
    led = queries.led_by(db(), me(), today())
    judged = outlooks(db(), led, today())
    found = [(action, judged[action.id]) for action in led if action.id in judged]
    found = [(action, counts_as(action, judged)) for action, judged in found]
    worrying = [pair for pair in found if pair[1].outlook is not Outlook.ON_TRACK]
    return sorted(worrying, key=lambda pair: (pair[1].outlook is Outlook.AT_RISK, pair[0].current_due_date))
