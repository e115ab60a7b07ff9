"""The overdue report assembled from a real database, today and as at a past day."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from tests.factories import (
    make_action,
    make_body,
    make_claim,
    make_council,
    make_extension,
    make_person,
    make_report,
    make_service,
    make_update,
)
from tracker.actions import contributions, extensions, handing_over, services
from tracker.actions.details import Details, change_details
from tracker.errors import NotFound
from tracker.models import Action, Contribution, Council, Person, work_for
from tracker.scrutiny.contents import Filters, OverdueReport
from tracker.scrutiny.queries import overdue_report, report_choices
from tracker.terms import CloseReason, ContributionStatus, Decision, Delivery, Marking, Response, Role, Timeliness

TODAY = date(2026, 11, 23)
DUE = date(2026, 9, 1)


def moment(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.fixture
def council(session: Session) -> Council:
    return make_council(session)


@pytest.fixture
def director(session: Session, council: Council) -> Person:
    return make_person(session, council, Role.DIRECTOR)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """The statements that were sent meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def references(report: OverdueReport) -> list[str]:
    return [row.reference for row in report.rows]


def test_a_row_tells_what_a_member_asks(session: Session, council: Council) -> None:
    owner = make_person(session, council, name="Alex Marsh", post="Head of Early Help")
    report = make_report(session, council, code="WES-2026", title="Inspection of early help")
    action = make_action(session, council, due=DUE, report=report, owner=owner, title="Appoint a nurse")
    make_extension(session, action, days=30)
    make_extension(session, action, days=31, reason="Nobody applied.", safeguard="A daily check.")
    make_extension(session, action, days=90, agreed=False, reason="Still waiting.")
    make_update(session, action, at=moment(date(2026, 9, 2)))
    make_update(session, action, at=moment(date(2026, 10, 3)), text="We have advertised again.")
    for name, status in (("Northbrook Trust", ContributionStatus.NO_REPLY), ("The Board", ContributionStatus.DONE)):
        body = make_body(session, council, name)
        session.add(Contribution(council_id=council.id, action_id=action.id, body_id=body.id, status=status))
    session.flush()
    [row] = overdue_report(session, council, TODAY).rows
    assert (row.title, row.owner, row.post) == ("Appoint a nurse", "Alex Marsh", "Head of Early Help")
    assert (row.report, row.place) == ("WES-2026: Inspection of early help", "Areas for improvement, page 1")
    assert row.words == action.point.words
    assert (row.late_words, row.moved_words) == ("83 days late", "Date moved twice, 61 days gained")
    assert (row.original_due, row.current_due) == (DUE, DUE + timedelta(days=61))
    assert (row.reason, row.safeguard) == ("Nobody applied.", "A daily check.")
    assert row.last_update is not None
    assert (row.last_update.words, row.last_update.on) == ("We have advertised again.", date(2026, 10, 3))
    assert row.last_update.by == "Alex Marsh"
    assert row.silent_bodies == ("Northbrook Trust",)


def test_only_what_is_open_and_past_its_original_date_is_listed(session: Session, council: Council) -> None:
    late = make_action(session, council, due=TODAY - timedelta(days=1))
    extended = make_action(session, council, due=TODAY - timedelta(days=2))
    make_extension(session, extended, days=300)
    make_action(session, council, due=TODAY)
    make_action(session, council, due=DUE, delivery=Delivery.CHECKED, claimed_on=DUE, closed_at=moment(DUE))
    make_action(session, council, due=DUE, delivery=Delivery.CLOSED_NOT_COMPLETED, closed_at=moment(DUE))
    claimed = make_action(session, council, due=DUE, delivery=Delivery.AWAITING_CHECK, claimed_on=DUE)
    found = overdue_report(session, council, TODAY)
    assert references(found) == [claimed.reference, extended.reference, late.reference]
    assert (found.totals.open, found.totals.late) == (4, 3)


def test_what_was_not_accepted_is_not_counted_as_accepted(session: Session, council: Council) -> None:
    for response in Response:
        make_action(session, council, response=response)
    assert overdue_report(session, council, TODAY).totals.accepted == 2


