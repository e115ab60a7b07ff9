"""Tomorrow's mails, the mail log, the chase ledger."""

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import func, select

from tests.factories import make_question
from tests.integration.reminders.offices import MONDAY, MORNING, Office
from tracker.models import Council, Reminder, work_for
from tracker.reminders import ledgers, queries
from tracker.reminders.links import cover
from tracker.reminders.services import Draft, post
from tracker.scrutiny.telling import TELLERS
from tracker.terms import MessageStatus, Role, Stage

BASE = "https://tracker.westmere.example"
DAY = timedelta(days=1)


def preview(office: Office, day: date) -> list[queries.PreviewedMail]:
    with office.sessions() as session:
        work_for(session, office.council.id)
        council = session.get_one(Council, office.council.id)
        return queries.preview(session, council, day=day, base_url=BASE)


def test_the_preview_is_what_is_sent_that_day_and_writes_nothing(office: Office) -> None:
    office.action(due=MONDAY)
    (shown,) = preview(office, MONDAY)
    with office.work() as session:
        assert session.scalar(select(func.count()).select_from(Reminder)) == 0
    office.sweep()
    (sent,) = office.mails()
    assert (shown.subject, shown.text) == (sent.subject, cover(sent.text))
    assert shown.to_address == sent.to_address
    assert preview(office, MONDAY) == []  # it has been written
    assert preview(office, MONDAY + DAY) == []


def test_what_members_ask_counts_in_a_preview_as_what_is_told(office: Office) -> None:
    asked = office.action(due=MONDAY + 200 * DAY)
    member, other = office.person(Role.SCRUTINY_MEMBER), office.person()
    with office.work() as session:
        make_question(session, session.merge(asked), due_on=MONDAY, asked_by_id=member.id, owner_id=other.id)
        work_for(session, office.council.id)
        council = session.get_one(Council, office.council.id)
        mails = queries.preview(session, council, day=MONDAY, base_url=BASE, tellers=TELLERS)
    assert {mail.name: mail.tells for mail in mails}[other.name] == 1


def test_the_preview_looks_ahead(office: Office) -> None:
    office.action(due=MONDAY + 16 * DAY)
    assert preview(office, MONDAY + DAY) == []
    assert "14 days left" in preview(office, MONDAY + 2 * DAY)[0].text


def test_nothing_is_shown_for_a_day_without_mails(office: Office) -> None:
    office.action(due=MONDAY - 9 * DAY)
    assert preview(office, MONDAY - DAY) == []
    with office.sessions() as session:
        work_for(session, office.council.id)
        council = session.get_one(Council, office.council.id)
        assert queries.next_mail_day(session, council, after=MONDAY - 3 * DAY) == MONDAY
        assert queries.next_mail_day(session, council, after=date(2027, 3, 25)) == date(2027, 3, 30)  # Easter


def test_the_mail_log_is_paged_newest_first_and_does_not_shift(office: Office) -> None:
    with office.work() as session:
        for number in range(7):
            post(session, [_draft(office, number)], now=MORNING + timedelta(seconds=number // 2), host="x.example")
    seen: list[str] = []
    before: int | None = None
    for _ in range(3):
        with office.sessions() as session:
            work_for(session, office.council.id)
            page = queries.mail_log(session, before=before, size=3)
        with office.work() as session:  # a new mail between two pages
            post(session, [_draft(office, 100 + len(seen))], now=MORNING + DAY, host="x.example")
        seen += [mail.subject for mail in page.mails]
        before = page.older
    assert seen == ["6", "5", "4", "3", "2", "1", "0"]
    assert before is None


def test_the_mail_log_is_one_councils(office: Office, another_office: Callable[..., Office]) -> None:
    other = another_office(name="Northbrook")
    for each in (office, other):
        each.action(due=MONDAY)
    office.sweep()
    office.change(office.mails()[0], status=MessageStatus.FAILED)
    with office.sessions() as session:
        work_for(session, other.council.id)
        (mail,) = queries.mail_log(session).mails
        assert mail.to_address == other.owner.email
        assert mail.person_name == "Ann Hall"
        counts = queries.mail_counts(session)
        assert (counts[MessageStatus.WAITING], counts[MessageStatus.FAILED]) == (1, 0)
        assert queries.mail_log(session, status=MessageStatus.FAILED).mails == ()
        stored = queries.mail(session, mail.id)
        assert stored is not None
        assert stored.text
    with office.sessions() as session:
        work_for(session, office.council.id)
        assert queries.mail(session, mail.id) is None


def test_what_failed_lately_is_bounded_and_leaves_out_what_is_tried_again(office: Office) -> None:
    ended = [MessageStatus.FAILED, MessageStatus.BOUNCED] * 15
    others = [MessageStatus.DEFERRED, MessageStatus.SENT, MessageStatus.CANCELLED]
    with office.work() as session:
        for number in range(40):
            at = MORNING if number else MORNING - 15 * DAY
            post(session, [_draft(office, number)], now=at + timedelta(minutes=number), host="x.example")
    for mail, status in zip(office.mails(), [MessageStatus.FAILED, *others, *ended], strict=False):
        office.change(mail, status=status)
    with office.sessions() as session:
        work_for(session, office.council.id)
        failed = queries.failed_lately(session, now=MORNING + timedelta(hours=1))
    assert [mail.subject for mail in failed] == [str(number) for number in range(33, 13, -1)]


def test_the_chase_ledger_of_an_action(office: Office) -> None:
    action = office.action(due=MONDAY)
    office.sweep()
    office.change(office.mails()[0], status=MessageStatus.FAILED, last_error="550 no such person")
    office.sweep(MORNING + 7 * DAY)
    with office.sessions() as session:
        work_for(session, office.council.id)
        ledger = ledgers.reminders_of_action(session, action.id)
    assert {(line.person_name, line.stage, line.about_date, line.status) for line in ledger} == {
        ("Ann Hall", Stage.ON_THE_DAY, MONDAY, MessageStatus.FAILED),
        ("Ann Hall", Stage.WHILE_LATE, MONDAY + 7 * DAY, MessageStatus.WAITING),
        ("Bob Lowe", Stage.LEAD_TOLD, MONDAY + 7 * DAY, MessageStatus.WAITING),
    }
    assert (ledger[-1].error, ledger[-1].at) == ("550 no such person", MORNING)


def _draft(office: Office, number: int) -> Draft:
    return Draft(office.council.id, f"test:{number}", office.owner.id, "a@b.example", str(number), "")
