"""Puts packs together and looks at their files, in the fewest words."""

from datetime import UTC, date, datetime
from zipfile import ZipFile

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.adapters.files import Files
from tracker.assessments.pack import packs
from tracker.assessments.pack.contents import Pack, Recommendation
from tracker.assessments.pack.gathering import assembled
from tracker.assessments.pack.packs import Wanted
from tracker.models import (
    Council,
    InspectionPack,
    PackFile,
    Person,
    Report,
)
from tracker.terms import (
    DocumentPart,
    PackForm,
)

TODAY = date(2026, 11, 23)
SECRET, HUSH = "Canary in the cellar", "Owl in the attic"


def moment(day: date = TODAY, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def make(
    session: Session, council: Council, files: Files, by: Person, at: date = TODAY, **wanted: object
) -> InspectionPack:
    asked = Wanted(at, **wanted)
    made, _ = packs.make_pack(session, council, files, asked, by=by, today=TODAY, now=moment())
    session.flush()
    return made


def gathered(session: Session, council: Council, files: Files, at: date = TODAY, only: Report | None = None) -> Pack:
    session.flush()
    return assembled(session, council, files, at, only=only)


def one_of(found: Pack) -> Recommendation:
    [(_, one)] = found.recommendations
    return one


def rows(session: Session) -> dict[tuple[DocumentPart, PackForm], PackFile]:
    session.commit()  # a transaction sees what was there when it began
    session.expire_all()
    found = session.scalars(select(PackFile).order_by(PackFile.id))
    return {(one.part, one.form): one for one in found}


def opened(session: Session, files: Files, part: DocumentPart = DocumentPart.PUBLIC) -> ZipFile:
    return ZipFile(files.path(rows(session)[part, PackForm.ZIP].file_key or ""))
