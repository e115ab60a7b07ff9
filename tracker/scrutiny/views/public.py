"""The public version of the overdue report, by a link; and the page of the links."""

from typing import Any

from flask import flash, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

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


class LinkForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """What a link is for."""

    purpose = StringField(
        "What is the link for?",
        [
            DataRequired("Say what the link is for, like “Agenda of 20 December”"),
            Length(max=200, message="Enter at most 200 characters"),
        ],
        description="So that you know it again, like “Agenda of 20 December”. Its readers do not see this.",
    )


class DaysForm(FlaskForm):  # type: ignore[misc]
    """For how many days a link works."""

    days = IntegerField(
        "How many days a link works",
        [InputRequired("Enter a number of days"), NumberRange(0, MOST_DAYS, f"Enter a number from 0 to {MOST_DAYS}")],
        description="It counts for links made from now on. Enter 0 to allow none: the links there are end at once.",
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
    return _links_page()


@blueprint.post("/public-links")
@allow_any(KEEPERS)
@commits
def make_link() -> ResponseReturnValue:
    """Make a link."""
    form = LinkForm()
    if not form.validate_on_submit():
        return _links_page(making=form), 400
    try:
        session[MADE] = public_links.make(db(), me().council, form.purpose.data or "", by=me(), now=now())
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
        return _links_page(setting=form), 400
    public_links.set_days(db(), me().council, form.days.data, by=me(), now=now())
    flash("Your change has been saved.", "success")
    return redirect(url_for("scrutiny.links"))


def _links_page(*, making: LinkForm | None = None, setting: DaysForm | None = None) -> str:
    token, days = session.pop(MADE, None), me().council.public_link_days
    return render_template(
        "scrutiny/public_links.html",
        form=making or setting,  # whose errors stand at the top
        making=making or LinkForm(formdata=None),
        setting=setting or DaysForm(formdata=None, days=days),
        address=f"{wiring().settings.base_url}{url_for('scrutiny.public_overdue', token=token)}" if token else "",
        days=days,
        working=public_links.working(db(), now()),
        sets=me().role is Role.ADMINISTRATOR,
    )
