"""The command line: what each command does, and one sentence with an exit code where it cannot."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, text
from sqlalchemy.orm import Session, sessionmaker

from tests.factories import make_action, make_council, make_intake, make_person
from tests.sinks import smtp_sink
from tracker import audit, demonstration
from tracker.accounts import passwords
from tracker.checkup import examine
from tracker.cli import main
from tracker.config import from_environment
from tracker.db import make_engine, make_sessions, writing
from tracker.models import Council, Message, Person, work_for_all
from tracker.terms import IntakeStatus, MessageStatus, Role

PASSWORD = "three random words"
REPORTS = Path(demonstration.__file__).parent / "reports"
ADD = (
    "council",
    "add",
    "--name",
    "Westmere Council",
    "--authority",
    "Westmere",
    "--slug",
    "westmere",
    "--prefix",
    "wes",
)
PERSON = (
    "people", "add", "--council", "westmere", "--name", "Jo Fenwick", "--email", "Jo@westmere.example",
    "--post", "Performance officer", "--role", "administrator", "--password", PASSWORD,
)  # fmt: skip
Run = Callable[..., Result]


@pytest.fixture
def environ(database_url: str, tmp_path: Path) -> dict[str, str]:
    return {
        "TRACKER_DATABASE_URL": database_url,
        "TRACKER_SECRET_KEY": "k" * 48,
        "TRACKER_BASE_URL": "http://127.0.0.1:8000",
        "TRACKER_FILES": str(tmp_path / "files"),
    }


@pytest.fixture
def run(environ: dict[str, str]) -> Run:
    def run(*arguments: object, **changed: str) -> Result:
        return CliRunner().invoke(main, [str(one) for one in arguments], env=environ | changed)

    return run


def refused(result: Result) -> str:
    """The one sentence a refusal is."""
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    (line,) = result.output.strip().splitlines()
    return line


@pytest.fixture
def report(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    path = tmp_path / "reports" / "report.txt"
    words = (REPORTS / "inspection.txt").read_text("utf-8")
    path.write_text(words.format(start="9 March 2026", end="20 March 2026", published="8 May 2026"), "utf-8")
    return path


def test_a_report_is_read_and_told_in_lines(run: Run, report: Path) -> None:
    result = run("read", report)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0].startswith("Inspection of safeguarding and looked after children services")
    assert lines[1].endswith("inspected until 2026-03-20")
    assert lines[2].startswith("  1  Immediately: ensure that every referral")
    assert lines[-1].startswith("9 action points, ")


def test_a_report_is_read_as_json(run: Run, report: Path) -> None:
    result = run("read", report, "--json")
    assert result.exit_code == 0
    assert len(json.loads(result.output)["action_points"]) == 9


def test_what_is_not_known_of_a_report_is_said_in_words(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Thank you for your letter. The weather was fine all week.")
    result = run("read", path)
    assert result.exit_code == 0
    assert "None" not in result.output
    assert result.output.splitlines()[-1] == "0 action points, 0 judgements"


def test_a_file_that_cannot_be_read_gets_one_sentence(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing of a PDF")
    assert refused(run("read", path)).endswith(".")


def test_a_folder_is_read_file_by_file_and_a_bad_one_does_not_stop_the_others(run: Run, report: Path) -> None:
    (report.parent / "bad.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    result = run("read", report.parent)
    assert result.exit_code == 1
    assert "report.txt: 9 action points" in result.output
    assert "1 of 2 files could not be read." in result.output
    lines = [line for line in run("read", report.parent, "--json-lines").output.splitlines() if line.startswith("{")]
    assert [json.loads(line)["file"] for line in lines] == ["bad.pdf", "report.txt"]
    (report.parent / "bad.pdf").unlink()
    assert run("read", report.parent).exit_code == 0


def test_a_command_there_is_not_is_said_so_and_those_there_are_are_listed(run: Run) -> None:
    assert run("dance").exit_code == 2
    for name in ("audit", "council", "read", "serve"):
        assert name in run("--help").output


def test_a_report_on_a_day_to_come_is_refused(run: Run, late: Council, tmp_path: Path) -> None:
    arguments = ("--council", "westmere", "--at", "2100-01-01", "--output", tmp_path / "x.pdf")
    assert "not in the future" in refused(run("report", "overdue", *arguments))


def test_an_installation_that_is_not_well_says_which_part(run: Run) -> None:
    result = run("check", TRACKER_SMTP_PORT="1")
    assert result.exit_code == 1
    assert "NOT WELL" in result.output


@pytest.mark.parametrize(
    ("minutes", "status", "said"),
    [(4, "waiting", False), (6, "waiting", True), (6, "reading", True), (600, "refused", False)],
)
def test_a_document_whose_reading_is_stuck_is_said(
    session: Session, environ: dict[str, str], minutes: int, status: str, said: bool
) -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    refusal = "It is damaged." if status == "refused" else None
    lead = make_person(session, make_council(session), Role.LEAD)
    make_intake(
        session, lead, added_at=now - timedelta(minutes=minutes), status=IntakeStatus.of(status), refusal=refusal
    )
    session.commit()
    settings = from_environment(environ | {"TRACKER_SMTP_PORT": "1"})
    (found,) = [finding for finding in examine(settings, now) if finding.part == "Reading of reports"]
    assert found.well is not said
    assert ("1 document not read since 23 November 2026 08:54 UTC." in found.words) is said


def test_a_file_that_is_not_there_is_said_so(run: Run, tmp_path: Path) -> None:
    result = run("read", tmp_path / "nothing.pdf")
    assert result.exit_code == 2
    assert "does not exist" in result.output


def test_the_schema_is_brought_up_as_often_as_one_likes(run: Run, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    for _ in range(2):
        result = run("db", "upgrade", TRACKER_DATABASE_URL=address)
        assert (result.exit_code, result.output) == (0, "The schema is up to date.\n")
    assert run("audit", "verify", TRACKER_DATABASE_URL=address).exit_code == 0


@pytest.mark.parametrize("arguments", [("db", "upgrade"), ADD, ("audit", "verify"), ("serve",), ("scheduler",)])
def test_settings_that_cannot_be_used_are_one_sentence(run: Run, arguments: tuple[str, ...]) -> None:
    assert "TRACKER_SECRET_KEY" in refused(run(*arguments, TRACKER_SECRET_KEY="short"))


@pytest.mark.parametrize("arguments", [ADD, ("audit", "verify")])
def test_a_database_that_is_not_there_is_one_sentence(run: Run, arguments: tuple[str, ...], tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'no folder' / 'x.sqlite3'}"
    assert "TRACKER_DATABASE_URL" in refused(run(*arguments, TRACKER_DATABASE_URL=address))


def test_a_new_database_gets_its_folder(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "x.sqlite3"
    assert run("db", "upgrade", TRACKER_DATABASE_URL=f"sqlite:///{path}").exit_code == 0
    assert path.exists()


@pytest.mark.parametrize("arguments", [("db", "upgrade"), ("serve",)])
def test_a_database_where_no_folder_can_be_is_one_sentence(
    run: Run, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "a file").touch()
    address = f"sqlite:///{tmp_path / 'a file' / 'x.sqlite3'}"
    assert "a file" in refused(run(*arguments, TRACKER_DATABASE_URL=address))


def test_a_database_without_tables_says_how_to_make_them(run: Run, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    assert "tracker db upgrade" in refused(run("audit", "verify", TRACKER_DATABASE_URL=address))


def test_a_council_and_its_administrator_are_added(run: Run, session: Session) -> None:
    result = run(*ADD, "--nation", "SCT")
    assert (result.exit_code, result.output) == (
        0, "Westmere Council is there. Add its first administrator with: tracker people add --council westmere …\n",
    )  # fmt: skip
    assert run(*PERSON).output == "Jo Fenwick can sign in as Jo@westmere.example.\n"
    council = session.scalars(select(Council)).one()
    assert (council.prefix, council.nation, council.slug) == ("WES", "SCT", "westmere")
    person = session.scalars(select(Person)).one()
    assert (person.email, person.role, person.council_id) == ("jo@westmere.example", Role.ADMINISTRATOR, council.id)
    assert passwords.is_right(person.password_hash, PASSWORD)
    assert audit.faults(session, council.id) == []


def test_a_council_is_not_added_twice(run: Run, session: Session) -> None:
    run(*ADD)
    assert "“westmere”" in refused(run(*ADD))
    assert len(session.scalars(select(Council)).all()) == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"--email": "jo"}, "Enter an email address that nobody here has yet"),
        ({"--password": "short"}, "at least 12 characters"),
        ({"--council": "northbrook"}, "There is no council “northbrook” here"),
    ],
)
def test_a_person_who_cannot_be_added_is_one_sentence(run: Run, changed: dict[str, str], words: str) -> None:
    run(*ADD)
    arguments = list(PERSON)
    for name, value in changed.items():
        arguments[arguments.index(name) + 1] = value
    assert words in refused(run(*arguments))


def test_a_role_there_is_not_is_refused(run: Run) -> None:
    arguments = [*PERSON[:-3], "emperor", *PERSON[-2:]]
    assert run(*arguments).exit_code == 2


@pytest.fixture
def late(sessions: sessionmaker[Session]) -> Council:
    """A council with one action that fell due on 1 December 2020."""
    with sessions() as session:
        work_for_all(session)
        council = make_council(session, slug="westmere", name="Westmere")
        make_action(
            session, council, title="Read every referral", due=date(2020, 12, 1),
            created_at=datetime(2020, 6, 1, tzinfo=UTC),
        )  # fmt: skip
        session.commit()
        return council


def test_the_reminders_of_a_day_are_shown_and_nothing_is_written(run: Run, late: Council, session: Session) -> None:
    for arguments in ((), ("--council", "westmere")):
        result = run("reminders", "preview", "--date", "2020-12-01", *arguments)
        assert result.exit_code == 0
        council, head, _, line, *_ = result.output.splitlines()
        assert council.startswith("Westmere Council, 1 December 2020: ")
        assert head.split() == ["Who", "Tells", "Subject"]
        assert line.split()[0] == "Person"
        assert line.endswith(" 1  1 action due today – Westmere Council")
    assert session.scalars(select(Message)).all() == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("reminders", "preview", "--date", "31-02-2026"),
        ("reminders", "run"),
        ("reminders", "run", "--now", "--date", "x"),
    ],
)
def test_a_date_that_is_none_and_a_run_that_is_not_meant_are_refused(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_council_there_is_not_is_one_sentence(run: Run, tmp_path: Path) -> None:
    assert "There is no council “nowhere” here" in refused(run("reminders", "preview", "--council", "nowhere"))
    report = ("report", "overdue", "--council", "nowhere", "--output", tmp_path / "x.pdf")
    assert "There is no council “nowhere” here" in refused(run(*report))


def test_the_reminders_of_a_day_are_written_and_sent_once(run: Run, late: Council, session: Session) -> None:
    outputs = []
    with smtp_sink() as sink:
        for _ in range(2):
            result = run("reminders", "run", "--now", "--date", "2020-12-01", TRACKER_SMTP_HOST="127.0.0.1",
                         TRACKER_SMTP_PORT=str(sink.port))  # fmt: skip
            assert result.exit_code == 0, result.output
            outputs.append(result.output)
        assert len(sink.mails) == 1
    assert "  1  1 action due today – Westmere Council" in outputs[0]
    assert "Sending: 1 sent" in outputs[0]
    assert outputs[1] == "Written: 0 emails with 0 reminders\nSending: nothing was waiting\n"
    assert session.scalars(select(Message.status)).all() == [MessageStatus.SENT]


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("xlsx", b"PK"), ("csv", b"")])
def test_the_overdue_report_is_written_as_at_a_day(
    run: Run, late: Council, tmp_path: Path, form: str, begins: bytes
) -> None:
    path = tmp_path / f"overdue.{form}"
    result = run("report", "overdue", "--council", "westmere", "--at", "2020-12-02", "--format", form, "--output", path)
    assert (result.exit_code, result.output) == (0, f"{path} is written.\n")
    assert path.read_bytes().startswith(begins)
    if form == "csv":
        assert "Read every referral" in path.read_text("utf-8-sig")


def test_a_report_that_cannot_be_written_is_one_sentence(run: Run, late: Council, tmp_path: Path) -> None:
    path = tmp_path / "no folder" / "overdue.csv"
    assert "no folder" in refused(
        run("report", "overdue", "--council", "westmere", "--format", "csv", "--output", path)
    )


def test_a_history_without_fault_is_said_so_and_tampering_is_found(environ: dict[str, str], run: Run) -> None:
    run(*ADD)
    result = run("audit", "verify")
    assert (result.exit_code, result.output) == (0, "Westmere Council: no fault\n")
    engine = make_engine(environ["TRACKER_DATABASE_URL"])
    with make_sessions(engine)() as session:
        writing(session)
        on = "" if engine.name == "sqlite" else " ON history"
        session.execute(
            text("ALTER TABLE history DISABLE TRIGGER history_stays" if on else "DROP TRIGGER history_stays")
        )
        session.execute(text("UPDATE history SET sentence = 'did nothing'"))
        session.commit()
    result = run("audit", "verify")
    with make_sessions(engine)() as session:
        if on:
            session.execute(text("ALTER TABLE history ENABLE TRIGGER history_stays"))
            session.commit()
    engine.dispose()
    assert result.exit_code == 1
    assert result.output == "Westmere Council: 1 faults\n  Row 1 was changed after it was written.\n"
