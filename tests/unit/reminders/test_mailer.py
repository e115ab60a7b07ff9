"""Header values are cleaned before CPython's email package sees them (CVE-2024-6923)."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import SMTP, default

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.integration.reminders.offices import make_settings
from tracker.adapters.choosing import make_mailer
from tracker.adapters.mailer import (
    Envelope,
    MemoryMailer,
    PermanentFailure,
    SmtpMailer,
    clean_header,
    compose,
)

SENDER = "Tracker <no-reply@westmere.example>"
HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
]


def envelope(**values: str) -> Envelope:
    defaults = {
        "to_address": "ann@westmere.example",
        "subject": "Late",
        "text": "Words.\n",
        "message_id": "<a@b.example>",
    }
    return Envelope(**(defaults | values), date=datetime(2027, 3, 15, 8, tzinfo=UTC))


@given(st.text())
@example("=?utf-8?q?x=0D=0ABcc:_evil@example.com?=")
@example("=\u200b?utf-8?q?x=0D=0ABcc:_evil@example.com?\u200b=")
@example("x\r\nBcc: evil@example.com")
@example("x\x0bBcc: evil@example.com\x85\u2028\u2029\x00")
@example("=?utf-8?b?eA0KQmNjOiBldmlsQGV4YW1wbGUuY29t?= =?utf-8?q?=0A?=")
@example("==??utf-8?q?x=0ABcc:_evil@example.com?==")
@example("\ud800 lone")
def test_no_subject_adds_a_header(subject: str) -> None:
    wire = compose(envelope(subject=subject), SENDER).as_bytes(policy=SMTP)
    assert message_from_bytes(wire, policy=default).keys() == HEADERS


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ann",
        "ann@a.example,eve@evil.example",
        "ann@a.example\r\nBcc: eve@evil.example",
        "Ann <ann@a.example>",
        "=?utf-8?q?eve=40evil.example=2C?=ann@a.example",
        "ann@@a.example",
        "ann@a.example\x00",
        "ann\u202e@a.example",
    ],
)
def test_what_is_not_one_plain_address_is_refused(address: str) -> None:
    with pytest.raises(PermanentFailure):
        compose(envelope(to_address=address), SENDER)


@pytest.mark.parametrize("address", ["ann@a.example", "ann.o'hara+x=y@a-b.gov.uk"])
def test_a_plain_address_is_taken_as_it_is(address: str) -> None:
    assert compose(envelope(to_address=address), SENDER)["To"] == address


def test_a_subject_keeps_its_words() -> None:
    assert clean_header("2 actions late – Westmere  Council\n") == "2 actions late – Westmere Council"
    assert clean_header("rele\u00advant") == "relevant"
    assert len(clean_header("x" * 1000)) == 200


def test_the_mail_says_that_a_machine_wrote_it_and_is_plain_text() -> None:
    mail = compose(envelope(text="Überfällig – 3 days\n"), SENDER)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"] == "Mon, 15 Mar 2027 08:00:00 +0000"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().replace("\r\n", "\n") == "Überfällig – 3 days\n"


def test_a_mail_with_html_says_the_same_twice_the_plain_one_first() -> None:
    mail = compose(envelope(text="Late.\n", html="<p>Late: £5 – \ud800</p>\n"), SENDER)
    assert mail.get_content_type() == "multipart/alternative"
    plain, html = mail.iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert compose(envelope(text="Late.\n", html="<p>Late: £5 – \ud800</p>\n"), SENDER).as_bytes() == mail.as_bytes()
    sent = message_from_bytes(mail.as_bytes(), policy=default)
    assert [part.get_content().strip() for part in sent.iter_parts()] == ["Late.", "<p>Late: £5 – ?</p>"]  # type: ignore[union-attr]


def test_what_cannot_be_delivered_is_returned_to_the_address_that_is_set() -> None:
    settings = make_settings("sqlite://", mail_return="returns@westmere.example")
    mailer = make_mailer(settings)
    assert isinstance(mailer, SmtpMailer)
    assert mailer.returns_to == "returns@westmere.example"


def test_a_demonstration_without_a_mail_server_keeps_its_mails() -> None:
    settings = make_settings("sqlite://", demonstration=True)
    assert isinstance(make_mailer(settings), SmtpMailer)  # a server is named
    quiet = make_settings("sqlite://", demonstration=True, smtp_host="localhost", smtp_port=25)
    mailer = make_mailer(quiet)
    assert isinstance(mailer, MemoryMailer)
    mailer.send(envelope())
    mailer.close()
    assert [kept.subject for kept in mailer.sent] == ["Late"]
