"""Lives of actions for the tests of past days: what random people do on random days, through the real services."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import (
    make_action,
    make_body,
    make_council,
    make_meeting,
    make_person,
    make_point,
    make_report,
    make_service,
)
from tracker.actions import (
    assumed,
    confirming,
    contributions,
    decisions,
    extensions,
    handing_over,
    holding,
    outlooks,
    pausing,
    planning,
    queries,
    responding,
    services,
)
from tracker.actions.details import Details, change_details
from tracker.actions.listing import bulk
from tracker.actions.listing.changes import What, change_to
from tracker.clock import LONDON
from tracker.errors import TrackerError
from tracker.models import (
    Action,
    BulkChange,
    Category,
    Contribution,
    Council,
    HistoryHead,
    Meeting,
    Person,
    Question,
    Report,
    Service,
    work_for,
)
from tracker.scrutiny import questioning
from tracker.terms import (
    CategoryKind,
    CloseReason,
    ContributionStatus,
    Delivery,
    HoldingOutcome,
    Marking,
    Outlook,
    Priority,
    ReportStatus,
    Response,
    Role,
)

FIRST_DAY = date(2026, 3, 2)
STATUSES = [ContributionStatus.DONE, ContributionStatus.IN_PROGRESS, ContributionStatus.NO_REPLY]


@dataclass
class Lives:
    """A council whose actions live: each verb takes what it is done to, and a number that it chooses by."""

    session: Session
    council: Council
    owners: list[Person]
    leads: list[Person]
    director: Person
    areas: list[Service]
    themes: list[Category]
    meeting: Meeting
    now: datetime = datetime(2026, 3, 2, 9, tzinfo=UTC)
    unconfirmed: list[Report] = field(default_factory=list)
    done: list[str] = field(default_factory=list)  # the verbs that did something

    @classmethod
    def begun(cls, session: Session) -> "Lives":
        """Begin a council of five officers with five actions, of which two came in without a history."""
        council = make_council(session)
        work_for(session, council.id)
        areas = [make_service(session, council) for _ in range(2)]
        owners = [make_person(session, council, service_id=areas[n].id, post=f"Post {n}") for n in range(2)]
        leads = [make_person(session, council, Role.LEAD) for _ in range(2)]
        themes = [Category(council_id=council.id, kind=CategoryKind.THEME, name=f"Theme {n}") for n in range(2)]
        session.add_all(themes)
        first = make_meeting(session, council, FIRST_DAY + timedelta(days=20))
        make_meeting(session, council, FIRST_DAY + timedelta(days=90), first.committee)
        meeting = make_meeting(session, council, FIRST_DAY + timedelta(days=2000), first.committee)
        made = cls(
            session, council, owners, leads, make_person(session, council, Role.DIRECTOR), areas, themes, meeting
        )
        made.unconfirmed = [made._report_to_confirm(number) for number in range(2)]
        born = {"created_at": made.now - timedelta(days=9), "report": make_report(session, council)}
        for number, late in enumerate((-70, -5, 40)):
            action = made._action(late, number, delivery=Delivery.NOT_STARTED, due_assumed=number == 1, **born)
            session.add(
                Contribution(council_id=council.id, action_id=action.id, body_id=make_body(session, council).id)
            )
        made._action(-30, 0, delivery=Delivery.CHECKED, claimed_on=FIRST_DAY, closed_at=made.now, **born)
        made._action(-30, 1, delivery=Delivery.IN_PROGRESS, marking=Marking.EXEMPT, **born)
        session.flush()
        return made

    def live(self, days: int, late: bool, steps: list[tuple[str, int, int]]) -> date:
        """Let so many days pass, then do what is to be done; return the day. ``late``: in its last hour, in London."""
        day = self.now.astimezone(LONDON).date() + timedelta(days=days)
        begin = datetime.combine(day, time(23, 5) if late else time(0, 5), tzinfo=LONDON).astimezone(UTC)
        self.now = max(begin, self.now)
        for name, which, choice in steps:
            self.now += timedelta(minutes=3)
            actions = self.session.scalars(select(Action).order_by(Action.id)).all()
            try:
                before = self._told()
                with self.session.begin_nested():
                    VERBS[name](self, actions[which % len(actions)], choice)
                    self.session.flush()
                if self._told() > before:
                    self.done.append(name)
            except TrackerError:  # it may not be done now, or not by them: nothing is left of it
                self.session.expire_all()
        return day

    def _action(self, late: int, number: int, **values: Any) -> Action:
        owner, lead = self.owners[number % 2], self.leads[number % 2]
        due = FIRST_DAY - timedelta(days=late)
        return make_action(self.session, self.council, due=due, owner=owner, lead=lead, post_id=owner.post_id, **values)

    def _report_to_confirm(self, number: int) -> Report:
        report = make_report(
            self.session, self.council, added_by=self.leads[0], status=ReportStatus.BEING_CHECKED,
            inspection_end=FIRST_DAY - timedelta(days=60),
        )  # fmt: skip
        for n in range(2):
            make_point(
                self.session, report, owner_id=self.owners[(number + n) % 2].id, lead_id=self.leads[n].id,
                body_names=[make_body(self.session, self.council).name],
            )  # fmt: skip
        return report

    def _lead(self, choice: int) -> Person:
        return self.leads[choice % 2]

    def _told(self) -> int:
        """Return how many rows the history has."""
        return self.session.scalar(select(HistoryHead.sequence)) or 0

    def _standing_at(self, *places: Delivery) -> list[Action]:
        """Return the first action that stands at one of these."""
        question = select(Action).where(Action.delivery.in_(places)).order_by(Action.id)
        return list(self.session.scalars(question.limit(1)))

    # The verbs. What one decides or ends is the first that waits for it.

    def update(self, action: Action, choice: int) -> None:
        marking = (None, None, Marking.EXEMPT)[choice % 3]
        text = f"Said at {self.now}"
        services.write_update(self.session, action, text=text, by=action.owner, now=self.now, marking=marking)

    def claim(self, action: Action, choice: int) -> None:
        for line in action.contributions:
            contributions.set_contribution(
                self.session, action, line, status=ContributionStatus.DONE, note="", by=action.owner, now=self.now
            )
        services.claim(self.session, action, note=f"Done, {choice}", by=action.owner, now=self.now)

    def check(self, _action: Action, choice: int) -> None:
        for waiting in decisions.claims_waiting(self.session)[:1]:
            find = services.send_back if choice % 4 == 0 else services.accept
            find(self.session, waiting, finding="Looked at.", by=self.director, now=self.now)

    def ask_more_time(self, action: Action, choice: int) -> None:
        until = max(action.current_due_date, self.now.date()) + timedelta(days=5 + choice * 7)
        extensions.ask_for_more_time(
            self.session, action, until=until, reason=f"Because of {choice}", safeguard="A look.", by=action.owner,
            now=self.now,
        )  # fmt: skip

    def decide_more_time(self, _action: Action, choice: int) -> None:
        for waiting in decisions.extensions_waiting(self.session)[:1]:
            extensions.decide_extension(
                self.session, waiting, agreed=choice % 4 > 0, note="So be it.", by=self._lead(choice), now=self.now
            )

    def ask_pause(self, action: Action, choice: int) -> None:
        review = self.now.date() + timedelta(days=3 + choice * 5)
        pausing.ask_for_pause(
            self.session, action, review=review, reason="Vacant.", safeguard="A look.", by=action.owner, now=self.now
        )

    def decide_pause(self, _action: Action, choice: int) -> None:
        for waiting in decisions.pauses_waiting(self.session)[:1]:
            pausing.decide_pause(
                self.session, waiting, agreed=choice % 4 > 0, note="So be it.", by=self._lead(choice), now=self.now
            )

    def resume(self, _action: Action, choice: int) -> None:
        for paused in self._standing_at(Delivery.PAUSED):
            pausing.resume(self.session, paused, by=paused.owner if choice % 2 else None, now=self.now)

    def close(self, action: Action, choice: int) -> None:
        code = (CloseReason.NO_LONGER_APPLIES, CloseReason.RISK_ACCEPTED)[choice % 2]
        services.close(self.session, action, code=code, reason="It ended.", by=self.director, now=self.now)

    def reopen(self, _action: Action, choice: int) -> None:
        for ended in self._standing_at(Delivery.CHECKED, Delivery.HOLDING, Delivery.CLOSED_NOT_COMPLETED):
            services.reopen(self.session, ended, reason="It has come back.", by=self._lead(choice), now=self.now)

    def look_again(self, _action: Action, choice: int) -> None:
        for check in decisions.holding_checks_due(self.session, self.now.date() + timedelta(days=14))[:1]:
            outcome = HoldingOutcome.NOT_HOLDING if choice % 2 else HoldingOutcome.HOLDING
            holding.look_again(
                self.session, check, outcome=outcome, finding="Five files.", by=self.director, now=self.now
            )

    def respond(self, action: Action, choice: int) -> None:
        response = (Response.PARTLY_ACCEPTED, Response.ACCEPTED, Response.NOT_ACCEPTED, Response.AWAITING)[choice % 4]
        responding.respond(
            self.session, action, response=response, reason=f"Because {choice}", by=self.director, now=self.now
        )

    def hand_over(self, action: Action, choice: int) -> None:
        owner = [*self.owners, *self.leads][choice % 4]
        handing_over.hand_over(
            self.session, action, owner=owner, lead=self.leads[choice // 4 % 2], note="Away.", by=self.director,
            now=self.now,
        )  # fmt: skip

    def body(self, action: Action, choice: int) -> None:
        for line in action.contributions:
            by, outsider = (action.owner, None) if choice % 2 else (None, "Their contact")
            contributions.set_contribution(
                self.session, action, line, status=STATUSES[choice % 3], note="Noted.", by=by, outsider=outsider,
                now=self.now,
            )  # fmt: skip

    def mark(self, action: Action, choice: int) -> None:
        self._change(action, marking=list(Marking)[choice % 3])

    def details(self, action: Action, choice: int) -> None:
        values: tuple[dict[str, Any], ...] = (
            {"service_id": self.areas[choice // 4 % 2].id}, {"service_id": None},
            {"priority": list(Priority)[choice // 4 % 3]}, {"theme_id": self.themes[choice // 4 % 2].id},
        )  # fmt: skip
        self._change(action, **values[choice % 4])

    def judge(self, action: Action, choice: int) -> None:
        outlooks.judge(
            self.session, action, outlook=list(Outlook)[choice % 3], reason="I know.", by=action.lead, now=self.now
        )

    def plan(self, action: Action, choice: int) -> None:
        steps, by = action.milestones, action.owner
        if not steps or choice % 4 == 0:
            due = self.now.date() + timedelta(days=choice)
            planning.add_step(self.session, action, title=f"Step by {due}", due=due, by=by, now=self.now)
        elif choice % 4 == 1:
            planning.remove_step(self.session, action, steps[0], by=by, now=self.now)
        else:
            step = steps[choice % len(steps)]
            planning.mark_step(self.session, action, step, done=step.done_on is None, by=by, now=self.now)

    def agree_date(self, _action: Action, _choice: int) -> None:
        for one in queries.dates_assumed(self.session)[:1]:
            assumed.agree_date(self.session, one, by=self.director, now=self.now)

    def many(self, action: Action, choice: int) -> None:
        """Change two actions at once; every other time take it back within the hour."""
        others = self.session.scalars(select(Action).order_by(Action.id).limit(2)).all()
        what, typed = (
            (What.OWNER, str(self.owners[choice // 8 % 2].id)), (What.PRIORITY, "high"),
            (What.SERVICE, str(self.areas[choice // 8 % 2].id)), (What.RESPONSE, "partly_accepted"),
        )[choice % 4]  # fmt: skip
        wanted = change_to(self.session, what, typed, "Many at once.")
        seen = {one.id: one.version for one in {action, *others}}
        made: BulkChange = bulk.change_many(self.session, wanted, seen, by=self.leads[0], now=self.now)
        if choice // 4 % 2 and bulk.may_undo(made, self.now):
            bulk.undo(self.session, made, by=self.leads[1], now=self.now)

    def confirm(self, _action: Action, _choice: int) -> None:
        if self.unconfirmed:
            report = self.unconfirmed.pop()
            confirming.confirm(self.session, report, self.council, by=self.leads[0], now=self.now)

    def question(self, action: Action, choice: int) -> None:
        open_ = select(Question).where(Question.answered_at.is_(None)).order_by(Question.id)
        waiting = self.session.scalars(open_.limit(1)).first()
        if waiting is None or choice % 2:
            questioning.ask(self.session, self.council, action, f"Why {choice}?", by=self.director, now=self.now)
        else:
            questioning.answer(self.session, waiting, "Because.", by=self.leads[0], now=self.now)

    def _change(self, action: Action, **values: Any) -> None:
        wanted = replace(Details.of(action), **values)
        change_details(self.session, action, wanted=wanted, by=self.director, now=self.now)


VERBS: dict[str, Callable[[Lives, Action, int], None]] = {
    name: getattr(Lives, name)
    for name in (
        "update", "claim", "check", "ask_more_time", "decide_more_time", "ask_pause", "decide_pause", "resume",
        "close", "reopen", "look_again", "respond", "hand_over", "body", "mark", "details", "judge", "plan",
        "agree_date", "many", "confirm", "question",
    )
}  # fmt: skip
