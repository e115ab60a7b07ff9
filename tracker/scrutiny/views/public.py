"""The public version of the overdue report, by a link; and the page of the links."""

from typing import Any

from flask import flash, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from tracker.errors import MoveNotAllowed
from tracker.models import work_for, work_for_all
from tracker.scrutiny import public_links
from tracker.scrutiny.contents import Filters
from tracker.scrutiny.drawing import late_by_age
from tracker.scrutiny.public_links import MOST_DAYS
from tracker.scrutiny.queries import overdue_report
from tracker.scrutiny.since import over_meetings, since_last_meeting
from tracker.scrutiny.views.blueprint import blueprint
from tracker.scrutiny.views.committees import KEEPERS
from tracker.terms import Role
from tracker.web.access import allow, allow_any, open_to_everybody
from tracker.web.commits import commits
from tracker.web.wiring import db, me, now, today, wiring

MADE = "public_link"  # shown once, on the page after it was made; the session's cookie is signed, and theirs alone
NO_FRAME: dict[str, Any] = {"current_person": None, "navigation": []}  # the page shows nothing else of the service


class DaysForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """For how many days a link works."""

    days = IntegerField(
        "How many days a link works",
        [InputRequired("Enter a number of days"), NumberRange(0, MOST_DAYS, f"Enter a number from 0 to {MOST_DAYS}")],
        description="Enter 0 to allow none: the links there are stop working at once.",
    )


@blueprint.get("/public/<token>")
@open_to_everybody
def public_overdue(token: str) -> ResponseReturnValue:
    """Show today’s overdue report without what is exempt or confidential. Unknown and old links are answered alike."""
    work_for_all(db())
    council = public_links.council_of(db(), token, now=now())
    if council is None:
        return render_template("scrutiny/public_ended.html", **NO_FRAME), 404
    work_for(db(), council.id)
    report = overdue_report(db(), council, today())
    answer = make_response(
        render_template(
            "scrutiny/public.html",
            council=council,
            report=report,
            rows=[row for row in report.rows if not row.withheld],
            by_age=late_by_age(report),
            since=since_last_meeting(db(), council, today(), Filters()),
            over_time=over_meetings(db(), council, today()),
            **NO_FRAME,
        )
    )
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@blueprint.get("/public-links")
@allow_any(KEEPERS)
def links() -> ResponseReturnValue:
    """Show the links that work, and once the one that was just made."""
    return _links_page(DaysForm(formdata=None, days=me().council.public_link_days))


@blueprint.post("/public-links")
@allow_any(KEEPERS)
@commits
def make_link() -> ResponseReturnValue:
    """Make a link."""
    try:
        session[MADE] = public_links.make(db(), me().council, by=me(), now=now())
    except MoveNotAllowed as refused:
        flash(refused.sentence, "error")
    return redirect(url_for("scrutiny.links"))


@blueprint.post("/public-links/<int:public_link_id>/end")
@allow_any(KEEPERS)
@commits
def end_link(public_link_id: int) -> ResponseReturnValue:
    """End a link at once."""
    public_links.end(db(), public_links.link(db(), public_link_id), by=me(), now=now())
    flash("The link has ended. Whoever opens it is told that there is nothing there.", "success")
    return redirect(url_for("scrutiny.links"))


@blueprint.post("/public-links/days")
@allow(Role.ADMINISTRATOR)
@commits
def set_link_days() -> ResponseReturnValue:
    """Say for how many days a link works, or that none is given."""
    form = DaysForm()
    if not form.validate_on_submit():
        return _links_page(form), 400
    public_links.set_days(db(), me().council, form.days.data, by=me(), now=now())
    flash("Your change has been saved.", "success")
    return redirect(url_for("scrutiny.links"))


def _links_page(form: DaysForm) -> str:
    token = session.pop(MADE, None)
    address = f"{wiring().settings.base_url}{url_for('scrutiny.public_overdue', token=token)}" if token else ""
    days = me().council.public_link_days
    working = public_links.working(db(), now()) if days else []
    return render_template(
        "scrutiny/public_links.html", form=form, address=address, days=days, working=working,
        sets=me().role is Role.ADMINISTRATOR,
    )  # fmt: skip
