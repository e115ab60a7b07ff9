"""Posts of the council: an action belongs to one as well as to a person, and stays with it when the person goes."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.errors import InvalidValue
from tracker.models import Council, Post


def names(session: Session) -> list[str]:
    """Return the council's posts, by name."""
    return list(session.scalars(select(Post.name).order_by(Post.name, Post.id)))


def named(session: Session, council: Council, name: str) -> Post:
    """Return the post of this name, made where there is none yet. Raises InvalidValue for an empty name."""
    wanted = " ".join(name.split())
    if not wanted:
        raise InvalidValue("Enter the post.", field="post")
    found = session.scalar(select(Post).where(Post.council_id == council.id, Post.name == wanted))
    if found is None:
        found = Post(council_id=council.id, name=wanted)
        session.add(found)
        session.flush()
    return found
