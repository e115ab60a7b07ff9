"""The first pages of the owner and of the lead."""

from datetime import timedelta

from flask import render_template
from flask.typing import ResponseReturnValue

from tracker.actions import queries
from tracker.actions.forms import CheckForm, DecideForm
from tracker.actions.presenting import standings
from tracker.terms import Delivery, ReportStatus, Timeliness
from tracker.web.access import OFFICERS, PLANNERS, allow_any
from tracker.web.wiring import db, me, today

LATELY = timedelta(days=90)


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
        done=queries.done_lately(db(), me(), today() - LATELY),
    )


@allow_any(PLANNERS)
def waiting_for_me() -> ResponseReturnValue:
    """Show a lead everything that waits for a decision, oldest first, then how their plan stands."""
    reports = queries.reports_with_progress(db(), today=today())
    claims, extensions = queries.claims_waiting(db()), queries.extensions_waiting(db())
    led = queries.Filters(lead_id=me().id, late=True)
    return render_template(
        "actions/waiting.html",
        claims=claims,
        extensions=extensions,
        evidence=queries.evidence_of_claims(db(), [claim.id for claim in claims]),
        moved=queries.moved(db(), [extension.action_id for extension in extensions]),
        unchecked=[row for row in reports if row.report.status is ReportStatus.BEING_CHECKED],
        plans=[row for row in reports if row.report.status is ReportStatus.CONFIRMED and row.actions],
        late=standings(
            queries.list_actions(db(), led, today=today(), after=None),
            today(),
            due_soon_days=me().council.due_soon_days,
            moved={},
        ),
        check_form=CheckForm(formdata=None),
        decide_form=DecideForm(formdata=None),
        owed=len(queries.owed_by(db(), me())),
    )
