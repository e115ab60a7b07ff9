"""A council's own names of areas, over the table of the service: read by everybody, changed by administrators."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import audit
from tracker.assessments.areas import AREAS, common_name, plain
from tracker.errors import InvalidValue, NotFound
from tracker.models import AreaName, Council, Person

LONGEST = 200  # letters of a name
OF_ITS_OWN = ""  # chosen for an area that is to keep a row of its own


def area_names(session: Session) -> Sequence[AreaName]:
    """Return the council's own names, by the common name they stand under."""
    return session.scalars(select(AreaName).order_by(AreaName.common, AreaName.name, AreaName.id)).all()


def own_names(session: Session) -> dict[str, str]:
    """Return the common name for each of the council's own names, as they are compared."""
    return {row.plain: row.common for row in area_names(session)}


def common_names(session: Session) -> list[str]:
    """Return the names that an area can be put under: the service's, then the council's own."""
    ours = [common for common, _ in AREAS]
    return ours + sorted({row.common for row in area_names(session)} - set(ours))


def set_area_name(session: Session, council: Council, name: str, common: str, *, by: Person, now: datetime) -> AreaName:
    """Put a name that reports use under a common one; a name that is there already is moved.

    Raises InvalidValue for an empty or far too long name, and for a common name that is not offered.
    """
    typed = " ".join(name.split())
    if not plain(typed):
        raise InvalidValue("Enter the name of the area as the report prints it", field="name")
    if len(typed) > LONGEST:
        raise InvalidValue(f"Enter a name of at most {LONGEST} characters", field="name")
    if common != OF_ITS_OWN and common not in common_names(session):
        raise InvalidValue("Choose the name it is compared under", field="common")
    under = common or typed
    row = session.scalar(select(AreaName).where(AreaName.plain == plain(typed)))
    before = {"common": row.common if row else common_name(typed)}
    if row is None:
        row = AreaName(council_id=council.id, name=typed, plain=plain(typed), common=under)
        session.add(row)
    row.name, row.common = typed, under
    said = f"put the area “{typed}” under “{under}”"
    audit.record(session, council, "area", said, by=by, at=now, before=before, after={"common": under})
    return row


def remove_area_name(session: Session, council: Council, name_id: int, *, by: Person, now: datetime) -> AreaName:
    """Take one of the council's own names away: the service's table counts for it again. Raises NotFound."""
    row = session.get(AreaName, name_id)
    if row is None:
        raise NotFound("This name is not there any more. Look at the list of names.")
    session.delete(row)
    said = f"took the area “{row.name}” from under “{row.common}”"
    audit.record(session, council, "area", said, by=by, at=now, before={"common": row.common})
    return row
