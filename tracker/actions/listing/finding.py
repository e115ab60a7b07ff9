"""Finds what is said anywhere, for the page of one box: newest first, by kind, with the words marked."""

from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from tracker.actions.listing.searching import marked_text, newest_first, parts_of, pieces, words_of
from tracker.models import Action, Report, SearchText
from tracker.models.listing import FILE, TITLE, UPDATE, WORDS
from tracker.terms import Delivery, Marking

AT_MOST = 10  # of each kind; the list of actions has the rest
KINDS = ((TITLE, "Actions"), (WORDS, "The report’s words"), (UPDATE, "Updates"), (FILE, "Files"))


@dataclass(frozen=True)
class Hit:
    """One piece in which the words stand."""

    reference: str
    title: str
    delivery: Delivery
    marking: Marking
    parts: tuple[tuple[str, bool], ...]  # of the text, each with whether it was looked for


@dataclass(frozen=True)
class Found:
    """The newest pieces of one kind."""

    source: str
    heading: str
    hits: tuple[Hit, ...]
    more: bool


def find(session: Session, typed: str, council_id: int) -> list[Found]:
    """Return what is found of each kind that has any, whatever was typed."""
    words = words_of(typed)
    if not words:
        return []
    found = [_of_kind(session, words, council_id, source, heading) for source, heading in KINDS]
    return [kind for kind in found if kind.hits]


def reports_named(session: Session, typed: str) -> list[Report]:
    """Return the reports that have every word in their title or code, newest first."""
    words = words_of(typed)
    if not words:
        return []
    named = and_(
        *(
            or_(Report.title.icontains(word, autoescape=True), Report.code.icontains(word, autoescape=True))
            for word in words
        )
    )
    newest = (Report.published.desc().nulls_last(), Report.id.desc())
    return list(session.scalars(select(Report).where(named).order_by(*newest).limit(AT_MOST)))


def _of_kind(session: Session, words: list[str], council_id: int, source: str, heading: str) -> Found:
    """Ask for one kind: first which pieces, then their words marked, which is slow and so done for a few only."""
    newest = (
        pieces(session, words, council_id, source=source)
        .add_columns(SearchText.id)
        .order_by(newest_first(session))
        .limit(AT_MOST + 1)
    )
    ids = list(session.scalars(newest))
    if not ids:
        return Found(source, heading, (), more=False)
    question = (
        pieces(session, words, council_id, source=source)
        .add_columns(Action.reference, Action.title, Action.delivery, Action.marking)
        .add_columns(marked_text(session, words))
        .join(Action, Action.id == SearchText.action_id)
        .where(SearchText.id.in_(ids[:AT_MOST]))
        .order_by(SearchText.id.desc())
    )
    hits = [
        Hit(reference, title, delivery, marking, tuple(parts_of(text)))
        for reference, title, delivery, marking, text in session.execute(question)
    ]
    return Found(source, heading, tuple(hits), more=len(ids) > AT_MOST)
