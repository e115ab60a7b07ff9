"""Reads what was said, done, shown and found of actions by the end of a day: a fixed number of statements a thousand.

Everything is read, whatever its marking; ``parting`` leaves out what may not be in a pack.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from tracker.actions.lifecycle import Move
from tracker.adapters.files import Files
from tracker.assessments.pack.entries import (
    Asked,
    Dated,
    claimed,
    looked_again,
    more_time,
    paused,
    told,
    updated,
)
from tracker.assessments.pack.pieces import GONE, Entry, Line, Moved, Proof
from tracker.assessments.pack.then import bodies_then, steps_done
from tracker.clock import london_date
from tracker.errors import NotFound
from tracker.models import (
    Base,
    Claim,
    Evidence,
    Extension,
    HistoryEntry,
    HoldingCheck,
    Pause,
    Person,
    Update,
)
from tracker.terms import Decision, Scan

AT_ONCE = 1_000  # ids asked for in one question
HELD = frozenset({Scan.WAITING, Scan.REFUSED})
CLOSED = "Closed, not completed"
TOLD = {f"action:{Move.REOPEN.value}": "Opened again", f"action:{Move.CLOSE.value}": CLOSED}
Row = TypeVar("Row", bound=Base)


@dataclass
class Deeds:
    """What is known of one action."""

    said: list[Dated] = field(default_factory=list)
    moves: list[Moved] = field(default_factory=list)
    bodies: list[Line] = field(default_factory=list)
    proofs: list[Proof] = field(default_factory=list)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What was said and done, oldest first."""
        return tuple(entry for _, entry in sorted(self.said, key=lambda one: one[0]))


def deeds_of(session: Session, files: Files, asked: Asked) -> dict[int, Deeds]:
    """Return what is known of each action, by its id."""
    found = {key: Deeds() for key in asked.markings}
    ids = sorted(asked.markings)
    for at in range(0, len(ids), AT_ONCE):
        some = ids[at : at + AT_ONCE]
        for key, said in _said(session, some, asked):
            found[key].said.append(said)
        for move in _rows(session, Extension, Extension.action_id, some, Extension.from_date):
            if move.outcome is Decision.AGREED and _by(move.decided_at, asked.cut):
                found[move.action_id].moves.append(Moved(move.from_date, move.to_date))
        for key, line in bodies_then(session, some, asked):
            found[key].bodies.append(line)
        for row in _rows(session, Evidence, Evidence.action_id, some, Evidence.added_at, Evidence.added_by):
            if row.added_at < asked.cut:
                found[row.action_id].proofs.append(_proof(row, files))
    return found


def _said(session: Session, ids: Sequence[int], asked: Asked) -> Iterator[tuple[int, Dated]]:
    for update in _rows(session, Update, Update.action_id, ids, Update.at, Update.person):
        yield from _of(update.action_id, updated(update, asked))
    for claim in _rows(session, Claim, Claim.action_id, ids, Claim.claimed_at, Claim.claimed_by, Claim.checked_by):
        yield from _of(claim.action_id, claimed(claim, asked))
    for moved in _rows(
        session, Extension, Extension.action_id, ids, Extension.asked_at, Extension.asked_by, Extension.decided_by
    ):
        yield from _of(moved.action_id, more_time(moved, asked))
    for pause in _rows(session, Pause, Pause.action_id, ids, Pause.asked_at, Pause.decided_by):
        yield from _of(pause.action_id, paused(pause, asked))
    for check in _rows(
        session, HoldingCheck, HoldingCheck.action_id, ids, HoldingCheck.due_date, HoldingCheck.checked_by
    ):
        yield from _of(check.action_id, looked_again(check, asked))
    yield from steps_done(session, ids, asked)
    about = (HistoryEntry.subject == "action", HistoryEntry.subject_id.in_(ids), HistoryEntry.kind.in_(TOLD))
    for row in session.scalars(select(HistoryEntry).where(*about).order_by(HistoryEntry.sequence)):
        yield from _of(row.subject_id, told(row, TOLD[row.kind], asked))


def _of(action_id: int, entries: Iterable[Dated]) -> Iterator[tuple[int, Dated]]:
    return ((action_id, entry) for entry in entries)


def _proof(row: Evidence, files: Files) -> Proof:
    held = ""
    if row.file_key is not None:
        held = row.scan.label if row.scan in HELD else _missing(files, row)
    return Proof(
        evidence_id=row.id,
        name=row.filename,
        url=row.url or "",
        media_type=row.media_type or "",
        size=row.size,
        sha256=row.sha256 or "",
        on=london_date(row.added_at),
        by=f"{row.added_by.name}, who checked it" if row.by_checker else row.added_by.name,
        marking=row.marking,
        held=held,
    )


def _missing(files: Files, row: Evidence) -> str:
    try:
        return "" if files.path(row.file_key or "").stat().st_size == row.size else GONE
    except NotFound:
        return GONE


def _rows(
    session: Session,
    model: type[Row],
    about: InstrumentedAttribute[int],
    ids: Sequence[int],
    order: InstrumentedAttribute[date] | InstrumentedAttribute[datetime] | InstrumentedAttribute[int],
    *people: InstrumentedAttribute[Person] | InstrumentedAttribute[Person | None],
) -> Iterable[Row]:
    key: InstrumentedAttribute[int] = getattr(model, "id")  # noqa: B009 - every table has one, which the type does not say
    question = select(model).where(about.in_(ids)).options(*(joinedload(one) for one in people))
    return session.scalars(question.order_by(order, key)).unique()


def _by(moment: datetime | None, cut: datetime) -> bool:
    return moment is None or moment < cut
