"""The pack for the next inspection on a real database: gathered, frozen, made in the background under a lease."""

import csv
import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from threading import Barrier, Thread
from typing import BinaryIO
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session, sessionmaker

from tests.factories import (
    make_action,
    make_body,
    make_council,
    make_judgement,
    make_link,
    make_pause,
    make_point,
    make_report,
    make_statement,
    make_step,
    make_update,
)
from tests.integration.assessments.packs import HUSH, SECRET, TODAY, gathered, make, moment, one_of, opened, rows
from tracker import chores
from tracker.actions import evidence, extensions, holding, services
from tracker.adapters.files import Files, StoredFile
from tracker.assessments.pack import packs
from tracker.assessments.pack.gathering import assembled
from tracker.assessments.pack.making import PACKS
from tracker.assessments.pack.packs import MARKED, Wanted
from tracker.assessments.pack.pieces import Line
from tracker.errors import InvalidValue, MoveNotAllowed, NotFound
from tracker.jobs import Worker
from tracker.models import (
    Action,
    AreaName,
    Contribution,
    Council,
    Evidence,
    HoldingCheck,
    PackFile,
    Person,
    Report,
    work_for,
    work_for_all,
)
from tracker.models.transactions import write_for
from tracker.scrutiny.document import Document
from tracker.scrutiny.making import LEASE, Desk, LeaseLost, make_waiting
from tracker.terms import (
    CloseReason,
    ContributionStatus,
    Delivery,
    DocumentForm,
    DocumentPart,
    DocumentStatus,
    HoldingOutcome,
    LinkKind,
    Marking,
    Origin,
    PackForm,
    ProgressJudgement,
    ReportStatus,
    Scan,
)


def test_a_recommendation_tells_its_whole_life_in_order(
    session: Session, council: Council, lived: Action, files: Files
) -> None:
    tracked = one_of(gathered(session, council, files)).tracked
    assert tracked is not None
    assert [(entry.on, entry.what, entry.words) for entry in tracked.entries] == [
        (date(2026, 8, 1), "Update", "The post is advertised."),
        (
            date(2026, 8, 21), "Date moved",
            "From 1 September 2026 to 1 October 2026. Nobody applied. Meanwhile: A nurse is lent.",
        ),
        (date(2026, 9, 20), "Claimed as done", "She has begun."),
        (date(2026, 9, 22), "Checked, and returned", "The rota is empty."),
        (date(2026, 9, 25), "Claimed as done", "The rota is full."),
        (date(2026, 9, 28), "Checked: it is done", "Seen at the clinic."),
    ]  # fmt: skip
    assert tracked.stands == "done 25 September 2026, 24 days after the original date, 1 September 2026"
    assert tracked.moved == "Moved once, 30 days gained: now 1 October 2026"
    owner = lived.owner.name
    assert [(one.name, one.held, one.by) for one in tracked.proofs] == [
        ("contract signed.txt", "", owner),
        ("rota.pdf", "", f"{owner}, who checked it"),
        ("example.org/minutes", "", owner),
    ]


def test_the_headline_counts_by_the_rules_of_the_figures(
    session: Session, council: Council, lived: Action, report: Report, lead: Person, files: Files
) -> None:
    make_action(session, council, report=report, lead=lead, due=date(2026, 9, 1), marking=Marking.CONFIDENTIAL)
    make_action(session, council, report=report, lead=lead, due=date(2027, 1, 1))
    totals = gathered(session, council, files).totals
    assert (totals.implemented, totals.accepted, totals.on_time, totals.due_or_done, totals.late) == (1, 3, 0, 2, 1)


def test_areas_go_by_the_council_s_own_names(
    session: Session, council: Council, lived: Action, report: Report, files: Files
) -> None:
    lived.point.section = "Health and well-being:"
    make_judgement(session, report, "Health and well-being")
    session.add(
        AreaName(
            council_id=council.id, name="Health and well-being", plain="health and well-being", common="Being healthy"
        )
    )
    found = gathered(session, council, files)
    assert one_of(found).area == "Being healthy"
    assert found.reports[0].areas == ("Areas for improvement", "Being healthy")


