"""Where a person stopped checking a report, so that opening it again leads there.

It is a mark in a book, not a change of the record: it has no history row.
"""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker.models import ActionPoint, CheckingPlace, Person, Report
from tracker.models.portable import insert_new


def remember(session: Session, report: Report, point: ActionPoint, *, by: Person, now: datetime) -> None:
    """Note the point a person is at."""
    mark = {"report_id": report.id, "person_id": by.id}
    moved = session.execute(
        update(CheckingPlace).filter_by(**mark).values(action_point_id=point.id, at=now).returning(CheckingPlace.id)
    )
    if moved.first() is None:
        row = mark | {"council_id": report.council_id, "action_point_id": point.id, "at": now}
        session.execute(insert_new(session, CheckingPlace).values(row))


def stopped_at(session: Session, report: Report, person: Person) -> int | None:
    """Return the id of the point a person was at, which may be gone by now, or None where they have not begun."""
    return session.scalar(
        select(CheckingPlace.action_point_id).where(
            CheckingPlace.report_id == report.id, CheckingPlace.person_id == person.id
        )
    )
