"""Council scoping, in one place: every read and write of a council's rows is held to the session's council.

A session says once whose rows it works on (``work_for``); after that a select, an update, a delete and a load by key
see that council's rows only, so another council's id is answered like an unknown one. A session that has said
nothing is refused (default deny). The few jobs that work for the whole installation say so (``work_for_all``).
"""

from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, with_loader_criteria

from tracker.models.base import CouncilOwned

ALL = "all councils"


class UnscopedQuery(RuntimeError):
    """A council's rows were asked for by a session that has not said for which council: a fault in the code."""


def work_for(session: Session, council_id: int) -> None:
    """Hold the session to one council's rows."""
    session.info["council"] = council_id


def work_for_all(session: Session) -> None:
    """Let the session see every council: for signing in, the reminder sweep and the command line only."""
    session.info["council"] = ALL


@event.listens_for(Session, "do_orm_execute")
def _hold_to_council(state: ORMExecuteState) -> None:
    owned = [mapper for mapper in state.all_mappers if issubclass(mapper.class_, CouncilOwned)]
    if state.is_column_load or state.is_relationship_load:
        return
    council = state.session.info.get("council")
    if council is None:
        if owned:
            raise UnscopedQuery(f"query on {owned[0].class_.__name__} without a council")
        return
    if council != ALL:
        state.statement = state.statement.options(
            with_loader_criteria(CouncilOwned, lambda cls: cls.council_id == council, include_aliases=True)
        )


@event.listens_for(Session, "before_flush")
def _own_new_rows(session: Session, _context: UOWTransaction, _instances: object) -> None:
    council = session.info.get("council")
    for row in session.new:
        if not isinstance(row, CouncilOwned):
            continue
        unset: int | None = row.council_id  # not given yet, whatever the column says
        if unset is None and council not in (None, ALL):
            row.council_id = council
        if council is None or council not in (ALL, row.council_id):
            raise UnscopedQuery(f"new {type(row).__name__} for another council than the session's")
    for row in session.dirty:
        if isinstance(row, CouncilOwned) and inspect(row).attrs.council_id.history.has_changes():
            raise UnscopedQuery(f"{type(row).__name__} may not change its council")
