"""Tells what has happened in the demonstration council, by the same services the pages use, on days before now.

After it every state stands somewhere: not due, due soon, due today, late in each band, claimed, returned, checked on
time and late, more time agreed, refused and asked for, closed and not completed, opened again, a report to check.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import typst
from sqlalchemy.orm import Session

from tracker.action_points import queries as point_queries
from tracker.action_points import services as points
from tracker.actions import confirming, contributions, decisions, evidence, extensions, services
from tracker.adapters.files import Files
from tracker.clock import LONDON, london_date
from tracker.demonstration.cast import Cast, gather
from tracker.models import Action, Report
from tracker.reports.reading import read_bytes
from tracker.reports.services import add_report
from tracker.terms import BaseDateChoice, CloseReason, ContributionStatus
from tracker.wording import format_date

Step = Callable[[int], None]
REPORTS = Path(__file__).parent / "reports"


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


def tell(session: Session, files: Files, now: datetime, *, step: Step) -> Cast:
    """Tell the whole story. ``step`` is told how much of a hundred is done."""
    teller = Teller(session, files, now)
    step(40)
    _letter(teller)
    step(20)
    _inspection(teller)
    _visit(teller)
    step(20)
    _send_letter(teller)
    step(20)
    return teller.cast


def _letter(teller: Teller) -> None:
    """Tell of an older letter: most is done, one thing was closed, one opened again."""
    text = (REPORTS / "letter.txt").read_text(encoding="utf-8")
    dates = {"published": teller.printed(860), "review_year": teller.day(1300).year}
    report = teller.add("annual assessment letter.txt", text.format(**dates).encode(), days=855)
    points.set_facts(
        teller.session,
        report,
        title="Annual performance assessment of services for children and young people",
        published=report.published,
        inspection_start=None,
        inspection_end=None,
        choice=BaseDateChoice.PUBLISHED,
        typed=None,
        review_date=teller.day(1300),
        by=teller.people["lead"],
        now=teller.ago(850),
    )
    actions = teller.confirm(report, "care assessment", days=850)
    for number, action in enumerate(actions[:-2]):
        teller.update(action, "The new way of working has begun and is looked at every month.", days=800)
        teller.claim(action, "It is in place, and a sample of ten cases shows it.", days=700 - 40 * number)
        teller.check(action, "Ten cases read; nine show it.", days=690 - 40 * number)
    services.close(
        teller.session,
        actions[-2],
        code=CloseReason.NO_LONGER_APPLIES,
        reason="The duty has passed to the new partnership, which has taken it into its own plan.",
        by=teller.people["director"],
        now=teller.ago(500),
    )
    teller.claim(actions[-1], "Moves have fallen to the average of like councils.", days=520)
    teller.check(actions[-1], "The figure is right.", days=510)
    services.reopen(
        teller.session,
        actions[-1],
        reason="Moves have risen again for two quarters.",
        by=teller.people["lead"],
        now=teller.ago(200),
    )
    teller.update(actions[-1], "A panel now looks at every second move.", days=45)


def _inspection(teller: Teller) -> None:
    """Tell of the inspection whose plan is under way: its six months end in a few days."""
    text = (REPORTS / "inspection.txt").read_text(encoding="utf-8")
    dates = {
        "start": teller.printed(190),
        "end": teller.printed(179),
        "published": teller.printed(140),
    }
    report = teller.add("inspection report.txt", text.format(**dates).encode(), days=138)
    actions = teller.confirm(report, "assessment assessment assessment assessment care care care care care", days=135)
    _tell_of_the_inspection(teller, actions)


def _tell_of_the_inspection(teller: Teller, actions: list[Action]) -> None:
    at_once, strategy, thresholds, caseloads, health, education, reviews, leavers, clinic = actions
    teller.update(at_once, "A second qualified social worker reads referrals every afternoon.", days=130)
    teller.claim(at_once, "Every referral of the last month was read on its day.", days=120, file="referrals log.txt")
    teller.check(
        at_once, "Of twenty referrals three were read a day late. Show a month more.", days=115, accepted=False
    )
    teller.update(strategy, "Health have named a contact; minutes go out the same day.", days=100)
    teller.claim(strategy, "All strategy discussions have had a health professional.", days=60)
    teller.check(strategy, "Four of ten had no minutes. Sample again.", days=50, accepted=False)
    teller.more_time(
        thresholds, asked=95, until=teller.day(30), reason="The partnership meets only in autumn.", agreed=True
    )
    teller.more_time(
        thresholds, asked=40, until=teller.day(-20), reason="Two partners have not agreed the text.", agreed=True
    )
    teller.update(thresholds, "Text agreed with police and schools.", days=35)
    teller.claim(caseloads, "No newly qualified social worker carries more than agreed.", days=95, file="caseloads.txt")
    teller.check(caseloads, "Checked against the caseload report of the month.", days=85)
    teller.claim(education, "All plans were reviewed this term.", days=4, file="education plans audit.txt")
    teller.more_time(reviews, asked=120, until=teller.day(60), reason="The new system is late.", agreed=False)
    teller.update(leavers, "Twelve more care leavers have a place since spring.", days=20)
    teller.more_time(clinic, asked=2, until=teller.day(-90), reason="The clinic's second post is vacant.", agreed=None)
    for line in health.contributions[:1]:
        contributions.set_contribution(
            teller.session,
            health,
            line,
            status=ContributionStatus.IN_PROGRESS,
            note="A clinic day a week from next month.",
            by=health.owner,
            now=teller.ago(15),
        )


def _visit(teller: Teller) -> None:
    """Tell of a visit's letter with printed dates: one just past, one today, one to come."""
    text = (REPORTS / "visit.txt").read_text(encoding="utf-8")
    printed = {
        "first": teller.printed(12),
        "second": teller.printed(0),
        "third": teller.printed(-40),
    }
    dates = {
        "start": teller.printed(81),
        "end": teller.printed(80),
        "published": teller.printed(61),
    }
    report = teller.add("focused visit letter.txt", text.format(**printed, **dates).encode(), days=59)
    actions = teller.confirm(report, "assessment assessment lead", days=57)
    teller.update(actions[0], "Every child has been offered a conversation since Monday last week.", days=6)


def _send_letter(teller: Teller) -> None:
    """Tell of a PDF that arrived a few days ago: read, and still to be checked."""
    dates = {
        "start": teller.printed(60),
        "end": teller.printed(56),
        "published": teller.printed(9),
    }
    pdf = typst.compile((REPORTS / "send-letter.typ").read_bytes(), sys_inputs=dates)
    teller.add("area SEND letter.pdf", pdf, days=5)
