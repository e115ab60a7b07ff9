"""The calendar of one's own dates: its page, and what a calendar programme fetches."""

from flask import Response, abort, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from tracker.models import work_for, work_for_all
from tracker.reminders import calendar
from tracker.reminders.views.blueprint import blueprint
from tracker.web.access import OFFICERS, allow_any, open_to_everybody
from tracker.web.commits import commits
from tracker.web.wiring import db, me, now, wiring

MADE = "calendar_token"  # shown once, on the page after it was made; the session's cookie is signed, and theirs alone


@blueprint.get("/calendar")
@allow_any(OFFICERS)
def own_calendar() -> ResponseReturnValue:
    """Explain the calendar, and show its address once after it was made."""
    made = session.pop(MADE, None)
    address = f"{wiring().settings.base_url}{url_for('reminders.feed', token=made)}" if made else ""
    days = calendar.days_of(db(), me(), wiring().settings.base_url)
    return render_template("reminders/calendar.html", address=address, days=days, has_one=bool(me().calendar_digest))


@blueprint.post("/calendar")
@allow_any(OFFICERS)
@commits
def renew_calendar() -> ResponseReturnValue:
    """Make an address; the one before ends at once."""
    session[MADE] = calendar.renew(db(), me(), now=now())
    return redirect(url_for("reminders.own_calendar"))


@blueprint.post("/calendar/end")
@allow_any(OFFICERS)
@commits
def end_calendar() -> ResponseReturnValue:
    """End the address."""
    calendar.end(db(), me(), now=now())
    flash("The address of your calendar has ended. What your calendar programme has fetched may stay there.", "success")
    return redirect(url_for("reminders.own_calendar"))


@blueprint.get("/calendar/<token>.ics")
@open_to_everybody
def feed(token: str) -> ResponseReturnValue:
    """Give a calendar programme a person's dates; an unknown, old or closed address is not found."""
    settings = wiring().settings
    work_for_all(db())  # whose council it is, is known only from the address
    person = calendar.whose(db(), token, demonstration=settings.demonstration)
    if person is None:
        abort(404)
    work_for(db(), person.council_id)
    days = calendar.days_of(db(), person, settings.base_url)
    written = calendar.written(person.council.name, days, host=settings.host, now=now())
    return Response(written, mimetype="text/calendar", headers={"Content-Disposition": "inline; filename=dates.ics"})
