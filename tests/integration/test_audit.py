"""The history is a chain: what was changed, removed or put in between is found, and two writers never fork it."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, sessionmaker

from tests.factories import make_action, make_council, make_person
from tracker import audit
from tracker.db import writing
from tracker.models import Council, HistoryEntry, HistoryHead, Person, work_for, work_for_all
from tracker.terms import Delivery, How, Role

AT = datetime(2026, 11, 20, 9, 15, 30, 123456, tzinfo=UTC)


@pytest.fixture
def council(session: Session) -> Council:
    made = make_council(session)
    session.commit()
    return made


@pytest.fixture
def person(session: Session, council: Council) -> Person:
    return make_person(session, council, name="Ann Hall")


def write(session: Session, council: Council, count: int, by: Person | None = None) -> list[HistoryEntry]:
    made = [
        audit.record(session, council, "noted", f"noted thing {number}", by=by, at=AT + timedelta(minutes=number))
        for number in range(count)
    ]
    session.commit()
    return made


def tamper(session: Session, *statements: str, **values: object) -> None:
    """Go round the triggers, as somebody with the database's own password could."""
    triggers = {"history_stays": "UPDATE", "history_is_kept": "DELETE"}
    for name in triggers:
        on = "" if session.get_bind().dialect.name == "sqlite" else " ON history"
        session.execute(text(f"DROP TRIGGER {name}{on}"))
    for statement in statements:
        session.execute(text(statement), values)
    session.flush()
    session.expire_all()


def test_a_change_says_who_when_how_what_and_from_and_to(session: Session, council: Council, person: Person) -> None:
    action = make_action(session, council, owner=person)
    audit.comes_in_by(session, How.LINK)
    entry = audit.record(
        session, action, "claim", "claimed that it is done", by=person, at=AT,
        before={"delivery": Delivery.IN_PROGRESS, "on": None, "late": True, "count": 2, "share": 0.5},
        after={"due": date(2026, 12, 1)}, note="Log read.",
    )  # fmt: skip
    session.commit()
    session.expire_all()
    found = session.get_one(HistoryEntry, entry.id)
    assert (found.person_id, found.person_name, found.at, found.how) == (person.id, "Ann Hall", AT, How.LINK)
    assert (found.subject, found.subject_id, found.kind) == ("action", action.id, "action:claim")
    assert (found.sentence, found.note) == ("claimed that it is done", "Log read.")
    assert found.before == {"delivery": "in_progress", "on": None, "late": True, "count": 2, "share": 0.5}
    assert found.after == {"due": "2026-12-01"}
    assert audit.faults(session, council.id) == []


def test_what_the_service_does_itself_says_so_whatever_way_is_given(session: Session, council: Council) -> None:
    entry = audit.record(session, council, "noted", "noted", by=None, at=AT)
    assert (entry.person_name, entry.person_id, entry.how) == (audit.THE_SERVICE, None, How.SYSTEM)


def test_what_somebody_without_an_account_did_says_who_it_was_and_how(session: Session, council: Council) -> None:
    audit.comes_in_by(session, How.LINK)
    entry = audit.record(session, council, "noted", "noted", by=None, at=AT, outsider="Westmere General Hospital")
    assert (entry.person_name, entry.person_id, entry.how) == ("Westmere General Hospital", None, How.LINK)


def test_the_first_link_hangs_on_nothing_and_each_on_the_one_before(session: Session, council: Council) -> None:
    first, second, third = write(session, council, 3)
    assert (first.sequence, first.previous_digest) == (1, audit.FIRST_DIGEST)
    assert (second.previous_digest, third.previous_digest) == (first.digest, second.digest)


def test_a_moment_in_another_zone_makes_the_same_link_when_it_is_read_back(session: Session, council: Council) -> None:
    summer = AT.astimezone(timezone(timedelta(hours=1)))
    audit.record(session, council, "noted", "noted", by=None, at=summer)
    session.commit()
    session.expire_all()
    assert audit.faults(session, council.id) == []


