"""The verbs of an action's life: what is written, what is refused, and the row of history for each."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from tests.factories import make_action, make_claim, make_extension
from tests.integration.actions.made import NOW, TODAY, Desk
from tracker import audit
from tracker.actions import contributions, decisions, extensions, queries, services
from tracker.errors import InvalidValue, MoveNotAllowed, NotAllowed
from tracker.models import Action, Claim, Person, Update, work_for_all
from tracker.terms import OPEN_DELIVERY, CloseReason, ContributionStatus, Decision, Delivery

ENDED = sorted(set(Delivery) - OPEN_DELIVERY)


def close(
    desk: Desk,
    *,
    code: CloseReason = CloseReason.RISK_ACCEPTED,
    reason: str = "It is small.",
    by: Person | None = None,
    successor: Action | None = None,
) -> None:
    by = by or desk.director
    services.close(desk.session, desk.action, code=code, reason=reason, by=by, successor=successor, now=NOW)


def test_an_update_is_kept_with_its_author_and_moment(desk: Desk) -> None:
    update = services.write_update(desk.session, desk.action, text="  Text agreed. ", by=desk.owner, now=NOW)
    assert (update.text, update.person_id, update.at) == ("Text agreed.", desk.owner.id, NOW)
    assert desk.action.last_update_at == NOW
    assert desk.action.delivery is Delivery.IN_PROGRESS
    assert desk.history() == [("action:updated", "Text agreed.")]


def test_the_first_update_begins_the_work(desk: Desk) -> None:
    desk.action.delivery = Delivery.NOT_STARTED
    services.write_update(desk.session, desk.action, text="Begun.", by=desk.owner, now=NOW)
    assert desk.action.delivery is Delivery.IN_PROGRESS
    assert desk.history() == [("action:updated", "Begun."), ("action:begin", None)]
    assert (desk.last().before, desk.last().after) == ({"delivery": "not_started"}, {"delivery": "in_progress"})


@pytest.mark.parametrize("who", ["owner", "lead", "other_lead", "director"])
def test_the_owner_and_every_lead_may_write_an_update(desk: Desk, who: str) -> None:
    services.write_update(desk.session, desk.action, text="Seen.", by=getattr(desk, who), now=NOW)


def test_nobody_else_may_write_an_update(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="The owner or a lead can"):
        services.write_update(desk.session, desk.action, text="Seen.", by=desk.member, now=NOW)


@pytest.mark.parametrize("delivery", ENDED)
def test_what_has_ended_takes_no_update(desk: Desk, delivery: Delivery) -> None:
    desk.action.delivery = delivery
    with pytest.raises(MoveNotAllowed, match=delivery.label):
        services.write_update(desk.session, desk.action, text="Seen.", by=desk.owner, now=NOW)
    assert desk.session.scalar(select(func.count(Update.id))) == 0


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_update_says_something(desk: Desk, text: str) -> None:
    with pytest.raises(InvalidValue, match="Say in a line"):
        services.write_update(desk.session, desk.action, text=text, by=desk.owner, now=NOW)


def test_a_claim_waits_for_a_check_and_the_action_stays_open(desk: Desk) -> None:
    made = desk.claim(" Log read. ")
    assert (made.outcome, made.note, made.claimed_by_id, made.claimed_at) == (
        Decision.WAITING, "Log read.", desk.owner.id, NOW,
    )  # fmt: skip
    assert desk.action.delivery is Delivery.AWAITING_CHECK
    assert desk.action.delivery in OPEN_DELIVERY
    assert (desk.action.claimed_on, desk.action.last_update_at) == (TODAY, NOW)
    assert desk.history() == [("action:claim", "Log read.")]
    assert decisions.waiting_claim(desk.session, desk.action) is made
    assert decisions.claims_waiting(desk.session) == [made]


def test_a_claim_counts_by_the_day_in_london(desk: Desk) -> None:
    late_evening = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight, summer time
    services.claim(desk.session, desk.action, note="Done.", by=desk.owner, now=late_evening)
    assert desk.action.claimed_on == date(2026, 7, 2)


@pytest.mark.parametrize("who", ["lead", "director", "member"])
def test_only_the_owner_claims(desk: Desk, who: str) -> None:
    with pytest.raises(NotAllowed, match="The owner can"):
        services.claim(desk.session, desk.action, note="Done.", by=getattr(desk, who), now=NOW)
    assert desk.session.scalar(select(func.count(Claim.id))) == 0


def test_a_second_claim_is_refused_while_one_waits(desk: Desk) -> None:
    desk.claim()
    with pytest.raises(MoveNotAllowed, match="awaiting check"):
        desk.claim()


def test_a_claim_waits_for_every_body_unless_a_lead_lets_it_pass(desk: Desk) -> None:
    first, second = desk.line("The hospital trust"), desk.line("The partnership")
    with pytest.raises(MoveNotAllowed, match="The hospital trust and The partnership have not finished"):
        desk.claim()
    first.status = ContributionStatus.DONE
    with pytest.raises(MoveNotAllowed, match="The partnership has not finished"):
        desk.claim()
    contributions.set_contribution(
        desk.session, desk.action, second, status=ContributionStatus.NOT_WAITED_FOR, note="Only to be told.",
        by=desk.lead, now=NOW,
    )  # fmt: skip
    assert desk.last().note == "Only to be told."
    assert second.replied_at is None
    assert desk.claim().outcome is Decision.WAITING


def test_a_claim_needs_nothing_said_where_every_body_is_done(desk: Desk) -> None:
    desk.line().status = ContributionStatus.DONE
    assert desk.claim().outcome is Decision.WAITING


@pytest.mark.parametrize("who", ["lead", "other_lead", "director"])
def test_a_second_person_accepts_a_claim(desk: Desk, who: str) -> None:
    waiting, checker, later = desk.claim(), getattr(desk, who), NOW + timedelta(days=3)
    services.accept(desk.session, waiting, finding=" Ten cases read. ", by=checker, now=later)
    desk.session.commit()
    assert desk.action.delivery is Delivery.CHECKED
    assert (desk.action.closed_at, desk.action.claimed_on) == (later, TODAY)
    assert (waiting.outcome, waiting.checked_by_id, waiting.checked_at) == (Decision.AGREED, checker.id, later)
    assert waiting.finding == "Ten cases read."
    assert desk.history()[-1] == ("action:accept", "Ten cases read.")


def test_a_returned_claim_does_not_count_and_the_owner_sees_why(desk: Desk) -> None:
    waiting = desk.claim()
    services.send_back(desk.session, waiting, finding="Four had no minutes.", by=desk.lead, now=NOW)
    desk.session.commit()
    assert desk.action.delivery is Delivery.IN_PROGRESS
    assert (desk.action.claimed_on, desk.action.closed_at) == (None, None)
    assert (waiting.outcome, waiting.finding) == (Decision.REFUSED, "Four had no minutes.")
    assert queries.returned_lately(desk.session, [desk.action.id]) == {desk.action.id: waiting}
    again = desk.claim("Now they have.")
    assert queries.returned_lately(desk.session, [desk.action.id]) == {}
    services.accept(desk.session, again, finding="They have.", by=desk.lead, now=NOW)


@pytest.mark.parametrize("decide", [services.accept, services.send_back])
def test_nobody_checks_their_own_work(desk: Desk, decide: object) -> None:
    desk.action.owner = desk.lead
    desk.session.flush()
    waiting = services.claim(desk.session, desk.action, note="Done.", by=desk.lead, now=NOW)
    with pytest.raises(NotAllowed, match="nobody decides on their own work"):
        decide(desk.session, waiting, finding="Fine.", by=desk.lead, now=NOW)  # type: ignore[operator]
    assert waiting.outcome is Decision.WAITING


def test_a_claimant_who_owns_it_no_more_does_not_check_the_claim_either(desk: Desk) -> None:
    desk.action.owner = desk.other_lead
    desk.session.flush()
    waiting = services.claim(desk.session, desk.action, note="Done.", by=desk.other_lead, now=NOW)
    desk.action.owner = desk.owner
    desk.session.flush()
    with pytest.raises(NotAllowed, match="nobody decides on their own work"):
        services.accept(desk.session, waiting, finding="Fine.", by=desk.other_lead, now=NOW)


@pytest.mark.parametrize("who", ["owner", "member"])
def test_only_a_lead_checks(desk: Desk, who: str) -> None:
    waiting = desk.claim()
    with pytest.raises(NotAllowed):
        services.accept(desk.session, waiting, finding="Fine.", by=getattr(desk, who), now=NOW)


@pytest.mark.parametrize("decide", [services.accept, services.send_back])
def test_a_check_says_what_was_found(desk: Desk, decide: object) -> None:
    waiting = desk.claim()
    with pytest.raises(InvalidValue, match="Say w"):
        decide(desk.session, waiting, finding=" ", by=desk.lead, now=NOW)  # type: ignore[operator]


def test_a_claim_is_decided_once(desk: Desk) -> None:
    waiting = desk.claim()
    services.accept(desk.session, waiting, finding="Seen.", by=desk.lead, now=NOW)
    with pytest.raises(MoveNotAllowed, match="decided already"):
        services.send_back(desk.session, waiting, finding="No.", by=desk.other_lead, now=NOW)


def test_a_request_for_more_time_ends_with_the_action_that_is_completed(desk: Desk) -> None:
    asked = extensions.ask_for_more_time(
        desk.session, desk.action, until=date(2027, 2, 1), reason="Vacant.", safeguard="Weekly.", by=desk.owner, now=NOW
    )
    services.accept(desk.session, desk.claim(), finding="Seen.", by=desk.lead, now=NOW)
    desk.session.commit()
    assert decisions.extensions_waiting(desk.session) == []
    assert (asked.outcome, asked.decided_by_id) == (Decision.REFUSED, None)
    assert desk.action.current_due_date == desk.action.original_due_date
    assert desk.history()[-1] == ("action:withdrawn", "The action was completed before a decision.")


def test_only_a_director_closes_what_is_not_completed(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="A director can"):
        close(desk, by=desk.lead)
    close(desk)
    assert (desk.action.delivery, desk.action.closed_at) == (Delivery.CLOSED_NOT_COMPLETED, NOW)
    assert (desk.action.close_reason, desk.action.closed_by_id) == (CloseReason.RISK_ACCEPTED, desk.director.id)
    assert desk.history() == [("action:close", "The council accepts the risk. It is small.")]


def test_what_is_superseded_names_the_action_that_has_taken_its_place(desk: Desk) -> None:
    other = make_action(desk.session, desk.council)
    for successor in (None, desk.action):
        with pytest.raises(InvalidValue, match="Give the reference"):
            close(desk, code=CloseReason.SUPERSEDED, successor=successor)
    with pytest.raises(InvalidValue, match="Give the reference"):
        close(desk, successor=other)
    close(desk, code=CloseReason.SUPERSEDED, successor=other)
    assert desk.action.successor is other
    assert desk.last().note == f"Another action has taken its place: {other.reference}. It is small."


def test_closing_ends_what_waits_for_a_decision(desk: Desk) -> None:
    asked = make_extension(desk.session, desk.action, agreed=False)
    waiting = desk.claim()
    close(desk)
    desk.session.commit()
    note = "The action was closed before a decision."
    assert (waiting.outcome, waiting.finding, waiting.checked_by_id) == (Decision.REFUSED, note, None)
    assert (asked.outcome, asked.decision_note, asked.decided_by_id) == (Decision.REFUSED, note, None)
    assert desk.history()[-2:] == [
        ("action:close", "The council accepts the risk. It is small."),
        ("action:withdrawn", note),
    ]
    assert decisions.claims_waiting(desk.session) == decisions.extensions_waiting(desk.session) == []


def test_opening_again_keeps_the_first_date_and_the_history(desk: Desk) -> None:
    due = desk.action.original_due_date
    services.accept(desk.session, desk.claim(), finding="Seen.", by=desk.lead, now=NOW)
    services.reopen(desk.session, desk.action, reason="It has come back.", by=desk.lead, now=NOW)
    desk.session.commit()
    assert desk.action.delivery is Delivery.IN_PROGRESS
    assert (desk.action.closed_at, desk.action.claimed_on, desk.action.original_due_date) == (None, None, due)
    assert [kind for kind, _ in desk.history()] == ["action:claim", "action:accept", "action:reopen"]
    assert audit.faults(desk.session, desk.council.id) == []
    assert desk.claim().outcome is Decision.WAITING


def test_closing_and_opening_need_a_reason(desk: Desk) -> None:
    with pytest.raises(InvalidValue, match="Say why"):
        close(desk, reason=" ")
    desk.action.delivery = Delivery.CHECKED
    with pytest.raises(InvalidValue, match="Say why"):
        services.reopen(desk.session, desk.action, reason=" ", by=desk.director, now=NOW)


def test_a_refused_move_writes_no_history(desk: Desk) -> None:
    for refused in (
        lambda: close(desk, reason=""),
        lambda: services.reopen(desk.session, desk.action, reason="Why", by=desk.lead, now=NOW),
        lambda: services.claim(desk.session, desk.action, note="", by=desk.owner, now=NOW),
    ):
        with pytest.raises((MoveNotAllowed, InvalidValue)):
            refused()  # type: ignore[no-untyped-call]
    assert desk.history() == []
    assert desk.action.delivery is Delivery.IN_PROGRESS


def test_of_two_who_decide_a_claim_at_the_same_time_one_wins(desk: Desk, sessions: sessionmaker[Session]) -> None:
    waiting = make_claim(desk.session, desk.action)
    desk.action.delivery = Delivery.AWAITING_CHECK
    desk.session.commit()
    with sessions() as other:
        work_for_all(other)
        theirs = other.get_one(Claim, waiting.id)
        assert theirs.action.owner
        checker = other.merge(desk.other_lead, load=False)
        other.commit()  # what was read stays in hand, as in two requests that read before either wrote
        services.accept(desk.session, waiting, finding="Seen.", by=desk.lead, now=NOW)
        desk.session.commit()
        with pytest.raises(MoveNotAllowed, match="decided already"):
            services.send_back(other, theirs, finding="No.", by=checker, now=NOW)
        other.rollback()
    desk.session.expire_all()
    assert desk.session.get_one(Claim, waiting.id).outcome is Decision.AGREED
    assert desk.session.get_one(Action, desk.action.id).delivery is Delivery.CHECKED
    assert [kind for kind, _ in desk.history()] == ["action:accept"]
