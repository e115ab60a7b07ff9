"""Reads a file from outside in a child process that limits itself, so that no file can take the service down."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import tracker.errors
from tracker.errors import DocumentTooLarge, UnreadableDocument
from tracker.reports.reading.formats import EMPTY, MAX_BYTES
from tracker.reports.reading.model import Reading
from tracker.reports.reading.store import from_dict

MOST_ANSWER = 64 * 2**20  # bytes of JSON
_PROJECT = Path(tracker.errors.__file__).parents[1]

TOO_SLOW = "This file takes too long to read. Save it again as a PDF, or paste the report's text."
GAVE_UP = "This file could not be read: opening it took more memory or time than a report needs. Save it again as a PDF, or paste the report's text."  # noqa: E501 - one pattern or sentence on one line


def read_safely(data: bytes, name: str = "", seconds: float = 30) -> Reading:  # noqa: ARG001 - told by content, not name
    """Read a file in a child process.

    Refused with a sentence, as UnreadableDocument: whatever ``read_bytes`` refuses, and a file that takes more than
    ``seconds`` of time, 20 seconds of CPU or a gibibyte of memory. DocumentTooLarge: more than MAX_BYTES bytes.
    """
    if len(data) > MAX_BYTES:
        raise DocumentTooLarge
    if not data:
        raise UnreadableDocument(EMPTY)
    return _reading(in_child("tracker.reports.reading.child", data, seconds=seconds))


def in_child(module: str, data: bytes, *arguments: str, seconds: float) -> bytes:
    """Run a module that limits itself on a file from outside, given by its input; return what it prints.

    Raises UnreadableDocument where it takes too long or prints too much. Whatever else ends it, it has printed nothing.
    """
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as printed:
        source.write(data)
        source.seek(0)
        _run([module, *arguments], source.fileno(), printed.fileno(), seconds)
        if printed.seek(0, os.SEEK_END) > MOST_ANSWER:
            raise UnreadableDocument(GAVE_UP)
        printed.seek(0)
        return printed.read()


def _run(command: list[str], source: int, printed: int, seconds: float) -> None:
    environment = {
        key: value
        for key, value in os.environ.items()
        if key in {"PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "VIRTUAL_ENV"}
    }
    environment |= {"PYTHONPATH": str(_PROJECT), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"}
    try:
        subprocess.run(  # noqa: S603 - our own interpreter and module; the file is its input, never an argument
            [sys.executable, "-m", *command],
            stdin=source,
            stdout=printed,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=seconds,
            check=False,  # whatever ended it, the answer is missing and says so
        )
    except subprocess.TimeoutExpired as late:
        raise UnreadableDocument(TOO_SLOW) from late


def _reading(printed: bytes) -> Reading:
    try:
        answer: dict[str, Any] = json.loads(printed)
        if "reading" in answer:
            return from_dict(answer["reading"])
    except (ValueError, TypeError, KeyError) as error:
        raise UnreadableDocument(GAVE_UP) from error
    if answer.get("kind") == DocumentTooLarge.__name__:
        raise DocumentTooLarge
    raise UnreadableDocument(str(answer.get("refused") or GAVE_UP))
