"""Answering without signing in, by the link in a mail: an owner their action, a body's contact its own line.

A link works once, for a while, for what was in its mail, while its reader may still answer. What is written goes
through the same verbs as on the pages and is recorded as "by link".
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import audit
from tracker.actions import contributions
from tracker.actions.contributions import address_of
from tracker.actions.parts import moves_for
from tracker.actions.saying import MOVES, Saying, What, say
from tracker.adapters.files import Files
from tracker.clock import london_date
from tracker.errors import NotFound, TrackerError
from tracker.models import (
    Action,
    Contribution,
    ContributionReminder,
    LinkAnswer,
    Message,
    Person,
    Reminder,
    work_for,
    work_for_all,
)
from tracker.reminders.links import Linked, read_token
from tracker.terms import OPEN_CONTRIBUTION, ContributionStatus, How, Marking
from tracker.wording import format_date

UNKNOWN = "This link is not complete. Open it from the email again, or copy the whole of it."
BY_LINK = tuple(what for what in What if what is not What.PAUSE)  # a pause is talked over first
ANSWERS = (ContributionStatus.IN_PROGRESS, ContributionStatus.DONE)


class LinkEnded(TrackerError):
    """The link can no longer be used. Sign in to answer."""


class Answered(LinkEnded):
    """You have answered by this link already. It works once."""


@dataclass(frozen=True)
class Question:
    """What a link asks, of whom. Either a person is asked about their action, or a body's contact about its line."""

    linked: Linked
    action: Action
    ends_on: date  # the last London day on which it can be answered
    person: Person | None = None
    line: Contribution | None = None

    @property
    def asked(self) -> str:
        """Name who is asked: > Sam Reed, Westmere General Hospital."""
        if self.person is not None:
            return f"{self.person.name}, {self.person.post.name}"
        assert self.line is not None  # noqa: S101 - one of the two, by how it is made
        return ", ".join(filter(None, (self.line.contact_name, self.line.body.name)))


def question(
    session: Session, value: str, *, secret_key: str, days: int, demonstration: bool, now: datetime
) -> Question:
    """Return what a link asks, and hold the session to its council.

    Raises NotFound for a link this service did not make, Answered for one that was used, and LinkEnded, with the reason
    in a sentence, after ``days``, or where its reader may not answer any more.
    """
    linked = read_token(value, secret_key)
    work_for_all(session)  # whose council it is, is known only from the mail
    message = session.get(Message, linked.message_id) if linked else None
    if linked is None or message is None:
        raise NotFound(UNKNOWN)
    work_for(session, message.council_id)
    ends_on = london_date(message.sent_at or message.created_at) + timedelta(days=days)
    _refuse_a_used(session, linked)
    if london_date(now) > ends_on:
        raise LinkEnded(f"This link could be used until {format_date(ends_on)}. Sign in, or use a newer email.")
    if linked.of_action:
        return _of_action(session, linked, message, ends_on, demonstration=demonstration)
    return _of_line(session, linked, message, ends_on)


def choices(asked: Question) -> list[What]:
    """Return what may be said by this link."""
    may = moves_for(asked.person, asked.action) if asked.person else frozenset()
    return [what for what in BY_LINK if MOVES[what] in may]


def answer(session: Session, asked: Question, saying: Saying, *, now: datetime, files: Files, scanned: bool) -> str:
    """Write what an owner says, and return what to tell them. Raises what ``say`` raises."""
    assert asked.person is not None  # noqa: S101 - a body's line has a verb of its own
    if saying.what not in BY_LINK:
        raise LinkEnded("Sign in to ask for a pause.")
    _use_up(session, asked, now)
    return say(session, asked.action, saying, by=asked.person, now=now, files=files, scanned=scanned)


def answer_line(session: Session, asked: Question, *, status: ContributionStatus, note: str, now: datetime) -> str:
    """Write what a body's contact says of its line, and return what to tell them."""
    assert asked.line is not None  # noqa: S101 - an action has a verb of its own
    if status not in ANSWERS:
        raise LinkEnded
    _use_up(session, asked, now)
    contributions.set_contribution(
        session, asked.action, asked.line, status=status, note=note, by=None, now=now, outsider=asked.asked
    )
    return "Your answer has been saved."


def _of_action(session: Session, linked: Linked, message: Message, ends_on: date, *, demonstration: bool) -> Question:
    action, person = session.get(Action, linked.about_id), session.get(Person, message.person_id or 0)
    told = select(Reminder.id).where(Reminder.message_id == message.id, Reminder.action_id == linked.about_id)
    if action is None or person is None or session.scalar(told.limit(1)) is None:
        raise NotFound(UNKNOWN)
    if not person.may_come_in(demonstration=demonstration):
        raise LinkEnded("The account that this email was written to has been closed.")
    if not person.may_own:
        raise LinkEnded("The account that this email was written to no longer owns actions.")
    if message.to_address != person.email:
        raise LinkEnded("This email was written to an address that is not used any more.")
    if action.marking is not Marking.OPEN:
        raise LinkEnded("This action is not open to be read without signing in. Sign in to answer.")
    if action.owner_id != person.id:
        raise LinkEnded("This action has been given to somebody else since this email was written.")
    if not action.is_open:
        raise LinkEnded("This action has been closed since this email was written.")
    return Question(linked, action, ends_on, person=person)


def _of_line(session: Session, linked: Linked, message: Message, ends_on: date) -> Question:
    line = session.get(Contribution, linked.about_id)
    told = select(ContributionReminder.id).where(
        ContributionReminder.message_id == linked.message_id, ContributionReminder.contribution_id == linked.about_id
    )
    if line is None or session.scalar(told.limit(1)) is None:
        raise NotFound(UNKNOWN)
    if message.to_address != address_of(line):
        raise LinkEnded("Somebody else is asked about this now.")
    if line.status not in OPEN_CONTRIBUTION:
        raise LinkEnded("Nothing more is asked of you about this.")
    action = session.get_one(Action, line.action_id)
    if action.marking is not Marking.OPEN:
        raise LinkEnded("This action is no longer open to be answered by a link. Write to the council.")
    if not action.is_open:
        raise LinkEnded("This action has been closed since this email was written.")
    return Question(linked, action, ends_on, line=line)


def _refuse_a_used(session: Session, linked: Linked) -> None:
    used = select(LinkAnswer.at).where(LinkAnswer.message_id == linked.message_id, LinkAnswer.about == linked.about)
    at = session.scalar(used)
    if at is not None:
        raise Answered(f"You answered by this link on {format_date(london_date(at))}. It works once.")


def _use_up(session: Session, asked: Question, now: datetime) -> None:
    """Take the link before anything is written by it: of two who send at the same moment one is refused by its key."""
    audit.comes_in_by(session, How.LINK)
    session.add(
        LinkAnswer(
            council_id=asked.action.council_id, message_id=asked.linked.message_id, about=asked.linked.about, at=now
        )
    )
    session.flush()
