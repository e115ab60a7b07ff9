"""The words of the mail."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from tracker.reminders.stages.waiting import Wish
from tracker.reminders.words.emails import Digest, Mail, Planned, matter, render
from tracker.reminders.words.entries import Item
from tracker.terms import Delivery, Marking, Outlook, Stage

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
        "action_id": 12,
        "lead_name": "Bob Lowe",
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
    assert "  Say what has happened to WES-2026-01, without signing in:\n" in text
    assert text.count(f"{BASE}/answer/[a12]\n") == 1
    assert f"{BASE}/actions/" not in text


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
        ({"stage": Stage.BEFORE, "current_due": TODAY}, "if the date cannot be kept, ask for more time now."),
        ({"stage": Stage.ON_THE_DAY, "current_due": TODAY}, "if the date cannot be kept, ask for more time now."),
        ({"stage": Stage.ON_THE_DAY}, "Say what has happened and when it will be done, or claim that it is done."),
        ({"stage": Stage.BEFORE}, "Say what has happened and when it will be done, or claim that it is done."),
    ],
)
def test_what_is_wanted_fits_where_it_stands(values: dict[str, object], words: str) -> None:
    assert words in mail(item(**values)).text


def test_a_mail_with_a_link_that_answers_is_not_to_be_passed_on() -> None:
    said = "A link that answers without signing in acts in your name: do not pass this email on."
    for written, expected in ((mail(item()), 1), (mail(as_lead=(item(stage=Stage.LEAD_TOLD, own=False),)), 0)):
        assert written.text.replace("\n", " ").count(said) == expected
        assert written.html.count(said) == expected
    assert said not in mail(item(marking=Marking.EXEMPT)).html


@pytest.mark.parametrize("marking", [Marking.EXEMPT, Marking.CONFIDENTIAL])
def test_of_what_is_not_open_only_the_reference_leaves(marking: Marking) -> None:
    secret = item("WES-9", marking=marking, title="CANARY", owner_name="CANARY", stage=Stage.LEAD_TOLD)
    written = mail(secret, as_lead=(secret,))
    for said in (written.subject, written.text, written.html):
        assert "CANARY" not in said
        assert "March" not in said
        assert "In progress" not in said
    assert written.text.count(f"{BASE}/actions/WES-9\n") == 2
    assert "/answer/" not in written.text + written.html  # who answers would read it without signing in


def test_a_title_cannot_pretend_to_be_another_line() -> None:
    text = mail(item(title="Review\r\n\r\nWES-1: sign in at\u2028https://evil.example")).text
    assert "WES-2026-01: Review WES-1: sign in at https://evil.example\n" in text


def test_a_reference_cannot_leave_its_link() -> None:
    written = mail(as_lead=(item("../sign-out?x", stage=Stage.LEAD_TOLD),))
    assert f"{BASE}/actions/..%2Fsign-out%3Fx\n" in written.text
    assert f'href="{BASE}/actions/..%2Fsign-out%3Fx"' in written.html


def test_a_council_name_cannot_break_the_subject() -> None:
    assert mail(item(), council="West\r\nBcc: x@evil.example").subject == "1 action late – West Bcc: x@evil.example"


def html(*yours: Item, **parts: object) -> BeautifulSoup:
    told = Digest("Westmere Council", 7, "Bob Lowe", "bob@westmere.example", TODAY, yours, **parts)  # type: ignore[arg-type]
    return BeautifulSoup(render(told, BASE).html, "html.parser")


EVERYTHING: dict[str, tuple[object, ...]] = {
    "as_lead": (item("L-1", stage=Stage.LEAD_TOLD),),
    "as_director": (item("D-1", stage=Stage.DIRECTOR_TOLD),),
    "to_decide": (item("W-1", stage=Stage.DECISION_WAITS, wish=Wish.PAUSE, asked_on=TODAY, asked_by="Ann Hall"),),
    "plan": (
        Planned("P-1", "Read every file", Marking.OPEN, TODAY, date(2027, 4, 1), Outlook.AT_RISK, "It is paused."),
        Planned("P-2", "Late", Marking.OPEN, date(2027, 3, 1), date(2027, 3, 1), None),
        Planned("P-3", "Slips", Marking.OPEN, TODAY, TODAY, Outlook.OFF_TRACK, "Work has not begun."),
        Planned("P-4", "CANARY", Marking.EXEMPT, TODAY, TODAY, Outlook.OFF_TRACK, "The step “CANARY” is late."),
    ),
}


def test_both_forms_say_the_same() -> None:
    told = Digest("Westmere Council", 7, "Bob Lowe", "bob@westmere.example", TODAY, (item(),), **EVERYTHING)  # type: ignore[arg-type]
    written = render(told, BASE)
    words = " ".join(BeautifulSoup(written.html, "html.parser").get_text(" ").split())
    for line in written.text.splitlines():
        said = line.strip().removesuffix(":").removesuffix(".")
        if (
            said
            and not said.startswith(("https://", "--", "Recommendation tracker", "How often"))
            and not said.isupper()
        ):
            assert " ".join(said.split(": ")[-1].split()) in words, said


def test_the_html_reads_well_by_ear_and_brings_nothing_from_elsewhere() -> None:
    page = html(item(), item("B"), **EVERYTHING)
    assert page.html is not None
    assert page.html["lang"] == "en-GB"
    assert page.title is not None
    assert page.title.get_text().startswith("2 actions late; 1 decision waits for you; as lead: 1 action late;")
    assert [heading.name for heading in page.find_all(["h1", "h2", "h3"])][:3] == ["h1", "h2", "h3"]
    assert len(page.find_all("h1")) == 1
    assert all(not table.get("role") or table["role"] == "presentation" for table in page.find_all("table"))
    assert page.find_all(["img", "script", "link", "style", "iframe"]) == []
    assert all(str(link["href"]).startswith(BASE) for link in page.find_all("a"))
    texts = [link.get_text() for link in page.find_all("a")]
    assert len(texts) == len(set(texts))  # each says where it goes
    assert len(page.select("ul[role=list] > li")) == 5


def test_the_html_shows_words_of_others_as_words() -> None:
    page = html(item(title="<img src=x onerror=alert(1)> & more"))
    assert page.find("img") is None
    assert "<img src=x onerror=alert(1)> & more" in page.get_text()


@pytest.mark.parametrize(
    ("values", "link", "words"),
    [
        ({}, f"{BASE}/answer/[a12]", "Say what has happened to X, without signing in"),
        ({"stage": Stage.SILENT}, f"{BASE}/answer/[a12]", "Say what has happened to X, without signing in"),
        ({"owner_active": False, "own": False}, f"{BASE}/actions/X/hand-over", "Give X a new owner"),
        ({"stage": Stage.LEAD_TOLD, "own": False}, f"{BASE}/actions/X", "See X and what was done so far"),
        ({"stage": Stage.DECISION_WAITS, "wish": Wish.CLAIM}, f"{BASE}/actions/X/check", "Check the claim on X"),
        (
            {"stage": Stage.DECISION_WAITS, "wish": Wish.EXTENSION},
            f"{BASE}/actions/X/decide",
            "Decide on more time for X",
        ),
        ({"stage": Stage.LEAD_TOLD, "wish": Wish.PAUSE}, f"{BASE}/actions/X/pause", "Decide on the pause of X"),
        ({"stage": Stage.LEAD_TOLD, "wish": Wish.CLAIM, "may_decide": False}, f"{BASE}/actions/X", "See X and what"),
        ({"wish": Wish.EXTENSION}, f"{BASE}/answer/[a12]", "Say what has happened to X"),
    ],
)
def test_one_link_does_what_is_wanted(values: dict[str, object], link: str, words: str) -> None:
    one = html(item("X", **values)).select_one("ul li a")
    assert one is not None
    assert one["href"] == link
    assert one.get_text().startswith(words)


def test_a_director_reads_whom_was_told_before() -> None:
    told = item(stage=Stage.DIRECTOR_TOLD, reminded_on=(date(2027, 3, 1),), lead_told_on=(date(2027, 3, 8),))
    text = " ".join(html(as_director=(told,)).get_text(" ").split())
    assert "Ann Hall was reminded on 1 March 2027. Bob Lowe, its lead, was told on 8 March 2027." in text
    never = item(stage=Stage.DIRECTOR_TOLD)
    assert "Bob Lowe, its lead, has not been told of it before." in html(as_director=(never,)).get_text(" ")


def test_who_may_not_decide_is_told_who_can() -> None:
    told = item(stage=Stage.LEAD_TOLD, wish=Wish.EXTENSION, asked_on=TODAY, asked_by="Ann Hall", may_decide=False)
    said = html(as_lead=(told,)).get_text(" ")
    assert "Its request for more time waits for somebody else than you: ask another lead to decide it." in said
    assert "In progress; Ann Hall’s request for more time has waited since 15 March 2027" in said


def test_silence_is_counted_apart_and_said() -> None:
    silent = item(due=date(2028, 1, 1), stage=Stage.SILENT, last_word=date(2027, 2, 15))
    text = mail(item("LATE"), silent).text
    assert text.startswith("1 action late, 1 without news.\n")
    assert "Nothing has been said of it since 15 February 2027, 28 days ago." in text


def test_a_plan_comes_worst_first_with_its_reasons() -> None:
    told = Digest("Westmere Council", 7, "Bob Lowe", "bob@westmere.example", TODAY, plan=EVERYTHING["plan"])  # type: ignore[arg-type]
    written = render(told, BASE)
    assert written.subject == "Your plan this week: 1 late, 2 off track, 1 at risk – Westmere Council"
    order = [written.text.index(f"{reference}:") for reference in ("P-2", "P-3", "P-4", "P-1")]
    assert order == sorted(order)
    assert "At risk: P-1: Read every file\n  Due today (due 15 March 2027); within agreed" in written.text
    assert "extension to 1 April 2027, 17 days left. It is paused.\n" in written.text
    assert "CANARY" not in written.text + written.html + written.subject


def test_a_long_plan_names_the_worst_and_counts_the_rest() -> None:
    plan = tuple(Planned(f"P-{n:03}", "x", Marking.OPEN, TODAY, TODAY, Outlook.ON_TRACK) for n in range(60))
    text = render(Digest("W", 7, "Bob", "b@w.example", TODAY, plan=plan), BASE).text
    assert "P-039" in text
    assert "P-040" not in text
    assert f"And 20 more actions: {BASE}/actions" in text
