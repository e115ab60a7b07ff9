"""Tells what has happened in the demonstration council, by the same services the pages use, on days before now.

After it every state stands somewhere: not due, due soon, due today, late in each band, claimed, returned, checked on
time and late, more time agreed, refused and asked for, closed and not completed, opened again, a report to check.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import typst
from sqlalchemy.orm import Session

from tracker.action_points.facts import set_facts
from tracker.actions import contributions, services
from tracker.adapters.files import Files
from tracker.demonstration.cast import Cast
from tracker.demonstration.committee import tell_of_the_committee
from tracker.demonstration.series import confirm_best, tell_of_the_review
from tracker.demonstration.teller import Teller
from tracker.models import Action
from tracker.terms import BaseDateChoice, CloseReason, ContributionStatus, LinkKind

Step = Callable[[int], None]
REPORTS = Path(__file__).parent / "reports"


def tell(session: Session, files: Files, now: datetime, *, step: Step) -> Cast:
    """Tell the whole story. ``step`` is told how much of a hundred is done."""
    teller = Teller(session, files, now)
    tell_of_the_review(teller)
    step(40)
    _letter(teller)
    step(20)
    _inspection(teller)
    _visit(teller)
    step(20)
    _send_letter(teller)
    tell_of_the_committee(teller)
    step(20)
    return teller.cast


def _letter(teller: Teller) -> None:
    """Tell of an older letter: most is done, one thing was closed, one opened again."""
    text = (REPORTS / "letter.txt").read_text(encoding="utf-8")
    dates = {"published": teller.printed(860), "review_year": teller.day(1300).year}
    report = teller.add("annual assessment letter.txt", text.format(**dates).encode(), days=855)
    set_facts(
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
    confirm_best(teller, report, "checks on staff", LinkKind.REPEATED, days=850)
    actions = teller.confirm(report, "care assessment", days=850)
    for number, action in enumerate(actions[:-2]):
        teller.update(action, "The new way of working has begun and is looked at every month.", days=800)
        teller.claim(action, "It is in place, and a sample of ten cases shows it.", days=700 - 40 * number)
        teller.check(action, "Ten cases read; nine show it.", days=690 - 40 * number)
        teller.look_again(action)
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
    confirm_best(teller, report, "emotional wellbeing clinic", LinkKind.TOLD_AGAIN, days=135)
    actions = teller.confirm(report, "assessment assessment assessment assessment care care care care care", days=135)
    _tell_of_the_inspection(teller, actions)


def _tell_of_the_inspection(teller: Teller, actions: list[Action]) -> None:
    """Tell what became of each of its nine actions."""
    at_once, strategy, thresholds, caseloads, health, education, reviews, leavers, clinic = actions
    _plan(teller, strategy, leavers)
    _claim(teller, at_once, strategy, caseloads, education)
    _ask_for_time(teller, thresholds, reviews, clinic)
    teller.update(leavers, "Twelve more care leavers have a place since spring.", days=20)
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


def _plan(teller: Teller, strategy: Action, leavers: Action) -> None:
    """Tell how two of them will be judged, and their steps."""
    teller.plan(
        strategy,
        "In ten strategy discussions, sampled by another manager, nine have health and minutes within a day.",
        ("Agree with health who comes", 100, True),
        ("Write the one-page form for minutes", 60, True),
        ("Sample ten discussions", 10, False),
    )
    teller.plan(
        leavers,
        "Nine of ten care leavers of nineteen live somewhere that they and their adviser call suitable.",
        ("Count who lives where", 90, True),
        ("Agree twenty places with the housing partner", 30, True),
    )


def _claim(teller: Teller, at_once: Action, strategy: Action, caseloads: Action, education: Action) -> None:
    """Tell what was claimed: returned twice, found right once, and waiting once."""
    teller.update(at_once, "A second qualified social worker reads referrals every afternoon.", days=130)
    teller.claim(at_once, "Every referral of the last month was read on its day.", days=120, file="referrals log.txt")
    teller.check(
        at_once, "Of twenty referrals three were read a day late. Show a month more.", days=115, accepted=False
    )
    teller.update(strategy, "Health have named a contact; minutes go out the same day.", days=100)
    teller.claim(strategy, "All strategy discussions have had a health professional.", days=60)
    teller.check(strategy, "Four of ten had no minutes. Sample again.", days=50, accepted=False)
    teller.claim(caseloads, "No newly qualified social worker carries more than agreed.", days=95, file="caseloads.txt")
    teller.check(caseloads, "Checked against the caseload report of the month.", days=85)
    teller.claim(education, "All plans were reviewed this term.", days=4, file="education plans audit.txt")


def _ask_for_time(teller: Teller, thresholds: Action, reviews: Action, clinic: Action) -> None:
    """Tell what was asked for: more time, agreed, refused and waiting, and a pause."""
    teller.more_time(
        thresholds, asked=95, until=teller.day(30), reason="The partnership meets only in autumn.", agreed=True
    )
    teller.more_time(
        thresholds, asked=40, until=teller.day(-20), reason="Two partners have not agreed the text.", agreed=True
    )
    teller.update(thresholds, "Text agreed with police and schools.", days=35)
    teller.more_time(reviews, asked=120, until=teller.day(60), reason="The new system is late.", agreed=False)
    teller.pause(
        reviews,
        asked=20,
        review=teller.day(-40),
        reason="The supplier cannot deliver the new system before the new year.",
    )
    teller.more_time(clinic, asked=2, until=teller.day(-90), reason="The clinic's second post is vacant.", agreed=None)


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
