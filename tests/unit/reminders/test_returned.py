"""What mail servers return: the shapes of Postfix and Exchange, delays, and what is none of these."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.reminders.delivery.returned import read_returned

IDENTITY = "<0123456789abcdef0123456789abcdef@tracker.westmere.example>"

POSTFIX = f"""\
Return-Path: <>
From: MAILER-DAEMON@mail.westmere.example (Mail Delivery System)
To: returns@westmere.example
Subject: Undelivered Mail Returned to Sender
Message-Id: <20270315080012.4F1A2@mail.westmere.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="4F1A2.1/mail"

--4F1A2.1/mail
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.westmere.example.
I'm sorry to have to inform you that your message could not be delivered.

--4F1A2.1/mail
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.westmere.example
X-Postfix-Queue-ID: 4F1A2
Arrival-Date: Mon, 15 Mar 2027 08:00:11 +0000 (GMT)

Final-Recipient: rfc822; ann@westmere.example
Original-Recipient: rfc822;ann@westmere.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.westmere.example
Diagnostic-Code: smtp; 550 5.1.1 <ann@westmere.example>: Recipient address
    rejected: User unknown

--4F1A2.1/mail
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Return-Path: <returns@westmere.example>
From: Recommendation tracker <no-reply@westmere.example>
To: ann@westmere.example
Subject: 3 actions are late
Message-ID: {IDENTITY}

--4F1A2.1/mail--
"""

EXCHANGE = f"""\
From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@westmere.example>
To: <returns@westmere.example>
Date: Mon, 15 Mar 2027 08:00:20 +0000
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="_bound_"
Content-Language: en-US
Message-ID: <c0ffee@AM0PR01.prod.example>
In-Reply-To: {IDENTITY}
References: {IDENTITY}
Subject: Undeliverable: 3 actions are late
Auto-Submitted: auto-replied
X-MS-Exchange-Message-Is-Ndr:

--_bound_
Content-Type: multipart/alternative; differences=Content-Type; boundary="_inner_"

--_inner_
Content-Type: text/plain; charset="us-ascii"

Delivery has failed to these recipients or groups: ann@westmere.example

--_inner_
Content-Type: text/html; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

<html><body>Delivery has failed</body></html>
--_inner_--

--_bound_
Content-Type: message/delivery-status

Reporting-MTA: dns;AM0PR01.prod.example
Received-From-MTA: dns;mail.westmere.example
Arrival-Date: Mon, 15 Mar 2027 08:00:19 +0000

Original-Recipient: rfc822;ann@westmere.example
Final-Recipient: rfc822;ann@westmere.example
Action: failed
Status: 5.7.1
Diagnostic-Code: smtp;550 5.7.1 RESOLVER.RST.AuthRequired; authentication required

--_bound_
Content-Type: message/rfc822

From: Recommendation tracker <no-reply@westmere.example>
To: <ann@westmere.example>
Subject: 3 actions are late
Message-ID:
\t{IDENTITY}
Content-Type: text/plain; charset="utf-8"

Three actions are late.

--_bound_--
"""


def test_postfix_names_an_unknown_address() -> None:
    found = read_returned(POSTFIX.encode())
    assert found is not None
    assert (found.message_id, found.permanent) == (IDENTITY, True)
    assert found.said == "550 5.1.1 <ann@westmere.example>: Recipient address rejected: User unknown"


def test_exchange_returns_the_mail_whole() -> None:
    found = read_returned(EXCHANGE.replace("\n", "\r\n").encode())
    assert found is not None
    assert (found.message_id, found.permanent) == (IDENTITY, True)
    assert "AuthRequired" in found.said


@pytest.mark.parametrize(
    ("action", "status", "permanent"),
    [
        ("failed", "5.2.2", True),
        ("failed", "4.4.7", True),  # given up after days of trying: as final
        ("Failed", "5.0.0", True),
        ("delayed", "4.4.1", False),
        ("delivered", "2.0.0", False),
        ("relayed", "2.0.0", False),
        ("expanded", "2.0.0", False),
    ],
)
def test_only_what_is_final_is_a_return(action: str, status: str, permanent: bool) -> None:
    raw = POSTFIX.replace("Action: failed", f"Action: {action}").replace("Status: 5.1.1", f"Status: {status}")
    found = read_returned(raw.encode())
    assert found is not None
    assert found.permanent is permanent


def test_without_an_action_the_status_decides() -> None:
    found = read_returned(POSTFIX.replace("Action: failed\n", "").encode())
    assert found is not None
    assert found.permanent


def test_without_the_other_servers_words_the_code_stands() -> None:
    raw = POSTFIX.replace("Diagnostic-Code: smtp; 550 5.1.1 <ann@westmere.example>: Recipient address\n", "")
    found = read_returned(raw.replace("    rejected: User unknown\n", "").encode())
    assert found is not None
    assert found.said == "5.1.1"


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "Subject: Out of office\n\nI am away.\n",
        POSTFIX.replace(IDENTITY, "<of-somebody-else@example.com>"),
        POSTFIX.replace("message/delivery-status", "text/plain"),
        POSTFIX.replace("Action: failed\nStatus: 5.1.1\n", ""),
        POSTFIX.split("--4F1A2.1/mail\nContent-Description: Delivery report", maxsplit=1)[0],
    ],
)
def test_what_is_no_return_of_ours_is_none(raw: str) -> None:
    assert read_returned(raw.encode()) is None


@given(st.binary(max_size=400), st.integers(0, len(POSTFIX)))
def test_no_bytes_are_a_fault(noise: bytes, at: int) -> None:
    read_returned(noise)
    raw = POSTFIX.encode()
    read_returned(raw[:at] + noise + raw[at:])


@given(st.integers(0, len(EXCHANGE)))
def test_a_message_that_was_cut_short_is_no_fault(at: int) -> None:
    read_returned(EXCHANGE.encode()[:at])
