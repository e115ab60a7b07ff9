"""Committee reports on a real database: frozen, assembled again the same, made in the background under a lease."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session, sessionmaker

from tests.factories import make_action, make_council, make_meeting, make_person, make_update
from tracker.actions import extensions, services
from tracker.adapters.files import Files
from tracker.clock import FixedClock
from tracker.errors import ChangedMeanwhile, InvalidValue, MoveNotAllowed
from tracker.models import Action, CommitteeDocument, CommitteeReport, Council, Meeting, Person, work_for
from tracker.scrutiny import committees, papers
from tracker.scrutiny.changes import What
from tracker.scrutiny.document import Document
from tracker.scrutiny.frozen import plain
from tracker.scrutiny.making import LEASE, MOST_TRIES, STOPPED, Desk, make_waiting
from tracker.scrutiny.questioning import answer, ask
from tracker.scrutiny.rendering import render
from tracker.terms import CloseReason, Delivery, DocumentForm, DocumentPart, DocumentStatus, Marking, Role

TODAY = date(2026, 11, 23)
BEFORE, NEXT = date(2026, 10, 1), date(2026, 12, 1)


def moment(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.fixture
def council(session: Session) -> Council:
    made = make_council(session)
    work_for(session, made.id)
    return made


@pytest.fixture
def lead(session: Session, council: Council) -> Person:
    return make_person(session, council, Role.LEAD)


@pytest.fixture
def director(session: Session, council: Council) -> Person:
    return make_person(session, council, Role.DIRECTOR)


@pytest.fixture
def meeting(session: Session, council: Council) -> Meeting:
    """The next meeting of a committee that met before."""
    before = make_meeting(session, council, BEFORE)
    return make_meeting(session, council, NEXT, before.committee)


@pytest.fixture
def lived(session: Session, council: Council, lead: Person, director: Person, meeting: Meeting) -> dict[str, Action]:
    """An action for each thing that can become of one between the meetings, by the services the pages use."""
    made = {
        name: make_action(session, council, due=due, lead=lead, delivery=Delivery.IN_PROGRESS)
        for name, due in (
            ("completed", date(2026, 12, 20)),
            ("newly_late", date(2026, 11, 2)),
            ("moved", date(2026, 12, 24)),
            ("reopened", date(2026, 12, 20)),
            ("returned", date(2026, 12, 20)),
            ("closed", date(2026, 12, 20)),
            ("exempt", date(2026, 11, 2)),
        )
    }
    made["exempt"].marking, made["exempt"].title = Marking.EXEMPT, "A secret title"
    for action in made.values():
        make_update(session, action, at=moment(date(2026, 11, 20)))
    for name in ("completed", "reopened", "returned"):
        action = made[name]
        when = moment(date(2026, 9, 1) if name == "reopened" else date(2026, 10, 5))
        claim = services.claim(session, action, note="Done.", by=action.owner, now=when)
        decide = services.send_back if name == "returned" else services.accept
        decide(session, claim, finding="Seen.", by=director, now=when + timedelta(days=1))
    services.reopen(session, made["reopened"], reason="It is not.", by=lead, now=moment(date(2026, 10, 20)))
    services.close(
        session, made["closed"], code=CloseReason.NO_LONGER_APPLIES, reason="It ended.", by=director,
        now=moment(date(2026, 10, 21)),
    )  # fmt: skip
    asked = extensions.ask_for_more_time(
        session, made["moved"], until=date(2027, 2, 1), reason="A post.", safeguard="A check.",
        by=made["moved"].owner, now=moment(date(2026, 10, 22)),
    )  # fmt: skip
    extensions.decide_extension(session, asked, agreed=True, note="", by=director, now=moment(date(2026, 10, 23)))
    session.flush()
    return made


def make(session: Session, council: Council, meeting: Meeting, by: Person, at: date = TODAY) -> CommitteeReport:
    made = papers.make_paper(session, council, meeting, at, by=by, today=TODAY, now=moment(TODAY))
    session.flush()
    return made


@pytest.fixture
def desk(sessions: sessionmaker[Session], clock: FixedClock, tmp_path: Path) -> Desk:
    return Desk(sessions, Files(tmp_path / "files"), clock)


def documents(session: Session) -> list[CommitteeDocument]:
    session.expire_all()
    return list(session.scalars(select(CommitteeDocument).order_by(CommitteeDocument.id)))


def test_since_the_last_meeting_names_each_kind_of_change(
    session: Session, council: Council, lead: Person, meeting: Meeting, lived: dict[str, Action]
) -> None:
    paper = papers.frozen(make(session, council, meeting, lead))
    assert paper.since == BEFORE
    by_kind = {what: {one.reference for one in paper.changes if one.what is what} for what in What}
    for what in (What.COMPLETED, What.MOVED, What.REOPENED, What.RETURNED, What.CLOSED):
        assert by_kind[what] == {lived[what.value].reference}, what
    assert by_kind[What.NEWLY_LATE] == {lived["newly_late"].reference, lived["exempt"].reference}
    assert by_kind[What.SILENT] == set()
    assert [(one.day, one.open, one.late) for one in paper.over_time] == [(BEFORE, 6, 0), (TODAY, 5, 2)]


def test_silence_is_counted_from_the_last_word(
    session: Session, council: Council, lead: Person, meeting: Meeting
) -> None:
    silent, heard = (make_action(session, council, lead=lead) for _ in range(2))
    make_update(session, silent, at=moment(date(2026, 10, 2)))
    make_update(session, heard, at=moment(date(2026, 11, 1)))
    changes = papers.frozen(make(session, council, meeting, lead)).changes
    assert [(one.what, one.reference) for one in changes] == [(What.SILENT, silent.reference)]


def test_assembled_again_for_the_same_day_the_report_is_equal_whatever_came_later(
    session: Session, council: Council, lead: Person, director: Person, meeting: Meeting, lived: dict[str, Action]
) -> None:
    at = date(2026, 11, 10)
    made = make(session, council, meeting, lead, at)
    late = lived["newly_late"]
    claim = services.claim(session, late, note="Done.", by=late.owner, now=moment(date(2026, 11, 12)))
    services.accept(session, claim, finding="Seen.", by=director, now=moment(date(2026, 11, 13)))
    ask(session, council, late, "And now?", by=lead, now=moment(date(2026, 11, 14)))
    assert plain(papers.assembled(session, council, meeting, at)) == made.contents


def test_what_was_frozen_and_changed_behind_the_service_s_back_is_refused(
    session: Session, council: Council, lead: Person, meeting: Meeting, lived: dict[str, Action]
) -> None:
    made = make(session, council, meeting, lead)
    made.contents = {**made.contents, "committee": "Another"}
    with pytest.raises(MoveNotAllowed, match="changed since"):
        papers.laid_out(made, DocumentPart.PUBLIC)


def test_a_day_that_has_not_come_is_refused(session: Session, council: Council, lead: Person, meeting: Meeting) -> None:
    with pytest.raises(InvalidValue, match="not after today, 23 November 2026"):
        make(session, council, meeting, lead, TODAY + timedelta(days=1))


def test_documents_are_made_in_the_background_and_the_exempt_part_only_where_there_is_one(
    session: Session, council: Council, lead: Person, meeting: Meeting, lived: dict[str, Action], desk: Desk
) -> None:
    make(session, council, meeting, lead)
    session.commit()
    assert make_waiting(desk) == 8
    found = documents(session)
    assert {one.status for one in found} == {DocumentStatus.MADE}
    data = {(one.part, one.form): desk.files.read(one.file_key or "") for one in found}
    assert b"A secret title" not in data[DocumentPart.PUBLIC, DocumentForm.CSV]
    assert b"A secret title" in data[DocumentPart.EXEMPT, DocumentForm.CSV]
    member = make_person(session, council, Role.SCRUTINY_MEMBER)
    assert len(papers.documents(session, session.scalars(select(CommitteeReport)).one(), member)) == 4


def test_made_again_the_documents_are_the_same_files(
    session: Session, council: Council, lead: Person, meeting: Meeting, lived: dict[str, Action], desk: Desk
) -> None:
    made = make(session, council, meeting, lead)
    session.commit()
    make_waiting(desk)
    first = [one.sha256 for one in documents(session)]
    papers.ask_for_documents(session, made)
    session.commit()
    make_waiting(desk)
    assert [one.sha256 for one in documents(session)] == first
    assert len([path for path in desk.files.folder.rglob("*") if path.is_file()]) == len(first)


def test_two_who_make_at_once_make_each_document_once(
    session: Session, council: Council, lead: Person, meeting: Meeting, desk: Desk
) -> None:
    make(session, council, meeting, lead)
    session.commit()
    drawn = []

    def draw(document: Document, form: DocumentForm) -> bytes:
        drawn.append(form)
        if len(drawn) == 1:
            assert make_waiting(desk) == 3  # another process, meanwhile
        return render(document, form)

    assert make_waiting(Desk(desk.sessions, desk.files, desk.clock, draw)) == 1
    assert {one.attempts for one in documents(session)} == {1}


def test_a_document_whose_maker_was_killed_is_made_by_the_next_after_its_lease(
    session: Session, council: Council, lead: Person, meeting: Meeting, desk: Desk
) -> None:
    make(session, council, meeting, lead)
    session.commit()

    def killed(_document: Document, _form: DocumentForm) -> bytes:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_waiting(Desk(desk.sessions, desk.files, desk.clock, killed))
    assert make_waiting(desk) == 3
    [held] = [one for one in documents(session) if one.status is DocumentStatus.MAKING]
    held.lease_until = held.lease_until - 2 * LEASE if held.lease_until else None
    session.commit()
    assert make_waiting(desk) == 1


def test_what_fails_each_time_is_given_up_with_a_sentence_and_holds_up_nothing(
    session: Session, council: Council, lead: Person, meeting: Meeting, desk: Desk
) -> None:
    make(session, council, meeting, lead)
    session.commit()

    def draw(document: Document, form: DocumentForm) -> bytes:
        if form is DocumentForm.WORD:
            raise RuntimeError("no Word today")
        return render(document, form)

    make_waiting(Desk(desk.sessions, desk.files, desk.clock, draw))
    found = {one.form: one for one in documents(session)}
    assert found[DocumentForm.WORD].status is DocumentStatus.FAILED
    assert (found[DocumentForm.WORD].fault, found[DocumentForm.WORD].attempts) == (STOPPED, MOST_TRIES + 1)
    assert found[DocumentForm.CSV].status is DocumentStatus.MADE


def test_words_changed_while_a_document_is_being_made_are_in_the_document(
    session: Session, council: Council, lead: Person, meeting: Meeting, desk: Desk
) -> None:
    made = make(session, council, meeting, lead)
    session.commit()
    begun = []

    def draw(document: Document, form: DocumentForm) -> bytes:
        if not begun:
            begun.append(form)
            words = papers.written(made).words
            changed = {**words, "sections": {**words["sections"], "purpose": "A new purpose."}}
            papers.write(session, made, changed, version=made.version, by=lead, now=moment(TODAY))
            session.commit()
        return render(document, form)

    make_waiting(Desk(desk.sessions, desk.files, desk.clock, draw))
    assert {one.of_version for one in documents(session)} == {made.version}
    assert made.version > 1
    assert len([path for path in desk.files.folder.rglob("*") if path.is_file()]) == 4


def test_who_writes_on_an_older_version_is_told_and_a_ready_report_is_closed(
    session: Session, council: Council, lead: Person, meeting: Meeting
) -> None:
    made = make(session, council, meeting, lead)
    words = papers.written(made).words
    opened = made.version
    first = {**words, "fields": {**words["fields"], "wards": "Two"}}
    papers.write(session, made, first, version=opened, by=lead, now=moment(TODAY))
    session.flush()
    with pytest.raises(ChangedMeanwhile):
        papers.write(session, made, words, version=opened, by=lead, now=moment(TODAY))
    papers.declare_ready(session, made, by=lead, now=moment(TODAY))
    session.flush()
    with pytest.raises(MoveNotAllowed, match="closed"):
        papers.write(session, made, words, version=None, by=lead, now=moment(TODAY))


def test_a_question_goes_to_the_owner_and_is_due_before_the_agenda(
    session: Session, council: Council, lead: Person, meeting: Meeting
) -> None:
    action = make_action(session, council, lead=lead)
    asked = ask(session, council, action, " When? ", by=lead, now=moment(date(2026, 11, 16)))
    assert (asked.owner_id, asked.meeting_id, asked.words) == (action.owner_id, meeting.id, "When?")
    assert asked.due_on == date(2026, 11, 20)  # the agenda of Tuesday 1 December comes on Monday 23 November
    late = ask(session, council, action, "And?", by=lead, now=moment(TODAY))
    assert (late.meeting_id, late.due_on) == (None, date(2026, 12, 7))  # too late for it: ten working days
    session.flush()
    answer(session, asked, "Soon.", by=action.owner, now=moment(TODAY))
    with pytest.raises(MoveNotAllowed, match="answered already"):
        answer(session, asked, "Later.", by=lead, now=moment(TODAY))


def test_a_meeting_that_a_report_or_a_question_hangs_on_stays(
    session: Session, council: Council, lead: Person, meeting: Meeting
) -> None:
    free = committees.add_meeting(session, meeting.committee, date(2027, 3, 1), by=lead, now=moment(TODAY))
    committees.remove_meeting(session, free, by=lead, now=moment(TODAY))
    with pytest.raises(InvalidValue, match="meets on 1 December 2026 already"):
        committees.add_meeting(session, meeting.committee, NEXT, by=lead, now=moment(TODAY))
    make(session, council, meeting, lead)
    with pytest.raises(MoveNotAllowed, match="cannot be taken out"):
        committees.remove_meeting(session, meeting, by=lead, now=moment(TODAY))


def test_what_has_changed_is_read_by_index(session: Session, council: Council, database_kind: str) -> None:
    if database_kind != "sqlite":
        pytest.skip("PostgreSQL reads a small table whole")
    question = "SELECT kind FROM history WHERE council_id = 1 AND at >= '2026' AND at < '2027' ORDER BY at, sequence"
    plan = " ".join(str(line) for line in session.execute(text(f"EXPLAIN QUERY PLAN {question}")))
    assert "ix_history_at" in plan
    assert "TEMP B-TREE" not in plan
