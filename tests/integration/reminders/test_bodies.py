"""Bodies' contacts are reminded of their own lines: one mail an address a morning, once for each stage."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_action, make_body, make_council, make_person
from tracker import audit
from tracker.models import (
    Action,
    Contribution,
    ContributionReminder,
    Council,
    HistoryEntry,
    Message,
    Person,
    work_for_all,
)
from tracker.reminders.delivery.outbox import claim_batch
from tracker.reminders.delivery.wanted import look, no_longer_wanted
from tracker.reminders.links import MARK
from tracker.reminders.planning.bodies import PlannedLetter, planned_letters
from tracker.reminders.writing import draft_of_letter, write_letters
from tracker.terms import ContributionStatus, Delivery, Marking, MessageStatus, Role, Stage

MONDAY = date(2027, 3, 15)
BASE = "https://tracker.westmere.example"
DESK = "desk@hospital.example"


@dataclass
class Desk:
    """A council whose owner waits for a hospital."""

    session: Session
    council: Council
    owner: Person

    def line(
        self, due: date = date(2027, 3, 1), body: str = "Westmere General Hospital", **values: Any
    ) -> Contribution:
        own = {name: values.pop(name) for name in ("marking", "delivery", "title") if name in values}
        action = make_action(self.session, self.council, owner=self.owner, due=due, **own)
        found = make_body(self.session, self.council, f"{body} {action.id}", contact_email=values.pop("email", DESK))
        made = Contribution(council_id=self.council.id, action_id=action.id, body_id=found.id, **values)
        self.session.add(made)
        self.session.flush()
        return made

    def planned(self, day: date = MONDAY) -> list[PlannedLetter]:
        return planned_letters(self.session, self.council, day)

    def write(self, day: date = MONDAY) -> list[PlannedLetter]:
        now = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=9)
        return self.put(self.planned(day), now)

    def put(self, planned: Sequence[PlannedLetter], now: datetime) -> list[PlannedLetter]:
        mails = [(one, draft_of_letter(self.council.id, one, BASE)) for one in planned]
        return write_letters(self.session, self.council, mails, now, "tracker.westmere.example")


@pytest.fixture
def desk(session: Session) -> Desk:
    work_for_all(session)
    council = make_council(session)
    return Desk(session, council, make_person(session, council, name="Ann Hall"))


def lines(letter: PlannedLetter) -> list[tuple[int, Stage, date]]:
    return list(letter.reminders)


def test_a_line_is_chased_by_its_own_date_or_by_its_actions(desk: Desk) -> None:
    late = desk.line()
    own = desk.line(due=date(2027, 12, 1), due_date=date(2027, 3, 16))
    desk.line(due=date(2027, 12, 1))  # far off
    (letter,) = desk.planned()
    assert lines(letter) == [(late.id, Stage.WHILE_LATE, date(2027, 3, 15)), (own.id, Stage.BEFORE, date(2027, 3, 15))]


def test_each_address_gets_one_mail_with_all_its_lines_and_a_link_for_each(desk: Desk) -> None:
    first, second = desk.line(title="Review every placement"), desk.line(title="Train every worker")
    desk.line(contact_email="other@board.example")
    assert len(desk.write()) == 2
    messages = desk.session.scalars(select(Message).order_by(Message.to_address)).all()
    assert [message.to_address for message in messages] == [DESK, "other@board.example"]
    hospital = messages[0]
    assert hospital.person_id is None
    assert hospital.subject.startswith("2 actions wait for Westmere General Hospital")
    for written in (hospital.text, hospital.html or ""):
        assert set(MARK.findall(written)) == {f"c{first.id}", f"c{second.id}"}
        assert "Review every placement" in written
        assert "Ann Hall" in written


def test_the_foot_of_the_mail_says_what_the_councils_rules_do(desk: Desk) -> None:
    desk.council.reminder_rules = {"before": [3], "on_the_day": False, "late_every": 14}
    desk.line()
    (letter,) = desk.write()
    said = "You are written to 3 days before the date and every 14 days while it is late, until your part is done."
    assert letter.letter.rhythm == said
    (mail,) = desk.session.scalars(select(Message))
    assert said in mail.text
    assert said in (mail.html or "")


def test_the_lines_own_contact_comes_before_the_bodys(desk: Desk) -> None:
    desk.line(contact_email="Sam.Reed@Hospital.example")
    desk.line(contact_email="")
    assert [one.letter.to_address for one in desk.planned()] == [DESK, "sam.reed@hospital.example"]


def test_without_an_address_nobody_is_written_to(desk: Desk) -> None:
    desk.line(email=None)
    assert desk.planned() == []


@pytest.mark.parametrize("status", [ContributionStatus.DONE, ContributionStatus.NOT_WAITED_FOR])
def test_who_has_finished_is_not_chased(desk: Desk, status: ContributionStatus) -> None:
    desk.line(status=status)
    assert desk.planned() == []


@pytest.mark.parametrize("delivery", [Delivery.CHECKED, Delivery.CLOSED_NOT_COMPLETED])
def test_nor_for_an_action_that_is_closed(desk: Desk, delivery: Delivery) -> None:
    desk.line(delivery=delivery)
    assert desk.planned() == []


def test_nor_for_a_stage_that_was_answered_since(desk: Desk) -> None:
    desk.line(status=ContributionStatus.IN_PROGRESS, replied_at=datetime(2027, 3, 15, 8, tzinfo=UTC))
    assert desk.planned() == []
    assert len(desk.planned(MONDAY + timedelta(days=7))) == 1


def test_written_again_nothing_is_written_twice_and_the_next_stage_comes_in_its_time(desk: Desk) -> None:
    desk.line()
    assert len(desk.write()) == 1
    assert desk.write() == []
    assert desk.planned(MONDAY + timedelta(days=1)) == []
    assert len(desk.write(MONDAY + timedelta(days=7))) == 1
    assert len(desk.session.scalars(select(ContributionReminder)).all()) == 2


def test_after_an_outage_an_address_gets_one_mail(desk: Desk) -> None:
    desk.council.reminder_rules = {"on_the_day": True}
    mondays, tuesdays = desk.line(MONDAY), desk.line(MONDAY + timedelta(days=1))
    answered = desk.line(MONDAY)
    desk.write()
    answered.status = ContributionStatus.DONE
    (written,) = desk.write(MONDAY + timedelta(days=1))
    assert {item.contribution_id for item in written.letter.items} == {mondays.id, tuesdays.id}
    earlier, later = desk.session.scalars(
        select(Message).order_by(Message.id).execution_options(populate_existing=True)
    )
    assert (earlier.status, later.status) == (MessageStatus.TOLD_LATER, MessageStatus.WAITING)
    rows = desk.session.scalars(select(ContributionReminder).execution_options(populate_existing=True))
    assert {row.message_id for row in rows} == {later.id}
    assert desk.write(MONDAY + timedelta(days=2)) == []


def test_two_processes_that_planned_the_same_write_one_mail(desk: Desk) -> None:
    desk.line()
    planned = desk.planned()
    now = datetime(2027, 3, 15, 9, tzinfo=UTC)
    first = desk.put(planned, now)
    second = desk.put(planned, now)
    assert (len(first), len(second)) == (1, 0)
    assert len(desk.session.scalars(select(Message)).all()) == 1
    assert len(desk.session.scalars(select(ContributionReminder)).all()) == 1


def test_of_what_is_not_open_the_mail_has_the_reference_and_whom_to_ask(desk: Desk) -> None:
    line = desk.line(marking=Marking.EXEMPT, title="a canary")
    desk.session.get_one(Action, line.action_id).point.words = "a canary too"
    desk.write()
    message = desk.session.scalars(select(Message)).one()
    for written in (message.subject, message.text, message.html or ""):
        assert "canary" not in written
        assert not MARK.search(written)
    assert "Ann Hall" in message.text


def test_where_the_owner_has_gone_somebody_who_is_there_is_to_be_asked(desk: Desk) -> None:
    line = desk.line()
    lead = desk.session.get_one(Action, line.action_id).lead
    desk.owner.active = False
    (letter,) = desk.planned()
    assert (letter.letter.items[0].owner, letter.letter.items[0].owner_email) == (
        f"{lead.name}, Head of Service",
        lead.email,
    )
    lead.active = False
    standin = make_person(desk.session, desk.council, Role.DIRECTOR)
    (letter,) = desk.planned()
    assert letter.letter.items[0].owner_email == standin.email
    standin.active = False
    (letter,) = desk.planned()
    assert letter.letter.items[0].owner_email == desk.owner.email


def test_the_history_says_whom_the_service_wrote_to(desk: Desk) -> None:
    line = desk.line()
    desk.write()
    entry = desk.session.scalars(select(HistoryEntry).order_by(HistoryEntry.id.desc())).first()
    assert entry is not None
    assert entry.sentence == f"wrote to {line.body.name} about {desk.session.get_one(Action, line.action_id).reference}"
    assert audit.faults(desk.session, desk.council.id) == []


def test_another_councils_lines_stay_its_own(desk: Desk, session: Session) -> None:
    other = make_council(session, "Northbrook")
    replace(desk, council=other, owner=make_person(session, other)).line()
    assert desk.planned() == []


@pytest.mark.parametrize(
    ("status", "leaves"), [(ContributionStatus.IN_PROGRESS, True), (ContributionStatus.DONE, False)]
)
def test_a_mail_whose_lines_were_all_answered_before_it_could_leave_does_not(
    desk: Desk, status: ContributionStatus, leaves: bool
) -> None:
    line = desk.line()
    desk.write()
    line.status = status
    desk.session.flush()
    claimed = claim_batch(desk.session, size=5, lease_seconds=60)
    mail = look(desk.session.connection(), claimed.message_ids[0], claimed.token)
    assert mail is not None
    assert (no_longer_wanted(mail) is None) is leaves
