"""Writes the evidence of a pack into a zip, file by file, with an index: never a whole file in memory.

The same pack and files give the same bytes: the files come in the order of their numbers, under a date that is always
the same.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from tracker.assessments.pack.contents import Pack, Recommendation
from tracker.assessments.pack.layout import index
from tracker.assessments.pack.numbering import Numbered, numbered
from tracker.assessments.pack.parting import part_of
from tracker.assessments.pack.pieces import GONE
from tracker.errors import MoveNotAllowed
from tracker.scrutiny.rendering import render
from tracker.terms import DocumentForm, DocumentPart
from tracker.wording import plural

ALWAYS = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16
PIECE = 1024 * 1024  # bytes
COMPRESSED = ("application/pdf", "application/zip", "application/vnd.openxmlformats", "image/")
CHANGED = "{} was changed while the zip was written. Make the files again."
DAMAGED = "The file is damaged"


def zipped_files(pack: Pack, part: DocumentPart) -> list[Numbered]:
    """Return what goes into the zip of one part, in its order."""
    return [one for one in numbered(part_of(pack, part), part).values() if one.proof.is_file]


def write_zip(
    into: BinaryIO, pack: Pack, part: DocumentPart, where: Mapping[int, Path], done: Callable[[int], None]
) -> list[Numbered]:
    """Write the index and the files, each where its evidence's id says, and tell how many are done.

    What is damaged or gone is not in it: the index says so, and it is returned. One such file holds up no other.
    """
    lacking = _lacking(zipped_files(pack, part), where, done)
    given = holding_back(pack, lacking)
    document, files = index(given, part), zipped_files(given, part)
    with ZipFile(into, "w") as archive:
        for form in (DocumentForm.EXCEL, DocumentForm.CSV):
            archive.writestr(_info(f"index.{form.value}"), render(document, form))
        for number, one in enumerate(files, start=1):
            _put(archive, one, where[one.proof.evidence_id])
            done(number)
    return [one for one in numbered(part_of(given, part), part).values() if one.proof.evidence_id in lacking]


def without(lacking: Sequence[Numbered]) -> str:
    """Say what a zip lacks: > E2, rota.pdf, is not in the zip: the file is damaged. Tell your administrator."""
    if not lacking:
        return ""
    first, more = lacking[0], len(lacking) - 1
    others = f" Nor {'is' if more == 1 else 'are'} {plural(more, 'other file')}: see its index." if more else ""
    why = first.proof.held[0].lower() + first.proof.held[1:]
    return f"{first.number}, {first.proof.name}, is not in the zip: {why}.{others} Tell your administrator."


def holding_back(pack: Pack, lacking: Mapping[int, str]) -> Pack:
    """Return the pack with the reason at each piece of evidence that is held back, by its id."""

    def held(one: Recommendation) -> Recommendation:
        if one.tracked is None:
            return one
        proofs = (replace(proof, held=lacking.get(proof.evidence_id, proof.held)) for proof in one.tracked.proofs)
        return replace(one, tracked=replace(one.tracked, proofs=tuple(proofs)))

    reports = (replace(one, recommendations=tuple(map(held, one.recommendations))) for one in pack.reports)
    return replace(pack, reports=tuple(reports)) if lacking else pack


def _lacking(files: Sequence[Numbered], where: Mapping[int, Path], done: Callable[[int], None]) -> dict[int, str]:
    """Read every file once before anything is written: why it cannot be handed over, by the evidence's id."""
    found: dict[int, str] = {}
    for one in files:
        path = where.get(one.proof.evidence_id)
        if path is None:
            found[one.proof.evidence_id] = GONE
        elif _digest(path) != one.proof.sha256:
            found[one.proof.evidence_id] = DAMAGED
        done(0)  # none is in it yet, but somebody is at work
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as kept:
        return hashlib.file_digest(kept, "sha256").hexdigest()


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
    if digest.hexdigest() != one.proof.sha256:  # since it was read a moment ago
        raise MoveNotAllowed(CHANGED.format(f"{one.number}, {one.proof.name},"))


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name, ALWAYS)
    info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, READABLE, 3
    return info
