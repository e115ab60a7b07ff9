"""Where files are kept: under generated names, so that a name typed by somebody never reaches the disk."""

import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path

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
        unfinished = path.with_suffix(".part")
        unfinished.write_bytes(data)
        unfinished.rename(path)
        return StoredFile(key, media_type_of(data), len(data), hashlib.sha256(data).hexdigest())

    def read(self, key: str) -> bytes:
        """Return a kept file. Raises NotFound where it is not there any more."""
        path = self.folder / key
        if not path.resolve().is_relative_to(self.folder.resolve()) or not path.is_file():
            raise NotFound("The file is not there any more. Tell your administrator.")
        return path.read_bytes()

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