def test_each_council_has_a_chain_of_its_own(session: Session, council: Council) -> None:
    other = make_council(session, "Northbrook")
    write(session, council, 2)
    (entry,) = write(session, other, 1)
    assert (entry.sequence, entry.previous_digest) == (1, audit.FIRST_DIGEST)
    assert audit.faults(session, council.id) == audit.faults(session, other.id) == []


def test_a_council_without_history_has_no_fault(session: Session, council: Council) -> None:
    assert audit.faults(session, council.id) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("sentence = 'did nothing'", "Row 2 was changed after it was written."),
        ("note = 'added later'", "Row 2 was changed after it was written."),
        ("person_name = 'Somebody else'", "Row 2 was changed after it was written."),
        ("subject_id = subject_id + 1", "Row 2 was changed after it was written."),
        ("at = '2026-01-01 00:00:00+00:00'", "Row 2 was changed after it was written."),
    ],
)
def test_a_changed_row_is_found(session: Session, council: Council, change: str, words: str) -> None:
    write(session, council, 3)
    if session.get_bind().dialect.name == "sqlite":
        change = change.replace("+00:00", "")
    tamper(session, f"UPDATE history SET {change} WHERE sequence = 2")  # noqa: S608 - the test's own
    assert audit.faults(session, council.id) == [words]


def test_a_changed_row_with_its_digest_made_anew_is_found_by_the_next(session: Session, council: Council) -> None:
    _, second, _ = write(session, council, 3)
    session.expunge_all()
    second.sentence = "did nothing"
    tamper(
        session,
        "UPDATE history SET sentence = 'did nothing', digest = :digest WHERE sequence = 2",
        digest=audit.digest_of(second),
    )
    assert audit.faults(session, council.id) == ["Row 3 does not follow from the row before it."]


def test_the_last_row_changed_with_its_digest_made_anew_is_found_by_the_head(
    session: Session, council: Council
) -> None:
    *_, last = write(session, council, 3)
    session.expunge_all()
    last.sentence = "did nothing"
    tamper(
        session,
        "UPDATE history SET sentence = 'did nothing', digest = :digest WHERE sequence = 3",
        digest=audit.digest_of(last),
    )
    assert len(audit.faults(session, council.id)) == 1


@pytest.mark.parametrize(
    ("removed", "words"),
    [
        ("1", "Rows 1 to 1 are missing."),
        ("2", "Rows 2 to 2 are missing."),
        ("2, 3", "Rows 2 to 3 are missing."),
    ],
)
def test_a_removed_row_is_found(session: Session, council: Council, removed: str, words: str) -> None:
    write(session, council, 4)
    tamper(session, f"DELETE FROM history WHERE sequence IN ({removed})")  # noqa: S608 - the test's own
    assert audit.faults(session, council.id) == [words]


def test_a_removed_row_is_found_though_the_rest_was_numbered_anew(session: Session, council: Council) -> None:
    write(session, council, 4)
    tamper(
        session,
        "DELETE FROM history WHERE sequence = 2",
        "UPDATE history SET sequence = 2 WHERE sequence = 3",
        "UPDATE history SET sequence = 3 WHERE sequence = 4",
    )
    found = audit.faults(session, council.id)
    assert "Row 2 does not follow from the row before it." in found
    assert "Row 2 was changed after it was written." in found
    assert found[-1] == "The last row is 3, but 4 were written."


def test_a_truncated_tail_is_found(session: Session, council: Council) -> None:
    write(session, council, 4)
    tamper(session, "DELETE FROM history WHERE sequence > 2")
    assert audit.faults(session, council.id) == ["The last row is 2, but 4 were written."]


def test_a_history_removed_as_a_whole_is_found(session: Session, council: Council) -> None:
    write(session, council, 4)
    tamper(session, "DELETE FROM history")
    assert audit.faults(session, council.id) == ["The last row is 0, but 4 were written."]


