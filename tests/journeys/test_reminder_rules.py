"""The rules of the reminders, and how often one is written to, in a real browser."""

from collections.abc import Callable

import pytest

from tests.journeys.conftest import Visit
from tracker.models import Council


@pytest.mark.usefixtures("hackney")
def test_rules_are_tried_refused_and_saved(visit: Callable[[str], Visit]) -> None:
    administrator = visit("administrator").go("/reminders")
    administrator.follow("See what the rules do, or change them")
    administrator.look()
    administrator.fill("Days before the date", "soon")
    administrator.press("Show me what this does")
    administrator.look()
    administrator.fill("Days before the date", "21, 3")
    administrator.press("Show me what this does")
    administrator.see("The owner is told 21 and 3 days before the date")
    administrator.look()
    administrator.press("Save these rules")
    administrator.see("The owner is told 21 and 3 days before the date")


def test_how_often_is_chosen_beside_the_password(hackney: Council, visit: Callable[[str], Visit]) -> None:
    owner = visit(f"owner@{hackney.slug}.example").go("/account")
    owner.look()
    owner.page.get_by_label("Once a week").check()
    owner.press("Save how often")
    assert owner.page.get_by_text("You are written to once a week.").is_visible()
    owner.press("Change password")
    owner.look()
