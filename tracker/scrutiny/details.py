"""Reads what an overdue report tells of each late action: four statements, however many rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, joinedload

from tracker.actions import past
from tracker.actions.as_at import Stood
from tracker.actions.past import Undone
from tracker.actions.queries import agreed_before
from tracker.clock import london_date
from tracker.models import Action, Claim, Extension, Person, Update
from tracker.scrutiny.contents import LastUpdate, OverdueAction
from tracker.terms import Marking


@dataclass(frozen=True)
class LastWords:
    """What was last said of an action, and what was last said of it that is open."""

    any: LastUpdate | None = None
    open: LastUpdate | None = None

    def of(self, marking: Marking) -> LastUpdate | None:
        """Return what may stand beside an action of this marking: beside an exempt one, whose row is withheld, all."""
        return self.open if marking is Marking.OPEN else self.any


NO_WORDS = LastWords()


def late_actions(
    session: Session, maybe_late: Select[int], late: Mapping[int, Stood], undone: Undone, cut: datetime
) -> list[OverdueAction]:
    """Return a row for each action that was late, as it stood. ``maybe_late`` asks for their ids, or for more."""
    extensions = _extensions(session, maybe_late, cut)
    words = _last_words(session, maybe_late, cut)
    silent = past.silent_then(session, maybe_late, undone, cut)
    people = (joinedload(Action.report), joinedload(Action.point), joinedload(Action.owner).joinedload(Person.post))
    question = select(Action).where(Action.id.in_(maybe_late)).options(*people).order_by(Action.id)
    actions = [action for action in session.scalars(question) if action.id in late]
    owners = past.people(session, {late[one.id].owner_id for one in actions if late[one.id].owner_id != one.owner_id})
    return [
        _row(
            action,
            late[action.id],
            owner=owners.get(late[action.id].owner_id, action.owner),
            moves=extensions.get(action.id, []),
            last=words.get(action.id, NO_WORDS).of(late[action.id].marking),
            silent=tuple(silent.get(action.id, ())),
        )
        for action in actions
    ]


def _row(
    action: Action,
    stood: Stood,
    *,
    owner: Person,
    moves: Sequence[Extension],
    last: LastUpdate | None,
    silent: tuple[str, ...],
) -> OverdueAction:
    latest, exempt = moves[-1] if moves else None, stood.marking is not Marking.OPEN
    return OverdueAction(
        action_id=action.id,
        reference=action.reference,
        marking=stood.marking,
        title=action.title,
        words=action.point.words,
        report=f"{action.report.code}: {action.report.title}",
        place=", ".join(filter(None, (action.point.section, f"page {action.point.page}" if action.point.page else ""))),
        owner=owner.name,
        post=owner.post.name,
        delivery=stood.delivery,
        original_due=action.original_due_date,
        current_due=stood.current_due_date if stood.current_due_date != action.original_due_date else None,
        times_moved=len(moves),
        days_gained=sum((move.to_date - move.from_date).days for move in moves),
        reason=latest.reason if latest and (latest.marking is Marking.OPEN or exempt) else "",
        safeguard=latest.safeguard if latest and (latest.marking is Marking.OPEN or exempt) else "",
        last_update=last,
        silent_bodies=silent,
    )


def _extensions(session: Session, about: Select[int], cut: datetime) -> dict[int, list[Extension]]:
    """Return the extensions of each action that had been agreed by then, in the order they were agreed."""
    question = select(Extension).where(Extension.action_id.in_(about), agreed_before(cut))
    found: dict[int, list[Extension]] = {}
    for extension in session.scalars(question.order_by(Extension.from_date, Extension.id)):
        found.setdefault(extension.action_id, []).append(extension)
    return found


def _last_words(session: Session, about: Select[int], cut: datetime) -> dict[int, LastWords]:
    """Return what was last said of each action by then: an update, a claim, or why more time is asked for."""
    told = (
        (Update, Update.at, Update.person_id, "", Update.text),
        (Claim, Claim.claimed_at, Claim.claimed_by_id, "Claimed: ", Claim.note),
        (Extension, Extension.asked_at, Extension.asked_by_id, "Asked for more time: ", Extension.reason),
    )
    said = union_all(
        *(
            select(
                kind.action_id,
                kind.id,
                at.label("at"),
                by.label("person_id"),
                literal(what).label("what"),
                words.label("words"),
                (kind.marking == Marking.OPEN).label("open"),
            ).where(kind.action_id.in_(about), at < cut)
            for kind, at, by, what, words in told
        )
    ).subquery()
    newest_first = (said.c.at.desc(), said.c.what.desc(), said.c.id.desc())
    of_all = func.row_number().over(partition_by=said.c.action_id, order_by=newest_first).label("of_all")
    of_its_kind = func.row_number().over(partition_by=(said.c.action_id, said.c.open), order_by=newest_first)
    last = select(said, of_all, of_its_kind.label("of_its_kind")).subquery()
    rows = session.execute(
        select(last.c.action_id, last.c.what, last.c.words, last.c.at, Person.name, last.c.of_all, last.c.open)
        .join(Person, Person.id == last.c.person_id)
        .where(or_(last.c.of_all == 1, and_(last.c.of_its_kind == 1, last.c.open)))
    )
    found: dict[int, LastWords] = {}
    for key, what, words, at, name, place, is_open in rows:
        said_last, so_far = LastUpdate(f"{what}{words}", london_date(at), name), found.get(key, NO_WORDS)
        found[key] = LastWords(said_last if place == 1 else so_far.any, said_last if is_open else so_far.open)
    return found
