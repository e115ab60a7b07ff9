"""Committees and their meetings: who keeps them, and which meeting comes before and after a day."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker import audit
from tracker.errors import InvalidValue, MoveNotAllowed, NotFound
from tracker.models import ClosureDay, Committee, CommitteeReport, Council, Meeting, Person, Question
from tracker.scrutiny.agenda import agenda_day, answer_due
from tracker.scrutiny.own_form import stored
from tracker.scrutiny.paper_form import USUAL, Form
from tracker.wording import format_date

MOST_AGENDA_DAYS = 30
LAST_MEETINGS = 5


@dataclass(frozen=True)
class Calendar:
    """A committee with its meetings: those to come, the next first, and those that have been, the last first."""

    committee: Committee
    next: list[Meeting]
    past: list[Meeting]


def calendars(session: Session, today: date) -> list[Calendar]:
    """Return every committee of the council with its meetings, by name."""
    meetings = session.scalars(select(Meeting).order_by(Meeting.day, Meeting.id)).all()
    found = []
    for committee in session.scalars(select(Committee).order_by(func.lower(Committee.name), Committee.id)):
        own = [meeting for meeting in meetings if meeting.committee_id == committee.id]
        coming = [meeting for meeting in own if meeting.day >= today]
        found.append(Calendar(committee, coming, [one for one in reversed(own) if one.day < today]))
    return found


def committee(session: Session, committee_id: int) -> Committee:
    """Return a committee. Raises NotFound."""
    found = session.scalar(select(Committee).where(Committee.id == committee_id))
    if found is None:
        raise NotFound("There is no committee here. Look in the list of committees.")
    return found


def held_committee(session: Session, committee_id: int) -> Committee:
    """Return a committee that nobody else changes until the transaction ends. Raises NotFound."""
    found = committee(session, committee_id)
    session.refresh(found, with_for_update={"key_share": True})
    return found


def meeting(session: Session, meeting_id: int) -> Meeting:
    """Return a meeting with its committee. Raises NotFound."""
    question = select(Meeting).where(Meeting.id == meeting_id).options(joinedload(Meeting.committee))
    found = session.scalar(question)
    if found is None:
        raise NotFound("There is no meeting here. Look in the list of committees.")
    return found


def meetings_to_report_to(session: Session, today: date) -> list[Meeting]:
    """Return the meetings a report can be made for: the next first, then the last that have been."""
    with_committee = select(Meeting).options(joinedload(Meeting.committee))
    coming = session.scalars(with_committee.where(Meeting.day >= today).order_by(Meeting.day, Meeting.id))
    past = with_committee.where(Meeting.day < today).order_by(Meeting.day.desc(), Meeting.id)
    return [*coming, *session.scalars(past.limit(2 * LAST_MEETINGS))]


def meetings_before(session: Session, committee_id: int, day: date, most: int = LAST_MEETINGS) -> list[Meeting]:
    """Return a committee's last meetings before a day, the last first."""
    question = select(Meeting).where(Meeting.committee_id == committee_id, Meeting.day < day)
    return list(session.scalars(question.order_by(Meeting.day.desc(), Meeting.id).limit(most)))


def last_meeting(session: Session, day: date) -> Meeting | None:
    """Return the last meeting of any committee before a day."""
    question = select(Meeting).where(Meeting.day < day).options(joinedload(Meeting.committee))
    return session.scalar(question.order_by(Meeting.day.desc(), Meeting.id).limit(1))


def next_agenda(session: Session, council: Council, day: date) -> tuple[Meeting | None, date]:
    """Return the next meeting whose agenda an answer can still reach, and the day the answer is due."""
    closures = frozenset(session.scalars(select(ClosureDay.day)))
    question = select(Meeting).where(Meeting.day > day).options(joinedload(Meeting.committee))
    for coming in session.scalars(question.order_by(Meeting.day, Meeting.id).limit(LAST_MEETINGS)):
        published = agenda_day(coming.day, coming.committee.agenda_days, council.nation, closures)
        due = answer_due(day, published, council.nation, closures)
        if due > day:
            return coming, due
    return None, answer_due(day, None, council.nation, closures)


def add_committee(
    session: Session, council: Council, name: str, agenda_days: int, *, by: Person, now: datetime
) -> Committee:
    """Add a committee. Raises InvalidValue for an empty name, or one there is already."""
    wanted = " ".join(name.split())
    there = select(Committee.id).where(func.lower(Committee.name) == wanted.lower())
    if not wanted or session.scalar(there) is not None:
        raise InvalidValue("Enter a name that is not in the list yet.", field="name")
    if not 0 <= agenda_days <= MOST_AGENDA_DAYS:
        raise InvalidValue(f"Enter a number of working days from 0 to {MOST_AGENDA_DAYS}.", field="agenda_days")
    made = Committee(council_id=council.id, name=wanted, agenda_days=agenda_days)
    session.add(made)
    audit.record(
        session, made, "added", f"added the committee {wanted}", by=by, at=now, after={"agenda_days": agenda_days}
    )
    return made


def set_form(session: Session, about: Committee, form: Form, *, by: Person, now: datetime) -> None:
    """Change the form of a committee's reports to come; what has been begun keeps its own. No form: the usual one."""
    before, after = {"form": about.form}, {"form": None if form == USUAL else stored(form)}
    if before == after:
        return
    about.form = after["form"]
    sentence = f"changed the form of the reports to {about.name}"
    audit.record(session, about, "form_changed", sentence, by=by, at=now, before=before, after=after)


def add_meeting(session: Session, about: Committee, day: date, *, by: Person, now: datetime) -> Meeting:
    """Add a meeting, past or to come. Raises InvalidValue for a day there is a meeting on already."""
    there = select(Meeting.id).where(Meeting.committee_id == about.id, Meeting.day == day)
    if session.scalar(there) is not None:
        raise InvalidValue(f"{about.name} meets on {format_date(day)} already.", field="day")
    made = Meeting(council_id=about.council_id, committee_id=about.id, day=day)
    session.add(made)
    sentence = f"added a meeting of {about.name} on {format_date(day)}"
    audit.record(session, about, "meeting_added", sentence, by=by, at=now, after={"day": day})
    return made


def remove_meeting(session: Session, removed: Meeting, *, by: Person, now: datetime) -> None:
    """Take a meeting out that does not take place. Refused where a report or a question hangs on it."""
    held = select(CommitteeReport.id).where(CommitteeReport.meeting_id == removed.id)
    asked = select(Question.id).where(Question.meeting_id == removed.id)
    if session.scalar(select(or_(held.exists(), asked.exists()))):
        raise MoveNotAllowed("A report or a question belongs to this meeting, so it cannot be taken out.")
    sentence = f"took out the meeting of {removed.committee.name} on {format_date(removed.day)}"
    audit.record(session, removed.committee, "meeting_removed", sentence, by=by, at=now, before={"day": removed.day})
    session.delete(removed)
