"""The page of the reminder rules: shown before they are saved, refused with one sentence, kept in the history."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.pages import Page, PageClient
from tests.web.conftest import World
from tracker.models import Council, HistoryEntry
from tracker.models.council import default_reminder_rules
from tracker.reminders.rules_forms import opened_with
from tracker.reminders.stages.rules import read_rules
from tracker.terms import Role

OPENED = opened_with(read_rules(default_reminder_rules()))
TYPED = {
    "opened": OPENED,
    "before": "28, 14, 7, 1",
    "on_the_day": "y",
    "late_every": "7",
    "lead_after": "7",
    "director_after": "28",
    "silent_after": "28",
    "decision_after": "5",
}


def stored(world: World) -> dict[str, Any]:
    world.session.rollback()  # a new look
    return dict(world.session.scalars(select(Council.reminder_rules).where(Council.id == world.ours.id)).one())


def preview(browser: PageClient, **typed: str) -> Page:
    return browser.send("/reminders/rules/preview", **(TYPED | typed))


def test_a_council_begins_with_every_stage(world: World) -> None:
    page = world.browser(Role.LEAD).page("/reminders/rules")
    for words in (
        "The owner is told 28, 14, 7 days and 1 day before the date, and on the day.",
        "While it is late: every 7 days.",
        "The lead is told once, at 7 days late; the directors once, at 28 days late.",
        "for 28 days, its owner is asked, and again every 28 days of silence",
        "has waited 5 working days, whoever is to decide it is told",
    ):
        assert words in page.text
    assert "An administrator can change the rules." in page.text
    assert page.soup.find("input", {"name": "before"}) is None


def test_rules_are_shown_before_they_are_saved(world: World) -> None:
    browser = world.browser(Role.ADMINISTRATOR)
    page = preview(browser, before="10", late_every="")
    assert page.status == 200
    assert (
        "The owner is told 10 days before the date, and on the day. While it is late the owner is not told" in page.text
    )
    assert "Nobody who owns a late action is reminded of it again." in page.text
    assert "the owner, 10 days before the date" in page.text
    assert "the directors, 28 days late" in page.text
    assert "Nothing is saved yet." in page.text
    assert stored(world) == default_reminder_rules()
    (save,) = page.soup.select('form[action="/reminders/rules"]')
    fields = {field["name"]: field["value"] for field in save.select("input")}
    assert browser.send("/reminders/rules", **fields).status == 302
    assert stored(world) == default_reminder_rules() | {"before": [10], "late_every": None}


def test_a_change_stands_in_the_history(world: World) -> None:
    world.browser(Role.ADMINISTRATOR).send("/reminders/rules", **(TYPED | {"lead_after": "14"}))
    entry = world.session.scalars(select(HistoryEntry).where(HistoryEntry.kind == "council:reminder_rules")).one()
    assert (entry.person_name, entry.sentence) == (
        world.people[Role.ADMINISTRATOR].name,
        "changed the reminder rules",
    )
    assert (entry.before or {})["lead_after"] == 7
    assert (entry.after or {})["lead_after"] == 14
    assert entry.note == "The lead is told once, at 14 days late; the directors once, at 28 days late."


def test_rules_that_are_as_they_were_leave_no_trace(world: World) -> None:
    browser = world.browser(Role.ADMINISTRATOR)
    assert "Nothing: they are the rules as they are." in preview(browser).text
    browser.send("/reminders/rules", **TYPED)
    assert world.session.scalars(select(HistoryEntry).where(HistoryEntry.subject == "council")).all() == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            {"before": "soon"},
            "Enter up to 8 whole numbers of days from 1 to 365 with commas between, like 28, 14, 7, 1",
        ),
        ({"before": "1,2,3,4,5,6,7,8,9"}, "Enter up to 8 whole numbers"),
        ({"before": "14, 0"}, "Enter up to 8 whole numbers"),
        ({"late_every": "-7"}, "Enter a whole number of days from 1 to 365, or nothing"),
        ({"lead_after": "7.5"}, "Enter a whole number of days from 1 to 365, or nothing"),
        ({"silent_after": "366"}, "Enter a whole number of days from 1 to 365, or nothing"),
        ({"decision_after": "9" * 400}, "Enter a whole number of days from 1 to 365, or nothing"),
        ({"decision_after": "٣"}, "Enter a whole number of days from 1 to 365, or nothing"),
        ({"director_after": "7"}, "Tell the directors later than the lead: enter more than 7, or nothing"),
    ],
)
def test_wrong_input_gets_one_sentence_at_its_field(world: World, typed: dict[str, str], sentence: str) -> None:
    browser = world.browser(Role.ADMINISTRATOR)
    for address in ("/reminders/rules/preview", "/reminders/rules"):
        page = browser.send(address, **(TYPED | typed))
        assert page.status == 400
        (error,) = page.errors
        assert error.startswith(sentence)
        (name,) = typed
        assert page.field(name) == typed[name]
    assert stored(world) == default_reminder_rules()


def test_rules_that_somebody_else_changed_meanwhile_are_shown_again(world: World) -> None:
    first, second = world.browser(Role.ADMINISTRATOR), world.browser(Role.ADMINISTRATOR)
    first.send("/reminders/rules", **(TYPED | {"late_every": "14"}))
    page = second.send("/reminders/rules", **(TYPED | {"lead_after": "10"}))
    assert page.status == 409
    assert "Somebody else changed the rules while you had the page open." in page.text
    assert stored(world)["late_every"] == 14
    fields = {f["name"]: f["value"] for f in page.soup.select('form[action="/reminders/rules"] input')}
    assert second.send("/reminders/rules", **fields).status == 302
    assert (stored(world)["late_every"], stored(world)["lead_after"]) == (7, 10)


def test_the_reminders_page_says_the_rules_in_the_same_words(world: World) -> None:
    page = world.browser(Role.ADMINISTRATOR).page("/reminders")
    assert "The lead is told once, at 7 days late; the directors once, at 28 days late." in page.text
    assert page.soup.find("a", href="/reminders/rules")