def test_as_at_a_past_day_it_is_told_as_it_stood(
    session: Session, council: Council, lived: Action, files: Files
) -> None:
    tracked = one_of(gathered(session, council, files, date(2026, 9, 24))).tracked
    assert tracked is not None
    assert tracked.delivery is Delivery.IN_PROGRESS
    assert tracked.stands == "23 days late: the original date was 1 September 2026"
    assert tracked.entries[-1].what == "Checked, and returned"
    assert len(tracked.proofs) == 2
    before = one_of(gathered(session, council, files, date(2026, 8, 10))).tracked
    assert before is not None
    assert (before.moves, before.proofs) == ((), ())


def test_what_was_closed_opened_again_and_not_looked_at_again_is_told(
    session: Session, council: Council, lived: Action, lead: Person, director: Person, files: Files
) -> None:
    check = session.scalars(select(HoldingCheck).where(HoldingCheck.months == 3)).one()
    check.due_date = date(2026, 11, 1)
    services.reopen(session, lived, reason="She has left.", by=lead, now=moment(date(2026, 11, 10)))
    services.close(
        session, lived, code=CloseReason.NO_LONGER_APPLIES, reason="The clinic moved.", by=director,
        now=moment(date(2026, 11, 20)),
    )  # fmt: skip
    tracked = one_of(gathered(session, council, files)).tracked
    assert tracked is not None
    assert [(entry.what, entry.words) for entry in tracked.entries[-2:]] == [
        ("Opened again", "She has left."),
        ("Closed, not completed", "It no longer applies. The clinic moved."),
    ]
    assert tracked.stands == "closed 20 November 2026, not completed; the original date was 1 September 2026"
    earlier = one_of(gathered(session, council, files, date(2026, 11, 5))).tracked
    assert earlier is not None
    assert [entry.what for entry in earlier.entries if entry.on == date(2026, 11, 1)] == ["Not looked at again yet"]


def test_requests_pauses_steps_and_bodies_are_told(
    session: Session, council: Council, lived: Action, lead: Person, report: Report, files: Files
) -> None:
    action = make_action(session, council, report=report, lead=lead, due=date(2026, 10, 1))
    for asked_on, agreed in ((date(2026, 9, 1), False), (date(2026, 9, 10), None)):
        asked = extensions.ask_for_more_time(
            session, action, until=date(2026, 12, 1), reason="The post is vacant.", safeguard="A check.",
            by=action.owner, now=moment(asked_on),
        )  # fmt: skip
        if agreed is not None:
            note = "It was known."
            extensions.decide_extension(session, asked, agreed=agreed, note=note, by=lead, now=moment(asked_on, 12))
    make_pause(session, action, decided_at=moment(date(2026, 9, 20)))
    make_step(session, action, date(2026, 9, 25), done=True, title="Write it")
    make_step(session, action, date(2026, 9, 30), title="Sample it")
    make_step(session, action, date(2026, 12, 30), title="Look at it again")
    body = make_body(session, council, "Northbrook Hospital Trust")
    line = Contribution(council_id=council.id, action_id=action.id, body_id=body.id, note="A clinic day.")
    line.status, line.replied_at = ContributionStatus.IN_PROGRESS, moment(date(2026, 10, 2))
    session.add(line)
    found = {
        one.tracked.reference: one.tracked
        for _, one in gathered(session, council, files).recommendations
        if one.tracked
    }
    tracked = found[action.reference]
    asked_for = "From 1 October 2026 to 1 December 2026. The post is vacant. Meanwhile: A check."
    assert [(entry.what, entry.words) for entry in tracked.entries] == [
        ("More time refused", f"{asked_for} Refused: It was known."),
        ("More time asked for", asked_for),
        ("Paused", "Until 20 December 2026. The post is vacant. Meanwhile: A weekly check by the manager."),
        ("Step done", "Write it"),
        ("Step not done by its date", "Sample it"),
    ]
    assert tracked.bodies == (Line("Northbrook Hospital Trust", "In progress", "A clinic day."),)
    assert tracked.stands == "53 days late: the original date was 1 October 2026"
    past = gathered(session, council, files, date(2026, 10, 1))
    then = next(
        one.tracked for _, one in past.recommendations if one.tracked and one.tracked.reference == action.reference
    )
    assert then.bodies == (Line("Northbrook Hospital Trust", "No reply yet", ""),)
    assert then.stands == "due today: 1 October 2026"


