"""The page behind the link in a mail: one action, or a body's line of one, and nothing else of the service."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tracker.accounts.guessing import note_attempt, too_many
from tracker.actions.forms import UpdateForm
from tracker.actions.presenting import standing
from tracker.actions.saying import MOVES
from tracker.errors import InvalidValue, MoveNotAllowed, TooManyAttempts
from tracker.models import Council, work_for_all
from tracker.reminders import answering
from tracker.reminders.answering import Answered, LinkEnded, Question
from tracker.reminders.forms import LineAnswerForm
from tracker.reminders.views.blueprint import blueprint
from tracker.terms import OPEN_CONTRIBUTION, ContributionStatus
from tracker.web.access import open_to_everybody
from tracker.web.commits import commits
from tracker.web.refusals import place
from tracker.web.wiring import db, now, today, wiring

GONE = 410
# Whoever is signed in in this browser: the page behind a link shows nothing else of the service.
NO_FRAME: dict[str, Any] = {"current_person": None, "navigation": []}


@blueprint.get("/answer/<token>")
@open_to_everybody
def answer(token: str) -> ResponseReturnValue:
    """Show what the link asks. Nothing changes, however often a mail scanner follows it."""
    try:
        asked = _question(token)
    except LinkEnded as ended:
        return _ended_page(ended)
    return _page(asked, _form_of(asked))


@blueprint.post("/answer/<token>")
@open_to_everybody
@commits
def answer_now(token: str) -> ResponseReturnValue:
    """Write what was answered, once."""
    work_for_all(db())
    if too_many(db(), token, now()):
        raise TooManyAttempts
    try:
        asked = _question(token)
        form = _form_of(asked)
        if not form.validate_on_submit():
            return _again(asked, form, token)
        said = _write(asked, form)
    except LinkEnded as ended:
        return _ended_page(ended)
    except (InvalidValue, MoveNotAllowed) as refused:
        if isinstance(form, UpdateForm):
            form.refuse(refused)
        else:
            place(form, refused, fallback="note")
        return _again(asked, form, token)
    return render_template("reminders/answered.html", said=said, action=asked.action, person=asked.person, **NO_FRAME)


def _question(token: str) -> Question:
    settings = wiring().settings
    return answering.question(
        db(),
        token,
        secret_key=settings.secret_key,
        days=settings.answer_days,
        demonstration=settings.demonstration,
        now=now(),
    )


def _form_of(asked: Question) -> UpdateForm | LineAnswerForm:
    if asked.line is not None:
        return LineAnswerForm()
    form = UpdateForm(data={"what": request.args.get("what", "update")} if request.method == "GET" else None)
    form.offer([MOVES[what] for what in answering.choices(asked)])
    return form


def _write(asked: Question, form: UpdateForm | LineAnswerForm) -> str:
    if isinstance(form, LineAnswerForm):
        status = ContributionStatus.of(form.status.data)
        return answering.answer_line(db(), asked, status=status, note=form.note.data, now=now())
    scanned = bool(wiring().settings.scanner)
    return answering.answer(db(), asked, form.saying(), now=now(), files=wiring().files, scanned=scanned)


def _again(asked: Question, form: UpdateForm | LineAnswerForm, token: str) -> ResponseReturnValue:
    """Show the form again; what was wrong counts as an attempt, in a transaction of its own."""
    page = _page(asked, form)
    db().rollback()
    with wiring().sessions.begin() as apart:
        work_for_all(apart)
        note_attempt(apart, token, now())
    return page, 400


def _page(asked: Question, form: UpdateForm | LineAnswerForm) -> str:
    action = asked.action
    return render_template(
        "reminders/answer.html",
        council=db().get(Council, action.council_id),
        asked=asked,
        action=action,
        form=form,
        standing=standing(action, today(), due_soon_days=0),
        open_lines=[line for line in action.contributions if line.status in OPEN_CONTRIBUTION],
        **NO_FRAME,
    )


def _ended_page(ended: LinkEnded) -> ResponseReturnValue:
    answered = isinstance(ended, Answered)
    page = render_template("reminders/link_ended.html", sentence=ended.sentence, answered=answered, **NO_FRAME)
    return page, 200 if answered else GONE
