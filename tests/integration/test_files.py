"""Files are kept whole under names of our own, and known by what is in them."""

import hashlib
import io
import os
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import pytest

from tracker.adapters.files import Files, media_type_of
from tracker.errors import NotFound

OFFICE = "application/vnd.openxmlformats-officedocument."


def zipped(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "content")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n...", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff\xe0...", "image/jpeg"),
        (b"GIF89a...", "image/gif"),
        (zipped("[Content_Types].xml", "word/document.xml"), OFFICE + "wordprocessingml.document"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), OFFICE + "spreadsheetml.sheet"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), OFFICE + "presentationml.presentation"),
        (zipped("photographs/one"), "application/zip"),
        (b"Minutes of the meeting", "text/plain"),
        ("Größe".encode(), "text/plain"),
        (b"<html><script>alert(1)</script>", "text/plain"),  # never as something a browser would run
        (b"MZ\x90\x00\x03", "application/octet-stream"),
        (b"", "text/plain"),
        (b" %PDF-1.7", "text/plain"),
    ],
)
def test_a_file_is_what_its_content_says(data: bytes, kind: str) -> None:
    assert media_type_of(data) == kind


def test_a_file_is_kept_under_a_name_of_our_own_in_its_councils_folder(tmp_path: Path) -> None:
    stored = Files(tmp_path / "files").keep(7, b"proof")
    assert re.fullmatch(r"7/[0-9a-f]{32}", stored.key)
    assert (stored.media_type, stored.size) == ("text/plain", 5)
    assert stored.sha256 == hashlib.sha256(b"proof").hexdigest()
    assert [path.name for path in (tmp_path / "files" / "7").iterdir()] == [stored.key.removeprefix("7/")]


def test_the_same_file_twice_is_two_files(tmp_path: Path) -> None:
    files = Files(tmp_path)
    first, second = files.keep(1, b"proof"), files.keep(1, b"proof")
    assert first.key != second.key
    assert files.read(first.key) == files.read(second.key) == b"proof"


def test_a_file_that_is_gone_says_whom_to_tell(tmp_path: Path) -> None:
    files = Files(tmp_path)
    stored = files.keep(1, b"proof")
    (tmp_path / stored.key).unlink()
    with pytest.raises(NotFound, match="Tell your administrator"):
        files.read(stored.key)


@pytest.mark.parametrize("key", ["../secret", "1/../../secret", "/etc/hostname", "1", ""])
def test_no_key_leads_out_of_the_folder(tmp_path: Path, key: str) -> None:
    (tmp_path / "secret").write_text("a secret")
    files = Files(tmp_path / "files")
    files.keep(1, b"proof")
    with pytest.raises(NotFound):
        files.read(key)


def test_a_file_can_be_removed_and_one_that_is_gone_is_no_fault(tmp_path: Path) -> None:
    files = Files(tmp_path / "files")
    stored, other = files.keep(1, b"proof"), files.keep(1, b"another")
    files.remove(stored.key)
    files.remove(stored.key)
    assert files.read(other.key) == b"another"
    with pytest.raises(NotFound):
        files.read(stored.key)


def test_what_is_written_piece_by_piece_is_kept_whole_with_its_digest(tmp_path: Path) -> None:
    files = Files(tmp_path)

    def write(into: BinaryIO) -> None:
        with zipfile.ZipFile(into, "w") as archive:
            archive.writestr("index.csv", "E1")

    stored = files.keep_written(7, write)
    data = files.path(stored.key).read_bytes()
    assert (stored.media_type, stored.size) == ("application/zip", len(data))
    assert stored.sha256 == hashlib.sha256(data).hexdigest()


def test_what_could_not_be_written_to_its_end_leaves_nothing(tmp_path: Path) -> None:
    files = Files(tmp_path)

    def write(into: BinaryIO) -> None:
        into.write(b"the beginning")
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        files.keep_written(7, write)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_what_a_killed_process_was_writing_is_removed_when_it_is_old(tmp_path: Path) -> None:
    files = Files(tmp_path)
    kept = files.keep(7, b"proof")
    old, new = tmp_path / "7" / "old.part", tmp_path / "7" / "new.part"
    for path in (old, new):
        path.write_bytes(b"the beginning")
    before = datetime(2026, 11, 23, tzinfo=UTC)
    os.utime(old, (before.timestamp() - 1, before.timestamp() - 1))
    os.utime(new, (before.timestamp() + 1, before.timestamp() + 1))
    assert files.remove_unfinished(before) == 1
    assert (old.exists(), new.exists(), files.read(kept.key)) == (False, True, b"proof")


def test_nothing_outside_the_folder_is_ever_removed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a secret")
    files = Files(tmp_path / "files")
    files.keep(1, b"proof")
    files.remove("../secret")
    assert (tmp_path / "secret").exists()
