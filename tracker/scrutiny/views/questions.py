"""Pages of members' questions: putting one, answering it, and all of them."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import queries as action_queries
from tracker.errors import NotFound
from tracker.models import Action, Report
from tracker.reports import queries as report_queries
from tracker.scrutiny import questions
from tracker.scrutiny.committee_forms import AnswerForm, AskForm
from tracker.scrutiny.committees import next_agenda
from tracker.scrutiny.questioning import answer, ask, may_answer
from tracker.scrutiny.views.blueprint import blueprint
from tracker.terms import Marking, ReportStatus, Role
from tracker.web.access import PLANNERS, READERS, allow_any
from tracker.web.commits import commits
from tracker.web.wiring import db, me, now, today
from tracker.wording import format_date

ASKERS = PLANNERS | {Role.SCRUTINY_MEMBER}


@blueprint.app_context_processor
def _questions() -> dict[str, Any]:
    """Give the action's page and the owner's first page what was asked; read only where a page asks for it."""
    return {
        "questions_about": lambda action: questions.questions_about(db(), action.id),
        "my_questions": lambda: questions.questions_to(db(), me()),
        "may_read_question": lambda question: questions.may_read(question, me()),
        "question_standing": lambda question: questions.standing(question, today()),
        "may_ask": lambda: me().role in ASKERS,
        "may_make": lambda: me().role in PLANNERS,
    }


@blueprint.get("/questions")
@allow_any(READERS)
def all_questions() -> ResponseReturnValue:
    """Show what is open, what is late, and what was answered."""
    found, day = questions.all_questions(db()), today()
    return render_template(
        "scrutiny/questions.html",
        late=[one for one in found.open if one.due_on < day],
        open=[one for one in found.open if one.due_on >= day],
        answered=found.answered,
    )


@blueprint.get("/actions/<reference>/ask")
@allow_any(ASKERS)
def ask_about_action(reference: str) -> ResponseReturnValue:
    """Ask for the question about an action."""
    return _ask_page(AskForm(formdata=None), action_queries.action(db(), reference))


@blueprint.post("/actions/<reference>/ask")
@allow_any(ASKERS)
@commits
def ask_about_action_now(reference: str) -> ResponseReturnValue:
    """Put the question to the action's owner."""
    return _ask(action_queries.action(db(), reference))


@blueprint.get("/reports/<int:report_id>/ask")
@allow_any(ASKERS)
def ask_about_report(report_id: int) -> ResponseReturnValue:
    """Ask for the question about a report."""
    return _ask_page(AskForm(formdata=None), _report(report_id))


@blueprint.post("/reports/<int:report_id>/ask")
@allow_any(ASKERS)
@commits
def ask_about_report_now(report_id: int) -> ResponseReturnValue:
    """Put the question to the report's lead."""
    return _ask(_report(report_id))


@blueprint.get("/questions/<int:question_id>")
@allow_any(READERS)
def question(question_id: int) -> ResponseReturnValue:
    """Show a question; who may answer it has the form."""
    return _question_page(question_id, AnswerForm(formdata=None))


@blueprint.post("/questions/<int:question_id>")
@allow_any(READERS)
@commits
def answer_now(question_id: int) -> ResponseReturnValue:
    """Answer a question; the rules say who may."""
    found = questions.question(db(), question_id)
    form = AnswerForm()
    if not form.validate_on_submit() and may_answer(found, me()):
        return _question_page(question_id, form), 400
    answer(db(), found, form.answer.data or "", by=me(), now=now())
    flash("The answer has been kept. It stands with the question.", "success")
    return redirect(url_for("scrutiny.question", question_id=found.id))


def _report(report_id: int) -> Report:
    found = report_queries.report(db(), report_id)
    if found.status is not ReportStatus.CONFIRMED:
        raise NotFound("This report is not tracked yet. Ask when its actions have been made.")
    return found


def _ask(about: Action | Report) -> ResponseReturnValue:
    form = AskForm()
    if not form.validate_on_submit():
        return _ask_page(form, about), 400
    made = ask(db(), me().council, about, form.words.data or "", by=me(), now=now())
    flash(f"Your question has been put. An answer is due by {format_date(made.due_on)}.", "success")
    return redirect(url_for("scrutiny.question", question_id=made.id))


def _ask_page(form: AskForm, about: Action | Report) -> str:
    meeting, due = next_agenda(db(), me().council, today())
    of_action = isinstance(about, Action)
    return render_template(
        "scrutiny/ask.html",
        form=form,
        about=about,
        action=about if of_action else None,
        withheld=isinstance(about, Action) and about.marking is not Marking.OPEN and me().role not in PLANNERS,
        to=about.owner if isinstance(about, Action) else about.added_by,
        meeting=meeting,
        due=due,
    )


def _question_page(question_id: int, form: AnswerForm) -> str:
    found = questions.question(db(), question_id)
    return render_template(
        "scrutiny/question.html",
        form=form,
        question=found,
        readable=questions.may_read(found, me()),
        answers=found.answered_at is None and may_answer(found, me()),
    )
