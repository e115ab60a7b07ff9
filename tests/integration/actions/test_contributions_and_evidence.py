"""The bodies' lines of an action, and the files that show what was done."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.integration.actions.made import NOW, Desk
from tracker.actions import contributions, evidence, queries, services
from tracker.actions.evidence import Shown, Upload, clean_filename
from tracker.adapters.files import Files
from tracker.errors import InvalidValue, MoveNotAllowed, NotAllowed, NotFound
from tracker.models import Contribution, Evidence, Person
from tracker.terms import OPEN_DELIVERY, ContributionStatus, Delivery, Marking


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "files")


def say(
    desk: Desk, line: Contribution, by: Person, status: ContributionStatus = ContributionStatus.DONE, note: str = ""
) -> None:
    contributions.set_contribution(desk.session, desk.action, line, status=status, note=note, by=by, now=NOW)


@pytest.mark.parametrize("who", ["owner", "lead", "other_lead"])
def test_where_a_bodys_line_stands_is_noted_with_what_they_said(desk: Desk, who: str) -> None:
    line = desk.line()
    say(desk, line, getattr(desk, who), ContributionStatus.IN_PROGRESS, " A clinic day a week. ")
    assert (line.status, line.note, line.replied_at) == (ContributionStatus.IN_PROGRESS, "A clinic day a week.", NOW)
    last = desk.last()
    assert (last.kind, last.note) == ("action:contribution", "A clinic day a week.")
    assert last.sentence == "noted The hospital trust: in progress"
    assert last.before == {"body_id": line.body_id, "status": "no_reply"}
    assert last.after == {"body_id": line.body_id, "status": "in_progress"}


def test_what_they_said_before_stays_where_nothing_new_is_said(desk: Desk) -> None:
    line = desk.line()
    say(desk, line, desk.owner, note="A clinic day a week.")
    say(desk, line, desk.owner, note="  ")
    assert line.note == "A clinic day a week."
    assert desk.last().note is None


def test_nobody_else_changes_a_bodys_line(desk: Desk) -> None:
    line = desk.line()
    with pytest.raises(NotAllowed, match="The owner or a lead can"):
        say(desk, line, desk.member)
    assert line.status is ContributionStatus.NO_REPLY


@pytest.mark.parametrize("delivery", sorted(set(Delivery) - OPEN_DELIVERY))
def test_the_lines_of_what_has_ended_stay_as_they_were(desk: Desk, delivery: Delivery) -> None:
    line = desk.line()
    desk.action.delivery = delivery
    with pytest.raises(MoveNotAllowed, match=delivery.label):
        say(desk, line, desk.owner)
    assert line.status is ContributionStatus.NO_REPLY


def test_a_line_is_found_by_its_id_within_its_action_only(desk: Desk) -> None:
    line = desk.line()
    assert queries.contribution(desk.action, line.id) is line
    with pytest.raises(NotFound):
        queries.contribution(desk.action, line.id + 1)


def test_a_file_is_kept_with_its_digest_and_marked_as_its_action(desk: Desk, files: Files) -> None:
    desk.action.marking = Marking.CONFIDENTIAL
    update = services.write_update(desk.session, desk.action, text="Log read.", by=desk.owner, now=NOW)
    (row,) = evidence.attach(
        desk.session,
        files,
        desk.action,
        [Upload("log.pdf", b"%PDF-1.7")],
        by=desk.owner,
        now=NOW,
        shown=Shown(update=update),
    )
    desk.session.commit()
    assert files.read(row.file_key or "") == b"%PDF-1.7"
    assert (row.filename, row.media_type, row.size) == ("log.pdf", "application/pdf", 8)
    assert (row.update_id, row.claim_id, row.marking) == (update.id, None, Marking.CONFIDENTIAL)
    last = desk.last()
    assert (last.kind, last.sentence) == ("action:evidence_added", "added the file log.pdf")
    assert last.after == {"sha256": row.sha256, "size": 8}
    assert queries.evidence(desk.session, row.id) is row
    assert queries.evidence_of(desk.session, desk.action) == [row]


def test_files_handed_in_with_a_claim_are_found_by_it(desk: Desk, files: Files) -> None:
    made = desk.claim()
    uploads = [Upload("one.txt", b"1"), Upload("two.txt", b"2")]
    kept = evidence.attach(desk.session, files, desk.action, uploads, by=desk.owner, now=NOW, shown=Shown(claim=made))
    desk.session.commit()
    assert queries.evidence_of_claims(desk.session, [made.id]) == {made.id: kept}
    assert queries.evidence_of_claims(desk.session, []) == {}


def test_an_empty_file_is_refused_by_name_and_none_of_its_company_is_left_behind(desk: Desk, files: Files) -> None:
    uploads = [Upload("log.txt", b"log"), Upload("empty.txt", b"")]
    with pytest.raises(InvalidValue, match=r"^empty.txt is empty"):
        evidence.attach(desk.session, files, desk.action, uploads, by=desk.owner, now=NOW)
    desk.session.flush()
    assert desk.session.scalar(select(func.count(Evidence.id))) == 0
    assert [path for path in files.folder.rglob("*") if path.is_file()] == []


def test_an_unknown_file_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        queries.evidence(desk.session, 999_999)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("audit sample.xlsx", "audit sample.xlsx"),
        ("C:\\Users\\ann\\log.txt", "log.txt"),
        ("../../etc/passwd", "passwd"),
        ("a/b/", "file"),
        ("", "file"),
        ("...", "file"),
        ("log\u202etxt.exe", "logtxt.exe"),
        ("log\r\nSet-Cookie: x.txt", "logSet-Cookie x.txt"),
        ('a"<b>|:*?c.txt', "abc.txt"),
        ("x" * 200 + ".txt", "x" * 146 + ".txt"),
    ],
)
def test_of_a_files_name_only_what_can_be_shown_is_kept(typed: str, shown: str) -> None:
    assert clean_filename(typed) == shown
