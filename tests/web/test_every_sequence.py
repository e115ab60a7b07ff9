"""Whatever anybody sends, in whatever order: an action never leaves the table, its chain holds, its first date stays.

A machine plays every role at once over HTTP: it updates, claims, asks, decides, pauses, hands over, closes and opens
again, with right and wrong words, at right and wrong moments.
"""

from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from tests.factories import make_action, make_body
from tests.pages import PageClient
from tests.web.conftest import World
from tracker import audit
from tracker.models import Claim, Contribution, Extension, HistoryEntry, HoldingCheck, Pause
from tracker.terms import Decision, Delivery, Role

# Mostly what a person would rightly send, so that every place is reached; the rest is anything at all.
OWNER, LEAD, DIRECTOR = Role.SERVICE_MANAGER, Role.LEAD, Role.DIRECTOR
ROLES = st.sampled_from([OWNER] * 4 + [LEAD] * 4 + [DIRECTOR] * 2 + [Role.SCRUTINY_MEMBER, Role.ADMINISTRATOR])
WORDS = st.sampled_from(["Because of the sample."] * 6 + ["", "  "])
BUTTON = st.sampled_from(["accept"] * 3 + ["return"] * 2 + ["", "perhaps"])
DATES = st.sampled_from(
    [("1", "2", "2027"), ("20", "12", "2026")] * 3 + [("1", "1", "2020"), ("31", "2", "2027"), ("", "", "")]
)
CODES = st.sampled_from(["superseded", "not_accepted", ""] * 4 + ["risk_accepted"])

# From where to where, by hand from the table of the field; beside these an action only stays where it is.
N, P, W, A = Delivery.NOT_STARTED, Delivery.IN_PROGRESS, Delivery.PAUSED, Delivery.AWAITING_CHECK
C, H, X = Delivery.CHECKED, Delivery.HOLDING, Delivery.CLOSED_NOT_COMPLETED
STEPS = {(N, P), (N, W), (P, W), (W, P), (P, A), (N, A), (A, C), (A, P), (C, H), (C, P), (H, P), (X, P)}
STEPS |= {(place, X) for place in (N, P, W, A)}


