"""Reads what the rows of today do not say of a past day: which steps there were, and what bodies had answered.

Today reads the rows alone; of a past day the history says what has been changed since.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from tracker.actions.outlook import Step
from tracker.actions.past import A_BODY, A_STEP, steps_then
from tracker.assessments.pack.entries import Asked, Dated, stepped
from tracker.assessments.pack.pieces import Line
from tracker.models import Contribution, HistoryEntry, Milestone
from tracker.terms import ContributionStatus

Key = tuple[int, str, date]  # a step: its action, its title, its date


def steps_done(session: Session, ids: Sequence[int], asked: Asked) -> Iterator[tuple[int, Dated]]:
    """Tell of each step that stood in a plan then that it was done, or was not by its date."""
    now: dict[int, list[Step]] = {}
    days: dict[Key, date] = {}
    rows = session.scalars(select(Milestone).where(Milestone.action_id.in_(ids)).order_by(Milestone.due_date))
    for row in rows:
        now.setdefault(row.action_id, []).append(Step(row.title, row.due_date, done=row.done_on is not None))
        if row.done_on is not None and row.done_on < asked.day:
            days[row.action_id, row.title, row.due_date] = row.done_on
    changes = asked.undone.steps
    changed = [key for key in ids if key in changes]
    days |= _days_of(session, changed, asked)
    for key in sorted({*now, *changed}):
        for step in steps_then(now.get(key, []), changes.get(key, [])):
            day = days.get((key, step.title, step.due))
            yield from ((key, entry) for entry in stepped(step, day, key, asked))


def bodies_then(session: Session, ids: Sequence[int], asked: Asked) -> Iterator[tuple[int, Line]]:
    """Return each body's line as it stood, with what they had said by then."""
    question = select(Contribution).where(Contribution.action_id.in_(ids)).options(joinedload(Contribution.body))
    lines = session.scalars(question.order_by(Contribution.action_id, Contribution.id)).all()
    notes = _notes(session, sorted({line.action_id for line in lines if _has_changed(line, asked)}), asked)
    for line in lines:
        status, note = line.status, line.note or ""
        if _has_changed(line, asked):
            key = (line.action_id, line.body_id)
            status, note = asked.undone.answers.get(key, ContributionStatus.NO_REPLY), notes.get(key, "")
        yield line.action_id, Line(line.body.name, status.label, note)


def _has_changed(line: Contribution, asked: Asked) -> bool:
    """Whether anything was said of it since; a reply that came in with its day has no history."""
    replied_since = line.replied_at is not None and line.replied_at >= asked.cut
    return replied_since or (line.action_id, line.body_id) in asked.undone.answers


def _notes(session: Session, ids: Sequence[int], asked: Asked) -> dict[tuple[int, int], str]:
    """Return the last words that had been noted of each body by then."""
    found: dict[tuple[int, int], str] = {}
    for row in _history(session, ids, HistoryEntry.kind == A_BODY, HistoryEntry.at < asked.cut):
        if row.before and row.note:
            found[row.subject_id, int(row.before["body_id"])] = row.note
    return found


def _days_of(session: Session, ids: Sequence[int], asked: Asked) -> dict[Key, date]:
    """Return on which day each step was last done by then, of those whose row may say otherwise today."""
    found: dict[Key, date] = {}
    for row in _history(session, ids, HistoryEntry.kind.startswith(A_STEP, autoescape=True)):
        for told in (row.before, row.after):
            if told and told["done_on"] and (day := date.fromisoformat(told["done_on"])) < asked.day:
                found[row.subject_id, told["step"], date.fromisoformat(told["due_date"])] = day
    return found


def _history(session: Session, ids: Sequence[int], *about: ColumnElement[bool]) -> Sequence[HistoryEntry]:
    """Return rows of the history of these actions, the oldest first; today there is nothing to ask for."""
    if not ids:
        return ()
    whose = (HistoryEntry.subject == "action", HistoryEntry.subject_id.in_(ids))
    return session.scalars(select(HistoryEntry).where(*whose, *about).order_by(HistoryEntry.sequence)).all()
