"""Where files are kept: under generated names, so that a name typed by somebody never reaches the disk."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from tracker.errors import NotFound

SIGNATURES = (  # what a file is, by its first bytes; the name it came with says nothing
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
)
OFFICE = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)

UNFINISHED = ".part"  # ends the name of a file that is being written
FIRST_BYTES = 64 * 1024  # by which a large file is known


@dataclass(frozen=True)
class StoredFile:
    """What is known of a file once it is kept."""

    key: str
    media_type: str
    size: int  # bytes
    sha256: str


class Files:
    """A folder of files, one sub-folder a council."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made when the first file is kept."""
        self.folder = folder

    def keep(self, council_id: int, data: bytes) -> StoredFile:
        """Write the data under a new name, whole or not at all, and say what it is by its content."""
        key = f"{council_id}/{secrets.token_hex(16)}"
        path = self.folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(UNFINISHED)
        unfinished.write_bytes(data)
        unfinished.rename(path)
        return StoredFile(key, media_type_of(data), len(data), hashlib.sha256(data).hexdigest())

    def keep_written(self, council_id: int, write: Callable[[BinaryIO], None]) -> StoredFile:
        """Keep what is written piece by piece, however large, whole or not at all."""
        key = f"{council_id}/{secrets.token_hex(16)}"
        path = self.folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(UNFINISHED)
        try:
            with unfinished.open("w+b") as written:
                write(written)
            with unfinished.open("rb") as made:  # a zip goes back to what it wrote, so it is read once it is whole
                digest = hashlib.file_digest(made, "sha256").hexdigest()
                made.seek(0)
                kind = media_type_of(made.read(FIRST_BYTES))
            size = unfinished.stat().st_size
            unfinished.rename(path)
        finally:
            unfinished.unlink(missing_ok=True)
        return StoredFile(key, kind, size, digest)

    def read(self, key: str) -> bytes:
        """Return a kept file. Raises NotFound where it is not there any more."""
        return self.path(key).read_bytes()

    def path(self, key: str) -> Path:
        """Return where a kept file is, to be read piece by piece. Raises NotFound where it is not there any more."""
        path = self.folder / key
        if not path.resolve().is_relative_to(self.folder.resolve()) or not path.is_file():
            raise NotFound("The file is not there any more. Tell your administrator.")
        return path

    def remove_unfinished(self, before: datetime) -> int:
        """Remove what was being written before a moment, by a process that was killed; return how many."""
        left = [path for path in self.folder.glob(f"*/*{UNFINISHED}") if path.stat().st_mtime < before.timestamp()]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def remove(self, key: str) -> None:
        """Remove a file that became nobody's; one that is gone already is no fault."""
        path = self.folder / key
        if path.resolve().is_relative_to(self.folder.resolve()):
            path.unlink(missing_ok=True)


def media_type_of(data: bytes) -> str:
    """Say what a file is by its content.

    > application/pdf
    """
    found = next((kind for mark, kind in SIGNATURES if data.startswith(mark)), None)
    if found == "application/zip":
        return next((kind for mark, kind in OFFICE if mark in data), found)
    if found:
        return found
    return "application/octet-stream" if b"\x00" in data[:4096] else "text/plain"
