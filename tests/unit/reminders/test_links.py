"""Links that answer without signing in: nothing secret stands in the outbox, and nobody else can make one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.reminders.links import Linked, action_mark, contribution_mark, cover, fill, read_token, token

KEY = "a key of the service, long enough to be one"
BASE = "https://tracker.westmere.example"


def test_the_link_of_a_mail_that_leaves_says_which_mail_and_which_action() -> None:
    text = f"Answer: {action_mark(BASE, 12)} and {contribution_mark(BASE, 5)}"
    sent = fill(text, 7, KEY)
    found = re.findall(rf"{BASE}/answer/(\S+)", sent)
    assert [read_token(one, KEY) for one in found] == [Linked(7, "a12"), Linked(7, "c5")]
    assert [(one.of_action, one.about_id) for one in (Linked(7, "a12"), Linked(7, "c5"))] == [(True, 12), (False, 5)]


def test_a_log_shows_no_link_that_answers() -> None:
    assert cover(f"Answer: {action_mark(BASE, 12)}.") == f"Answer: {BASE}/answer/…."


def test_two_mails_about_one_action_have_links_of_their_own() -> None:
    assert token(Linked(7, "a12"), KEY) != token(Linked(8, "a12"), KEY)


@given(st.text())
def test_no_text_that_somebody_types_is_a_token(typed: str) -> None:
    assert read_token(typed, KEY) is None


@pytest.mark.parametrize("place", range(0, 50, 7))
def test_a_token_that_was_changed_or_made_with_another_key_is_none(place: int) -> None:
    made = token(Linked(7, "a12"), KEY)
    changed = made[:place] + ("A" if made[place] != "A" else "B") + made[place + 1 :]
    assert read_token(changed, KEY) is None
    assert read_token(made, KEY + "!") is None
