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


@contextlib.contextmanager
def misbehaving_server(stage: str, what: str) -> Iterator[int]:
    """A server that stalls for ever, or drops the connection, at a stage of every conversation; yields its port.

    The stages: banner, MAIL, RCPT, DATA, middle (while the mail's words come), dot (when they have all come).
    """
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(50)

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                threading.Thread(target=_misbehave, args=(connection, stage, what), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield int(listener.getsockname()[1])
        listener.shutdown(socket.SHUT_RDWR)


def _misbehave(connection: socket.socket, stage: str, what: str) -> None:
    with connection, connection.makefile("rwb") as talk:

        def at(reached: str, answer: bytes) -> None:
            if reached == stage:
                if what == "stall":
                    connection.recv(1)  # what is left of the mail, or the end: never answered
                    threading.Event().wait(20)
                raise ConnectionAbortedError
            talk.write(answer)
            talk.flush()

        with contextlib.suppress(OSError):
            at("banner", b"220 ready\r\n")
            while line := talk.readline():
                word = line[:4].upper().decode("ascii", "replace").strip()
                if word == "DATA":
                    at("DATA", b"354 go on\r\n")
                    while (words := talk.readline()) not in (b".\r\n", b""):
                        if stage == "middle" and words.startswith(b"Subject"):
                            at("middle", b"")
                    at("dot", b"250 OK\r\n")
                elif word == "EHLO":
                    at("EHLO", b"250 misbehaving\r\n")
                else:
                    at(word, b"250 OK\r\n")


def server_tls(certificate: Path) -> ssl.SSLContext:
    """The server's side of TLS, from a file with certificate and key."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def client_tls(certificate: Path) -> ssl.SSLContext:
    """The client's side, trusting that certificate only."""
    return ssl.create_default_context(cafile=str(certificate))
