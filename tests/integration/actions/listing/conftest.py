import pytest
from sqlalchemy.orm import Session

from tests.factories import make_council
from tracker.models import Council, work_for


@pytest.fixture
def council(session: Session) -> Council:
    """A council that the session works for."""
    made = make_council(session)
    work_for(session, made.id)
    return made