def test_what_was_found_months_later_is_told(
    session: Session, council: Council, lived: Action, lead: Person, files: Files
) -> None:
    check = session.scalars(select(HoldingCheck).where(HoldingCheck.months == 3)).one()
    check.due_date = date(2026, 11, 1)
    holding.look_again(
        session, check, outcome=HoldingOutcome.HOLDING, finding="Four of five.", by=lead, now=moment(date(2026, 11, 2))
    )
    tracked = one_of(gathered(session, council, files)).tracked
    assert tracked is not None
    assert (tracked.entries[-1].what, tracked.entries[-1].words) == (
        "Looked again after 3 months: still so", "Four of five."
    )  # fmt: skip


def test_what_came_in_closed_says_why_without_a_history(
    session: Session, council: Council, lived: Action, report: Report, lead: Person, director: Person, files: Files
) -> None:
    closed = make_action(
        session, council, report=report, lead=lead, delivery=Delivery.CLOSED_NOT_COMPLETED,
        close_reason=CloseReason.SUPERSEDED, successor_id=lived.id, closed_by_id=director.id,
    )  # fmt: skip
    found = [one.tracked for _, one in gathered(session, council, files).recommendations if one.tracked]
    [told] = [one.closed_because for one in found if one.reference == closed.reference]
    assert told == f"Another action has taken its place. It is {lived.reference}. Approved by Ruth Calder."


def test_what_a_later_letter_says_stands_beside_it_and_is_marked_where_it_differs(
    session: Session, council: Council, lived: Action, lead: Person, files: Files
) -> None:
    later = make_report(
        session, council, code="WES-2027", published=date(2026, 11, 1), inspection_end=date(2026, 10, 20)
    )
    said = make_statement(session, later, quote="There is no nurse.", judgement=ProgressJudgement.LIMITED_PROGRESS)
    make_link(session, later, lived, statement=said, by=lead)
    again = make_point(session, later, words="Appoint a second nurse.", page=4)
    make_link(session, later, lived, point=again)  # only suggested
    found = gathered(session, council, files)
    one = next(one for _, one in found.recommendations if one.tracked)
    assert [(each.report, each.what, each.quote) for each in one.said] == [
        ("WES-2027", "Limited progress", "There is no nurse.")
    ]
    assert [each.told for each in one.different] == [
        "WES-2027: We say completed and checked. The inspectors say limited progress."
    ]
    assert found.suggested == 1


def test_what_a_letter_repeats_is_told_with_the_action_that_tracks_it(
    session: Session, council: Council, lived: Action, lead: Person, files: Files
) -> None:
    later = make_report(session, council, code="WES-2027", published=date(2026, 11, 1))
    point = make_point(session, later, origin=Origin.JOINT_AREA_REVIEW, read_position=0)
    make_statement(session, later, 0, quote="A nurse is there.", judgement=ProgressJudgement.COMPLETED)
    make_link(session, later, lived, point=point, by=lead, kind=LinkKind.REPEATED)
    first, again = (one for _, one in gathered(session, council, files).recommendations)
    assert again.tracked is not None
    assert (again.tracked.reference, again.elsewhere) == (lived.reference, lived.report.code)
    assert [each.quote for each in again.said] == ["A nurse is there."]
    assert [each.what for each in first.said] == ["Completed", "The same recommendation repeated"]
    assert gathered(session, council, files).totals.accepted == 1


def test_the_statements_do_not_grow_with_the_recommendations(
    session: Session, council: Council, lead: Person, report: Report, files: Files, engine: Engine
) -> None:
    def statements() -> int:
        session.flush()
        session.expire_all()
        counted: list[str] = []

        def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            counted.append(statement)

        event.listen(engine, "before_cursor_execute", count)
        assembled(session, council, files, TODAY)
        event.remove(engine, "before_cursor_execute", count)
        return len(counted)

    def add() -> None:
        action = make_action(session, council, report=report, lead=lead)
        make_update(session, action, at=moment(date(2026, 8, 1)))

    for _ in range(2):
        add()
    few = statements()
    for _ in range(8):
        add()
    assert statements() == few


