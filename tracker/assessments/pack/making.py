"""How a file of a pack is made in the background: drawn, or written as a zip, from what was frozen."""

from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.adapters.files import StoredFile
from tracker.assessments.pack import packs
from tracker.assessments.pack.contents import Pack
from tracker.assessments.pack.layout import lay_out
from tracker.assessments.pack.zipping import without, write_zip, zipped_files
from tracker.errors import NotFound
from tracker.models import Evidence, PackFile, work_for
from tracker.scrutiny.making import Claimed, Desk, Kind, still_held
from tracker.terms import DocumentForm, DocumentPart, PackForm

DRAWN = {PackForm.PDF: DocumentForm.PDF, PackForm.WORD: DocumentForm.WORD}


def make_file(desk: Desk, claimed: Claimed) -> StoredFile:
    """Make one file. Raises NotAllowed where something in it may not be given any more."""
    with desk.sessions() as session:
        work_for(session, claimed.council_id)
        row = session.get_one(PackFile, claimed.row_id)
        pack, form, part = packs.frozen(packs.pack(session, row.pack_id)), row.form, row.part
        packs.refuse_if_marked(session, pack)  # only so that nothing is made in vain: it is asked again when given
        keys = _keys(session, pack, part) if form is PackForm.ZIP else {}
    if form is not PackForm.ZIP:
        return desk.files.keep(claimed.council_id, desk.draw(lay_out(pack, part), DRAWN[form]))
    where = {evidence_id: path for evidence_id, key in keys.items() if (path := _kept(desk, key)) is not None}

    def written(into: BinaryIO) -> None:
        lacking = write_zip(into, pack, part, where, lambda done: still_held(desk, claimed, done=done))
        still_held(desk, claimed, fault=without(lacking) or None)  # none: what an earlier try lacked is there

    return desk.files.keep_written(claimed.council_id, written)


PACKS = Kind(PackFile, make_file)


def _keys(session: Session, pack: Pack, part: DocumentPart) -> dict[int, str]:
    """Return under which name each file is kept."""
    wanted = {one.proof.evidence_id for one in zipped_files(pack, part)}
    rows = session.execute(select(Evidence.id, Evidence.file_key).where(Evidence.file_key.is_not(None)))
    return {evidence_id: key for evidence_id, key in rows if evidence_id in wanted and key is not None}


def _kept(desk: Desk, key: str) -> Path | None:
    """Return where a file is kept; nothing where it is not there any more."""
    try:
        return desk.files.path(key)
    except NotFound:
        return None