class Everybody(RuleBasedStateMachine):
    """Five people with one action before them."""

    world: ClassVar[World]
    browsers: ClassVar[dict[Role, PageClient]]
    tokens: ClassVar[dict[Role, str]]

    def __init__(self) -> None:
        super().__init__()
        world = self.world
        world.session.rollback()
        people = world.people
        self.action = make_action(
            world.session, world.ours, owner=people[Role.SERVICE_MANAGER], lead=people[Role.LEAD], delivery=N
        )
        body = make_body(world.session, world.ours)
        self.line = Contribution(council_id=world.ours.id, action_id=self.action.id, body_id=body.id)
        world.session.add(self.line)
        world.session.commit()
        self.due, self.place = self.action.original_due_date, N

    def send(self, role: Role, path: str, **fields: Any) -> None:
        data = {name.replace("__", "-"): value for name, value in fields.items()} | {"csrf_token": self.tokens[role]}
        answer = self.browsers[role].post(f"/actions/{self.action.reference}/{path}", data=data)
        assert answer.status_code in (302, 400, 403, 409), f"{path} {fields}: {answer.status_code}"
        if role in (Role.SCRUTINY_MEMBER, Role.ADMINISTRATOR):
            assert answer.status_code == 403

    @rule(
        role=ROLES, what=st.sampled_from(["update", "claim", "more_time", "pause"]), text=WORDS, safe=WORDS, date=DATES
    )
    def say(self, role: Role, what: str, text: str, safe: str, date: tuple[str, str, str]) -> None:
        dates = {
            f"{name}__{part}": typed
            for name in ("until", "review")
            for part, typed in zip(("day", "month", "year"), date, strict=True)
        }
        self.send(role, "update", what=what, text=text, safeguard=safe, pause_safeguard=safe, **dates)

    @rule(role=ROLES, path=st.sampled_from(["check", "look-again"]), button=BUTTON, finding=WORDS)
    def find(self, role: Role, path: str, button: str, finding: str) -> None:
        self.send(role, path, decision=button, finding=finding)

    @rule(role=ROLES, path=st.sampled_from(["decide", "pause"]), button=BUTTON, note=WORDS)
    def decide(self, role: Role, path: str, button: str, note: str) -> None:
        self.send(role, path, decision=button, note=note)

    @rule(role=ROLES)
    def resume(self, role: Role) -> None:
        self.send(role, "resume")

    @rule(
        role=ROLES,
        status=st.sampled_from(["done", "not_waited_for"] * 3 + ["no_reply", "in_progress", "x"]),
        note=WORDS,
    )
    def note_a_body(self, role: Role, status: str, note: str) -> None:
        self.send(role, f"contributions/{self.line.id}/line", status=status, note=note)

    @rule(role=ROLES, code=CODES, reason=WORDS)
    def close(self, role: Role, code: str, reason: str) -> None:
        self.send(role, "close", code=code, reason=reason)

    @rule(role=ROLES, reason=WORDS)
    def reopen(self, role: Role, reason: str) -> None:
        self.send(role, "reopen", reason=reason)

    @rule(role=ROLES, response=st.sampled_from(["accepted", "partly_accepted"] * 4 + ["not_accepted"]), reason=WORDS)
    def respond(self, role: Role, response: str, reason: str) -> None:
        self.send(role, "response", response=response, reason=reason)

    @rule(role=ROLES, to=ROLES, note=WORDS)
    def hand_over(self, role: Role, to: Role, note: str) -> None:
        people = self.world.people
        self.send(role, "hand-over", owner=str(people[to].id), lead=str(people[Role.LEAD].id), note=note)

    @rule(role=ROLES, outlook=st.sampled_from(["on_track", "off_track"]), reason=WORDS)
    def judge(self, role: Role, outlook: str, reason: str) -> None:
        self.send(role, "outlook", outlook=outlook, reason=reason)

    @rule()
    def go_on_as_one_should(self) -> None:
        """Take the next right step from wherever it stands, so that every place is reached."""
        right = {
            N: [(OWNER, "update", {"what": "update", "text": "Begun."})],
            P: [
                (OWNER, f"contributions/{self.line.id}/line", {"status": "done", "note": "Our part is done."}),
                (OWNER, "update", {"what": "claim", "text": "Done."}),
            ],
            W: [(OWNER, "resume", {})],
            A: [(LEAD, "check", {"decision": "accept", "finding": "Ten files read."})],
            C: [(LEAD, "look-again", {"decision": "accept", "finding": "Five files read."})],
            H: [(LEAD, "look-again", {"decision": "return", "finding": "No longer."})],
            X: [(LEAD, "reopen", {"reason": "It has come back."})],
        }
        if self.place in (C, H):
            self.months_pass()
        for role, path, fields in right[self.place]:
            self.send(role, path, **fields)

    @precondition(lambda self: self.place in (N, P))
    @rule()
    def pause_as_one_should(self) -> None:
        date = {"review__day": "20", "review__month": "12", "review__year": "2026"}
        self.send(OWNER, "update", what="pause", text="Vacant.", pause_safeguard="A weekly look.", **date)
        self.send(LEAD, "pause", decision="accept")

    @precondition(lambda self: self.place in (C, H))
    @rule()
    def months_pass(self) -> None:
        session = self.world.session
        claims = session.scalars(
            select(Claim).where(Claim.action_id == self.action.id, Claim.outcome == "agreed")
        ).all()
        for check in session.scalars(select(HoldingCheck).where(HoldingCheck.action_id == self.action.id)):
            check.due_date = self.world.app.extensions["tracker"].clock.now().date()
        assert claims, "nothing is checked that was not claimed"
        session.commit()

    @invariant()
    def it_stays_in_the_table(self) -> None:
        session = self.world.session
        session.rollback()
        session.refresh(self.action)
        now = self.action.delivery
        assert now is self.place or (self.place, now) in STEPS, f"{self.place} to {now}"
        self.place = now
        assert self.action.original_due_date == self.due
        assert self.action.current_due_date >= self.due
        assert (self.action.close_reason is not None) is (now is X)
        assert (self.action.closed_at is not None) is (now in (C, H, X))
        for kind in (Claim, Extension, Pause):
            rows = session.scalars(select(kind).where(kind.action_id == self.action.id)).all()
            assert sum(row.outcome is Decision.WAITING for row in rows) <= 1
            for row in rows:
                asked, decided = (
                    (row.claimed_by_id, row.checked_by_id)
                    if isinstance(row, Claim)
                    else (row.asked_by_id, row.decided_by_id)
                )
                assert asked != decided, "nobody decides on their own"
        if now is A:
            assert self.line.status not in ("no_reply", "in_progress") or session.refresh(self.line) is None

    def teardown(self) -> None:
        session = self.world.session
        assert audit.faults(session, self.world.ours.id) == []
        told = select(HistoryEntry).where(HistoryEntry.subject == "action", HistoryEntry.subject_id == self.action.id)
        places = [
            (row.before["delivery"], row.after["delivery"])
            for row in session.scalars(told.order_by(HistoryEntry.sequence))
            if row.before and row.after and "delivery" in row.after
        ]
        assert all((Delivery.of(before), Delivery.of(after)) in STEPS or before == after for before, after in places)
        last = places[-1][1] if places else N
        assert self.place is Delivery.of(last), "the history tells where it stands"
        super().teardown()


def test_no_sequence_of_requests_leaves_the_table_breaks_the_chain_or_moves_the_first_date(
    world: World, database_kind: str
) -> None:
    Everybody.world = world
    Everybody.browsers = {role: world.browser(role) for role in Role}
    Everybody.tokens = {role: browser.token() for role, browser in Everybody.browsers.items()}
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Everybody,
        settings=settings(
            max_examples=30 if database_kind == "sqlite" else 8,  # PostgreSQL takes four times as long
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )
