"""The child process that opens a file from outside. It limits itself first, reads the file, prints the reading as JSON.

python -m tracker.reports.reading.child < report.pdf        one JSON object: {"reading": …} or {"refused": "…"}
python -m tracker.reports.reading.child --score-json FILE   the form of ``tracker read --json``
"""

import json
import resource
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

from tracker.errors import UnreadableDocument

ADDRESS_SPACE = 2**30  # bytes
CPU_SECONDS = 20
MOST_OUTPUT = 64 * 2**20  # bytes, of a file the child could write

TOO_MUCH_MEMORY = (
    "This file needs more memory than it may have. Save it again as a smaller PDF, or paste the report's text."
)
TOO_DEEP = "This file is built in a way that cannot be read. Save it again as a PDF, or paste the report's text."


def limit_this_process() -> None:
    """Cap memory, CPU time, files and core dumps, and take the network away."""
    for what, most in (
        (resource.RLIMIT_AS, ADDRESS_SPACE),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, MOST_OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    socket.socket = _NoNetwork  # type: ignore[misc,assignment]  # nothing in a document is to be fetched


class _NoNetwork:
    def __init__(self, *_arguments: object, **_options: object) -> NoReturn:
        message = "the reader has no network"
        raise OSError(message)


def answer(data: bytes) -> dict[str, Any]:
    """Return the reading of the bytes, or the sentence why they cannot be read."""
    from tracker.reports.reading.reader import read_bytes  # noqa: PLC0415 - the readers of formats load under the limits
    from tracker.reports.reading.store import to_dict  # noqa: PLC0415 - as above

    try:
        return {"reading": to_dict(read_bytes(data))}
    except UnreadableDocument as refusal:
        return {"refused": refusal.sentence, "kind": type(refusal).__name__}
    except MemoryError:
        return {"refused": TOO_MUCH_MEMORY}
    except RecursionError:
        return {"refused": TOO_DEEP}


def main(arguments: list[str]) -> int:
    """Read one file: from standard input, or by name for ``--score-json``."""
    limit_this_process()
    if arguments[:1] == ["--score-json"]:
        from tracker.reports.reading.reader import read_bytes  # noqa: PLC0415 - under the limits
        from tracker.reports.reading.scoring_form import to_scoring_form  # noqa: PLC0415 - as above

        try:
            reading = read_bytes(Path(arguments[1]).read_bytes(), arguments[1])
        except UnreadableDocument as refusal:
            sys.stderr.write(refusal.sentence + "\n")
            return 1
        sys.stdout.write(json.dumps(to_scoring_form(reading), ensure_ascii=False) + "\n")
        return 0
    sys.stdout.buffer.write(json.dumps(answer(sys.stdin.buffer.read())).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
