"""An import under way: begun with a file, its columns chosen, its rows checked; given up or ended, it is gone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tracker.accounts import queries as accounts
from tracker.actions.importing.checking import Checked, Known, check
from tracker.actions.importing.columns import Field, Line, header_of, matched
from tracker.clock import london_date
from tracker.errors import InvalidValue, NotFound
from tracker.models import ImportDraft, Person, Report
from tracker.terms import ReportStatus

KEPT_FOR = timedelta(hours=24)
GONE = "This import has ended, or was begun more than a day ago. Begin again by choosing the file."
NO_ROWS = "There are headings in this file and no rows below them. Choose the workbook that has your tracker in it."


@dataclass(frozen=True)
class Belongs:
    """The report that the rows belong to: one that is here, or a new one by title and date."""

    report: Report | None = None
    title: str | None = None
    day: date | None = None


def begin(
    session: Session, lines: Sequence[Line], belongs: Belongs, *, filename: str, by: Person, now: datetime
) -> ImportDraft:
    """Begin an import with what was read of the file; one this person had begun before is forgotten.

    Raises InvalidValue where the report is not confirmed, or there are no rows.
    """
    if belongs.report is not None and belongs.report.status is not ReportStatus.CONFIRMED:
        raise InvalidValue("Confirm this report first, then import what belongs to it.", field="report")
    header = max(header_of(lines), 0)  # where nothing is known, the first row is taken and the person chooses
    rows = list(lines[header:])
    if len(rows) < 2:  # noqa: PLR2004 - the headings, and a row
        raise InvalidValue(NO_ROWS, field="file")
    forget_expired(session, now)
    forget(session, by)
    draft = ImportDraft(
        council_id=by.council_id, person_id=by.id, begun_at=now, filename=filename,
        report_id=belongs.report.id if belongs.report else None, title=belongs.title, report_day=belongs.day,
        lines=[[line.number, line.cells] for line in rows],
        columns={str(place): field.value for place, field in matched(rows[0].cells).items()},
        answers={}, left_out=[],
    )  # fmt: skip
    session.add(draft)
    return draft


def draft_of(session: Session, person: Person, now: datetime) -> ImportDraft:
    """Return the import this person has under way. Raises NotFound where there is none, or it has expired."""
    found = session.scalar(select(ImportDraft).where(ImportDraft.person_id == person.id))
    if found is None or now - found.begun_at > KEPT_FOR:
        raise NotFound(GONE)
    return found


def forget(session: Session, person: Person) -> None:
    """Forget the import this person has under way, and everything read of the file."""
    session.execute(delete(ImportDraft).where(ImportDraft.person_id == person.id))


def forget_expired(session: Session, now: datetime) -> None:
    """Forget every import that was begun more than a day ago."""
    session.execute(delete(ImportDraft).where(ImportDraft.begun_at < now - KEPT_FOR))


def headings(draft: ImportDraft) -> list[tuple[str, list[str]]]:
    """Return each column's heading with the first three things that stand below it."""
    lines = lines_of(draft)
    width = max(len(line.cells) for line in lines)
    shown = []
    for place in range(width):
        cells = [line.cells[place] if place < len(line.cells) else "" for line in lines]
        shown.append((cells[0] or f"Column {place + 1}", [cell for cell in cells[1:] if cell][:3]))
    return shown


def lines_of(draft: ImportDraft) -> list[Line]:
    """Return the lines, the headings first."""
    return [Line(number, cells) for number, cells in draft.lines]


def columns_of(draft: ImportDraft) -> dict[int, Field]:
    """Return what each column is taken for."""
    return {int(place): Field.of(value) for place, value in draft.columns.items()}


def set_columns(draft: ImportDraft, columns: Mapping[int, Field]) -> None:
    """Take the columns for what the person says."""
    draft.columns = {str(place): field.value for place, field in columns.items()}


def checked(session: Session, draft: ImportDraft, *, by: Person, now: datetime) -> Checked:
    """Check every row as it stands now."""
    known = Known(_ids(accounts.owners(session)), _ids(accounts.leads(session)), draft.answers, by.id, london_date(now))
    return check(lines_of(draft)[1:], columns_of(draft), known, draft.left_out)


def _ids(people: Sequence[Person]) -> dict[str, int]:
    """Return ids by name and by email; a name that two people have stands for neither."""
    names = [" ".join(person.name.lower().split()) for person in people]
    by_name = {name: person.id for name, person in zip(names, people, strict=True) if names.count(name) == 1}
    return {**by_name, **{person.email: person.id for person in people}}
