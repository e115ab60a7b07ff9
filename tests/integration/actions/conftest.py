import pytest
from sqlalchemy.orm import Session

from tests.integration.actions.made import Desk, make_desk


@pytest.fixture
def desk(session: Session) -> Desk:
    """An action in progress, with an owner, a lead, another lead, a director and a member."""
    return make_desk(session)
