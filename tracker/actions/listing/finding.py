"""Finds what is said anywhere, for the page of one box: newest first, by kind, with the words marked.

First the pieces in which all words stand together; then the actions that say them all, but in different pieces.
"""

from dataclasses import dataclass

from sqlalchemy import and_, not_, or_, select
from sqlalchemy.orm import Session

from tracker.actions.listing.searching import (
    Asked,
    marked_text,
    newest_first,
    parts_of,
    pieces,
    said_in_one_piece,
    said_of,
    words_of,
)
from tracker.models import Action, Report, SearchText
from tracker.models.searching import CLAIM, FILE, TEST, TITLE, UPDATE, WORDS
from tracker.terms import Delivery, Marking

AT_MOST = 10  # of each kind; the list of actions has the rest
KINDS = (
    (TITLE, "Actions"),
    (WORDS, "The report’s words"),
    (TEST, "How an action will be judged"),
    (UPDATE, "Updates"),
    (CLAIM, "Claims"),
    (FILE, "Files"),
)
APART, HEADING_APART = "apart", "The words in different places of one action"
MOST_PIECES = 40  # of one action that are looked at for where its words stand


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
    asked = Asked(tuple(words))
    found = [_of_kind(session, asked, council_id, source, heading) for source, heading in KINDS]
    if len(set(words)) > 1:
        found.append(_apart(session, typed, words, council_id))
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


def _of_kind(session: Session, asked: Asked, council_id: int, source: str, heading: str) -> Found:
    """Ask for one kind: first which pieces, then their words marked, which is slow and so done for a few only."""
    newest = (
        pieces(session, asked, council_id, source=source)
        .add_columns(SearchText.id)
        .order_by(newest_first(session))
        .limit(AT_MOST + 1)
    )
    ids = list(session.scalars(newest))
    if not ids:
        return Found(source, heading, (), more=False)
    question = (
        pieces(session, asked, council_id, source=source)
        .add_columns(Action.reference, Action.title, Action.delivery, Action.marking)
        .add_columns(marked_text(session, asked))
        .join(Action, Action.id == SearchText.action_id)
        .where(SearchText.id.in_(ids[:AT_MOST]))
        .order_by(SearchText.id.desc())
    )
    hits = [
        Hit(reference, title, delivery, marking, tuple(parts_of(text)))
        for reference, title, delivery, marking, text in session.execute(question)
    ]
    return Found(source, heading, tuple(hits), more=len(ids) > AT_MOST)


def _apart(session: Session, typed: str, words: list[str], council_id: int) -> Found:
    """Return the newest actions that say every word, but nowhere all of them together."""
    columns = (Action.id, Action.reference, Action.title, Action.delivery, Action.marking)
    newest = (
        select(*columns)
        .where(said_of(session, typed, council_id), not_(said_in_one_piece(session, words, council_id)))
        .order_by(Action.id.desc())
        .limit(AT_MOST + 1)
    )
    rows = session.execute(newest).all()
    hits = [
        Hit(reference, title, delivery, marking, _places(session, action_id, words, council_id))
        for action_id, reference, title, delivery, marking in rows[:AT_MOST]
    ]
    return Found(APART, HEADING_APART, tuple(hits), more=len(rows) > AT_MOST)


def _places(session: Session, action_id: int, words: list[str], council_id: int) -> tuple[tuple[str, bool], ...]:
    """Return where an action says the words: of its pieces each that marks one which no piece before it marks."""
    of_action = select(SearchText.id).where(SearchText.council_id == council_id, SearchText.action_id == action_id)
    ids = list(session.scalars(of_action.order_by(SearchText.id.desc()).limit(MOST_PIECES)))
    asked = Asked(tuple(words), any_of_them=True)
    question = pieces(session, asked, council_id).add_columns(marked_text(session, asked))
    found: list[tuple[str, bool]] = []
    said: set[str] = set()
    for text in session.scalars(question.where(SearchText.id.in_(ids)).order_by(SearchText.id)):
        parts = parts_of(text)
        marked = {part.lower() for part, is_marked in parts if is_marked}
        if not marked <= said:
            said |= marked
            found += [(" … ", False), *parts] if found else parts
    return tuple(found)
