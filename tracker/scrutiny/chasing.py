"""Members' questions in the morning's mails: who is to answer is chased like an action's owner, who asked hears of it.

Reads only: what it returns the reminder stage writes, sends and looks at once more (``reminders.planning.notes``). The
words of a question stand in a mail only where it may stand in a public paper.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import Select, exists, select

from tracker.clock import london_date
from tracker.models import Question, QuestionReminder
from tracker.reminders.planning.asking import batches, midnight
from tracker.reminders.planning.mornings import Morning, standins
from tracker.reminders.planning.notes import Saying, Teller
from tracker.reminders.planning.standing import STILL_ASKED
from tracker.reminders.stages.schedule import Due, stage_of, still_new
from tracker.reminders.words.notes import Kind, Note, short
from tracker.scrutiny.questions import WITH, is_open, is_public, reference_of, subject_of
from tracker.terms import Stage
from tracker.wording import days_late, format_date, sentence

TO_ANSWER = Kind("Members’ questions for you to answer", "members’ questions wait for your answer")
ANSWERED = Kind("Answers to your questions", "of your questions have been answered")
NEWS_FOR = timedelta(days=28)  # what was answered longer ago than that has been read


def questions_due(morning: Morning) -> Iterator[Saying]:
    """Give what is to be said of questions on a morning, and has not been said yet."""
    yield from _to_answer(morning)
    yield from _answered(morning)


def questions_again(morning: Morning, message_ids: Collection[int]) -> Iterator[Saying]:
    """Give what mails that will not leave would have said of questions, as far as it is still true."""
    told = (
        select(QuestionReminder, Question)
        .join(Question, Question.id == QuestionReminder.question_id)
        .where(QuestionReminder.council_id == morning.council.id, STILL_ASKED)
        .options(*WITH)
        .order_by(QuestionReminder.id)
    )
    for chunk in batches(sorted(message_ids)):
        for row, found in morning.session.execute(told.where(QuestionReminder.message_id.in_(chunk))):
            yield _saying(morning, found, row.person_id, row.stage, row.about_date)


QUESTIONS = Teller(questions_due, questions_again)


def _to_answer(morning: Morning) -> Iterator[Saying]:
    """Give the open questions that came to a stage, by the days of an action: one line each, the stage fallen last."""
    until = morning.day + timedelta(days=morning.rules.horizon)
    open_ones = _questions(morning).where(is_open(), Question.due_on <= until)
    found = morning.session.scalars(open_ones.order_by(Question.due_on, Question.id)).all()
    told = _told_before(morning, [one.id for one in found])
    for one in found:
        fell, reader = stage_of(one.due_on, morning.rules, morning.day), _to_chase(morning, one)
        if fell is None or reader is None:
            continue
        if still_new(Due(reader, one.id, *fell), one.due_on, morning.rules, told[one.id, reader]):
            yield _saying(morning, one, reader, *fell)


def _answered(morning: Morning) -> Iterator[Saying]:
    """Give the answers that who asked has not been told of."""
    was_told = exists().where(
        QuestionReminder.question_id == Question.id,
        QuestionReminder.person_id == Question.asked_by_id,
        QuestionReminder.stage == Stage.ANSWERED,
    )
    answers = _questions(morning).where(
        Question.answered_at >= midnight(morning.day - NEWS_FOR),
        Question.asked_by_id != Question.answered_by_id,
        ~was_told,
    )
    for one in morning.session.scalars(answers.order_by(Question.answered_at, Question.id)):
        yield _saying(morning, one, one.asked_by_id, Stage.ANSWERED, _answered_on(one))


def _questions(morning: Morning) -> Select[Question]:
    return select(Question).where(Question.council_id == morning.council.id).options(*WITH)


def _told_before(morning: Morning, question_ids: Sequence[int]) -> dict[tuple[int, int], list[tuple[Stage, date]]]:
    told: dict[tuple[int, int], list[tuple[Stage, date]]] = defaultdict(list)
    for chunk in batches(question_ids):
        rows = select(QuestionReminder).where(
            QuestionReminder.council_id == morning.council.id, QuestionReminder.question_id.in_(chunk)
        )
        for row in morning.session.scalars(rows):
            told[row.question_id, row.person_id].append((row.stage, row.about_date))
    return told


def _to_chase(morning: Morning, found: Question) -> int | None:
    """Return whom it was put to; where they have gone the action's lead, or who stands in: no question falls silent."""
    lead = found.action.lead_id if found.action else None
    leads = [lead] if lead in morning.leads else []
    asked = (found.owner_id, *leads, *standins(morning.people))
    return next((person_id for person_id in asked if person_id in morning.active), None)


def _saying(morning: Morning, found: Question, person_id: int, stage: Stage, about: date) -> Saying:
    own = found.owner_id == person_id
    note = _answer_note(found) if stage is Stage.ANSWERED else _note(found, morning.day, own=own)
    key = {"question_id": found.id, "stage": stage, "about_date": about}
    return Saying(person_id, note, QuestionReminder, key)


def _note(found: Question, today: date, *, own: bool) -> Note:
    says = [
        f"{sentence(days_late((today - found.due_on).days))} (to be answered by {format_date(found.due_on)})",
        f"“{short(found.words)}”",
    ]
    if found.meeting is not None:
        says.append(f"The answer is for the meeting of {format_date(found.meeting.day)}.")
    if not own:
        says.append(f"It was put to {found.owner.name}, who no longer has an account. You can answer it.")
    public = is_public(found)
    return Note(
        TO_ANSWER,
        about=reference_of(found),
        subject=f"a question about {subject_of(found)} waits for your answer",
        path=_page(found),
        link_words=f"Answer the question about {reference_of(found)}",
        by=found.due_on,
        title=f"a question from {found.asked_by.name}" if public else "",
        says=tuple(says) if public else (),
    )


def _answer_note(found: Question) -> Note:
    public, answered_by = is_public(found), found.answered_by.name if found.answered_by else ""
    says = (
        f"You asked on {format_date(london_date(found.asked_at))}: “{short(found.words)}”",
        f"{answered_by} answered on {format_date(_answered_on(found))}.",
    )
    return Note(
        ANSWERED,
        about=reference_of(found),
        subject=f"your question about {subject_of(found)} has been answered",
        path=_page(found),
        link_words=f"Read the answer about {reference_of(found)}",
        by=_answered_on(found),
        title="your question has been answered" if public else "",
        says=says if public else (),
    )


def _answered_on(found: Question) -> date:
    return london_date(found.answered_at) if found.answered_at else found.due_on


def _page(found: Question) -> str:
    return f"/questions/{found.id}"
