"""How actions stood on a past day, read from a real database: what older rows of history say, and what it costs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session, sessionmaker

from tests.factories import make_action, make_council, make_person, make_step, make_update
from tracker import audit
from tracker.actions import handing_over, planning, services
from tracker.actions.as_at import Stood, end_of
from tracker.actions.listing.filters import Filters
from tracker.actions.listing.past import past_list, past_page
from tracker.actions.listing.rows import rows_of
from tracker.actions.listing.shown import USUAL, Column, Order, Shown
from tracker.actions.listing.standing import standing
from tracker.actions.outlook_queries import outlooks
from tracker.actions.past import actions_at, changes_since
from tracker.models import Action, Council, HistoryEntry, Person, work_for
from tracker.terms import Delivery, Outlook, Role

TODAY = date(2026, 11, 23)
DAY = date(2026, 10, 1)
LATER = datetime(2026, 10, 5, 10, tzinfo=UTC)


@dataclass
class Office:
    """A council with one action, its owner, a lead and somebody it can be handed to."""

    council: Council
    action: Action
    owner: Person
    lead: Person
    heir: Person


@pytest.fixture
def office(session: Session) -> Office:
    council = make_council(session)
    work_for(session, council.id)
    owner, heir = make_person(session, council, name="Amira Holt"), make_person(session, council, name="Tom Ashby")
    lead = make_person(session, council, Role.LEAD)
    action = make_action(session, council, owner=owner, lead=lead, due=date(2026, 12, 20))
    return Office(council, action, owner, lead, heir)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """The statements that were sent meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def then(session: Session, office: Office, day: date = DAY) -> Stood:
    session.flush()
    [found], _ = actions_at(session, office.council.id, day)
    return found


def hand_over_as_older_versions_wrote_it(session: Session, office: Office, to: Person, now: datetime) -> None:
    action, before = office.action, office.action.owner
    audit.record(
        session, action, "handed_over", "handed it over", by=office.lead, at=now,
        before={"owner": before.name, "lead": office.lead.name}, after={"owner": to.name, "lead": office.lead.name},
    )  # fmt: skip
    action.owner = to
    session.flush()


def test_whose_it_was_is_told_by_the_ids_in_the_history(session: Session, office: Office) -> None:
    handing_over.hand_over(
        session, office.action, owner=office.heir, lead=office.lead, note="Away.", by=office.lead, now=LATER
    )
    office.owner.name = office.heir.name  # of the same name since: ids are what counts
    assert then(session, office).owner_id == office.owner.id
    assert then(session, office, TODAY).owner_id == office.heir.id


def test_an_older_row_that_only_names_people_is_read_by_the_name(session: Session, office: Office) -> None:
    hand_over_as_older_versions_wrote_it(session, office, office.heir, LATER)
    assert (then(session, office).owner_id, then(session, office).lead_id) == (office.owner.id, office.lead.id)


def test_a_newer_row_does_not_speak_for_an_older_one_that_names_people(session: Session, office: Office) -> None:
    hand_over_as_older_versions_wrote_it(session, office, office.heir, LATER)
    handing_over.hand_over(
        session, office.action, owner=office.owner, lead=office.lead, note="Back.", by=office.lead,
        now=LATER + timedelta(days=9),
    )  # fmt: skip
    assert then(session, office).owner_id == office.owner.id
    assert then(session, office, LATER.date()).owner_id == office.heir.id


@pytest.mark.parametrize("called", ["Tom Ashby", "Somebody Else"])
def test_a_name_that_is_two_people_s_or_nobody_s_says_nothing(session: Session, office: Office, called: str) -> None:
    hand_over_as_older_versions_wrote_it(session, office, office.heir, LATER)
    office.owner.name = called  # so "Amira Holt" is nobody's
    if called == "Tom Ashby":
        hand_over_as_older_versions_wrote_it(session, office, office.owner, LATER - timedelta(days=1))
    assert then(session, office).owner_id == office.action.owner_id


def test_the_outlook_counts_the_steps_there_were(session: Session, office: Office) -> None:
    action, owner = office.action, office.owner
    make_update(session, action, at=datetime(2026, 9, 30, 9, tzinfo=UTC))
    for due, day in ((date(2026, 9, 28), 1), (date(2026, 12, 1), 2)):
        step = make_step(session, action, due, title=f"Step {day}")
        session.refresh(action, ["milestones"])
        if day == 1:
            planning.mark_step(session, action, step, done=True, by=owner, now=LATER)
        else:
            planning.remove_step(session, action, step, by=owner, now=LATER)
    planning.add_step(session, action, title="A late thought", due=date(2026, 11, 1), by=owner, now=LATER)
    undone = changes_since(session, office.council.id, end_of(DAY))
    judged = outlooks(session, [then(session, office)], DAY, undone=undone)[action.id]
    assert (judged.outlook, judged.reason) == (Outlook.AT_RISK, "The step “Step 1” is 3 days late.")
    undone = changes_since(session, office.council.id, end_of(LATER.date()))
    judged = outlooks(session, [then(session, office, LATER.date())], LATER.date(), undone=undone)[action.id]
    assert (judged.outlook, judged.reason) == (Outlook.ON_TRACK, "Last heard of 5 days ago; 1 of 2 steps done.")


