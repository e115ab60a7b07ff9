"""Numbers of the evidence, the same in the document, the index and the zip, and names that are safe in a zip. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.assessments.pack.contents import Pack
from tracker.assessments.pack.pieces import Proof
from tracker.terms import DocumentPart

FOLDER = "evidence"
LETTERS = {DocumentPart.PUBLIC: "E", DocumentPart.EXEMPT: "X"}  # so that one part has no gaps that tell of the other
LONGEST_NAME = 80  # characters
UNSAFE = re.compile(r"[^A-Za-z0-9]+")
ENDING = re.compile(r"\.([A-Za-z0-9]{1,8})$")
ENDINGS = {
    "application/pdf": "pdf",
    "application/zip": "zip",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "image/gif": "gif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "text/plain": "txt",
}


@dataclass(frozen=True)
class Numbered:
    """One piece of evidence with its number, and the action that it shows."""

    number: str  # "E7"
    proof: Proof
    about: str  # the action's reference

    @property
    def path(self) -> str:
        """Where it is in the zip; nothing for a link and for what is held back."""
        return f"{FOLDER}/{self.number}-{safe_name(self.proof)}" if self.proof.is_file else ""


def numbered(pack: Pack, part: DocumentPart) -> dict[int, Numbered]:
    """Give each piece of evidence of one part its number, in the order it is first shown; by its id."""
    found: dict[int, Numbered] = {}
    for reference, proof in _shown(pack):
        if proof.evidence_id not in found:  # what a later report repeats is shown for both
            found[proof.evidence_id] = Numbered(f"{LETTERS[part]}{len(found) + 1}", proof, reference)
    return found


def safe_name(proof: Proof) -> str:
    """Return a name of plain letters that no system reads as a way to somewhere: > Prufung-der-Akten.xlsx."""
    plain = unicodedata.normalize("NFKD", proof.name).encode("ascii", "ignore").decode()
    ending = ENDING.search(plain)
    stem = UNSAFE.sub("-", plain[: ending.start()] if ending else plain).strip("-")
    kind = ending[1].lower() if ending else ENDINGS.get(proof.media_type, "")
    return ".".join(filter(None, (stem[:LONGEST_NAME].strip("-") or "file", kind)))


def _shown(pack: Pack) -> Iterator[tuple[str, Proof]]:
    for tracked in (one.tracked for _, one in pack.recommendations if one.tracked):
        yield from ((tracked.reference, proof) for proof in tracked.proofs)
