"""The words of the mail to a body's contact."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from tracker.reminders.stages.rules import Rules, to_a_body
from tracker.reminders.words.body_mails import BodyItem, BodyLetter, render
from tracker.terms import ContributionStatus, Marking

TODAY = date(2027, 3, 15)
LINKS = "Each link answers for its own action only, and works once."


def item(marking: Marking = Marking.OPEN, reference: str = "WES-1") -> BodyItem:
    return BodyItem(
        contribution_id=5,
        reference=reference,
        title="Review every placement",
        words="Review them.",
        marking=marking,
        status=ContributionStatus.NO_REPLY,
        due=TODAY,
        owner="Ann Hall, Head of Early Help",
        owner_email="ann.hall@westmere.example",
    )


def both(*items: BodyItem) -> tuple[str, str]:
    letter = BodyLetter("Westmere Council", "Westmere Hospital", "desk@hospital.example", TODAY, items)
    written = render(letter, "https://tracker.westmere.example")
    html = BeautifulSoup(written.html, "html.parser").get_text(" ")
    return " ".join(written.text.split()), " ".join(html.split())


def test_it_says_what_is_true_of_one_and_of_several() -> None:
    for said in both(item()):
        assert "This action needs something from Westmere Hospital." in said
        assert "Questions: Ann Hall, Head of Early Help, ann.hall@westmere.example" in said
        assert LINKS in said
    for said in both(item(), item(reference="WES-2")):
        assert "These actions need something from Westmere Hospital." in said


@pytest.mark.parametrize(
    ("rules", "times"),
    [
        (Rules((14, 1), late_every=7), "14 days and 1 day before the date, on it and every 7 days while it is late"),
        (Rules((3,), late_every=1, on_the_day=False), "3 days before the date and every day while it is late"),
        (Rules(), "on the date"),
        (Rules(on_the_day=False), ""),
    ],
)
def test_the_foot_says_what_the_councils_rules_do(rules: Rules, times: str) -> None:
    said = f"You are written to {times}, until your part is done." if times else ""
    assert to_a_body(rules) == said
    letter = BodyLetter(
        "Westmere Council", "Westmere Hospital", "desk@hospital.example", TODAY, (item(),), to_a_body(rules)
    )
    written = render(letter, "https://tracker.westmere.example")
    for form in (written.text, written.html):
        assert said in form
        assert ("You are written to" in form) == bool(said)


@pytest.mark.parametrize("marking", [Marking.EXEMPT, Marking.CONFIDENTIAL])
def test_where_no_line_has_a_link_none_is_spoken_of(marking: Marking) -> None:
    for said in both(item(marking)):
        assert "Ask Ann Hall, Head of Early Help, ann.hall@westmere.example about it." in said
        assert LINKS not in said
    for said in both(item(marking), item(reference="WES-2")):
        assert LINKS in said
