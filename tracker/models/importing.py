"""An import of a spreadsheet under way: what was read of it and what its person has chosen so far, until it ends."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, CouncilOwned
from tracker.models.report import Report


class ImportDraft(CouncilOwned, Base):
    """One a person. Removed when the import ends, when it is given up, and a day after it was begun."""

    __tablename__ = "import_drafts"
    __table_args__ = (
        UniqueConstraint("council_id", "person_id"),
        CheckConstraint("(report_id IS NULL) <> (title IS NULL)", name="report_or_title"),
        CheckConstraint("(title IS NULL) = (report_day IS NULL)", name="title_with_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    begun_at: Mapped[datetime]
    filename: Mapped[str]
    report_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))
    title: Mapped[str | None]  # of a new report
    report_day: Mapped[date | None]
    lines: Mapped[list[Any]]  # [number in the sheet, [cells]], from the headings on
    columns: Mapped[dict[str, Any]]  # place of a column: the field it is taken for
    answers: Mapped[dict[str, Any]]  # "owner:jane smith": the id of who is meant; "status:parked": a delivery
    left_out: Mapped[list[int]]  # numbers of the rows that are not imported
    version: Mapped[int] = mapped_column(default=1)

    report: Mapped[Report | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as it is