def test_every_file_in_the_zip_is_what_was_uploaded_and_the_index_tells_its_number(
    session: Session, council: Council, lead: Person, lived: Action, files: Files, desk: Desk
) -> None:
    make(session, council, files, lead)
    session.commit()
    assert make_waiting(desk) == 3
    found = rows(session)
    assert {one.status for one in found.values()} == {DocumentStatus.MADE}
    archive = opened(session, files)
    assert archive.testzip() is None
    assert archive.namelist() == [
        "index.xlsx", "index.csv", "evidence/E1-contract-signed.txt", "evidence/E2-rota.pdf"
    ]  # fmt: skip
    assert archive.read("evidence/E1-contract-signed.txt") == b"signed\n" * 50
    assert archive.read("evidence/E2-rota.pdf") == b"%PDF-1.7 rota"
    lines = list(csv.reader(StringIO(archive.read("index.csv").decode("utf-8-sig"))))
    listed = lines[lines.index(["Evidence"]) + 2 :]
    assert [(line[0], line[3], line[5]) for line in listed] == [
        ("E1", "evidence/E1-contract-signed.txt", lived.reference),
        ("E2", "evidence/E2-rota.pdf", lived.reference),
        ("E3", "", lived.reference),
    ]
    assert listed[0][-1] == hashlib.sha256(b"signed\n" * 50).hexdigest()
    zipped = found[DocumentPart.PUBLIC, PackForm.ZIP]
    assert (zipped.done, zipped.steps) == (2, 2)
    assert zipped.sha256 == hashlib.sha256(files.read(zipped.file_key or "")).hexdigest()


def test_what_a_scanner_has_not_passed_and_what_is_gone_is_listed_and_held_back(
    session: Session, council: Council, lead: Person, lived: Action, files: Files, desk: Desk
) -> None:
    first, second = session.scalars(select(Evidence).where(Evidence.file_key.is_not(None)).order_by(Evidence.id))
    first.scan = Scan.REFUSED
    files.remove(second.file_key or "")
    tracked = one_of(gathered(session, council, files)).tracked
    assert tracked is not None
    assert [one.held for one in tracked.proofs] == [Scan.REFUSED.label, "The file is not there any more", ""]
    make(session, council, files, lead)
    assert (DocumentPart.PUBLIC, PackForm.ZIP) not in rows(session)  # nothing is left to put into one


def test_exempt_is_in_a_part_of_its_own_by_choice_and_confidential_in_none(
    session: Session, council: Council, lead: Person, report: Report, files: Files, desk: Desk
) -> None:
    actions = {}
    for word, marking in ((SECRET, Marking.EXEMPT), (HUSH, Marking.CONFIDENTIAL), ("An open one", Marking.OPEN)):
        action = make_action(session, council, report=report, lead=lead, title=word, marking=marking)
        make_update(session, action, at=moment(date(2026, 8, 1)), text=word).marking = marking
        upload = evidence.Upload(f"{word}.txt", word.encode())
        evidence.attach(session, files, action, [upload], by=action.owner, now=moment(date(2026, 8, 1)))
        action.point.words = action.point.title = word
        actions[marking] = action
    without = make(session, council, files, lead)
    made = make(session, council, files, lead, with_exempt=True)
    session.commit()
    assert SECRET not in str(without.contents)
    assert HUSH not in str(made.contents) + str(without.contents)
    make_waiting(desk)
    told = {}
    for one in session.scalars(select(PackFile).order_by(PackFile.id)):
        data = files.read(one.file_key or "")
        told[one.pack_id, one.part, one.form] = data + unpacked(data)
    assert {key[1] for key in told if key[0] == without.id} == {DocumentPart.PUBLIC}
    for (pack_id, part, form), data in told.items():
        assert HUSH.encode() not in data, (pack_id, part, form)
        if part is DocumentPart.PUBLIC:
            assert SECRET.encode() not in data, (pack_id, form)
            assert SECRET.replace(" ", "-").encode() not in data, (pack_id, form)
            assert actions[Marking.EXEMPT].reference.encode() not in data, (pack_id, form)
    assert SECRET.encode() in told[made.id, DocumentPart.EXEMPT, PackForm.WORD]
    assert opened(session, files, DocumentPart.EXEMPT).namelist()[2:] == ["evidence/X1-Canary-in-the-cellar.txt"]


