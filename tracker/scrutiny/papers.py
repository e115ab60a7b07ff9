"""Makes a committee report: freezes figures and rows, keeps the officer's words, and asks for its documents."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker import audit
from tracker.errors import ChangedMeanwhile, InvalidValue, MoveNotAllowed, NotFound
from tracker.models import CommitteeDocument, CommitteeReport, Council, Meeting, Person
from tracker.models.portable import database_time
from tracker.scrutiny.asked import questions_for
from tracker.scrutiny.between import changes_between, over_time
from tracker.scrutiny.committees import meetings_before
from tracker.scrutiny.document import Document
from tracker.scrutiny.frozen import digest_of, plain, thawed
from tracker.scrutiny.layout import lay_out
from tracker.scrutiny.paper import Paper, Part, part_of
from tracker.scrutiny.paper_form import Form, first_words, form_of
from tracker.scrutiny.queries import overdue_report
from tracker.terms import PLANNERS, DocumentForm, DocumentPart, DocumentStatus, PaperStatus
from tracker.wording import format_date

CLOSED = "The words of this report are closed: it is ready for the meeting."
DAMAGED = "What was frozen for this report has been changed since. Tell your administrator."
LONGEST = 20_000  # characters under one heading


@dataclass(frozen=True)
class Written:
    """What the officer wrote: the form it was written in, its fields and its sections."""

    form: Form
    words: dict[str, dict[str, str]]


def assembled(session: Session, council: Council, meeting: Meeting, at: date) -> Paper:
    """Put together what a report to a meeting holds, as at the end of a day, the exempt rows too."""
    before = meetings_before(session, meeting.committee_id, min(meeting.day, at))
    since = before[0].day if before else None
    days = sorted({*(one.day for one in before), at})
    return Paper(
        overdue=overdue_report(session, council, at, whole=True),
        committee=meeting.committee.name,
        meeting=meeting.day,
        since=since,
        changes=changes_between(session, council, since, at) if since else (),
        over_time=over_time(session, council, days),
        questions=questions_for(session, since, at),
    )


def make_paper(
    session: Session, council: Council, meeting: Meeting, at: date, *, by: Person, today: date, now: datetime
) -> CommitteeReport:
    """Freeze a report to a meeting and ask for its documents. Raises InvalidValue for a day that has not come."""
    if at > today:
        raise InvalidValue(f"Enter a date that is not after today, {format_date(today)}.", field="at")
    paper = assembled(session, council, meeting, at)
    contents = plain(paper)
    form = form_of(meeting.committee.form)
    made = CommitteeReport(
        council_id=council.id,
        meeting_id=meeting.id,
        as_at=at,
        since=paper.since,
        contents=contents,
        contents_digest=digest_of(contents),
        words={"form": plain(form), **first_words(form)},
        made_by_id=by.id,
        made_at=now,
    )
    session.add(made)
    sentence = f"made the report to {meeting.committee.name} of {format_date(meeting.day)}, as at {format_date(at)}"
    audit.record(session, made, "made", sentence, by=by, at=now, after={"sha256": made.contents_digest})
    ask_for_documents(session, made)
    return made


def paper(session: Session, paper_id: int, reader: Person) -> CommitteeReport:
    """Return a report that this person may read: a draft is for leads and directors. Raises NotFound."""
    with_meeting = joinedload(CommitteeReport.meeting).joinedload(Meeting.committee)
    found = session.scalar(select(CommitteeReport).where(CommitteeReport.id == paper_id).options(with_meeting))
    if found is None or (found.status is PaperStatus.DRAFT and reader.role not in PLANNERS):
        raise NotFound("There is no committee report here. Look in the list of committee reports.")
    return found


def papers(session: Session, reader: Person) -> list[CommitteeReport]:
    """Return the reports this person may read, the last meeting first."""
    question = select(CommitteeReport).join(CommitteeReport.meeting)
    if reader.role not in PLANNERS:
        question = question.where(CommitteeReport.status == PaperStatus.READY)
    with_meeting = joinedload(CommitteeReport.meeting).joinedload(Meeting.committee)
    newest = question.options(with_meeting).order_by(Meeting.day.desc(), CommitteeReport.id.desc())
    return list(session.scalars(newest))


def documents(session: Session, about: CommitteeReport, reader: Person) -> list[CommitteeDocument]:
    """Return the documents of a report that this person may have: the exempt part is for leads and directors."""
    question = select(CommitteeDocument).where(CommitteeDocument.report_id == about.id)
    if reader.role not in PLANNERS:
        question = question.where(CommitteeDocument.part == DocumentPart.PUBLIC)
    return list(session.scalars(question.order_by(CommitteeDocument.id)))


def frozen(about: CommitteeReport) -> Paper:
    """Return what was frozen. Raises MoveNotAllowed where it is not what was kept."""
    if digest_of(about.contents) != about.contents_digest:
        raise MoveNotAllowed(DAMAGED)
    return thawed(Paper, about.contents)


def part_for(about: CommitteeReport, part: DocumentPart) -> Part:
    """Return one part of what was frozen."""
    return part_of(frozen(about), part)


def written(about: CommitteeReport) -> Written:
    """Return the officer's words, in the form they were written in."""
    kept: Mapping[str, Any] = about.words
    return Written(form_of(kept["form"]), {"fields": kept["fields"], "sections": kept["sections"]})


