"""More time: asked for by the owner, decided by another, the original date for ever (DESIGN section 3, rule 4)."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.factories import make_extension
from tests.integration.actions.made import NOW, TODAY, Desk
from tracker.actions import decisions, extensions, queries
from tracker.actions.extensions import LONGEST_EXTENSION
from tracker.errors import InvalidValue, MoveNotAllowed, NotAllowed
from tracker.models import Extension, Person, work_for_all
from tracker.terms import OPEN_DELIVERY, Decision, Delivery

DUE = date(2026, 12, 1)
LATER = date(2027, 2, 1)


def ask(desk: Desk, until: date = LATER, by: Person | None = None, **values: str) -> Extension:
    words = {"reason": " The post is vacant. ", "safeguard": " A weekly check. "} | values
    return extensions.ask_for_more_time(desk.session, desk.action, until=until, by=by or desk.owner, now=NOW, **words)


def decide(desk: Desk, asked: Extension, by: Person, *, agreed: bool = True, note: str = "") -> None:
    extensions.decide_extension(desk.session, asked, agreed=agreed, note=note, by=by, now=NOW)


def test_a_request_says_why_and_what_protects_people_and_moves_nothing(desk: Desk) -> None:
    asked = ask(desk)
    desk.session.commit()
    assert (asked.from_date, asked.to_date, asked.outcome) == (DUE, LATER, Decision.WAITING)
    assert (asked.reason, asked.safeguard, asked.asked_by_id) == (
        "The post is vacant.",
        "A weekly check.",
        desk.owner.id,
    )
    assert (desk.action.original_due_date, desk.action.current_due_date) == (DUE, DUE)
    assert desk.history() == [("action:extension_asked", "The post is vacant.\nMeanwhile: A weekly check.")]
    assert desk.last().sentence == "asked for more time, until 1 February 2027"
    assert decisions.extensions_waiting(desk.session) == [asked]


@pytest.mark.parametrize("who", ["lead", "director", "member"])
def test_only_the_owner_asks(desk: Desk, who: str) -> None:
    with pytest.raises(NotAllowed, match="The owner can"):
        ask(desk, by=getattr(desk, who))


@pytest.mark.parametrize("delivery", sorted(set(Delivery) - OPEN_DELIVERY))
def test_what_has_ended_needs_no_more_time(desk: Desk, delivery: Delivery) -> None:
    desk.action.delivery = delivery
    with pytest.raises(MoveNotAllowed, match=delivery.label):
        ask(desk)


def test_one_request_waits_at_a_time(desk: Desk) -> None:
    ask(desk)
    with pytest.raises(MoveNotAllowed, match="already waiting"):
        ask(desk)


@pytest.mark.parametrize(
    ("due", "until", "words"),
    [
        (DUE, DUE, "Enter a date after 1 December 2026."),
        (DUE, DUE - timedelta(days=1), "Enter a date after 1 December 2026."),
        (DUE, DUE + timedelta(days=1), None),
        # late already: it has to be after today
        (date(2026, 6, 1), TODAY, "Enter a date after 23 November 2026."),
        (date(2026, 6, 1), TODAY + timedelta(days=1), None),
        (DUE, TODAY + LONGEST_EXTENSION, None),
        (DUE, TODAY + LONGEST_EXTENSION + timedelta(days=1), "Enter a date within the next two years."),
    ],
)
def test_a_later_date_is_after_today_and_the_date_that_holds(
    session: Session, due: date, until: date, words: str | None
) -> None:
    from tests.integration.actions.made import make_desk  # noqa: PLC0415

    desk = make_desk(session, due=due)
    if words is None:
        assert ask(desk, until).to_date == until
    else:
        with pytest.raises(InvalidValue) as refused:
            ask(desk, until)
        assert refused.value.sentence == words


@pytest.mark.parametrize("missing", [{"reason": " "}, {"safeguard": ""}])
def test_a_request_needs_both_reason_and_safeguard(desk: Desk, missing: dict[str, str]) -> None:
    with pytest.raises(InvalidValue, match="Say "):
        ask(desk, **missing)


@pytest.mark.parametrize("who", ["lead", "other_lead", "director"])
def test_an_agreed_request_moves_the_current_date_only(desk: Desk, who: str) -> None:
    asked, by = ask(desk), getattr(desk, who)
    decide(desk, asked, by)
    desk.session.commit()
    assert (desk.action.original_due_date, desk.action.current_due_date) == (DUE, LATER)
    assert (asked.outcome, asked.decided_by_id, asked.decided_at) == (Decision.AGREED, by.id, NOW)
    assert asked.decision_note is None
    last = desk.last()
    assert (last.kind, last.sentence) == ("action:extension_agreed", "agreed to more time, until 1 February 2027")
    assert (last.before, last.after) == (
        {"current_due_date": "2026-12-01"}, {"current_due_date": "2027-02-01"},
    )  # fmt: skip


def test_a_refused_request_moves_nothing_and_is_kept_with_the_reason(desk: Desk) -> None:
    asked = ask(desk)
    decide(desk, asked, desk.lead, agreed=False, note=" It can be done. ")
    desk.session.commit()
    assert desk.action.current_due_date == DUE
    assert (asked.outcome, asked.decision_note) == (Decision.REFUSED, "It can be done.")
    assert desk.last().kind == "action:extension_refused"
    assert queries.extensions_of(desk.session, desk.action) == [asked]
    assert queries.moved(desk.session, [desk.action.id]) == {}
    ask(desk)  # and another may be asked


def test_refusing_needs_a_reason(desk: Desk) -> None:
    asked = ask(desk)
    with pytest.raises(InvalidValue, match="Say why it is refused"):
        decide(desk, asked, desk.lead, agreed=False, note=" ")
    assert asked.outcome is Decision.WAITING


@pytest.mark.parametrize("who", ["owner", "member"])
def test_only_a_lead_decides(desk: Desk, who: str) -> None:
    asked = ask(desk)
    with pytest.raises(NotAllowed, match="You cannot agree to more time"):
        decide(desk, asked, getattr(desk, who))


def test_nobody_decides_what_they_asked_for_or_own(desk: Desk) -> None:
    desk.action.owner = desk.lead
    desk.session.flush()
    asked = ask(desk, by=desk.lead)
    with pytest.raises(NotAllowed):
        decide(desk, asked, desk.lead)
    desk.action.owner = desk.other_lead  # who asked is still who asked, and the new owner is no judge of it
    desk.session.flush()
    for by in (desk.lead, desk.other_lead):
        with pytest.raises(NotAllowed):
            decide(desk, asked, by)
    decide(desk, asked, desk.director)


def test_a_request_is_decided_once(desk: Desk) -> None:
    asked = ask(desk)
    decide(desk, asked, desk.lead)
    with pytest.raises(MoveNotAllowed, match="decided already"):
        decide(desk, asked, desk.other_lead, agreed=False, note="No.")


def test_how_often_and_how_far_a_date_was_moved_counts_what_was_agreed(desk: Desk) -> None:
    make_extension(desk.session, desk.action, days=30)
    make_extension(desk.session, desk.action, agreed=False, outcome=Decision.REFUSED)
    make_extension(desk.session, desk.action, days=12)
    assert queries.moved(desk.session, [desk.action.id]) == {desk.action.id: queries.Moved(2, 42)}


@pytest.mark.parametrize("agreed", [True, False])
def test_of_two_who_decide_at_the_same_time_the_second_is_told(
    desk: Desk, sessions: sessionmaker[Session], agreed: bool
) -> None:
    asked = ask(desk)
    desk.session.commit()
    with sessions() as other:
        work_for_all(other)
        theirs = other.get_one(Extension, asked.id)
        assert theirs.action.owner
        second = other.merge(desk.other_lead, load=False)
        other.commit()  # what was read stays in hand, as in two requests that read before either wrote
        decide(desk, asked, desk.lead, agreed=False, note="It can be done.")
        desk.session.commit()
        with pytest.raises(MoveNotAllowed, match="decided already"):
            extensions.decide_extension(other, theirs, agreed=agreed, note="Because.", by=second, now=NOW)
        other.rollback()
    desk.session.expire_all()
    assert (asked.decided_by_id, asked.outcome) == (desk.lead.id, Decision.REFUSED)
    assert desk.action.current_due_date == DUE