def test_another_council_is_never_in_it(session: Session, council: Council) -> None:
    theirs = make_action(session, make_council(session, "Northbrook"), due=DUE)
    ours = make_action(session, council, due=DUE)
    assert references(overdue_report(session, council, TODAY)) == [ours.reference]
    work_for(session, council.id)
    assert references(overdue_report(session, council, TODAY)) == [ours.reference]
    with pytest.raises(NotFound):
        overdue_report(session, council, TODAY, filters=Filters(report_id=theirs.report_id))


def test_filters_narrow_the_figures_by_report_and_service_and_the_rows_by_age(
    session: Session, council: Council
) -> None:
    care = make_service(session, council, "Children in care")
    owner = make_person(session, council, service_id=care.id)
    old = make_action(session, council, due=date(2026, 1, 1), owner=owner)
    new = make_action(session, council, due=TODAY - timedelta(days=3), owner=owner, report=old.report)
    other = make_action(session, council, due=DUE)
    whole = overdue_report(session, council, TODAY)
    assert references(whole) == [old.reference, other.reference, new.reference]
    assert [group.named.name for group in whole.by_service] == ["Children in care", "No service given"]
    by_service = overdue_report(session, council, TODAY, filters=Filters(service_id=care.id))
    by_report = overdue_report(session, council, TODAY, filters=Filters(report_id=old.report_id))
    assert references(by_service) == references(by_report) == [old.reference, new.reference]
    assert by_service.narrowed_to == ("Children in care",)
    by_age = overdue_report(session, council, TODAY, filters=Filters(band=Timeliness.LATE_1_30))
    assert references(by_age) == [new.reference]
    assert by_age.listed == "1 of 3 late actions"


def test_reports_to_choose_from_are_those_with_actions(session: Session, council: Council) -> None:
    make_report(session, council)
    action = make_action(session, council)
    work_for(session, council.id)
    assert [one.id for one in report_choices(session)] == [action.report_id]


def test_the_number_of_statements_does_not_grow_with_the_rows(
    session: Session, council: Council, engine: Engine, director: Person
) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            action = make_action(session, council, due=DUE)
            body = make_body(session, council)
            session.add(Contribution(council_id=council.id, action_id=action.id, body_id=body.id))
            make_extension(session, action)
            services.write_update(session, action, text="Begun.", by=director, now=moment(date(2026, 9, 9)))
        session.commit()
        session.expunge_all()

    def counted(at: date) -> int:
        with statements(engine) as seen:
            overdue_report(session, session.merge(council, load=False), at)
        return len(seen)

    fill(2)
    today, past = counted(TODAY), counted(date(2026, 9, 5))
    fill(10)
    assert (counted(TODAY), counted(date(2026, 9, 5))) == (today, past)
    assert today <= 10


