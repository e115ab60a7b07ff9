"""Looks for words in everything said of an action: one question, answered by FTS5 on SQLite and tsvector on PostgreSQL.

What somebody types is never the search's own language: it is cut into words here, and only letters and digits go on.
Every word has to stand somewhere in the action: in the report's words, the title, the success test, an update, a claim
or a file's name. Word endings do not count, and of the last word the beginning is enough.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    and_,
    any_,
    cast,
    column,
    exists,
    false,
    func,
    intersect,
    literal_column,
    not_,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from tracker.models import Action, Claim, Evidence, SearchText, Update
from tracker.models.searching import CLAIM, FILE, UPDATE

MOST_WORDS, LONGEST_WORD = 20, 60
SHORTEST_BEGINNING = 2  # letters: the beginning "a" would match nearly everything
OPENS, CLOSES = "\ue000", "\ue001"  # round a marked word: characters for private use, which no text needs
# PostgreSQL reads addresses, file names and tags as one word each, and nothing after "<script>": it marks without them.
JOINING, HIDDEN = "<>-._/@:", "".join(chr(0xE010 + number) for number in range(8))
SHOWN_WORDS = 32  # round those that were found
INDEX = table("search_index", column("rowid"))  # SQLite's; see migration 0004
WHOLE_INDEX: ColumnElement[str] = literal_column("search_index")
VECTOR: ColumnElement[Any] = literal_column("search_texts.vector", TSVECTOR())
ENDINGS: ColumnElement[Any] = literal_column("'search_english'::regconfig")


def words_of(typed: str) -> list[str]:
    """Return the words that are looked for: letters and digits only, small, without accents."""
    plain = unicodedata.normalize("NFKD", typed[: MOST_WORDS * LONGEST_WORD].lower())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [word[:LONGEST_WORD] for word in re.findall(r"[^\W_]+", plain)][:MOST_WORDS]


@dataclass(frozen=True)
class Asked:
    """Words that are looked for in pieces: all of them in one piece, or at least one; of the last its beginning."""

    words: tuple[str, ...]
    begun: bool = True
    any_of_them: bool = False

    @property
    def beginning(self) -> bool:
        """Whether the beginning of the last word is enough: of a single letter it would match nearly everything."""
        return self.begun and len(self.words[-1]) >= SHORTEST_BEGINNING


def pieces(session: Session, asked: Asked, council_id: int, *, source: str = "") -> Select[Any]:
    """Return the question for the pieces of a council's actions in which the words stand; the caller adds columns."""
    if _sqlite(session):
        matches = WHOLE_INDEX.op("MATCH", is_comparison=True)(_fts5(asked, council_id, source))
        return select().select_from(SearchText).join(INDEX, INDEX.c.rowid == SearchText.id).where(matches)
    matches = VECTOR.op("@@", is_comparison=True)(_tsquery(asked, council_id, source))
    return select().select_from(SearchText).where(matches)


def newest_first(session: Session) -> ColumnElement[int]:
    """Return the order of ``pieces`` from the newest to the oldest.

    SQLite reads its index of words in this order. PostgreSQL, which takes the beginning of any word for a common one,
    is kept from reading all pieces in it.
    """
    return INDEX.c.rowid.desc() if _sqlite(session) else (SearchText.id + 0).desc()


def said_of(session: Session, typed: str, council_id: int, *, cut: datetime | None = None) -> ColumnElement[bool]:
    """Match the actions of which every word that was typed is said somewhere. Without a word it matches none.

    ``cut``: only what had been said by a moment; of titles and success tests there are only those of today.
    """
    words = words_of(typed)
    if not words:
        return false()
    *whole, last = words
    each = [Asked((word,), begun=False) for word in dict.fromkeys(whole)] + [Asked((last,))]
    found = [pieces(session, one, council_id).add_columns(SearchText.action_id) for one in each]
    if cut is not None:
        found = [question.where(*_said_before(cut)) for question in found]
    return among(session, intersect(*found) if len(found) > 1 else found[0])


def _said_before(cut: datetime) -> list[ColumnElement[bool]]:
    moments: tuple[tuple[str, Any, Any], ...] = (
        (UPDATE, Update.id, Update.at), (CLAIM, Claim.id, Claim.claimed_at), (FILE, Evidence.id, Evidence.added_at),
    )  # fmt: skip
    return [
        not_(and_(SearchText.source == source, exists().where(key == SearchText.source_id, at >= cut)))
        for source, key, at in moments
    ]


def said_in_one_piece(session: Session, words: list[str], council_id: int) -> ColumnElement[bool]:
    """Match the actions that have a piece in which all words stand."""
    return among(session, pieces(session, Asked(tuple(words)), council_id).add_columns(SearchText.action_id))


def among(session: Session, found: Select[Any] | CompoundSelect[Any]) -> ColumnElement[bool]:
    """Match the actions whose ids a question gives."""
    if _sqlite(session):
        return Action.id.in_(found)
    # As an array PostgreSQL asks it first and once; joined, it may ask for the words of every action in turn.
    return Action.id == any_(func.array(found.scalar_subquery(), type_=ARRAY(Integer)))


def marked_text(session: Session, asked: Asked) -> ColumnElement[str]:
    """Return a column of ``pieces``: some of the text, the words found between ``OPENS`` and ``CLOSES``."""
    if _sqlite(session):
        return func.snippet(WHOLE_INDEX, 0, OPENS, CLOSES, "…", SHOWN_WORDS)
    options = f"StartSel={OPENS}, StopSel={CLOSES}, MaxWords={SHOWN_WORDS}, MinWords={SHOWN_WORDS // 2}, ShortWord=0"
    hidden = func.translate(SearchText.text, JOINING, HIDDEN)
    return func.translate(func.ts_headline(ENDINGS, hidden, _question(asked), options), HIDDEN, JOINING)


def parts_of(text: str) -> list[tuple[str, bool]]:
    """Cut a marked text into parts, each with whether it is marked.

    > [("All ", False), ("referrals", True), (" are read", False)]
    """
    cut = re.split(f"[{OPENS}{CLOSES}]", text)
    return [(part, number % 2 == 1) for number, part in enumerate(cut) if part]


def _sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _fts5(asked: Asked, council_id: int, source: str) -> str:
    """Write the question for FTS5: every word in double quotes, which its language reads as a word whatever it is."""
    *whole, last = [f'"{word}"' for word in asked.words]
    joined = (" OR " if asked.any_of_them else " AND ").join([*whole, f"{last} *" if asked.beginning else last])
    wanted = [f'council_id : "{council_id}"', f"text : ({joined})"]
    return " AND ".join([*wanted, f'source : "{source}"'] if source else wanted)


def _tsquery(asked: Asked, council_id: int, source: str) -> ColumnElement[Any]:
    """Write the question for PostgreSQL; council and source are words of the index that nobody can type."""
    question = _question(asked)
    for mark in (f"'#{council_id}'", f"'#{source}'" if source else ""):
        if mark:
            question = question.op("&&", return_type=TSQUERY())(cast(mark, TSQUERY))
    return question


def _question(asked: Asked) -> ColumnElement[Any]:
    *whole, last = [f"'{word}'" for word in asked.words]
    joined = (" | " if asked.any_of_them else " & ").join([*whole, f"{last}:*" if asked.beginning else last])
    return func.to_tsquery(ENDINGS, joined, type_=TSQUERY())
