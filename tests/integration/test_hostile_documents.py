"""Broken and hostile files through the running service. The long form, with 500 of them, is ``make soak``."""

from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import make_council, make_person
from tests.hostile import variants
from tests.pages import PASSWORD
from tests.running import Sender, running, send_all
from tests.web.conftest import password_hash
from tracker.models import Intake, Report
from tracker.terms import IntakeStatus, Role

FILES = 24
LONGEST = 30  # seconds
MOST_GROWTH = 48  # MiB a process; what it holds after its first pages is not counted, see docs/RELIABILITY.md


def test_no_file_takes_the_service_down_and_each_ends_read_or_with_one_sentence(
    session: Session, database_url: str, tmp_path: Path
) -> None:
    council = make_council(session)
    leads = [make_person(session, council, Role.LEAD, password_hash=password_hash()).email for _ in range(2)]
    session.commit()
    with running(database_url, tmp_path) as service:
        senders = [Sender(service.url, email, PASSWORD) for email in leads]
        workers, before = service.workers(), service.memory()
        result = send_all(service, variants(FILES, heavy=False), senders)
        assert service.workers() == workers
        grown = {pid: result.most[pid] - before[pid] for pid in before}
    assert len(result.ended) == FILES
    assert [one for one in result.ended if one.status >= 500] == []
    assert {one.state for one in result.ended} == {"read", "refused"}
    for one in result.ended:
        assert one.seconds < LONGEST, one.sent.kind
        if one.state == "refused":
            assert one.said.endswith("."), f"{one.sent.kind}: {one.said}"
    assert max(grown.values()) < MOST_GROWTH, grown
    assert "Traceback" not in service.log.read_text()
    read = select(func.count(Intake.id)).where(Intake.status == IntakeStatus.READ)
    assert session.scalar(select(func.count(Report.id))) == session.scalar(read)
    assert session.scalar(select(func.count(Intake.id)).where(Intake.file_key.is_not(None))) == 0
