"""The series in the demonstration's story: a review that a later letter repeats, and a matter that is told again."""

from pathlib import Path

from tracker.action_points import recurrences
from tracker.demonstration.teller import Teller
from tracker.models import Report
from tracker.terms import LinkKind

REVIEW = Path(__file__).parent / "reports" / "review.txt"


def tell_of_the_review(teller: Teller) -> None:
    """Tell of the joint area review before the letter: one thing done late, one on time."""
    dates = {"start": teller.printed(1310), "end": teller.printed(1300), "published": teller.printed(1195)}
    text = REVIEW.read_text(encoding="utf-8").format(**dates)
    report = teller.add("joint area review.txt", text.encode(), days=1190)
    checks, carers = teller.confirm(report, "assessment care", days=1188)
    teller.claim(carers, "Every young carer we know has both names on one card.", days=1130, file="cards.txt")
    teller.check(carers, "Twelve cards seen.", days=1125)
    teller.claim(checks, "Every check is in the register, and none is older than three years.", days=1085)
    teller.check(checks, "Twenty entries compared with the files; all are right.", days=1080)
    for action in (checks, carers):
        teller.look_again(action)


def confirm_best(teller: Teller, report: Report, words: str, kind: LinkKind, *, days: int) -> None:
    """Let the lead say what the best suggestion for the point with these words is."""
    links = recurrences.links_of(teller.session, report)
    best = next(link for link in links if link.point is not None and words in link.point.words)
    recurrences.confirm(teller.session, best, kind, by=teller.people["lead"], now=teller.ago(days))
