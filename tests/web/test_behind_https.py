"""In service: HTTPS, a proxy in front, one request one transaction whatever goes wrong in it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.factories import make_action, make_claim
from tests.web.conftest import World
from tracker.app import create_app
from tracker.clock import FixedClock
from tracker.models import Claim, SignIn, Update
from tracker.terms import Role
from tracker.web.access import SIGNED_IN, allow_any
from tracker.web.commits import commits
from tracker.web.wiring import db


@pytest.fixture
def secure(app: Flask) -> Iterator[Flask]:
    settings = replace(
        app.extensions["tracker"].settings, base_url="https://tracker.westmere.example", trusted_proxies=1
    )
    made = create_app(settings)
    yield made
    made.extensions["tracker"].sessions.kw["bind"].dispose()


def test_over_https_the_browser_is_told_to_stay_there_and_the_cookie_never_leaves_it(secure: Flask) -> None:
    answer = secure.test_client().get("/sign-in", base_url="https://tracker.westmere.example")
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-tracker=")
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in cookie


def test_without_https_there_is_no_such_promise(world: World) -> None:
    answer = world.browser().get("/sign-in")
    assert "Strict-Transport-Security" not in answer.headers
    assert "Secure" not in answer.headers["Set-Cookie"]


def test_a_proxy_may_say_that_it_was_asked_over_https_but_not_for_which_host(secure: Flask) -> None:
    browser = secure.test_client()
    ours = {"base_url": "http://tracker.westmere.example", "headers": {"X-Forwarded-Proto": "https"}}
    assert browser.get("/sign-in", **ours).status_code == 200
    other = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
    answer = browser.get("/", base_url="http://tracker.westmere.example", headers=other)
    assert "evil.example" not in answer.headers["Location"]


def test_an_address_with_a_stroke_too_many_leads_to_the_page(world: World) -> None:
    answer = world.browser(Role.LEAD).get("/reports//add")
    assert answer.status_code in (301, 308)
    assert answer.headers["Location"].endswith("/reports/add")


def test_a_second_row_where_only_one_may_be_is_somebody_elses_change_not_a_fault(world: World) -> None:
    action = make_action(world.session, world.ours)
    make_claim(world.session, action)
    world.session.commit()

    @allow_any(SIGNED_IN)
    @commits
    def view() -> str:
        make_claim(db(), action)
        return "done"

    world.app.view_functions["reports.add_now"] = view
    page = world.browser(Role.LEAD).send("/reports/add")
    assert page.status == 409
    assert "Somebody else changed this since you opened it" in page.text
    assert world.session.scalar(select(func.count(Claim.id))) == 1


def test_a_view_that_fails_leaves_nothing_of_what_it_wrote(world: World) -> None:
    action = make_action(world.session, world.ours)
    world.session.commit()

    @allow_any(SIGNED_IN)
    @commits
    def view() -> str:
        make_claim(db(), action)
        raise ZeroDivisionError

    world.app.view_functions["reports.add_now"] = view
    assert world.browser(Role.LEAD).send("/reports/add").status == 500
    assert world.session.scalar(select(func.count(Claim.id))) == 0


def test_a_request_that_writes_is_heard_of_too(world: World, clock: FixedClock) -> None:
    action = make_action(world.session, world.ours)
    world.session.commit()
    browser = world.browser(Role.LEAD)
    token = browser.token()
    clock.moment += timedelta(minutes=2)
    sent = {"what": "update", "text": "Log read.", "csrf_token": token}
    assert browser.post(f"/actions/{action.reference}/update", data=sent).status_code == 302
    assert world.session.scalar(select(func.count(Update.id))) == 1
    assert world.session.scalars(select(SignIn.seen_at)).one() == clock.moment
