"""A real SMTP server for tests, which can be told how to answer."""

import asyncio
import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

ACCEPTED = "250 OK"


def free_port() -> int:
    """A port nobody listens on (aiosmtpd's own port 0 fails its start check)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Sink:
    """What arrived, in order, and how the next recipient and the next mail are answered."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    connections: int = 0
    answer_recipient: Callable[[str], str] = lambda _address: ACCEPTED
    answer_mail: Callable[[EmailMessage], str] = lambda _mail: ACCEPTED
    stall: float = 0.0  # seconds before a mail is answered
    arrived: threading.Condition = field(default_factory=threading.Condition)

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.mail_from = address
        return ACCEPTED

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.answer_recipient(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        mail = message_from_bytes(bytes(envelope.content or b""), policy=default)
        assert isinstance(mail, EmailMessage)
        answer = self.answer_mail(mail)
        if answer.startswith("250"):
            with self.arrived:
                self.mails.append(mail)
                self.recipients += envelope.rcpt_tos
                self.arrived.notify_all()
        if self.stall:
            await asyncio.sleep(self.stall)
        if answer == "drop":
            assert server.transport is not None
            server.transport.abort()
        return answer

    def wait_for(self, count: int, seconds: float = 30) -> bool:
        """Wait until so many mails have arrived."""
        with self.arrived:
            return self.arrived.wait_for(lambda: len(self.mails) >= count, seconds)

    def by_person(self) -> dict[str, list[str]]:
        """The Message-IDs that each address got."""
        got: dict[str, list[str]] = {}
        for mail, address in zip(self.mails, self.recipients, strict=True):
            got.setdefault(address, []).append(str(mail["Message-ID"]))
        return got


class _Counted(Controller):
    def factory(self) -> SMTP:
        self.handler.connections += 1
        return super().factory()  # type: ignore[no-any-return]


@contextlib.contextmanager
def smtp_sink(port: int | None = None, **options: Any) -> Iterator[Sink]:
    """A server on a (free) port of this machine, for as long as the block lasts. Options are aiosmtpd's."""
    sink = Sink(port or free_port())
    controller = _Counted(sink, hostname="127.0.0.1", port=sink.port, **options)
    controller.start()
    sink.connections = 0  # its own start check connects once
    try:
        yield sink
    finally:
        controller.stop()


@contextlib.contextmanager
def silent_server() -> Iterator[int]:
    """A server that takes connections and never says a word; yields its port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(50)
        yield int(listener.getsockname()[1])


def server_tls(certificate: Path) -> ssl.SSLContext:
    """The server's side of TLS, from a file with certificate and key."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def client_tls(certificate: Path) -> ssl.SSLContext:
    """The client's side, trusting that certificate only."""
    return ssl.create_default_context(cafile=str(certificate))
