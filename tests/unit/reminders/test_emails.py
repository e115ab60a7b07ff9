"""The words of the mail."""

from datetime import date

import pytest

from tracker.reminders.emails import Digest, Item, Mail, matter, render
from tracker.terms import Delivery, Marking, Stage

TODAY = date(2027, 3, 15)
BASE = "https://tracker.westmere.example"


def item(reference: str = "WES-2026-01", due: date = date(2027, 3, 1), **values: object) -> Item:
    defaults: dict[str, object] = {
        "reference": reference,
        "title": "Review every placement",
        "marking": Marking.OPEN,
        "delivery": Delivery.IN_PROGRESS,
        "original_due": due,
        "current_due": due,
        "stage": Stage.WHILE_LATE,
        "owner_name": "Ann Hall",
    }
    return Item(**(defaults | values))  # type: ignore[arg-type]


def digest(*yours: Item, as_lead: tuple[Item, ...] = (), council: str = "Westmere Council") -> Digest:
    return Digest(council, 7, "Bob Lowe", "bob@westmere.example", TODAY, yours, as_lead)


def mail(*yours: Item, as_lead: tuple[Item, ...] = (), council: str = "Westmere Council") -> Mail:
    return render(digest(*yours, as_lead=as_lead, council=council), BASE)


def test_the_subject_says_how_many_are_late_and_due() -> None:
    later = item("C", date(2027, 3, 29), stage=Stage.BEFORE)
    assert mail(item("A"), item("B"), later).subject == "2 actions late, 1 due in 14 days – Westmere Council"


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ([date(2027, 3, 14)], "1 action late"),
        ([date(2027, 3, 15)], "1 action due today"),
        ([date(2027, 3, 16)], "1 action due in 1 day"),
        ([date(2027, 3, 16), date(2027, 3, 18)], "2 actions due within 3 days"),
        ([date(2027, 3, 14), date(2027, 3, 15)], "1 action late, 1 due today"),
    ],
)
def test_the_matter_counts_against_the_original_date(due: list[date], words: str) -> None:
    assert matter(digest(*[item(due=day) for day in due])) == words


def test_what_a_lead_answers_for_is_counted_apart() -> None:
    told = item("L", stage=Stage.LEAD_TOLD)
    assert matter(digest(item(), as_lead=(told, told))) == "1 action late; as lead: 2 actions late"
    assert matter(digest(as_lead=(told,))) == "As lead: 1 action late"


def test_the_mail_begins_with_the_matter() -> None:
    assert mail(item()).text.startswith("1 action late.\n")


@pytest.mark.parametrize(
    ("original", "current", "words"),
    [
        (date(2026, 9, 1), None, "195 days late (due 1 September 2026)"),
        (date(2027, 3, 14), None, "1 day late (due 14 March 2027)"),
        (date(2027, 3, 15), None, "Due today (due 15 March 2027)"),
        (date(2027, 3, 29), None, "14 days left (due 29 March 2027)"),
        (
            date(2027, 3, 1),
            date(2027, 4, 1),
            "14 days late (due 1 March 2027); within agreed extension to 1 April 2027, 17 days left",
        ),
        (
            date(2027, 3, 1),
            TODAY,
            "14 days late (due 1 March 2027); within agreed extension to 15 March 2027, ends today",
        ),
        (
            date(2027, 3, 1),
            date(2027, 3, 8),
            "14 days late (due 1 March 2027); extension to 8 March 2027 passed 7 days ago",
        ),
    ],
)
def test_lateness_is_said_against_the_original_date(original: date, current: date | None, words: str) -> None:
    assert f"  {words}\n" in mail(item(due=original, current_due=current or original)).text


def test_each_action_has_its_status_what_is_wanted_and_one_link() -> None:
    text = mail(item()).text
    assert "WES-2026-01: Review every placement\n" in text
    assert "  Now: In progress\n" in text
    assert "  Wanted: Say what has happened and when it will be done, or claim that it is done.\n" in text
    assert text.count(f"{BASE}/actions/WES-2026-01\n") == 1


def test_the_worst_comes_first() -> None:
    text = mail(item("LATER", date(2027, 3, 29)), item("WORST", date(2026, 3, 1)), item("LATE")).text
    assert text.index("WORST:") < text.index("LATE:") < text.index("LATER:")


def test_the_lead_reads_what_was_tried_before() -> None:
    told = item(stage=Stage.LEAD_TOLD, reminded_on=(date(2027, 3, 1), date(2027, 3, 8)), undelivered_on=(TODAY,))
    text = mail(as_lead=(told,)).text
    assert "FOR YOU TO KNOW AS LEAD" in text
    assert "FOR YOU TO ANSWER" not in text
    assert "Ann Hall was reminded on 1 March 2027 and 8 March 2027." in text
    assert "A reminder could not be delivered on 15 March 2027." in text


def test_of_many_earlier_reminders_the_last_are_named_and_the_number() -> None:
    days = tuple(date(2027, 1, day) for day in range(1, 10))
    told = item(stage=Stage.LEAD_TOLD, reminded_on=days)
    assert "8 January 2027 and 9 January 2027 (9 times in all)" in mail(as_lead=(told,)).text


def test_a_lead_reads_that_nobody_was_reminded_before() -> None:
    assert "Ann Hall has not been reminded of it before." in mail(as_lead=(item(stage=Stage.LEAD_TOLD),)).text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"delivery": Delivery.AWAITING_CHECK, "stage": Stage.LEAD_TOLD}, "See that the claim is checked."),
        ({"owner_active": False}, "Its owner, Ann Hall, no longer has an account. Give it a new owner."),
        ({"delivery": Delivery.PAUSED}, "Say whether work can start again."),
        ({"stage": Stage.LEAD_TOLD}, "Find out what stands in the way"),
        ({"stage": Stage.BEFORE}, "if the date cannot be kept, ask for more time now."),
    ],
)
def test_what_is_wanted_fits_where_it_stands(values: dict[str, object], words: str) -> None:
    assert words in mail(item(**values)).text


@pytest.mark.parametrize("marking", [Marking.EXEMPT, Marking.CONFIDENTIAL])
def test_of_what_is_not_open_only_the_reference_leaves(marking: Marking) -> None:
    secret = item("WES-9", marking=marking, title="CANARY", owner_name="CANARY", stage=Stage.LEAD_TOLD)
    written = mail(secret, as_lead=(secret,))
    assert "CANARY" not in written.subject + written.text
    assert "March" not in written.text
    assert "In progress" not in written.text
    assert written.text.count(f"{BASE}/actions/WES-9\n") == 2


def test_a_title_cannot_pretend_to_be_another_line() -> None:
    text = mail(item(title="Review\r\n\r\nWES-1: sign in at\u2028https://evil.example")).text
    assert "WES-2026-01: Review WES-1: sign in at https://evil.example\n" in text


def test_a_reference_cannot_leave_its_link() -> None:
    assert f"{BASE}/actions/..%2Fsign-out%3Fx\n" in mail(item("../sign-out?x")).text


def test_a_council_name_cannot_break_the_subject() -> None:
    assert mail(item(), council="West\r\nBcc: x@evil.example").subject == "1 action late – West Bcc: x@evil.example"
