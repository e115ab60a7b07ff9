"""Another council's rows are out of reach, whichever way they are asked for (DESIGN section 7)."""

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from tests.factories import make_action, make_council, make_service
from tracker.models import Action, Service, UnscopedQuery, work_for


@pytest.fixture
def two_councils(session: Session) -> tuple[int, int]:
    ours, theirs = make_council(session, "Westmere"), make_council(session, "Northbrook")
    make_service(session, ours, "Ours")
    make_service(session, theirs, "Theirs")
    make_action(session, theirs)
    session.commit()
    return ours.id, theirs.id


def test_a_session_that_has_not_said_for_which_council_is_refused(session: Session) -> None:
    session.info.clear()
    with pytest.raises(UnscopedQuery):
        session.scalars(select(Service)).all()
    with pytest.raises(UnscopedQuery):
        session.get(Service, 1)


def test_lists_counts_and_loads_by_key_see_one_council(session: Session, two_councils: tuple[int, int]) -> None:
    work_for(session, two_councils[0])
    session.expunge_all()
    assert [service.name for service in session.scalars(select(Service))] == ["Ours"]
    assert session.scalar(select(func.count()).select_from(Service)) == 1
    assert session.execute(select(Service.name)).scalars().all() == ["Ours"]
    assert session.get(Action, 1) is None
    joined = select(func.count(Action.id)).join(Action.owner)
    assert session.scalar(joined) == 0


def test_changes_reach_one_council_only(session: Session, two_councils: tuple[int, int]) -> None:
    work_for(session, two_councils[0])
    assert session.execute(update(Service).values(name="Changed")).rowcount == 1  # type: ignore[attr-defined]
    assert session.execute(delete(Service)).rowcount == 1  # type: ignore[attr-defined]


def test_a_row_cannot_be_made_for_or_moved_to_another_council(session: Session, two_councils: tuple[int, int]) -> None:
    ours, theirs = two_councils
    work_for(session, ours)
    session.add(Service(council_id=theirs, name="Planted"))
    with pytest.raises(UnscopedQuery):
        session.flush()
    session.rollback()
    mine = session.scalars(select(Service)).one()
    mine.council_id = theirs
    with pytest.raises(UnscopedQuery):
        session.flush()


def test_a_new_row_belongs_to_the_council_of_its_session(session: Session, two_councils: tuple[int, int]) -> None:
    work_for(session, two_councils[0])
    service = Service(name="New")
    session.add(service)
    session.flush()
    assert service.council_id == two_councils[0]