def laid_out(about: CommitteeReport, part: DocumentPart) -> Document:
    """Return one part of the report, ready to be drawn."""
    own = written(about)
    return lay_out(part_for(about, part), own.form, own.words)


def write(
    session: Session,
    about: CommitteeReport,
    words: Mapping[str, Mapping[str, str]],
    *,
    version: int | None,
    by: Person,
    now: datetime,
) -> None:
    """Keep the officer's words and make the documents again.

    Raises ChangedMeanwhile where somebody has written since the form was opened, MoveNotAllowed once it is ready.
    """
    _hold(session, about)
    if version is not None and version != about.version:
        raise ChangedMeanwhile
    own = written(about)
    wanted = {
        "form": about.words["form"],
        "fields": {one.key: words["fields"].get(one.key, "").strip() for one in own.form.fields},
        "sections": {one.key: words["sections"].get(one.key, "").strip() for one in own.form.headings},
    }
    if wanted == about.words:
        return
    before, about.words = about.words, wanted
    changed = sorted(
        key for group in ("fields", "sections") for key in wanted[group] if wanted[group][key] != before[group].get(key)
    )
    sentence = "changed the words of the committee report"
    audit.record(session, about, "written", sentence, by=by, at=now, after={"changed": ", ".join(changed)})
    ask_for_documents(session, about)


def declare_ready(session: Session, about: CommitteeReport, *, by: Person, now: datetime) -> None:
    """Close the words: the report is ready for the meeting."""
    _hold(session, about)
    about.status, about.finished_at = PaperStatus.READY, now
    sentence = "declared the committee report ready for the meeting"
    audit.record(session, about, "ready", sentence, by=by, at=now, after={"sha256": about.contents_digest})
    ask_for_documents(session, about)


def ask_for_documents(session: Session, about: CommitteeReport) -> None:
    """Ask for every document again, in the words as they are now. Who is making one meanwhile loses the lease."""
    session.flush()  # the version of the words is counted
    parts = [DocumentPart.PUBLIC, *([DocumentPart.EXEMPT] if part_for(about, DocumentPart.EXEMPT).has_rows else [])]
    now = session.scalars(select(database_time(session.get_bind().dialect.name))).one()
    there = session.scalars(select(CommitteeDocument).where(CommitteeDocument.report_id == about.id))
    known = {(one.part, one.form): one for one in there}
    for part in parts:
        for form in DocumentForm:
            document = known.get((part, form))
            if document is None:
                document = CommitteeDocument(council_id=about.council_id, report_id=about.id, form=form, part=part)
                session.add(document)
            document.status, document.of_version, document.asked_at = DocumentStatus.WAITING, about.version, now
            document.lease_until, document.lease_token, document.fault, document.attempts = None, None, None, 0


def _hold(session: Session, about: CommitteeReport) -> None:
    """Take the report's row, so that nobody changes it meanwhile, and refuse where its words are closed."""
    session.execute(select(CommitteeReport.id).where(CommitteeReport.id == about.id).with_for_update(key_share=True))
    session.refresh(about, ["status", "version", "words"])
    if about.status is PaperStatus.READY:
        raise MoveNotAllowed(CLOSED)
