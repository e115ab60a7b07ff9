"""What the chapters of the demonstration's story are told with: the services the pages use, on days before now."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from tracker.action_points import queries as point_queries
from tracker.action_points import services as points
from tracker.actions import (
    confirming,
    contributions,
    decisions,
    evidence,
    extensions,
    holding,
    pausing,
    planning,
    services,
)
from tracker.actions.details import Details, change_details
from tracker.adapters.files import Files
from tracker.clock import LONDON, london_date
from tracker.demonstration.cast import Cast, gather
from tracker.models import Action, Report
from tracker.reports.reading import read_bytes
from tracker.reports.services import add_report
from tracker.terms import ContributionStatus, HoldingOutcome
from tracker.wording import format_date


class Teller:
    """What every chapter needs at hand."""

    def __init__(self, session: Session, files: Files, now: datetime) -> None:
        """Gather the cast, a long time before the story begins."""
        self.session, self.files, self.now = session, files, now
        self.cast: Cast = gather(session, self.ago(1200))
        self.people = self.cast.people

    def ago(self, days: int) -> datetime:
        """Return half past ten in the morning some days before now; for today, now."""
        then = (self.now - timedelta(days=days)).astimezone(LONDON)
        return then.replace(hour=10, minute=30) if days else self.now

    def day(self, days: int) -> date:
        """Return the London day some days before now."""
        return london_date(self.ago(days))

    def printed(self, days: int) -> str:
        """Return that day as a report prints it."""
        return format_date(self.day(days))

    def add(self, filename: str, data: bytes, *, days: int) -> Report:
        """Add a report some days ago, as the lead did."""
        added = add_report(
            self.session,
            self.files,
            read_bytes,
            council=self.cast.council,
            data=data,
            filename=filename,
            by=self.people["lead"],
            now=self.ago(days),
        )
        self.session.flush()
        return added.report

    def confirm(self, report: Report, owners: str, *, days: int) -> list[Action]:
        """Keep every point, give them owners turn by turn, and confirm."""
        lead, now = self.people["lead"], self.ago(days)
        keys = owners.split()
        for number, point in enumerate(point_queries.points(self.session, report)):
            owner = self.people[keys[number % len(keys)]]
            points.assign(self.session, [point], owner=owner, lead=lead, by=lead, now=now)
            points.keep(self.session, point, by=lead, now=now)
        return confirming.confirm(self.session, report, self.cast.council, by=lead, now=now)

    def update(self, action: Action, text: str, *, days: int) -> None:
        """Let the owner write an update."""
        services.write_update(self.session, action, text=text, by=action.owner, now=self.ago(days))

    def claim(self, action: Action, note: str, *, days: int, file: str = "") -> None:
        """Let the owner claim completion, with every body's line done, and a file where one is named."""
        now = self.ago(days)
        for line in action.contributions:
            done = ContributionStatus.DONE
            contributions.set_contribution(
                self.session, action, line, status=done, note="Our part is done.", by=action.owner, now=now
            )
        claim = services.claim(self.session, action, note=note, by=action.owner, now=now)
        if file:
            upload = evidence.Upload(file, f"{note}\n".encode())
            shown = evidence.Shown(claim=claim)
            evidence.attach(self.session, self.files, action, [upload], by=action.owner, now=now, shown=shown)

    def check(self, action: Action, finding: str, *, days: int, accepted: bool = True) -> None:
        """Let another lead check the claim."""
        waiting = decisions.waiting_claim(self.session, action)
        if waiting is not None:
            decide = services.accept if accepted else services.send_back
            decide(self.session, waiting, finding=finding, by=self.people["second-lead"], now=self.ago(days))

    def look_again(self, action: Action) -> None:
        """Let another lead look again on each day that has come: it is still so."""
        for check in decisions.holding_checks_of(self.session, action):
            if check.due_date <= london_date(self.now):
                holding.look_again(
                    self.session,
                    check,
                    outcome=HoldingOutcome.HOLDING,
                    finding="Five files read at random; all five show it.",
                    by=self.people["second-lead"],
                    now=self.ago((london_date(self.now) - check.due_date).days),
                )

    def plan(self, action: Action, success_test: str, *steps: tuple[str, int, bool]) -> None:
        """Agree how it will be seen that it has worked, and steps (words, days ago, done) on the way."""
        lead, asked = self.people["lead"], self.ago(130)
        wanted = replace(Details.of(action), success_test=success_test)
        change_details(self.session, action, wanted=wanted, by=lead, now=asked)
        for title, days, done in steps:
            due = min(self.day(days), action.current_due_date)
            step = planning.add_step(self.session, action, title=title, due=due, by=lead, now=asked)
            if done:
                planning.mark_step(self.session, action, step, done=True, by=action.owner, now=self.ago(days + 2))

    def pause(self, action: Action, *, asked: int, review: date, reason: str) -> None:
        """Let the owner ask for a pause, and another lead agree to it."""
        pause = pausing.ask_for_pause(
            self.session,
            action,
            review=review,
            reason=reason,
            safeguard="The list of reviews is read by hand every Friday.",
            by=action.owner,
            now=self.ago(asked),
        )
        by, now = self.people["second-lead"], self.ago(asked - 1)
        pausing.decide_pause(self.session, pause, agreed=True, note="", by=by, now=now)

    def more_time(self, action: Action, *, asked: int, until: date, reason: str, agreed: bool | None) -> None:
        """Let the owner ask for more time, and the lead decide unless it still waits."""
        extension = extensions.ask_for_more_time(
            self.session,
            action,
            until=until,
            reason=reason,
            safeguard="The duty manager looks at every case once a week meanwhile.",
            by=action.owner,
            now=self.ago(asked),
        )
        self.session.flush()
        if agreed is not None:
            extensions.decide_extension(
                self.session,
                extension,
                agreed=agreed,
                note="" if agreed else "The date was known; the work can be done in time.",
                by=self.people["second-lead"],
                now=self.ago(asked - 3),
            )
