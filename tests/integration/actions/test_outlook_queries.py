"""The outlook as a condition of a query is the outlook as the pure rule has it, for any action."""

from datetime import date, datetime, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_action, make_body, make_council, make_extension, make_step
from tracker.actions.outlook_queries import outlooks, stands_at
from tracker.clock import LONDON
from tracker.models import Action, Contribution, Council
from tracker.terms import ContributionStatus, Delivery, Outlook

TODAY = date(2026, 11, 23)
DAYS = st.integers(-30, 40)

ACTIONS = st.fixed_dictionaries(
    {
        "delivery": st.sampled_from(Delivery),
        "left": DAYS,
        "quiet": st.integers(0, 40),
        "at": st.sampled_from([time(0, 0), time(0, 30), time(12, 0), time(23, 59)]),
        "steps": st.lists(st.tuples(DAYS, st.booleans()), max_size=3),
        "bodies": st.lists(st.sampled_from(ContributionStatus), max_size=2),
        "moved": st.integers(0, 3),
        "judged": st.none() | st.sampled_from(Outlook),
    }
)


def made(session: Session, council: Council, wanted: dict[str, object]) -> Action:
    due = TODAY + timedelta(days=wanted["left"])  # type: ignore[arg-type]
    action = make_action(session, council, due=date(2026, 1, 1), delivery=wanted["delivery"])
    for _ in range(wanted["moved"]):  # type: ignore[call-overload]
        make_extension(session, action, days=1)
    action.current_due_date = due
    last = datetime.combine(TODAY - timedelta(days=wanted["quiet"]), wanted["at"], tzinfo=LONDON)  # type: ignore[arg-type]
    action.created_at = last
    for days, done in wanted["steps"]:  # type: ignore[attr-defined]
        make_step(session, action, TODAY + timedelta(days=days), done=done)
    for status in wanted["bodies"]:  # type: ignore[attr-defined]
        body = make_body(session, council)
        session.add(Contribution(council_id=council.id, action_id=action.id, body_id=body.id, status=status))
    if wanted["judged"]:
        action.outlook_override, action.outlook_reason = wanted["judged"], "Because."  # type: ignore[assignment]
        action.outlook_by_id = action.lead_id
    session.flush()
    return action


@given(st.lists(ACTIONS, min_size=1, max_size=8))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_query_finds_what_the_rule_says(session: Session, wanted: list[dict[str, object]]) -> None:
    with session.begin_nested() as trial:
        council = make_council(session)
        actions = [made(session, council, one) for one in wanted]
        computed = outlooks(session, actions, TODAY)
        for light in Outlook:
            expected = {
                action.id
                for action in actions
                if action.id in computed and (action.outlook_override or computed[action.id].outlook) is light
            }
            found = select(Action.id).where(stands_at(light, TODAY), Action.council_id == council.id)
            assert set(session.scalars(found)) == expected
        trial.rollback()
