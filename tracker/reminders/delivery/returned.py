"""Reads a message that a mail server returned because it could not deliver a mail of ours. Pure.

What became of it stands in the delivery status (RFC 3464); which mail it was, in the headers that were returned with
it. Both are written by strangers' machines: what is not understood is said to be so, and nothing is guessed.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

IDENTITY = re.compile(r"<[0-9a-f]{32}@[^<>\s]{1,255}>")  # as ``outbox.message_id`` makes it
STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
PERMANENT = "5"
LONGEST = 300  # characters of what the server said
LONGEST_PART = 100_000  # of returned headers in plain text


@dataclass(frozen=True)
class Returned:
    """What a returned message says: of which mail, whether it is final, and the server's own words."""

    message_id: str
    permanent: bool
    said: str


def read_returned(raw: bytes) -> Returned | None:
    """Read a returned message; None where it is none, or says nothing that could be understood."""
    message = message_from_bytes(raw, policy=compat32)
    parts = list(message.walk())
    report = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    identity = _identity(parts)
    if report is None or identity is None:
        return None
    for fields in _recipients(report):
        action = str(fields.get("Action", "")).strip().lower()
        status = STATUS.search(str(fields.get("Status", "")))
        if action in ("failed", "delayed") or status:
            # "failed" with a temporary code is a server that has given up, which is as final.
            permanent = action == "failed" or (not action and status is not None and status[1] == PERMANENT)
            return Returned(identity, permanent, _said(fields, status[0] if status else action))
    return None


def _recipients(report: Message) -> list[Message]:
    """Return the blocks of the status, which the library reads as messages that have headers only."""
    payload = report.get_payload()
    return [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []


def _identity(parts: list[Message]) -> str | None:
    """Find our Message-ID in what was returned of our mail: whole, its headers, or either as plain text."""
    for part in parts[1:]:  # the first is the returning server's own message
        found = IDENTITY.search(str(part.get("Message-ID", "")))
        if found:
            return found[0]
    for part in parts[1:]:
        if part.get_content_type() in ("text/rfc822-headers", "message/rfc822-headers", "message/global-headers"):
            words = part.get_payload(decode=True)
            found = (
                IDENTITY.search(words[:LONGEST_PART].decode("utf-8", "replace")) if isinstance(words, bytes) else None
            )
            if found:
                return found[0]
    return None


def _said(fields: Message, otherwise: str) -> str:
    """Return what the other server answered, in one line."""
    words = str(fields.get("Diagnostic-Code", "")) or otherwise
    words = " ".join(words.split(";", 1)[-1].split())
    return "".join(character for character in words if character.isprintable())[:LONGEST]
