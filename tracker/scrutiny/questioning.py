"""Putting a member's question, and answering it: once, by whom it was put to or by a lead."""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker import audit
from tracker.clock import london_date
from tracker.errors import InvalidValue, MoveNotAllowed, NotAllowed
from tracker.models import Action, Council, Person, Question, Report
from tracker.scrutiny.committees import next_agenda
from tracker.terms import PLANNERS, Marking
from tracker.wording import format_date

ASK = "Write your question."
ANSWER = "Write the answer."
ANSWERED = "This question has been answered already."


def ask(
    session: Session, council: Council, about: Action | Report, words: str, *, by: Person, now: datetime
) -> Question:
    """Put a question to an action's owner, or to the lead of a report, due before the next agenda is published."""
    if not words.strip():
        raise InvalidValue(ASK, field="words")
    of_action = isinstance(about, Action)
    meeting, due = next_agenda(session, council, london_date(now))
    question = Question(
        council_id=council.id,
        action_id=about.id if of_action else None,
        report_id=None if of_action else about.id,
        meeting_id=meeting.id if meeting else None,
        words=words.strip(),
        marking=about.marking if isinstance(about, Action) else Marking.OPEN,
        asked_by_id=by.id,
        asked_at=now,
        owner_id=about.owner_id if isinstance(about, Action) else about.added_by_id,
        due_on=due,
    )
    session.add(question)
    name = about.reference if isinstance(about, Action) else about.code
    sentence = f"put a question about {name}, to be answered by {format_date(due)}"
    audit.record(session, question, "asked", sentence, by=by, at=now, after={"due_on": due})
    return question


def may_answer(question: Question, person: Person) -> bool:
    """Whether a person may answer: whom it was put to, or a lead or director."""
    return person.id == question.owner_id or person.role in PLANNERS


def answer(session: Session, question: Question, words: str, *, by: Person, now: datetime) -> None:
    """Answer a question. Raises NotAllowed for anybody else, MoveNotAllowed where it has been answered."""
    if not may_answer(question, by):
        raise NotAllowed(f"You cannot answer this question. {question.owner.name} or a lead can.")
    if question.answered_at is not None:
        raise MoveNotAllowed(ANSWERED)
    if not words.strip():
        raise InvalidValue(ANSWER, field="answer")
    question.answer, question.answered_by_id, question.answered_at = words.strip(), by.id, now
    audit.record(session, question, "answered", "answered a member’s question", by=by, at=now)
