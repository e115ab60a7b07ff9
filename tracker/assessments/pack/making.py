"""How a file of a pack is made in the background: drawn, or written as a zip, from what was frozen."""

from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.adapters.files import StoredFile
from tracker.assessments.pack import packs
from tracker.assessments.pack.contents import Pack
from tracker.assessments.pack.layout import lay_out
from tracker.assessments.pack.zipping import write_zip, zipped_files
from tracker.errors import MoveNotAllowed
from tracker.models import Evidence, PackFile, work_for
from tracker.scrutiny.making import Claimed, Desk, Kind, still_held
from tracker.terms import DocumentForm, DocumentPart, PackForm

MARKED = (
    "Something in this pack has been marked exempt or confidential since it was put together. Put a new pack together."
)
DRAWN = {PackForm.PDF: DocumentForm.PDF, PackForm.WORD: DocumentForm.WORD}


def make_file(desk: Desk, claimed: Claimed) -> StoredFile:
    """Make one file. Raises MoveNotAllowed where something in it may not be given any more."""
    with desk.sessions() as session:
        work_for(session, claimed.council_id)
        row = session.get_one(PackFile, claimed.row_id)
        pack, form, part = packs.frozen(packs.pack(session, row.pack_id)), row.form, row.part
        if packs.marked_since(session, pack):
            raise MoveNotAllowed(MARKED)
        keys = _keys(session, pack, part) if form is PackForm.ZIP else {}
    if form is not PackForm.ZIP:
        return desk.files.keep(claimed.council_id, desk.draw(lay_out(pack, part), DRAWN[form]))
    where = {evidence_id: desk.files.path(key) for evidence_id, key in keys.items()}

    def written(into: BinaryIO) -> None:
        write_zip(into, pack, part, where, lambda done: still_held(desk, claimed, done=done))

    return desk.files.keep_written(claimed.council_id, written)


PACKS = Kind(PackFile, make_file)


def _keys(session: Session, pack: Pack, part: DocumentPart) -> dict[int, str]:
    """Return under which name each file is kept."""
    wanted = {one.proof.evidence_id for one in zipped_files(pack, part)}
    rows = session.execute(select(Evidence.id, Evidence.file_key).where(Evidence.file_key.is_not(None)))
    return {evidence_id: key for evidence_id, key in rows if evidence_id in wanted and key is not None}
