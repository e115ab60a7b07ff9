"""What GOV.UK Notify tells and a monitoring system reads: only where set up, for whoever shows the token."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.pages import client_of
from tests.web.conftest import World
from tracker.app import create_app
from tracker.clock import FixedClock
from tracker.models import Heartbeat, Message
from tracker.reminders.delivery.outbox import MESSAGES
from tracker.reminders.delivery.sending import MOST_ATTEMPTS
from tracker.terms import MessageStatus

TOKEN = "a token nobody can guess, long enough"
SHOWN = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def machine(app: Flask, clock: FixedClock) -> Iterator[FlaskClient]:
    """Another machine, at a service that expects it."""
    settings = replace(app.extensions["tracker"].settings, notify_callback_token=TOKEN, metrics_token=TOKEN)
    made = create_app(settings, clock=clock)
    yield made.test_client()
    made.extensions["tracker"].sessions.kw["bind"].dispose()


@pytest.fixture
def mail(world: World, clock: FixedClock) -> Message:
    made = Message(
        council_id=world.ours.id, dedupe_key="digest:1", to_address="ann@westmere.example", subject="Late",
        text="Late.",
        message_id="<1@localhost>", status=MessageStatus.SENT, provider_id="abc", created_at=clock.moment,
        next_attempt_at=clock.moment, sent_at=clock.moment, attempts=1,
    )  # fmt: skip
    world.session.add(made)
    world.session.commit()
    return made


def tell(machine: FlaskClient, status: str, **values: Any) -> int:
    told = {"id": "abc", "reference": "<1@localhost>", "status": status, "notification_type": "email"} | values
    return machine.post("/callbacks/notify", json=told, headers=SHOWN).status_code


def stands(world: World, mail: Message) -> MessageStatus:
    world.session.rollback()  # what was read before is a past of its own
    world.session.refresh(mail)
    return mail.status


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("delivered", MessageStatus.DELIVERED),
        ("permanent-failure", MessageStatus.BOUNCED),
        ("temporary-failure", MessageStatus.DEFERRED),
        ("technical-failure", MessageStatus.DEFERRED),
        ("something new", MessageStatus.SENT),
    ],
)
def test_what_became_of_a_mail_is_written_once(
    world: World, mail: Message, machine: FlaskClient, told: str, status: MessageStatus
) -> None:
    for _ in range(2):
        assert tell(machine, told) == 204
        assert stands(world, mail) is status
    if status is MessageStatus.DEFERRED:
        assert mail.next_attempt_at != mail.created_at
        assert mail.sent_at is None


def test_a_mail_is_given_up_after_so_many_attempts(world: World, mail: Message, machine: FlaskClient) -> None:
    mail.attempts = MOST_ATTEMPTS
    world.session.commit()
    tell(machine, "temporary-failure")
    assert stands(world, mail) is MessageStatus.FAILED


def test_the_news_of_an_earlier_copy_counts_where_it_arrived_and_not_where_it_failed(
    world: World, mail: Message, machine: FlaskClient
) -> None:
    tell(machine, "permanent-failure", id="an earlier one")
    assert stands(world, mail) is MessageStatus.SENT
    tell(machine, "delivered", id="an earlier one")
    assert stands(world, mail) is MessageStatus.DELIVERED
    tell(machine, "permanent-failure")
    assert stands(world, mail) is MessageStatus.DELIVERED


def test_a_mail_that_arrives_before_we_have_written_that_it_left_is_delivered_in_the_end(
    world: World, mail: Message, machine: FlaskClient
) -> None:
    from tracker.reminders.delivery.outbox import Outcome, finish  # noqa: PLC0415

    mail.status, mail.lease_token, mail.provider_id = MessageStatus.SENDING, "held", None
    world.session.commit()
    tell(machine, "delivered")
    assert stands(world, mail) is MessageStatus.SENDING
    assert finish(world.session.connection(), mail.id, "held", Outcome(MessageStatus.SENT, provider_id="abc"))
    world.session.commit()
    assert stands(world, mail) is MessageStatus.DELIVERED
    assert mail.provider_id == "abc"


def test_an_unknown_id_is_answered_like_a_known_one(world: World, mail: Message, machine: FlaskClient) -> None:
    assert tell(machine, "delivered", id="unknown", reference="<unknown@localhost>") == 204
    assert tell(machine, "delivered", id="x" * 5000, reference=None) == 204
    assert stands(world, mail) is MessageStatus.SENT


@pytest.mark.parametrize("header", ["", "Bearer wrong", f"Basic {TOKEN}", TOKEN, "Bearer £"])
def test_only_who_shows_the_token_is_heard(world: World, mail: Message, machine: FlaskClient, header: str) -> None:
    told = {"id": "abc", "reference": "<1@localhost>", "status": "delivered"}
    headers = {"Authorization": header} if header else {}
    assert machine.post("/callbacks/notify", json=told, headers=headers).status_code == 401
    assert machine.get("/metrics", headers=headers).status_code == 401
    assert stands(world, mail) is MessageStatus.SENT


@pytest.mark.parametrize("body", [b"", b"not json", b"[1]", b'{"id": 7, "status": ["delivered"]}', b"\xff\xfe"])
def test_what_cannot_be_read_is_refused(world: World, machine: FlaskClient, body: bytes) -> None:
    answer = machine.post("/callbacks/notify", data=body, headers=SHOWN, content_type="application/json")
    assert answer.status_code == 400


def test_neither_is_there_where_it_is_not_set_up(world: World, app: Flask) -> None:
    nobody = client_of(app)
    assert nobody.post("/callbacks/notify", json={}, headers=SHOWN).status_code == 404
    assert nobody.get("/metrics", headers=SHOWN).status_code == 404


def test_the_figures_of_the_installation_are_read(
    world: World, mail: Message, machine: FlaskClient, clock: FixedClock
) -> None:
    def figures() -> dict[str, float]:
        lines = machine.get("/metrics", headers=SHOWN).get_data(as_text=True).splitlines()
        return {name: float(value) for name, value in (line.split() for line in lines if not line.startswith("#"))}

    before = figures()
    assert before["tracker_mails_sent"] == 1
    assert "tracker_since_sweep_seconds" not in before
    values = {column.name: getattr(mail, column.name) for column in MESSAGES.columns if column.name != "id"}
    for status in set(MessageStatus) - {MessageStatus.SENT, MessageStatus.SENDING, MessageStatus.CANCELLED}:
        world.session.add(Message(**(values | {"status": status, "dedupe_key": status})))
    world.session.add(Heartbeat(name="sweep", at=clock.moment, seconds=1.5))
    world.session.commit()
    clock.moment += timedelta(seconds=90)
    assert figures() == {
        "tracker_mails_waiting": 2,
        "tracker_oldest_waiting_seconds": 90,
        "tracker_mails_sent": 2,
        "tracker_mails_failed": 1,
        "tracker_mails_bounced": 1,
        "tracker_sweep_seconds": 1.5,
        "tracker_since_sweep_seconds": 90,
    }
