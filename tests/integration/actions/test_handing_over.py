"""An action is handed over with a note; its dates and its history stay."""

import pytest
from sqlalchemy import update

from tests.factories import make_person
from tests.integration.actions.made import NOW, Desk
from tracker.accounts import posts
from tracker.actions.handing_over import hand_over, hand_over_many
from tracker.errors import InvalidValue, NotAllowed
from tracker.models import Action
from tracker.terms import Role


def test_a_new_owner_takes_an_action_on_with_its_dates_and_its_history(desk: Desk) -> None:
    heir = make_person(desk.session, desk.council)
    due, before = desk.action.original_due_date, len(desk.history())
    hand_over(desk.session, desk.action, owner=heir, lead=desk.lead, note="She has left.", by=desk.lead, now=NOW)
    desk.session.commit()
    assert desk.action.owner_id == heir.id
    assert desk.action.original_due_date == due
    assert len(desk.history()) == before + 1
    assert desk.history()[-1][0] == "action:handed_over"


def test_an_action_goes_to_the_post_of_its_new_owner_and_stays_with_it_under_another_lead(desk: Desk) -> None:
    heir = make_person(desk.session, desk.council, post="Head of Early Help")
    hand_over(desk.session, desk.action, owner=heir, lead=desk.lead, note="She has left.", by=desk.lead, now=NOW)
    heir.post = posts.named(desk.session, desk.council, "Director of Something Else")
    desk.session.flush()
    hand_over(desk.session, desk.action, owner=heir, lead=desk.other_lead, note="Leave.", by=desk.lead, now=NOW)
    assert desk.action.post is not None
    assert desk.action.post.name == "Head of Early Help"


def test_only_a_lead_hands_over(desk: Desk) -> None:
    heir = make_person(desk.session, desk.council)
    with pytest.raises(NotAllowed):
        hand_over(desk.session, desk.action, owner=heir, lead=desk.lead, note="Mine no more.", by=desk.owner, now=NOW)


@pytest.mark.parametrize(("role", "active"), [(Role.SCRUTINY_MEMBER, True), (Role.SERVICE_MANAGER, False)])
def test_nobody_is_given_what_they_cannot_answer_for(desk: Desk, role: Role, active: bool) -> None:
    heir = make_person(desk.session, desk.council, role, active=active)
    with pytest.raises(InvalidValue, match="from the lists"):
        hand_over(desk.session, desk.action, owner=heir, lead=desk.lead, note="N", by=desk.lead, now=NOW)


def test_handing_over_to_the_same_people_or_without_a_note_is_refused(desk: Desk) -> None:
    heir = make_person(desk.session, desk.council)
    with pytest.raises(InvalidValue, match="another owner"):
        hand_over(desk.session, desk.action, owner=desk.owner, lead=desk.lead, note="N", by=desk.lead, now=NOW)
    with pytest.raises(InvalidValue, match="why"):
        hand_over(desk.session, desk.action, owner=heir, lead=desk.lead, note=" ", by=desk.lead, now=NOW)


def test_what_changed_hands_while_one_waited_for_it_is_not_taken_from_whoever_has_it_now(desk: Desk) -> None:
    session, giver, third = desk.session, desk.owner, make_person(desk.session, desk.council)
    session.commit()

    def meanwhile(*_arguments: object) -> None:
        session.execute(update(Action).where(Action.id == desk.action.id).values(owner_id=third.id))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("tracker.actions.queries.hold_all", meanwhile)  # as though somebody else had held it before
        with pytest.raises(InvalidValue, match="changed hands"):
            hand_over_many(session, giver, [desk.action.id], to=desk.lead, note="Leaves.", by=desk.lead, now=NOW)
    session.refresh(desk.action)
    assert desk.action.owner_id == third.id
