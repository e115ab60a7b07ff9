"""Many actions are changed at once as each would be by itself, and given back for an hour what they had."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_action, make_council, make_person, make_service
from tests.integration.actions.made import NOW, Desk
from tracker import audit
from tracker.actions import services
from tracker.actions.details import Details, change_details
from tracker.actions.handing_over import hand_over
from tracker.actions.listing import bulk
from tracker.actions.listing.changes import Change, What, change_to
from tracker.errors import InvalidValue, MoveNotAllowed, NotAllowed
from tracker.models import Action, BulkChange, Category, HistoryEntry, work_for
from tracker.terms import CategoryKind, Delivery, Priority, Response, Role

WHY = "She takes the team over."


@pytest.fixture
def plan(desk: Desk) -> list[Action]:
    """Three open actions of one owner and one that is closed."""
    more = [make_action(desk.session, desk.council, owner=desk.owner, lead=desk.lead) for _ in range(2)]
    closed = make_action(
        desk.session, desk.council, owner=desk.owner, lead=desk.lead, delivery=Delivery.CLOSED_NOT_COMPLETED
    )
    desk.session.commit()
    return [desk.action, *more, closed]


def asked(desk: Desk, what: What, value: object, note: str = WHY) -> Change:
    return change_to(desk.session, what, str(value), note)


def make(desk: Desk, plan: list[Action], change: Change, *, by: str = "lead") -> BulkChange:
    seen = {action.id: action.version for action in plan}
    made = bulk.change_many(desk.session, change, seen, by=getattr(desk, by), now=NOW)
    desk.session.commit()
    return made


def rows_of_history(desk: Desk, action: Action) -> list[HistoryEntry]:
    return list(
        desk.session.scalars(
            select(HistoryEntry)
            .where(HistoryEntry.subject == "action", HistoryEntry.subject_id == action.id)
            .order_by(HistoryEntry.sequence)
        )
    )


def test_a_preview_says_what_will_change_and_what_will_not_and_why(desk: Desk, plan: list[Action]) -> None:
    heir = make_person(desk.session, desk.council)
    hand_over(desk.session, plan[1], owner=heir, lead=desk.lead, note=WHY, by=desk.lead, now=NOW)
    desk.session.flush()
    lines = bulk.preview(desk.session, plan, asked(desk, What.OWNER, heir.id), by=desk.lead)
    assert [line.before for line in lines] == [desk.owner.name, heir.name, desk.owner.name, desk.owner.name]
    assert [line.why_not for line in lines[:3]] == ["", "It is so already.", ""]
    assert "Closed, not completed" in lines[3].why_not


def test_a_preview_changes_nothing(desk: Desk, plan: list[Action]) -> None:
    bulk.preview(desk.session, plan, asked(desk, What.PRIORITY, "high"), by=desk.lead)
    assert not desk.session.dirty
    assert desk.history() == []


def test_each_action_that_can_be_changed_is_with_one_row_of_history(desk: Desk, plan: list[Action]) -> None:
    heir = make_person(desk.session, desk.council)
    made = make(desk, plan, asked(desk, What.OWNER, heir.id))
    assert [action.owner_id for action in plan] == [heir.id, heir.id, heir.id, desk.owner.id]
    assert [len(rows_of_history(desk, action)) for action in plan] == [1, 1, 1, 0]
    assert {row.note for row in rows_of_history(desk, plan[0])} == {WHY}
    assert [bool(row["why_not"]) for row in made.changes] == [False, False, False, True]
    assert made.sentence == f"owner: {heir.name}"
    assert audit.faults(desk.session, desk.council.id) == []


@pytest.mark.parametrize("what", list(What))
def test_everything_that_can_be_changed_can_be_undone(desk: Desk, plan: list[Action], what: What) -> None:
    themes = [Category(council_id=desk.council.id, kind=kind, name="New") for kind in CategoryKind]
    desk.session.add_all(themes)
    desk.session.flush()
    by_kind = {theme.kind: theme.id for theme in themes}
    value = {
        What.OWNER: make_person(desk.session, desk.council).id,
        What.LEAD: desk.other_lead.id,
        What.SERVICE: make_service(desk.session, desk.council).id,
        What.THEME: by_kind[CategoryKind.THEME],
        What.AREA: by_kind[CategoryKind.OUTCOME_AREA],
        What.PRIORITY: Priority.HIGH.value,
        What.RESPONSE: Response.PARTLY_ACCEPTED.value,
    }[what]

    def standing() -> list[tuple[object, ...]]:
        return [
            (a.owner_id, a.lead_id, a.service_id, a.theme_id, a.outcome_area_id, a.priority, a.response,
             a.response_reason)
            for a in plan
        ]  # fmt: skip

    before = standing()
    made = make(desk, plan[:3], asked(desk, what, value))
    assert all(now != then for now, then in zip(standing()[:3], before[:3], strict=True))
    bulk.undo(desk.session, made, by=desk.lead, now=NOW + timedelta(minutes=59))
    desk.session.commit()
    assert standing() == before
    assert [row.get("not_undone") for row in made.changes] == ["", "", ""]
    assert len(rows_of_history(desk, plan[0])) == 2
    assert audit.faults(desk.session, desk.council.id) == []


def test_an_action_changed_since_the_preview_is_said_and_not_overwritten(desk: Desk, plan: list[Action]) -> None:
    seen = {action.id: action.version for action in plan[:2]}
    services.write_update(desk.session, plan[0], text="Something has happened.", by=desk.owner, now=NOW)
    desk.session.commit()
    made = bulk.change_many(desk.session, asked(desk, What.PRIORITY, "high"), seen, by=desk.lead, now=NOW)
    assert (plan[0].priority, plan[1].priority) == (Priority.NORMAL, Priority.HIGH)
    assert [row["why_not"] for row in made.changes] == [bulk.CHANGED_SINCE, ""]


def test_what_somebody_changed_again_is_left_and_said(desk: Desk, plan: list[Action]) -> None:
    made = make(desk, plan[:3], asked(desk, What.PRIORITY, "high"))
    make(desk, [plan[0]], asked(desk, What.PRIORITY, "low"))
    make(desk, [plan[1]], asked(desk, What.PRIORITY, "low"))
    make(desk, [plan[1]], asked(desk, What.PRIORITY, "high"))  # and back: it is somebody's decision all the same
    bulk.undo(desk.session, made, by=desk.other_lead, now=NOW)
    assert [action.priority for action in plan[:3]] == [Priority.LOW, Priority.HIGH, Priority.NORMAL]
    assert [row["not_undone"] for row in made.changes] == [bulk.CHANGED_AGAIN, bulk.CHANGED_AGAIN, ""]


def test_another_field_that_changed_since_does_not_stand_in_the_way(desk: Desk, plan: list[Action]) -> None:
    made = make(desk, plan[:1], asked(desk, What.OWNER, make_person(desk.session, desk.council).id))
    make(desk, plan[:1], asked(desk, What.LEAD, desk.other_lead.id))
    bulk.undo(desk.session, made, by=desk.lead, now=NOW)
    assert (plan[0].owner_id, plan[0].lead_id) == (desk.owner.id, desk.other_lead.id)


def test_an_action_gets_its_post_and_its_checker_back_with_its_owner(desk: Desk, plan: list[Action]) -> None:
    heir = make_person(desk.session, desk.council, post="Head of Early Help")
    plan[0].checker_id, plan[0].post_id = heir.id, desk.owner.post_id
    desk.session.commit()
    made = make(desk, plan[:1], asked(desk, What.OWNER, heir.id))
    assert (plan[0].checker_id, plan[0].post_id) == (None, heir.post_id)
    bulk.undo(desk.session, made, by=desk.lead, now=NOW)
    desk.session.commit()
    assert (plan[0].owner_id, plan[0].checker_id, plan[0].post_id) == (desk.owner.id, heir.id, desk.owner.post_id)
    there, back = (row.after or {} for row in rows_of_history(desk, plan[0]))
    assert (there["checker_id"], back["checker_id"]) == (None, heir.id)
    assert (there["post_id"], back["post_id"]) == (heir.post_id, desk.owner.post_id)


def test_a_checker_appointed_since_stays_when_the_owner_comes_back(desk: Desk, plan: list[Action]) -> None:
    heir = make_person(desk.session, desk.council)
    plan[0].checker_id = heir.id
    desk.session.commit()
    made = make(desk, plan[:1], asked(desk, What.OWNER, heir.id))
    wanted = replace(Details.of(plan[0]), checker_id=desk.other_lead.id)
    change_details(desk.session, plan[0], wanted=wanted, by=desk.lead, now=NOW)
    bulk.undo(desk.session, made, by=desk.lead, now=NOW)
    assert (plan[0].owner_id, plan[0].checker_id) == (desk.owner.id, desk.other_lead.id)


def test_an_owner_who_comes_back_does_not_check_their_own_work(desk: Desk, plan: list[Action]) -> None:
    made = make(desk, plan[:1], asked(desk, What.OWNER, make_person(desk.session, desk.council).id))
    wanted = replace(Details.of(plan[0]), checker_id=desk.owner.id)  # who is free to check it meanwhile
    change_details(desk.session, plan[0], wanted=wanted, by=desk.lead, now=NOW)
    bulk.undo(desk.session, made, by=desk.lead, now=NOW)
    assert (plan[0].owner_id, plan[0].checker_id) == (desk.owner.id, None)


def test_a_change_made_before_the_upgrade_is_undone_as_far_as_it_is_known(desk: Desk, plan: list[Action]) -> None:
    made = make(desk, plan[:1], asked(desk, What.OWNER, make_person(desk.session, desk.council).id))
    made.changes = [{key: row[key] for key in row if key not in ("kept", "left")} for row in made.changes]
    bulk.undo(desk.session, made, by=desk.lead, now=NOW)
    assert plan[0].owner_id == desk.owner.id


def test_a_value_that_cannot_be_chosen_any_more_is_said(desk: Desk, plan: list[Action]) -> None:
    made = make(desk, plan[:1], asked(desk, What.OWNER, make_person(desk.session, desk.council).id))
    desk.owner.active = False
    bulk.undo(desk.session, made, by=desk.lead, now=NOW)
    assert made.changes[0]["not_undone"] == f"{desk.owner.name} cannot be chosen any more, so it was left as it is."


@pytest.mark.parametrize(("later", "twice"), [(timedelta(minutes=61), False), (timedelta(0), True)])
def test_a_change_is_undone_once_and_within_an_hour(
    desk: Desk, plan: list[Action], later: timedelta, twice: bool
) -> None:
    made = make(desk, plan[:1], asked(desk, What.PRIORITY, "high"))
    if twice:
        bulk.undo(desk.session, made, by=desk.lead, now=NOW)
    with pytest.raises(MoveNotAllowed, match="cannot be undone"):
        bulk.undo(desk.session, made, by=desk.lead, now=NOW + later)


@pytest.mark.parametrize("who", ["owner", "member"])
def test_only_leads_change_many_and_undo(desk: Desk, plan: list[Action], who: str) -> None:
    with pytest.raises(NotAllowed):
        make(desk, plan, asked(desk, What.PRIORITY, "high"), by=who)
    made = make(desk, plan[:1], asked(desk, What.PRIORITY, "high"))
    with pytest.raises(NotAllowed):
        bulk.undo(desk.session, made, by=getattr(desk, who), now=NOW)


def test_not_accepted_is_for_a_director_and_a_refusal_leaves_nothing_behind(desk: Desk, plan: list[Action]) -> None:
    change = asked(desk, What.RESPONSE, "not_accepted")
    refused = make(desk, plan[:2], change)
    assert all(row["why_not"] for row in refused.changes)
    assert desk.history() == []
    make(desk, plan[:2], change, by="director")
    assert {action.delivery for action in plan[:2]} == {Delivery.CLOSED_NOT_COMPLETED}


def _area(desk: Desk) -> int:
    area = Category(council_id=desk.council.id, kind=CategoryKind.OUTCOME_AREA, name="Being healthy")
    desk.session.add(area)
    desk.session.flush()
    return area.id


BAD: list[tuple[What, Callable[[Desk], object], str, str]] = [
    (What.OWNER, lambda desk: desk.owner.id, " ", "Say why"),
    (What.LEAD, lambda desk: desk.lead.id, "", "Say why"),
    (What.RESPONSE, lambda _: "partly_accepted", "", "Say why"),
    (What.OWNER, lambda desk: desk.member.id, WHY, "Choose from the list"),
    (What.LEAD, lambda desk: desk.owner.id, WHY, "Choose from the list"),
    (What.OWNER, lambda _: "none", WHY, "Choose from the list"),
    (What.SERVICE, lambda _: 999, WHY, "Choose from the list"),
    (What.SERVICE, lambda _: "9" * 40, WHY, "Choose from the list"),
    (What.PRIORITY, lambda _: "highest", WHY, "Choose from the list"),
    (What.THEME, _area, WHY, "Choose from the list"),
]


@pytest.mark.parametrize(("what", "value", "note", "words"), BAD)
def test_what_cannot_be_chosen_or_lacks_its_note_is_refused(
    desk: Desk, what: What, value: Callable[[Desk], object], note: str, words: str
) -> None:
    with pytest.raises(InvalidValue, match=words):
        asked(desk, what, value(desk), note)


def test_another_councils_people_and_actions_are_out_of_reach(desk: Desk, plan: list[Action], session: Session) -> None:
    other = make_council(session, "Northbrook")
    stranger, theirs = make_person(session, other, Role.LEAD), make_action(session, other)
    session.commit()
    chosen = [theirs.id, plan[0].id]
    session.expunge_all()
    work_for(session, desk.council.id)
    with pytest.raises(InvalidValue):
        asked(desk, What.OWNER, stranger.id)
    assert [action.id for action in bulk.actions_by_id(session, chosen)] == chosen[1:]
