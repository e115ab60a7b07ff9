"""Writes the evidence of a pack into a zip, file by file, with an index: never a whole file in memory.

The same pack gives the same bytes: the files come in the order of their numbers, under a date that is always the same.
"""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from tracker.assessments.pack.contents import Pack
from tracker.assessments.pack.layout import index
from tracker.assessments.pack.numbering import Numbered, numbered
from tracker.assessments.pack.parting import part_of
from tracker.errors import MoveNotAllowed
from tracker.scrutiny.rendering import render
from tracker.terms import DocumentForm, DocumentPart

ALWAYS = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16
PIECE = 1024 * 1024  # bytes
COMPRESSED = ("application/pdf", "application/zip", "application/vnd.openxmlformats", "image/")
CHANGED = "{} is no longer the file that was added: its content has changed. Tell your administrator."


def zipped_files(pack: Pack, part: DocumentPart) -> list[Numbered]:
    """Return what goes into the zip of one part, in its order."""
    return [one for one in numbered(part_of(pack, part), part).values() if one.proof.is_file]


def write_zip(
    into: BinaryIO, pack: Pack, part: DocumentPart, where: Mapping[int, Path], done: Callable[[int], None]
) -> None:
    """Write the index and the files, each where its evidence's id says, and tell how many are done.

    Raises MoveNotAllowed for a file that is not what was added.
    """
    document = index(pack, part)
    with ZipFile(into, "w") as archive:
        for form in (DocumentForm.EXCEL, DocumentForm.CSV):
            archive.writestr(_info(f"index.{form.value}"), render(document, form))
        for number, one in enumerate(zipped_files(pack, part), start=1):
            _put(archive, one, where[one.proof.evidence_id])
            done(number)


def _put(archive: ZipFile, one: Numbered, path: Path) -> None:
    info = _info(one.path)
    info.file_size = path.stat().st_size  # so that a very large one is written as such
    if one.proof.media_type.startswith(COMPRESSED):
        info.compress_type = ZIP_STORED
    digest = hashlib.sha256()
    with path.open("rb") as kept, archive.open(info, "w") as inside:
        while piece := kept.read(PIECE):
            digest.update(piece)
            inside.write(piece)
    if digest.hexdigest() != one.proof.sha256:
        raise MoveNotAllowed(CHANGED.format(f"{one.number}, {one.proof.name},"))


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name, ALWAYS)
    info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, READABLE, 3
    return info