def unpacked(data: bytes) -> bytes:
    """What is in a zip, or in a Word file, and in the workbook inside it; the text of a PDF."""
    import io  # noqa: PLC0415

    import pypdfium2  # noqa: PLC0415

    if data.startswith(b"%PDF-"):
        pages = pypdfium2.PdfDocument(data)
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages).encode()
    if not data.startswith(b"PK"):
        return b""
    with ZipFile(io.BytesIO(data)) as archive:
        inside = [archive.read(name) for name in archive.namelist()]
    return b" ".join([*inside, *(unpacked(one) for one in inside if one.startswith(b"PK"))])


def test_the_same_contents_are_one_pack_however_often_it_is_asked_for(
    session: Session, council: Council, lead: Person, director: Person, lived: Action, files: Files
) -> None:
    first = make(session, council, files, lead)
    again, is_new = packs.make_pack(
        session, council, files, Wanted(TODAY), by=director, today=TODAY, now=moment(hour=15)
    )
    assert (again.id, is_new) == (first.id, False)
    make_update(session, lived, at=moment(hour=11), text="She is still there.")
    assert make(session, council, files, lead).id != first.id
    assert session.scalar(select(func.count()).select_from(PackFile)) == 6


def test_two_requests_at_once_give_one_pack(
    session: Session, council: Council, lead: Person, lived: Action, files: Files, sessions: sessionmaker[Session]
) -> None:
    session.commit()
    council_id, lead_id, start = council.id, lead.id, Barrier(2)
    made: list[int] = []

    def ask() -> None:
        start.wait()
        with write_for(sessions, council_id) as own:
            asked, by = own.get_one(Council, council_id), own.get_one(Person, lead_id)
            pack, _ = packs.make_pack(own, asked, files, Wanted(TODAY), by=by, today=TODAY, now=moment())
            made.append(pack.id)

    both = [Thread(target=ask) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(made) == 2
    assert len(set(made)) == 1
    assert session.scalar(select(func.count()).select_from(PackFile)) == 3


def test_made_again_the_files_are_the_same(
    session: Session, council: Council, lead: Person, lived: Action, files: Files, desk: Desk
) -> None:
    made = make(session, council, files, lead)
    session.commit()
    make_waiting(desk)
    first = {key: one.sha256 for key, one in rows(session).items()}
    for one in rows(session).values():
        one.status = DocumentStatus.FAILED
    packs.ask_again(session, made)
    session.commit()
    assert make_waiting(desk) == 3
    assert {key: one.sha256 for key, one in rows(session).items()} == first
    kept = [path for path in files.folder.rglob("*") if path.is_file()]
    assert len(kept) == 2 + 3  # what was uploaded, and one of each file


def killed(_document: Document, _form: DocumentForm) -> bytes:
    raise KeyboardInterrupt


def test_a_file_whose_maker_was_killed_is_made_by_the_next_after_its_lease(
    session: Session, council: Council, lead: Person, lived: Action, files: Files, desk: Desk
) -> None:
    make(session, council, files, lead)
    session.commit()
    with pytest.raises(KeyboardInterrupt):
        make_waiting(Desk(desk.sessions, files, desk.clock, killed, kinds=(PACKS,)))
    assert make_waiting(desk) == 2
    [held] = [one for one in rows(session).values() if one.status is DocumentStatus.MAKING]
    held.lease_until = held.lease_until - 2 * LEASE if held.lease_until else None
    session.commit()
    assert make_waiting(desk) == 1


class CutOff(Files):
    """Files whose writer is killed after the first bytes."""

    def keep_written(self, council_id: int, write: Callable[[BinaryIO], None]) -> StoredFile:
        def begun(into: BinaryIO) -> None:
            write(into)
            into.truncate(100)
            raise KeyboardInterrupt

        return super().keep_written(council_id, begun)


def test_a_zip_that_was_cut_off_in_the_middle_leaves_nothing_and_is_made_again(
    session: Session, council: Council, lead: Person, lived: Action, files: Files, desk: Desk
) -> None:
    make(session, council, files, lead)
    session.commit()
    with pytest.raises(KeyboardInterrupt):
        make_waiting(replace(desk, files=CutOff(files.folder)))
    row = rows(session)[DocumentPart.PUBLIC, PackForm.ZIP]
    assert (row.status, row.file_key) == (DocumentStatus.MAKING, None)
    assert not list(files.folder.rglob("*.part"))
    row.lease_until = row.lease_until - 2 * LEASE if row.lease_until else None
    session.commit()
    assert make_waiting(desk) == 1
    assert opened(session, files).testzip() is None


KILLED = """
import os, signal, sys
from pathlib import Path
from tracker.adapters.files import Files
from tracker.assessments.pack.making import PACKS
from tracker.clock import SystemClock
from tracker.db import make_engine, make_sessions
from tracker.scrutiny.making import Desk, make_waiting

class Killed(Files):
    def keep_written(self, council_id, write):
        def begun(into):
            write(into)
            into.flush()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().keep_written(council_id, begun)

make_waiting(Desk(make_sessions(make_engine(sys.argv[1])), Killed(Path(sys.argv[2])), SystemClock(), kinds=(PACKS,)))
"""


def test_a_process_killed_while_it_writes_the_zip_leaves_it_to_be_made_again(
    session: Session, council: Council, lead: Person, lived: Action, files: Files, desk: Desk, database_url: str
) -> None:
    make(session, council, files, lead)
    session.commit()
    ended = subprocess.run([sys.executable, "-c", KILLED, database_url, str(files.folder)], check=False, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    row = rows(session)[DocumentPart.PUBLIC, PackForm.ZIP]
    assert (row.status, row.file_key, row.done) == (DocumentStatus.MAKING, None, 2)
    assert len(list(files.folder.rglob("*.part"))) == 1  # a day later nothing is left of it
    assert make_waiting(desk) == 0  # its lease still runs
    rows(session)[DocumentPart.PUBLIC, PackForm.ZIP].lease_until = moment(date(2020, 1, 1))
    session.commit()
    assert make_waiting(desk) == 1
    archive = opened(session, files)
    assert archive.testzip() is None
    assert archive.read("evidence/E2-rota.pdf") == b"%PDF-1.7 rota"


def test_the_page_can_say_how_many_files_are_in_and_who_has_lost_the_lease_leaves_off(
    session: Session, council: Council, lead: Person, lived: Action, files: Files, desk: Desk
) -> None:
    made = make(session, council, files, lead)
    session.commit()
    told: list[tuple[int, int]] = []

    class Watched(Files):
        def keep_written(self, council_id: int, write: Callable[[BinaryIO], None]) -> StoredFile:
            stored = super().keep_written(council_id, write)
            with write_for(desk.sessions, council_id) as own:
                row = own.scalars(select(PackFile).where(PackFile.form == PackForm.ZIP)).one()
                told.append((row.done, row.steps))
                row.ask_again(row.asked_at + timedelta(days=1))  # somebody wants it anew, tomorrow
            with pytest.raises(LeaseLost):
                super().keep_written(council_id, write)
            return stored

    make_waiting(replace(desk, files=Watched(files.folder)))
    assert told == [(2, 2)]
    row = rows(session)[DocumentPart.PUBLIC, PackForm.ZIP]
    assert (row.status, row.file_key) == (DocumentStatus.WAITING, None)
    assert len([path for path in files.folder.rglob("*") if path.is_file()]) == 2 + 2  # what came late is nobody's
    assert len(packs.files_of(session, made)) == 3


@pytest.mark.parametrize("what", ["changed", "gone"])
def test_one_file_that_is_damaged_or_gone_is_named_and_the_zip_is_made_without_it(
    session: Session, council: Council, lead: Person, lived: Action, files: Files, desk: Desk, what: str
) -> None:
    made = make(session, council, files, lead)
    session.commit()
    path = files.path(session.scalars(select(Evidence).where(Evidence.filename == "rota.pdf")).one().file_key or "")
    whole = path.read_bytes()
    if what == "gone":
        path.unlink()
    else:
        path.write_bytes(b"%PDF-1.7 atol")
    make_waiting(desk)
    zipped = rows(session)[DocumentPart.PUBLIC, PackForm.ZIP]
    why = {"changed": "the file is damaged", "gone": "the file is not there any more"}[what]
    assert (zipped.status, zipped.done) == (DocumentStatus.MADE, 1)
    assert zipped.fault == f"E2, rota.pdf, is not in the zip: {why}. Tell your administrator."
    assert opened(session, files).namelist()[2:] == ["evidence/E1-contract-signed.txt"]
    path.write_bytes(whole)  # from a backup
    assert packs.ask_again(session, made) == 1
    session.commit()
    make_waiting(desk)
    assert rows(session)[DocumentPart.PUBLIC, PackForm.ZIP].fault is None
    assert opened(session, files).namelist()[2:] == ["evidence/E1-contract-signed.txt", "evidence/E2-rota.pdf"]


@pytest.mark.parametrize("what", ["action", "evidence"])
def test_what_is_marked_exempt_before_the_files_are_made_is_not_made(
    session: Session, council: Council, lead: Person, lived: Action, files: Files, desk: Desk, what: str
) -> None:
    made = make(session, council, files, lead)
    session.commit()
    assert packs.marked_since(session, packs.frozen(made)) == 0
    if what == "action":
        lived.marking = Marking.EXEMPT
    else:
        session.scalars(select(Evidence).where(Evidence.filename == "rota.pdf")).one().marking = Marking.EXEMPT
    session.commit()
    assert packs.marked_since(session, packs.frozen(made)) == 1
    make_waiting(desk)
    assert {(one.status, one.fault) for one in rows(session).values()} == {(DocumentStatus.FAILED, MARKED)}


def test_what_was_frozen_and_changed_behind_the_service_s_back_is_refused(
    session: Session, council: Council, lead: Person, lived: Action, files: Files
) -> None:
    made = make(session, council, files, lead)
    made.contents = {**made.contents, "council": "Another"}
    with pytest.raises(MoveNotAllowed, match="changed since"):
        packs.frozen(made)


def test_days_and_reports_that_cannot_be_are_refused_with_a_sentence(
    session: Session, council: Council, lead: Person, report: Report, files: Files
) -> None:
    report.confirmed_at = moment(date(2026, 8, 1))
    reading = make_report(session, council, added_by=lead, status=ReportStatus.BEING_CHECKED)
    theirs_council = make_council(session, "Northbrook") if not work_for_all(session) else council
    theirs = make_report(session, theirs_council)
    session.flush()
    work_for(session, council.id)
    with pytest.raises(InvalidValue, match="not after today, 23 November 2026"):
        make(session, council, files, lead, TODAY + timedelta(days=1))
    with pytest.raises(InvalidValue, match="No report had been confirmed by then"):
        make(session, council, files, lead, date(2026, 7, 31))
    for report_id in (reading.id, theirs.id, 99_999):
        with pytest.raises(InvalidValue, match="Choose a report"):
            make(session, council, files, lead, report_id=report_id)


def test_another_council_s_pack_is_not_found(
    session: Session, council: Council, lead: Person, lived: Action, files: Files
) -> None:
    made = make(session, council, files, lead)
    session.commit()
    work_for_all(session)
    other = make_council(session, "Northbrook")
    work_for(session, other.id)
    session.expunge_all()
    with pytest.raises(NotFound):
        packs.pack(session, made.id)
    assert packs.packs(session) == []


def test_a_pack_of_one_report_has_no_other_s_recommendations(
    session: Session, council: Council, lead: Person, lived: Action, report: Report, files: Files
) -> None:
    make_action(session, council, lead=lead)
    found = gathered(session, council, files, only=report)
    assert [one.code for one in found.reports] == [report.code]
    assert found.totals.accepted == 1
    assert len(gathered(session, council, files).reports) == 2


def test_the_scheduler_makes_what_no_web_process_has_made_and_tidies_what_was_left_unfinished(
    session: Session, council: Council, lead: Person, lived: Action, files: Files, worker: Worker
) -> None:
    make(session, council, files, lead)
    session.commit()
    left = files.folder / str(council.id) / "left.part"
    left.write_bytes(b"the beginning")
    long_ago = worker.clock.now().timestamp() - 2 * 86_400
    os.utime(left, (long_ago, long_ago))
    worker.settings = replace(worker.settings, reading_look_seconds=0)
    chores.make_documents(worker)
    chores.tidy(worker)
    assert {one.status for one in rows(session).values()} == {DocumentStatus.MADE}
    assert not left.exists()
