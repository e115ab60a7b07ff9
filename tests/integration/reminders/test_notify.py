"""Mails by GOV.UK Notify, through its own client, to a server of the tests' that answers as it does."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.integration.reminders.offices import MONDAY, Office, make_settings
from tests.sinks import free_port
from tracker.adapters.choosing import make_mailer
from tracker.adapters.notify import NotifyMailer
from tracker.reminders.delivery.sending import Delivered, deliver
from tracker.terms import MessageStatus

KEY = "ours-11111111-1111-4111-8111-111111111111-22222222-2222-4222-8222-222222222222"
WRONG_ADDRESS = {"errors": [{"error": "ValidationError", "message": "email_address Not a valid email address"}]}
TOO_LONG = {"errors": [{"error": "BadRequestError", "message": "Your message is too long"}]}
NO_TEMPLATE = {"errors": [{"error": "BadRequestError", "message": "Template not found"}]}
TEAM_ONLY = {
    "errors": [{"error": "BadRequestError", "message": "Can't send to this recipient using a team-only API key"}]
}
BUSY = {"errors": [{"error": "RateLimitError", "message": "Exceeded rate limit for key type LIVE"}]}


@dataclass
class Stub:
    """What was asked of it, and how it answers the next."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    status: int = 201
    answer: Any = None


@pytest.fixture
def notify() -> Iterator[Stub]:
    stub = Stub()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            stub.keys.append(f"{self.path} {self.headers['Authorization'][:7]}")
            stub.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            answer = stub.answer or {"id": f"id-{len(stub.asked)}", "reference": stub.asked[-1]["reference"]}
            words = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
            self.send_response(stub.status)
            self.send_header("Content-Length", str(len(words)))
            self.end_headers()
            self.wfile.write(words)

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stub.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield stub
    server.shutdown()
    server.server_close()


@pytest.fixture
def written(office: Office) -> Office:
    office.action(due=MONDAY)
    office.sweep()
    return office


def send(office: Office, url: str) -> Delivered:
    settings = make_settings(office.settings.database_url, notify_key=KEY, notify_template="letter", notify_url=url)
    mailer = make_mailer(settings)
    assert isinstance(mailer, NotifyMailer)
    return deliver(office.sessions, mailer, settings=settings)


def test_a_mail_leaves_with_its_words_and_its_identity_and_keeps_the_id_it_is_given(
    written: Office, notify: Stub
) -> None:
    assert send(written, notify.url).ended == {MessageStatus.SENT: 1}
    (mail,), (asked,) = written.mails(), notify.asked
    assert notify.keys == ["/v2/notifications/email Bearer "]
    assert asked["email_address"] == written.owner.email
    assert asked["template_id"] == "letter"
    assert asked["reference"] == mail.message_id
    assert asked["personalisation"]["subject"] == mail.subject
    assert "[a" not in asked["personalisation"]["body"]  # the links have their tokens
    assert (mail.status, mail.provider_id) == (MessageStatus.SENT, "id-1")


@pytest.mark.parametrize(
    ("status", "answer", "ended", "may_have_left"),
    [
        (400, WRONG_ADDRESS, MessageStatus.FAILED, False),
        (400, TOO_LONG, MessageStatus.FAILED, False),
        (400, NO_TEMPLATE, MessageStatus.DEFERRED, False),  # our set-up, not the mail
        (400, TEAM_ONLY, MessageStatus.DEFERRED, False),
        (403, {"errors": [{"error": "AuthError", "message": "Invalid token"}]}, MessageStatus.DEFERRED, False),
        (429, BUSY, MessageStatus.DEFERRED, False),
        (500, {"message": "Internal server error"}, MessageStatus.DEFERRED, True),
        (503, "no JSON at all", MessageStatus.DEFERRED, True),
        (201, "no JSON at all", MessageStatus.DEFERRED, True),
    ],
)
def test_what_it_answers_decides(
    written: Office, notify: Stub, status: int, answer: Any, ended: MessageStatus, may_have_left: bool
) -> None:
    notify.status, notify.answer = status, answer
    assert send(written, notify.url).ended == {ended: 1}
    (mail,) = written.mails()
    assert "GOV.UK Notify answered" in (mail.last_error or "")
    assert mail.provider_id is None
    assert mail.may_have_left is may_have_left


def test_a_notify_that_does_not_answer_is_left_alone_after_three_attempts(office: Office) -> None:
    for _ in range(5):
        office.action(due=MONDAY, owner=office.person())
    office.sweep()
    assert send(office, f"http://127.0.0.1:{free_port()}").ended == {MessageStatus.DEFERRED: 3}
    assert not any(mail.may_have_left for mail in office.mails())  # no connection came about


def test_an_address_that_is_none_is_not_even_asked_about(written: Office, notify: Stub) -> None:
    written.change(written.mails()[0], to_address="nobody")
    assert send(written, notify.url).ended == {MessageStatus.FAILED: 1}
    assert notify.asked == []
