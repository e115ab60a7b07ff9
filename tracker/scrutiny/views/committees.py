"""The page of committees and their meetings."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.errors import InvalidValue
from tracker.scrutiny import committees
from tracker.scrutiny.committee_forms import CommitteeForm, MeetingForm
from tracker.scrutiny.views.blueprint import blueprint
from tracker.terms import Role
from tracker.web.access import PLANNERS, allow_any
from tracker.web.commits import commits
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now, today
from tracker.wording import format_date

KEEPERS = PLANNERS | {Role.ADMINISTRATOR}


@blueprint.get("/committees")
@allow_any(KEEPERS)
def committees_page() -> ResponseReturnValue:
    """Show every committee with its meetings, and add one."""
    return _page(CommitteeForm(formdata=None))


@blueprint.post("/committees")
@allow_any(KEEPERS)
@commits
def add_committee() -> ResponseReturnValue:
    """Add a committee."""
    form = CommitteeForm()
    if not form.validate_on_submit():
        return _page(form), 400
    try:
        made = committees.add_committee(
            db(), me().council, form.name.data or "", form.agenda_days.data, by=me(), now=now()
        )
    except InvalidValue as refused:
        place(form, refused, fallback="name")
        return _page(form), 400
    flash("The committee has been added. Add its meetings.", "success")
    return redirect(url_for("scrutiny.meetings", committee_id=made.id))


@blueprint.get("/committees/<int:committee_id>/meetings")
@allow_any(KEEPERS)
def meetings(committee_id: int) -> ResponseReturnValue:
    """Ask for the day of a meeting."""
    found = committees.committee(db(), committee_id)
    return render_template("scrutiny/meeting.html", form=MeetingForm(formdata=None), committee=found)


@blueprint.post("/committees/<int:committee_id>/meetings")
@allow_any(KEEPERS)
@commits
def add_meeting(committee_id: int) -> ResponseReturnValue:
    """Add a meeting."""
    found = committees.committee(db(), committee_id)
    form = MeetingForm()
    day = form.day.data
    if not form.validate_on_submit() or day is None:
        return render_template("scrutiny/meeting.html", form=form, committee=found), 400
    try:
        committees.add_meeting(db(), found, day, by=me(), now=now())
    except InvalidValue as refused:
        place(form, refused, fallback="day")
        return render_template("scrutiny/meeting.html", form=form, committee=found), 400
    flash(f"The meeting on {format_date(day)} has been added.", "success")
    return redirect(url_for("scrutiny.committees_page"))


@blueprint.post("/meetings/<int:meeting_id>/remove")
@allow_any(KEEPERS)
@commits
def remove_meeting(meeting_id: int) -> ResponseReturnValue:
    """Take out a meeting that does not take place."""
    found = committees.meeting(db(), meeting_id)
    words = f"The meeting on {format_date(found.day)} has been taken out."
    committees.remove_meeting(db(), found, by=me(), now=now())
    flash(words, "success")
    return redirect(url_for("scrutiny.committees_page"))


def _page(form: CommitteeForm) -> str:
    return render_template("scrutiny/committees.html", form=form, calendars=committees.calendars(db(), today()))
