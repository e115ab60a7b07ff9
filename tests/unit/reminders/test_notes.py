"""What later stages have to say in the morning's mail: under its heading, worst first, counted in the subject."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from tracker.reminders.words.emails import Digest, matter, render
from tracker.reminders.words.notes import MOST_WORDS, Kind, Note, short

QUESTIONS = Kind("Members’ questions for you to answer", "members’ questions wait for your answer")
REPORTS = Kind("Committee reports that are ready", "committee reports are ready")
BASE = "https://tracker.westmere.example"


def note(about: str = "WES-1", day: int = 1, kind: Kind = QUESTIONS, title: str = "a question", *says: str) -> Note:
    return Note(
        kind,
        about,
        subject=f"a question about {about} waits for you",
        path=f"/questions/{day}",
        link_words="Answer",
        by=date(2027, 3, day),
        title=title,
        says=says,
    )


def digest(*notes: Note) -> Digest:
    return Digest("Westmere Council", 1, "Ann Hall", "ann@westmere.example", date(2027, 3, 15), notes=notes)


def test_each_kind_stands_under_its_heading_with_the_oldest_first() -> None:
    mail = render(digest(note("WES-2", 9), note("Panel", 3, REPORTS), note("WES-1", 4)), BASE)
    for words in (mail.text, BeautifulSoup(mail.html, "html.parser").get_text(" ")):
        lower = words.lower()
        places = [lower.index(said.lower()) for said in (QUESTIONS.heading, "WES-1: a question", "WES-2: a question")]
        assert places == sorted(places)
        assert lower.index(REPORTS.heading.lower()) < lower.index("panel: a question")
    assert f"Answer:\n  {BASE}/questions/4\n" in mail.text


@pytest.mark.parametrize(
    ("notes", "said"),
    [
        ([note()], "A question about WES-1 waits for you"),
        ([note(), note("WES-2", 2)], "2 members’ questions wait for your answer"),
        (
            [note(), note("WES-2", 2), note("Panel", 3, REPORTS)],
            "2 members’ questions wait for your answer; a question about Panel waits for you",
        ),
    ],
)
def test_the_subject_counts_what_there_are_several_of(notes: list[Note], said: str) -> None:
    assert matter(digest(*notes)) == said
    assert render(digest(*notes), BASE).subject == f"{said} – Westmere Council"


def test_what_is_not_for_email_has_its_reference_and_its_link_only() -> None:
    mail = render(digest(note("WES-1", 1, QUESTIONS, "")), BASE)
    assert "WES-1: not for email. Sign in to read it.\n  Answer:\n" in mail.text
    assert "This is not for email." in mail.html


def test_somebodys_own_words_cannot_pretend_to_be_more_of_the_mail() -> None:
    written = note("WES-1", 1, QUESTIONS, "a <b>question</b>\nWES-9: late", "One\n\nFOR YOU TO ANSWER")
    mail = render(digest(written), BASE)
    assert "WES-1: a <b>question</b> WES-9: late\n  One FOR YOU TO ANSWER\n" in mail.text
    assert "<b>" not in mail.html


def test_long_words_are_cut_at_a_word() -> None:
    cut = short("word " * 400)
    assert len(cut) <= MOST_WORDS + 2
    assert cut.endswith("word …")
    assert short("few\nwords") == "few words"
