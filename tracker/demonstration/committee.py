"""Tells of the committee: its meetings, the report to the last one, and what its members asked."""

from datetime import timedelta

from sqlalchemy import select

from tracker.demonstration.teller import Teller
from tracker.models import Action, Meeting
from tracker.scrutiny import committees, papers
from tracker.scrutiny.questioning import answer, ask
from tracker.terms import OPEN_DELIVERY

SATURDAY = 5


def tell_of_the_committee(teller: Teller) -> None:
    """Tell of three meetings that have been and two to come, one report, and two questions, one of them answered."""
    session, council, director = teller.session, teller.cast.council, teller.people["director"]
    panel = committees.add_committee(
        session, council, "Children’s Scrutiny Panel", 5, by=teller.people["administrator"], now=teller.ago(300)
    )
    last = [_meeting(teller, panel.id, days) for days in (150, 86, 30)][-1]
    for days in (-19, -75):
        _meeting(teller, panel.id, days)
    paper = papers.make_paper(
        session, council, last, teller.day(38), by=director, today=teller.day(37), now=teller.ago(37)
    )
    words = papers.written(paper).words
    said = {
        **words["sections"],
        "introduction": "The panel asked in summer to see each recommendation with its own date. This report shows it.",
    }
    fields = {**words["fields"], "from": "Director of Children’s Services", "number": "6"}
    papers.write(
        session, paper, {"fields": fields, "sections": said}, version=paper.version, by=director, now=teller.ago(36)
    )
    papers.declare_ready(session, paper, by=director, now=teller.ago(36))
    _questions(teller)


def _meeting(teller: Teller, committee_id: int, days: int) -> Meeting:
    """Add a meeting some days ago, or to come; on a Monday where that is a weekend."""
    day = teller.day(0) - timedelta(days=days)
    if day.weekday() >= SATURDAY:
        day += timedelta(days=7 - day.weekday())
    about = committees.committee(teller.session, committee_id)
    by = teller.people["administrator"]
    return committees.add_meeting(teller.session, about, day, by=by, now=teller.ago(300))


def _questions(teller: Teller) -> None:
    member = teller.people["member"]
    still = select(Action).where(Action.delivery.in_(OPEN_DELIVERY), Action.council_id == teller.cast.council.id)
    first, second = teller.session.scalars(still.order_by(Action.original_due_date, Action.id).limit(2))
    answered = ask(
        teller.session,
        teller.cast.council,
        first,
        "The date has passed. What has been done for the families who wait?",
        by=member,
        now=teller.ago(28),
    )
    words = "Every family that waits has a named worker, and the manager reads the list each Friday."
    answer(teller.session, answered, words, by=first.owner, now=teller.ago(22))
    ask(
        teller.session,
        teller.cast.council,
        second,
        "Will it be done before the next inspection, and who makes sure that it is?",
        by=member,
        now=teller.ago(3),
    )
