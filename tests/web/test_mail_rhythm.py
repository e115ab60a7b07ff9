"""How often one is written to, on one's own account's page."""

from sqlalchemy import select

from tests.web.conftest import World
from tracker.models import HistoryEntry, Person
from tracker.terms import MailRhythm, Role


def rhythm(world: World, role: Role) -> MailRhythm:
    world.session.rollback()  # a new look
    return world.session.scalars(select(Person.mail_rhythm).where(Person.id == world.people[role].id)).one()


def test_each_person_chooses_how_often_they_are_written_to(world: World) -> None:
    browser = world.browser(Role.SERVICE_MANAGER)
    page = browser.page("/account")
    assert page.soup.select_one("input[name=rhythm][checked]")["value"] == "daily"  # type: ignore[index]
    assert "come each morning all the same" in page.text
    page = browser.follow(browser.send("/account/mail", rhythm="weekly"))
    assert "You are written to once a week." in page.soup.get_text()
    assert page.soup.select_one("input[name=rhythm][checked]")["value"] == "weekly"  # type: ignore[index]
    assert rhythm(world, Role.SERVICE_MANAGER) is MailRhythm.WEEKLY
    assert rhythm(world, Role.LEAD) is MailRhythm.DAILY
    entry = world.session.scalars(select(HistoryEntry).where(HistoryEntry.kind == "person:mail_rhythm")).one()
    assert entry.sentence == "chose to be written to weekly"


def test_choosing_what_one_has_leaves_no_trace(world: World) -> None:
    world.browser(Role.LEAD).send("/account/mail", rhythm="daily")
    assert world.session.scalars(select(HistoryEntry).where(HistoryEntry.kind == "person:mail_rhythm")).all() == []


def test_no_choice_and_a_choice_that_is_none_get_a_sentence(world: World) -> None:
    browser = world.browser(Role.LEAD)
    for typed in ({}, {"rhythm": "hourly"}):
        page = browser.send("/account/mail", **typed)
        assert page.status == 400
        assert len(page.errors) == 1
    assert rhythm(world, Role.LEAD) is MailRhythm.DAILY