def test_a_truncated_tail_whose_head_was_removed_too_is_found(session: Session, council: Council) -> None:
    write(session, council, 4)
    tamper(session, "DELETE FROM history WHERE sequence > 2", "DELETE FROM history_heads")
    assert audit.faults(session, council.id) == ["The note of the last row is missing."]


def test_a_row_put_in_between_is_found(session: Session, council: Council) -> None:
    first, *_ = write(session, council, 3)
    planted = {column.name: getattr(first, column.name) for column in HistoryEntry.__table__.columns}
    tamper(
        session,
        "UPDATE history SET sequence = 5 WHERE sequence = 3",
        "UPDATE history SET sequence = 3 WHERE sequence = 2",
        "UPDATE history SET sequence = 4 WHERE sequence = 5",
    )
    session.add(HistoryEntry(**(planted | {"id": None, "sequence": 2, "sentence": "was never there"})))
    session.flush()
    found = audit.faults(session, council.id)
    assert "Row 2 does not follow from the row before it." in found
    assert "Row 2 was changed after it was written." in found
    assert any(fault.startswith("Row 3") for fault in found)


def test_a_row_put_at_the_end_is_found(session: Session, council: Council) -> None:
    *_, last = write(session, council, 2)
    planted = {column.name: getattr(last, column.name) for column in HistoryEntry.__table__.columns}
    entry = HistoryEntry(**(planted | {"id": None, "sequence": 3, "previous_digest": last.digest}))
    entry.digest = audit.digest_of(entry)
    session.add(entry)
    session.flush()
    assert audit.faults(session, council.id) == ["The last row is 3, but 2 were written."]


def test_the_history_of_several_things_is_told_newest_first(session: Session, council: Council, person: Person) -> None:
    action = make_action(session, council, owner=person)
    for subject, sentence in ((action, "one"), (council, "two"), (person, "three"), (action, "four")):
        audit.record(session, subject, "noted", sentence, by=person, at=AT)
    told = audit.history_of(session, ("action", action.id), ("person", person.id))
    assert [entry.sentence for entry in told] == ["four", "three", "one"]


def _together(work: Callable[[int], None], count: int) -> list[BaseException]:
    failed: list[BaseException] = []
    barrier = threading.Barrier(count)

    def run(number: int) -> None:
        try:
            barrier.wait(10)
            work(number)
        except BaseException as error:  # noqa: BLE001 - told to the test
            failed.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return failed


@pytest.mark.parametrize("already", [0, 3], ids=["the first links", "later links"])
def test_writers_at_the_same_time_do_not_fork_the_chain(
    session: Session, sessions: sessionmaker[Session], council: Council, already: int
) -> None:
    write(session, council, already)
    session.close()

    def work(number: int) -> None:
        for _ in range(5):
            with sessions() as own:
                writing(own)
                work_for(own, council.id)
                row = own.scalars(select(Council).where(Council.id == council.id)).one()
                audit.record(own, row, "noted", f"noted by writer {number}", by=None, at=AT)
                own.commit()

    assert _together(work, 4) == []
    work_for_all(session)
    assert session.scalar(select(func.count(HistoryEntry.id))) == already + 20
    assert session.scalars(select(HistoryHead.sequence)).one() == already + 20
    assert audit.faults(session, council.id) == []


def test_a_change_that_is_rolled_back_leaves_no_link(session: Session, council: Council) -> None:
    write(session, council, 1)
    audit.record(session, council, "noted", "noted in vain", by=None, at=AT)
    session.rollback()
    (entry,) = write(session, council, 1)
    assert entry.sequence == 2
    assert audit.faults(session, council.id) == []


def test_every_kind_of_subject_has_its_name(session: Session, council: Council, person: Person) -> None:
    action = make_action(session, council, owner=person)
    subjects = [action, action.point, action.report, make_person(session, council, Role.LEAD), council]
    kinds = [audit.record(session, one, "noted", "noted", by=person, at=AT).kind for one in subjects]  # type: ignore[arg-type]
    assert kinds == ["action:noted", "action_point:noted", "report:noted", "person:noted", "council:noted"]
