"""What this stage has to say in people's mails of a morning: members' questions, and committee reports that are ready.

Whoever starts a sweep hands ``TELLERS`` in. Reads only; the reminder stage writes and sends.
"""

from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, Select, select

from tracker.models import Committee, CommitteeReport, Meeting, PaperNotice
from tracker.reminders.planning.asking import batches, midnight
from tracker.reminders.planning.mornings import Morning
from tracker.reminders.planning.notes import Saying, Teller
from tracker.reminders.words.notes import Kind, Note
from tracker.scrutiny.chasing import QUESTIONS
from tracker.terms import PaperStatus, Role
from tracker.wording import format_date

READY = Kind("Committee reports that are ready", "committee reports are ready")
NEWS_FOR = timedelta(days=28)  # what was ready longer ago than that has been read
ReportRow = Row[*tuple[Any, ...]]  # the columns that _reports asks for


def papers_due(morning: Morning) -> Iterator[Saying]:
    """Give each active scrutiny member the reports that are ready and that they have not been told of."""
    members = morning.active_with({Role.SCRUTINY_MEMBER})
    ready = _reports(morning).where(
        CommitteeReport.status == PaperStatus.READY,
        CommitteeReport.finished_at >= midnight(morning.day - NEWS_FOR),
    )
    found = morning.session.execute(ready).all() if members else []
    if not found:
        return
    ids = [row.id for row in found]
    rows = morning.session.execute(
        select(PaperNotice.report_id, PaperNotice.person_id).where(
            PaperNotice.council_id == morning.council.id, PaperNotice.report_id.in_(ids)
        )
    )
    told = {(row.report_id, row.person_id) for row in rows}
    for row in found:
        yield from (_saying(row, member) for member in members if (row.id, member) not in told)


def papers_again(morning: Morning, message_ids: Collection[int]) -> Iterator[Saying]:
    """Give what mails that will not leave would have said of reports."""
    told = _reports(morning).join(PaperNotice, PaperNotice.report_id == CommitteeReport.id)
    for chunk in batches(sorted(message_ids)):
        asked = told.where(PaperNotice.message_id.in_(chunk)).add_columns(PaperNotice.person_id)
        for row in morning.session.execute(asked):
            yield _saying(row, row.person_id)


TELLERS = (QUESTIONS, Teller(papers_due, papers_again))


def _reports(morning: Morning) -> Select[*tuple[Any, ...]]:
    """Ask for what a mail says of reports: public words only, nothing of what is frozen in them."""
    return (
        select(CommitteeReport.id, CommitteeReport.as_at, Meeting.day, Committee.name)
        .join(Meeting, Meeting.id == CommitteeReport.meeting_id)
        .join(Committee, Committee.id == Meeting.committee_id)
        .where(CommitteeReport.council_id == morning.council.id)
        .order_by(Meeting.day, CommitteeReport.id)
    )


def _saying(row: ReportRow, person_id: int) -> Saying:
    meeting = format_date(row.day)
    note = Note(
        READY,
        about=row.name,
        subject=f"the report to {row.name} of {meeting} is ready",
        path=f"/committee-reports/{row.id}",
        link_words="Read the committee report",
        by=row.day,
        title=f"the report to the meeting of {meeting} is ready",
        says=(f"It shows where things stood on {format_date(row.as_at)}.",),
    )
    return Saying(person_id, note, PaperNotice, {"report_id": row.id})