class TestAsAtAPastDay:
    """Everything after the day is taken back, from the history that the services write."""

    @pytest.fixture
    def action(self, session: Session, council: Council) -> Action:
        return make_action(session, council, due=DUE, delivery=Delivery.NOT_STARTED)

    def test_what_was_made_later_is_not_in_it(self, session: Session, council: Council) -> None:
        make_action(session, council, due=date(2026, 3, 1), created_at=moment(date(2026, 10, 1)))
        assert overdue_report(session, council, date(2026, 9, 30)).totals.open == 0
        assert overdue_report(session, council, date(2026, 10, 1)).totals.late == 1

    def test_a_claim_and_its_check_are_taken_back_one_after_the_other(
        self, session: Session, council: Council, action: Action, director: Person
    ) -> None:
        services.write_update(session, action, text="Begun.", by=action.owner, now=moment(date(2026, 9, 10)))
        claim = services.claim(session, action, note="Done.", by=action.owner, now=moment(date(2026, 9, 20)))
        services.accept(session, claim, finding="Seen.", by=director, now=moment(date(2026, 10, 5)))
        expected = {
            date(2026, 9, 9): Delivery.NOT_STARTED,
            date(2026, 9, 10): Delivery.IN_PROGRESS,
            date(2026, 9, 20): Delivery.AWAITING_CHECK,
            date(2026, 10, 4): Delivery.AWAITING_CHECK,
        }
        for day, delivery in expected.items():
            [row] = overdue_report(session, council, day).rows
            assert (day, row.delivery) == (day, delivery)
            assert row.days_late == (day - DUE).days
        after = overdue_report(session, council, date(2026, 10, 5))
        assert (after.rows, after.totals.implemented, after.totals.on_time) == ((), 1, 0)

    def test_a_claim_by_the_date_that_was_checked_later_was_on_time(
        self, session: Session, council: Council, action: Action, director: Person
    ) -> None:
        claim = services.claim(session, action, note="Done.", by=action.owner, now=moment(DUE))
        services.accept(session, claim, finding="Seen.", by=director, now=moment(date(2026, 10, 5)))
        services.reopen(session, action, reason="It did not hold.", by=director, now=moment(date(2026, 11, 1)))
        assert overdue_report(session, council, date(2026, 10, 31)).totals.on_time == 1
        assert overdue_report(session, council, date(2026, 11, 1)).totals.late == 1
        assert overdue_report(session, council, TODAY).totals.on_time == 0

    def test_an_action_closed_later_was_late_then(
        self, session: Session, council: Council, action: Action, director: Person
    ) -> None:
        code, on = CloseReason.NO_LONGER_APPLIES, moment(date(2026, 10, 5))
        services.close(session, action, code=code, reason="The law has changed.", by=director, now=on)
        assert overdue_report(session, council, date(2026, 10, 4)).totals.late == 1
        assert overdue_report(session, council, date(2026, 10, 5)).totals.late == 0

    def test_a_move_of_the_date_counts_from_the_day_it_was_agreed(
        self, session: Session, council: Council, action: Action, director: Person
    ) -> None:
        for asked, until in ((date(2026, 9, 5), date(2026, 10, 1)), (date(2026, 10, 2), date(2026, 12, 1))):
            extension = extensions.ask_for_more_time(
                session, action, until=until, reason=f"Until {until}", safeguard="A check.", by=action.owner,
                now=moment(asked),
            )  # fmt: skip
            session.flush()
            extensions.decide_extension(
                session, extension, agreed=True, note="", by=director, now=moment(asked + timedelta(days=2))
            )
        expected = [
            (date(2026, 9, 6), None, 0, ""),
            (date(2026, 9, 7), date(2026, 10, 1), 1, "Until 2026-10-01"),
            (date(2026, 10, 3), date(2026, 10, 1), 1, "Until 2026-10-01"),
            (date(2026, 10, 4), date(2026, 12, 1), 2, "Until 2026-12-01"),
        ]
        for day, current, times, reason in expected:
            [row] = overdue_report(session, council, day).rows
            assert (day, row.current_due, row.times_moved, row.reason) == (day, current, times, reason)

    def test_the_last_update_is_the_last_of_that_day(self, session: Session, council: Council, action: Action) -> None:
        make_update(session, action, at=moment(date(2026, 9, 2)), text="First.")
        make_update(session, action, at=moment(date(2026, 10, 2)), text="Second.")
        [row] = overdue_report(session, council, date(2026, 10, 1)).rows
        assert row.last_update is not None
        assert row.last_update.words == "First."

    def test_a_claim_or_a_request_for_more_time_is_a_last_word_too(
        self, session: Session, council: Council, action: Action
    ) -> None:
        owner = action.owner
        services.claim(session, action, note="A nurse has begun.", by=owner, now=moment(date(2026, 10, 20)))
        make_extension(session, action, agreed=False, reason="Nobody applied.", asked_at=moment(date(2026, 10, 10)))
        make_update(session, action, at=moment(date(2026, 10, 5)), text="Second.")
        make_update(session, action, at=moment(date(2026, 10, 2)), text="Told later, of an earlier moment.")
        expected = [
            (date(2026, 10, 1), None),
            (date(2026, 10, 4), "Told later, of an earlier moment."),
            (date(2026, 10, 9), "Second."),
            (date(2026, 10, 10), "Asked for more time: Nobody applied."),
            (date(2026, 10, 19), "Asked for more time: Nobody applied."),
            (date(2026, 10, 20), "Claimed: A nurse has begun."),
        ]
        for day, words in expected:
            [row] = overdue_report(session, council, day).rows
            assert (day, row.last_update and row.last_update.words) == (day, words)
        assert row.last_update is not None
        assert (row.last_update.on, row.last_update.by) == (date(2026, 10, 20), owner.name)

    def test_a_body_is_known_by_more_than_its_name(self, session: Session, council: Council, action: Action) -> None:
        body = make_body(session, council, "Trust: North")
        line = Contribution(council_id=council.id, action_id=action.id, body_id=body.id)
        session.add(line)
        session.flush()
        for day, status in ((10, ContributionStatus.IN_PROGRESS), (20, ContributionStatus.DONE)):
            contributions.set_contribution(
                session, action, line, status=status, note="", by=action.owner, now=moment(date(2026, 9, day))
            )
        body.name = "Northbrook Trust"
        session.flush()
        silent = {day: overdue_report(session, council, date(2026, 9, day)).rows[0].silent_bodies for day in (9, 15)}
        assert silent == {9: ("Northbrook Trust",), 15: ()}

    def test_a_body_that_answered_later_had_not_answered_then(
        self, session: Session, council: Council, action: Action
    ) -> None:
        line = Contribution(council_id=council.id, action_id=action.id, body_id=make_body(session, council, "Trust").id)
        session.add(line)
        session.flush()
        for day, status in ((10, ContributionStatus.IN_PROGRESS), (20, ContributionStatus.DONE)):
            contributions.set_contribution(
                session, action, line, status=status, note="", by=action.owner, now=moment(date(2026, 9, day))
            )
        silent = {
            day: overdue_report(session, council, date(2026, 9, day)).rows[0].silent_bodies for day in (9, 10, 19, 20)
        }
        assert silent == {9: ("Trust",), 10: (), 19: (), 20: ()}

    def test_what_is_exempt_now_is_not_shown_for_an_earlier_day(self, session: Session, council: Council) -> None:
        make_action(session, council, due=DUE, marking=Marking.EXEMPT, title="A secret")
        assert "secret" not in repr(overdue_report(session, council, date(2026, 10, 1)))

    def test_beside_an_open_action_stand_open_words_only_and_beside_an_exempt_one_all(
        self, session: Session, council: Council, action: Action, director: Person
    ) -> None:
        exempt = {"marking": Marking.EXEMPT, "by": director}
        services.write_update(session, action, text="Begun.", by=director, now=moment(date(2026, 9, 10)))
        services.write_update(session, action, text="A secret.", now=moment(date(2026, 9, 12)), **exempt)
        marked = moment(date(2026, 9, 20)), moment(date(2026, 9, 25))
        for marking, now in zip((Marking.EXEMPT, Marking.OPEN), marked, strict=True):
            change_details(session, action, wanted=replace(Details.of(action), marking=marking), by=director, now=now)
        for day, whole, words in (
            (date(2026, 9, 11), True, "Begun."),
            (date(2026, 9, 12), True, "Begun."),
            (date(2026, 9, 21), True, "A secret."),  # in the part that only leads and directors get
            (date(2026, 9, 21), False, None),
            (date(2026, 9, 25), True, "Begun."),
        ):
            [row] = overdue_report(session, council, day, whole=whole).rows
            assert (day, row.last_update and row.last_update.words) == (day, words)
            assert row.withheld is (day == date(2026, 9, 21))

    def test_the_service_and_the_owner_are_those_of_the_day(
        self, session: Session, council: Council, action: Action, director: Person
    ) -> None:
        before, after = make_service(session, council), make_service(session, council)
        action.service_id = before.id
        heir = make_person(session, council, name="Tom Ashby", post="Head of Transport")
        session.flush()
        wanted = replace(Details.of(action), service_id=after.id)
        change_details(session, action, wanted=wanted, by=director, now=moment(date(2026, 9, 20)))
        handing_over.hand_over(
            session, action, owner=heir, lead=action.lead, note="Away.", by=director, now=moment(date(2026, 9, 22))
        )
        for day, service, other, owner in (
            (date(2026, 9, 19), before, after, None),
            (date(2026, 9, 20), after, before, None),
            (date(2026, 9, 22), after, before, heir),
        ):
            [row] = overdue_report(session, council, day, filters=Filters(service_id=service.id)).rows
            assert overdue_report(session, council, day, filters=Filters(service_id=other.id)).rows == ()
            assert [group.named.name for group in overdue_report(session, council, day).by_service] == [service.name]
            assert (day, row.owner == heir.name, row.post == heir.post.name) == (day, owner is heir, owner is heir)

    def test_a_returned_claim_does_not_count(self, session: Session, council: Council) -> None:
        action = make_action(session, council, due=DUE)
        make_claim(session, action, at=moment(DUE), outcome=Decision.REFUSED, checked_at=moment(DUE))
        assert overdue_report(session, council, TODAY).totals.late == 1
