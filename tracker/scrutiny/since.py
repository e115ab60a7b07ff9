"""What the overdue report's page says first: what has changed since the last meeting, and the meetings before it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.models import Council, Meeting
from tracker.scrutiny.between import changes_between, over_time
from tracker.scrutiny.changes import Change, What, counted
from tracker.scrutiny.committees import last_meeting, meetings_before
from tracker.scrutiny.contents import Filters
from tracker.scrutiny.document import Chart
from tracker.scrutiny.layout import over_time_chart
from tracker.scrutiny.paper import Moment
from tracker.terms import Marking


@dataclass(frozen=True)
class Since:
    """What has changed since a meeting: how many of each kind, and those that are open, by kind."""

    meeting: Meeting
    counts: tuple[tuple[What, int], ...]
    changes: tuple[tuple[What, list[Change]], ...]
    withheld: int


@dataclass(frozen=True)
class OverMeetings:
    """What was open and late at the last meetings, as numbers and as a picture."""

    moments: tuple[Moment, ...]
    chart: Chart


def since_last_meeting(session: Session, council: Council, at: date, filters: Filters) -> Since | None:
    """Return what has changed since the last meeting before a day; None where there has been none."""
    meeting = last_meeting(session, at)
    if meeting is None:
        return None
    found = changes_between(session, council, meeting.day, at, filters)
    shown = [change for change in found if change.marking is Marking.OPEN]
    by_kind = tuple((what, [one for one in shown if one.what is what]) for what in What)
    return Since(
        meeting, counted(found), tuple((what, rows) for what, rows in by_kind if rows), len(found) - len(shown)
    )


def over_meetings(session: Session, council: Council, at: date) -> OverMeetings | None:
    """Return what was open and late at the last meetings of the committee that met last; None where none has met."""
    meeting = last_meeting(session, at)
    if meeting is None:
        return None
    days = [one.day for one in meetings_before(session, meeting.committee_id, at)]
    moments = over_time(session, council, [*days, at])
    return OverMeetings(moments, over_time_chart(moments, font="Arial, Helvetica, sans-serif"))
