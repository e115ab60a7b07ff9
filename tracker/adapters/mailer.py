"""Hands one mail to a mail server. The only place where header values are written, and so where they are cleaned.

A failure is either temporary (try again later) or permanent (never try again); a server that cannot be reached at all
is temporary and says nothing about the mail, so that a sender can stop for now.
"""

import hashlib
import re
import smtplib
import ssl
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Protocol, Self

from tracker.config import Settings

LONGEST_HEADER = 200  # characters; a subject longer than this helps nobody
REFUSED_FOR_GOOD = 500  # SMTP replies from here on are final
NOT_SIGNED_IN = frozenset({530, 534, 535, 538})  # our credentials are at fault, not the mail
ADDRESS = re.compile(r"[^\s<>(),:;\"\\@]+@[^\s<>(),:;\"\\@]+")
BREAKS = frozenset({"Cc", "Zl", "Zp"})  # Unicode categories: control characters, line and paragraph separators
HIDDEN = frozenset({"Cf", "Cs"})  # formatting, such as right-to-left marks; half characters

BROKE_OFF = "The mail server broke off"


class TemporaryFailure(Exception):
    """The mail server could not take the mail now."""


class ServerUnreachable(TemporaryFailure):
    """The mail server did not answer, or broke off: nothing is known against the mail, which it may have taken."""


class NeverHandedOver(ServerUnreachable):
    """The mail server could not be reached, or did not let us in: it surely has not taken the mail."""


class PermanentFailure(Exception):
    """The mail server refused this mail for good."""


@dataclass(frozen=True)
class Envelope:
    """A mail ready to leave: one person, and an identity that stays the same when it is sent again.

    ``html`` says the same as ``text`` for readers that show it.
    """

    to_address: str
    subject: str
    text: str
    message_id: str
    date: datetime
    html: str | None = None


class Mailer(Protocol):
    """Takes mails."""

    def send(self, envelope: Envelope) -> str | None:
        """Hand over one mail. Raises TemporaryFailure or PermanentFailure; returns only when it was taken.

        Returns what a provider calls it, who tells later what became of it; None from a mail server.
        """
        ...

    def close(self) -> None:
        """End of a batch: let go of the connection. Never raises."""
        ...


@dataclass
class MemoryMailer:
    """Keeps what it is given: for tests, and for the demonstration without a mail server."""

    sent: list[Envelope] = field(default_factory=list)

    def send(self, envelope: Envelope) -> str | None:
        """Keep the mail."""
        self.sent.append(envelope)
        return None

    def close(self) -> None:
        """There is nothing to let go of."""


@dataclass
class SmtpMailer:
    """Hands mails to an SMTP server, over one connection for a batch."""

    host: str
    port: int
    mail_from: str
    timeout: float  # seconds for each answer of the server
    security: str = "none"  # none, starttls, tls
    user: str | None = None
    password: str | None = None
    returns_to: str | None = None  # the envelope's sender: what cannot be delivered is returned there
    trust: ssl.SSLContext | None = None  # None: the machine's certificate authorities
    _connection: smtplib.SMTP | None = None

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """Make one as the settings say."""
        return cls(
            host=settings.smtp_host,
            port=settings.smtp_port,
            mail_from=settings.mail_from,
            timeout=settings.smtp_timeout,
            security=settings.smtp_security,
            user=settings.smtp_user,
            password=settings.smtp_password,
            returns_to=settings.mail_return,
        )

    def send(self, envelope: Envelope) -> str | None:
        """Hand over one mail. Raises TemporaryFailure or PermanentFailure; returns only when it was taken."""
        message = compose(envelope, self.mail_from)
        sender = self.returns_to or parseaddr(self.mail_from)[1]
        connection = self._connection
        if connection is None or connection.sock is None:  # the library hangs up after a 421
            connection = self._connect()
        try:
            refused = connection.send_message(message, from_addr=sender, to_addrs=[envelope.to_address])
        except smtplib.SMTPRecipientsRefused as error:
            raise _refusal(*error.recipients[envelope.to_address]) from error
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            raise _refusal(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise PermanentFailure(f"The mail server cannot take this address: {error}") from error
        except (OSError, smtplib.SMTPException) as error:  # broken off, or silent for too long
            self.close()
            raise ServerUnreachable(f"{BROKE_OFF}: {_said(error)}") from error
        for code, reply in refused.values():  # with some recipients taken, smtplib returns the others
            raise _refusal(code, reply)
        return None

    def close(self) -> None:
        """Say goodbye to the server; a server that has gone needs none."""
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.quit()
            except (OSError, smtplib.SMTPException):
                connection.close()

    def _connect(self) -> smtplib.SMTP:
        try:
            self._connection = self._open()
            if self.user and self.password is not None:
                self._connection.login(self.user, self.password)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise NeverHandedOver(f"No connection to {self.host}:{self.port}: {_said(error)}") from error
        return self._connection

    def _open(self) -> smtplib.SMTP:
        trust = self.trust or (None if self.security == "none" else ssl.create_default_context())
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=trust)
        connection = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        if self.security == "starttls":
            self._connection = connection  # so that it is closed when the next step fails
            connection.starttls(context=trust)
        return connection


def compose(envelope: Envelope, mail_from: str) -> EmailMessage:
    """Write the mail as it goes over the wire. Raises PermanentFailure for an address that is not one."""
    if not ADDRESS.fullmatch(envelope.to_address) or clean_header(envelope.to_address) != envelope.to_address:
        raise PermanentFailure("This person's email address is not one that mail can be sent to.")
    message = EmailMessage(policy=SMTP)
    message["From"] = clean_header(mail_from)
    message["To"] = envelope.to_address
    message["Subject"] = clean_header(envelope.subject)
    message["Date"] = format_datetime(envelope.date)
    message["Message-ID"] = clean_header(envelope.message_id)
    message["Auto-Submitted"] = "auto-generated"  # so that nobody's absence note answers it (RFC 3834)
    message.set_content(_sound(envelope.text), cte="quoted-printable")
    if envelope.html is not None:
        message.add_alternative(_sound(envelope.html), subtype="html", cte="quoted-printable")
        # A second copy is the same to the byte; "=_" can stand in no part that is quoted-printable.
        message.set_boundary(f"=_{hashlib.sha256(envelope.message_id.encode('utf-8', 'replace')).hexdigest()[:32]}")
    return message


def clean_header(value: str) -> str:
    """Make a value safe for a header: one line, nothing hidden, no encoded word.

    CPython's email package decodes "=?utf-8?q?x=0D=0ABcc:...?=" in a plain value and writes the line break it finds
    (CVE-2024-6923, in 3.11.7), so the mark that begins an encoded word is taken apart.
    """
    kept = (character for character in value if unicodedata.category(character) not in HIDDEN)
    plain = "".join(" " if unicodedata.category(character) in BREAKS else character for character in kept)
    line = " ".join(plain.split()).replace("=?", "= ?")
    return line if len(line) <= LONGEST_HEADER else line[: LONGEST_HEADER - 1].rstrip() + "…"


def _sound(text: str) -> str:
    """Put a question mark in the place of half a character, which no encoding can carry."""
    return text.encode("utf-8", "replace").decode()


def _refusal(code: int, reply: bytes | str) -> TemporaryFailure | PermanentFailure:
    said = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    sentence = clean_header(f"The mail server answered {code} {said}")
    if code in NOT_SIGNED_IN:
        return NeverHandedOver(sentence)
    return PermanentFailure(sentence) if code >= REFUSED_FOR_GOOD else TemporaryFailure(sentence)


def _said(error: Exception) -> str:
    return clean_header(str(error)) or type(error).__name__
