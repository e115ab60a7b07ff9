"""What a mail server returns marks the mail it is about, and nothing else."""

import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from tests.conftest import MONDAY_MORNING
from tests.factories import make_council
from tests.unit.reminders.test_returned import EXCHANGE, IDENTITY, POSTFIX
from tracker.cli import main
from tracker.models import Message
from tracker.terms import MessageStatus


@pytest.fixture
def mail(session: Session) -> Message:
    made = Message(
        council_id=make_council(session).id, dedupe_key="digest:1", to_address="ann@westmere.example", subject="Late",
        text="Late.", message_id=IDENTITY, status=MessageStatus.SENT, created_at=MONDAY_MORNING,
        next_attempt_at=MONDAY_MORNING, sent_at=MONDAY_MORNING, attempts=1,
    )  # fmt: skip
    session.add(made)
    session.commit()
    return made


def pipe(database_url: str, raw: str) -> str:
    environment = {"TRACKER_DATABASE_URL": database_url, "TRACKER_DEMONSTRATION": "yes"}
    answer = CliRunner().invoke(main, ["mail", "returned"], input=raw.encode(), env=environment)
    assert answer.exit_code == 0, answer.output
    return answer.output


@pytest.mark.parametrize("raw", [POSTFIX, EXCHANGE])
def test_a_mail_that_came_back_is_marked(database_url: str, session: Session, mail: Message, raw: str) -> None:
    assert "came back" in pipe(database_url, raw)
    session.refresh(mail)
    assert mail.status is MessageStatus.BOUNCED
    assert "550 5." in (mail.last_error or "")
    assert "left as it is" in pipe(database_url, raw)  # told twice


@pytest.mark.parametrize(
    "raw",
    [
        POSTFIX.replace("Action: failed", "Action: delayed").replace("5.1.1", "4.4.1"),
        POSTFIX.replace(IDENTITY, IDENTITY.replace("0", "f")),
        "Subject: Out of office\n\nI am away.\n",
        "",
    ],
)
def test_what_is_no_return_changes_nothing(database_url: str, session: Session, mail: Message, raw: str) -> None:
    pipe(database_url, raw)
    session.refresh(mail)
    assert mail.status is MessageStatus.SENT
