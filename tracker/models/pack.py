"""The pack for the next inspection: what was frozen for it, and its files."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, CouncilOwned, TermType
from tracker.models.making import TO_BE_MADE, ToBeMade
from tracker.models.person import Person
from tracker.terms import DocumentPart, PackForm


class InspectionPack(CouncilOwned, Base):
    """What was asked, answered, done and shown, as at a day: the same contents are one pack."""

    __tablename__ = "inspection_packs"
    __table_args__ = (UniqueConstraint("council_id", "contents_digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    as_at: Mapped[date]
    about: Mapped[str]  # "All reports", or the code of the one it is about
    with_exempt: Mapped[bool]  # whether what is exempt has a part of its own
    contents: Mapped[dict[str, Any]]  # what was frozen, as every file of it is written from
    contents_digest: Mapped[str]  # the SHA-256 of the contents
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]

    made_by: Mapped[Person] = relationship()


class PackFile(ToBeMade, Base):
    """One file of a pack."""

    __tablename__ = "pack_files"
    __table_args__ = (
        UniqueConstraint("council_id", "pack_id", "form", "part"),
        Index("ix_pack_files_waiting", "id", postgresql_where=TO_BE_MADE, sqlite_where=TO_BE_MADE),
    )

    pack_id: Mapped[int] = mapped_column(ForeignKey("inspection_packs.id"))
    form: Mapped[PackForm] = mapped_column(TermType(PackForm))
    part: Mapped[DocumentPart] = mapped_column(TermType(DocumentPart), default=DocumentPart.PUBLIC)
    done: Mapped[int] = mapped_column(default=0)  # files put into a zip so far
    steps: Mapped[int] = mapped_column(default=0)  # how many there are to put into it

    pack: Mapped[InspectionPack] = relationship()