def test_a_row_of_a_step_that_older_versions_wrote_changes_no_step(session: Session, office: Office) -> None:
    step = make_step(session, office.action, date(2026, 12, 1))
    audit.record(session, office.action, "step_added", "added the step “Agree it”", by=office.owner, at=LATER)
    session.flush()
    undone = changes_since(session, office.council.id, end_of(DAY))
    judged = outlooks(session, [then(session, office)], DAY, undone=undone)[office.action.id]
    assert step.title == "Agree it"
    assert judged.outlook is Outlook.AT_RISK  # nothing has been said since January


def test_today_reads_no_row_of_history_and_nothing_else_but_the_actions(
    session: Session, engine: Engine, office: Office
) -> None:
    services.claim(session, office.action, note="Done.", by=office.owner, now=LATER)
    session.commit()
    with statements(engine) as seen:
        found, undone = actions_at(session, office.council.id, TODAY)
    assert (undone.fields, undone.answers, undone.steps) == ({}, {}, {})
    assert len(found) == 1
    assert len([one for one in seen if one.startswith("SELECT")]) == 2
    with statements(engine) as seen:
        then(session, office)
    assert len([one for one in seen if one.startswith("SELECT")]) == 4


def test_what_is_changed_while_a_past_day_is_read_is_taken_back_too(
    session: Session, sessions: sessionmaker[Session], engine: Engine, office: Office
) -> None:
    session.commit()
    asked: list[str] = []

    def hand_over_between(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)
        if len(asked) == 2 and asked[-1] is statement:
            with sessions() as another:
                work_for(another, office.council.id)
                heir, lead = (another.get_one(Person, person.id) for person in (office.heir, office.lead))
                action = another.get_one(Action, office.action.id)
                handing_over.hand_over(another, action, owner=heir, lead=lead, note="Away.", by=lead, now=LATER)
                another.commit()

    event.listen(engine, "before_cursor_execute", hand_over_between)
    [found], _ = actions_at(session, office.council.id, DAY)
    event.remove(engine, "before_cursor_execute", hand_over_between)
    assert found.owner_id == office.owner.id
    session.rollback()
    assert session.get_one(Action, office.action.id, populate_existing=True).owner_id == office.heir.id


def test_the_number_of_statements_of_a_past_list_does_not_grow_with_its_rows(
    session: Session, engine: Engine, office: Office
) -> None:
    shown = Shown(Filters(), Order.OWNER, tuple(Column))

    def counted() -> int:
        session.commit()
        session.expunge_all()
        council = session.get_one(Council, office.council.id)
        with statements(engine) as seen:
            found = past_list(session, shown, council=council, day=DAY)
            actions = standing(session, past_page(found).actions)
            rows_of(session, actions, shown.columns, council=council, today=DAY, undone=found.undone)
        return len(seen)

    services.claim(session, office.action, note="Done.", by=office.owner, now=LATER)
    before = counted()
    for _ in range(9):
        action = make_action(session, office.council)
        services.claim(session, action, note="Done.", by=action.owner, now=LATER)
    assert counted() == before


def test_nothing_of_the_past_is_written_over_today(session: Session, office: Office) -> None:
    handing_over.hand_over(
        session, office.action, owner=office.heir, lead=office.lead, note="Away.", by=office.lead, now=LATER
    )
    services.claim(session, office.action, note="Done.", by=office.heir, now=LATER)
    session.commit()
    [shown] = standing(session, [then(session, office)])
    assert (shown.owner.name, shown.delivery) == ("Amira Holt", Delivery.IN_PROGRESS)
    assert shown not in session
    session.commit()
    session.expire_all()
    kept = session.get_one(Action, office.action.id)
    assert (kept.owner.name, kept.delivery) == ("Tom Ashby", Delivery.AWAITING_CHECK)
    assert session.query(HistoryEntry).count() == 2


def test_a_past_list_is_ordered_by_name_as_the_database_orders_names(session: Session, office: Office) -> None:
    for name in ("Émile Zola", "anna Low", "Zoe High", "Anna Low"):
        make_action(session, office.council, owner=make_person(session, office.council, name=name))
    shown = Shown(Filters(), Order.OWNER, USUAL)
    found = past_list(session, shown, council=office.council, day=DAY)
    names = [action.owner.name for action in standing(session, found.actions)]
    in_order = session.query(Person).where(Person.name.in_(names)).order_by(Person.name)
    assert names == [person.name for person in in_order]
