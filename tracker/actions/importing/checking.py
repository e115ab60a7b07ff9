"""Checks what a sheet's rows say, each fault in words; what is not known is asked once for all such rows. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.actions.importing.cells import delivery_of, read_day
from tracker.actions.importing.columns import Field, Line
from tracker.terms import Delivery

OWNER, LEAD, STATUS = "owner", "lead", "status"
LONGEST_TITLE = 200
CHOICES = (Delivery.NOT_STARTED, Delivery.IN_PROGRESS, Delivery.AWAITING_CHECK, Delivery.CHECKED)  # a status to choose


@dataclass(frozen=True)
class Known:
    """Who and what the council has: ids by name and email in small letters, and what the person has answered."""

    owners: Mapping[str, int]
    leads: Mapping[str, int]
    answers: Mapping[str, object]
    lead_id: int  # of rows that name none
    today: date


@dataclass
class Planned:
    """What will be made of one row."""

    number: int  # in the sheet
    words: str = ""
    title: str = ""
    owner_id: int = 0
    lead_id: int = 0
    due: date | None = None
    revised: date | None = None
    delivery: Delivery = Delivery.NOT_STARTED
    completed: date | None = None
    update: str = ""
    reference: str = ""
    service: str = ""
    theme: str = ""
    faults: list[str] = field(default_factory=list)
    left_out: bool = False


@dataclass(frozen=True)
class Unknown:
    """A name or a status that is not known, with the rows that say it: answered once for all of them."""

    key: str  # "owner:jane smith"
    kind: str
    said: str
    rows: int


@dataclass(frozen=True)
class Checked:
    """Every row, and what is to be answered."""

    rows: list[Planned]
    unknown: list[Unknown]

    @property
    def wanted(self) -> list[Planned]:
        """The rows that are not left out."""
        return [row for row in self.rows if not row.left_out]

    @property
    def faulty(self) -> list[Planned]:
        """The rows that stand in the way."""
        return [row for row in self.wanted if row.faults]


def check(lines: Sequence[Line], columns: Mapping[int, Field], known: Known, left_out: Sequence[int]) -> Checked:
    """Check every row below the headings."""
    places = {what: place for place, what in columns.items()}
    asked: dict[str, tuple[str, str, int]] = {}
    out = set(left_out)
    rows = []
    for line in lines:

        def said(what: Field, cells: Sequence[str] = line.cells) -> str:
            place = places.get(what)
            return cells[place].strip() if place is not None and place < len(cells) else ""

        row = Planned(line.number, left_out=line.number in out)
        _words(row, said)
        _people(row, said, known, asked)
        _status(row, said, known, asked)
        _dates(row, said, known.today)
        rows.append(row)
    unknown = [Unknown(key, kind, words, count) for key, (kind, words, count) in asked.items()]
    return Checked(rows, unknown)


Said = Callable[[Field], str]
Asked = dict[str, tuple[str, str, int]]


def key_of(kind: str, said: str) -> str:
    """Return the name under which an answer for all rows that say the same is kept: > owner:jane smith."""
    return f"{kind}:{' '.join(said.lower().split())}"


def _words(row: Planned, said: Said) -> None:
    words, title = said(Field.WORDS), said(Field.TITLE)
    row.words = words or title
    first = " ".join((title or words).split())
    row.title = first if len(first) <= LONGEST_TITLE else first[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
    row.update, row.reference = said(Field.UPDATE), " ".join(said(Field.REFERENCE).split())
    row.service, row.theme = " ".join(said(Field.SERVICE).split()), " ".join(said(Field.THEME).split())
    if not row.words:
        row.faults.append(f"Row {row.number}: there are no words to track. Give them, or leave the row out.")


def _people(row: Planned, said: Said, known: Known, asked: Asked) -> None:
    owner = said(Field.OWNER)
    if not owner:
        row.faults.append(f"Row {row.number}: there is no owner. Give one, or leave the row out.")
    row.owner_id = _person(row, OWNER, owner, people=known.owners, answers=known.answers, asked=asked)
    lead = said(Field.LEAD)
    row.lead_id = known.lead_id
    if lead:
        row.lead_id = _person(row, LEAD, lead, people=known.leads, answers=known.answers, asked=asked)


def _person(
    row: Planned, kind: str, said: str, *, people: Mapping[str, int], answers: Mapping[str, object], asked: Asked
) -> int:
    key = key_of(kind, said)
    found = people.get(" ".join(said.lower().split())) or answers.get(key)
    if isinstance(found, int) and found in people.values():
        if key in answers:  # shown again, so that the answer can be changed
            _ask(asked, key, (kind, said), row)
        return found
    if said:
        _ask(asked, key, (kind, said), row)
        who = "an owner" if kind == OWNER else "a lead"
        row.faults.append(f"Row {row.number}: there is nobody called “{said}” who may be {who}. Say who is meant.")
    return 0


def _status(row: Planned, said: Said, known: Known, asked: Asked) -> None:
    words = said(Field.STATUS)
    key = key_of(STATUS, words)
    answered = next((term for term in CHOICES if term.value == known.answers.get(key)), None)
    found = delivery_of(words) or answered
    if answered:
        _ask(asked, key, (STATUS, words), row)
    if found:
        row.delivery = found
    elif words:
        _ask(asked, key, (STATUS, words), row)
        row.faults.append(f"Row {row.number}: “{words}” is no status this service knows. Say what it means.")
    elif said(Field.COMPLETED):
        row.delivery = Delivery.AWAITING_CHECK


def _ask(asked: Asked, key: str, what: tuple[str, str], row: Planned) -> None:
    if not row.left_out:
        so_far = asked[key][2] if key in asked else 0
        asked[key] = (*what, so_far + 1)


def _dates(row: Planned, said: Said, today: date) -> None:
    row.due = _day(row, said(Field.DUE), "due date")
    row.revised = _day(row, said(Field.REVISED), "revised date")
    row.completed = _day(row, said(Field.COMPLETED), "date completed")
    if not said(Field.DUE):
        row.faults.append(f"Row {row.number}: there is no due date. Give one, or leave the row out.")
    if row.due and row.revised and row.revised < row.due:
        row.faults.append(f"Row {row.number}: the revised date is before the first one. Correct one of them.")
    if row.completed and row.completed > today:
        row.faults.append(f"Row {row.number}: it cannot have been completed on a day that is still to come.")
    if row.delivery in (Delivery.AWAITING_CHECK, Delivery.CHECKED) and not said(Field.COMPLETED):
        row.faults.append(
            f"Row {row.number}: it is completed, but the sheet does not say when. Give the day in a column for it, or "
            "leave the row out."
        )


def _day(row: Planned, typed: str, name: str) -> date | None:
    try:
        found = read_day(typed)
    except ValueError:
        row.faults.append(f"Row {row.number}: {typed} is no date that there is. Correct the {name}.")
        return None
    if typed and found is None:
        row.faults.append(f"Row {row.number}: “{typed[:60]}” is no date. Write the {name} like 1 September 2026.")
    return found
