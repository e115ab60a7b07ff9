"""What a later stage of the flow says in somebody's mail of a morning, in that stage's own words. Pure.

Of what is not for email only what it is about is written, and the link to its page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.reminders.words.entries import one_line

MOST_WORDS = 600  # characters of somebody's own words; the page behind the link has them all


@dataclass(frozen=True)
class Kind:
    """A kind of note: the heading it stands under, and how the subject of the mail counts several of it."""

    heading: str
    several: str  # > questions wait for your answer


@dataclass(frozen=True)
class Note:
    """One note. ``about`` may always be written; ``title`` and ``says`` are empty where nothing else may be."""

    kind: Kind
    about: str  # > WES-2026-03
    subject: str  # where it is the only one of its kind: > a question about the action WES-2026-03 waits for you
    path: str  # of its page, below the service's address
    link_words: str
    by: date  # worst first: the day it is asked for, or happened
    title: str = ""
    says: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoteEntry:
    """One note as a mail prints it."""

    about: str
    title: str
    says: tuple[str, ...]
    link: str
    link_words: str


@dataclass(frozen=True)
class NoteSection:
    """The notes of a kind under their heading, worst first."""

    heading: str
    entries: tuple[NoteEntry, ...]


def note_sections(notes: Sequence[Note], base_url: str) -> list[NoteSection]:
    """Put the notes of each kind under its heading."""
    return [
        NoteSection(kind.heading, tuple(_entry(note, base_url) for note in _of_kind(notes, kind)))
        for kind in _kinds(notes)
    ]


def notes_counted(notes: Sequence[Note]) -> list[str]:
    """Say in the words of a subject what the notes are: > 2 questions wait for your answer."""
    parts = []
    for kind in _kinds(notes):
        found = _of_kind(notes, kind)
        parts.append(one_line(found[0].subject) if len(found) == 1 else f"{len(found)} {kind.several}")
    return parts


def short(words: str) -> str:
    """Take somebody's own words on one line, and no more of them than a mail bears."""
    line = one_line(words)
    return line if len(line) <= MOST_WORDS else f"{line[:MOST_WORDS].rsplit(' ', 1)[0]} …"


def _kinds(notes: Sequence[Note]) -> list[Kind]:
    return list(dict.fromkeys(note.kind for note in notes))


def _of_kind(notes: Sequence[Note], kind: Kind) -> list[Note]:
    return sorted((note for note in notes if note.kind == kind), key=lambda note: (note.by, note.about, note.path))


def _entry(note: Note, base_url: str) -> NoteEntry:
    return NoteEntry(
        about=one_line(note.about),
        title=one_line(note.title),
        says=tuple(one_line(said) for said in note.says),
        link=f"{base_url}{note.path}",
        link_words=one_line(note.link_words),
    )
