"""Reads what an overdue report tells of each late action: four statements, however many rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, joinedload

from tracker.clock import london_date
from tracker.models import Action, Claim, Contribution, Extension, Person, Update
from tracker.scrutiny.as_at import Undone
from tracker.scrutiny.contents import LastUpdate, OverdueAction
from tracker.terms import ContributionStatus, Decision, Delivery, Marking


@dataclass(frozen=True)
class Dates:
    """The moves of one action's date that had been agreed by a day."""

    moves: Sequence[Extension]
    current_due: date


def late_actions(
    session: Session,
    maybe_late: Select[int],
    delivery: Mapping[int, Delivery],
    undone: Undone,
    cut: datetime,
) -> list[OverdueAction]:
    """Return a row for each action whose delivery is given. ``maybe_late`` asks for their ids, and may ask for more."""
    extensions = _extensions(session, maybe_late)
    words = _last_words(session, maybe_late, cut)
    silent = _silent_bodies(session, maybe_late, undone, cut)
    people = (joinedload(Action.report), joinedload(Action.point), joinedload(Action.owner).joinedload(Person.post))
    actions = session.scalars(select(Action).where(Action.id.in_(maybe_late)).options(*people).order_by(Action.id))
    return [
        _row(
            action,
            delivery[action.id],
            _dates(action, extensions.get(action.id, []), cut),
            words.get(action.id),
            tuple(silent.get(action.id, ())),
        )
        for action in actions
        if action.id in delivery
    ]


def _row(
    action: Action, delivery: Delivery, dates: Dates, last: LastUpdate | None, silent: tuple[str, ...]
) -> OverdueAction:
    latest, exempt = dates.moves[-1] if dates.moves else None, action.marking is not Marking.OPEN
    return OverdueAction(
        action_id=action.id,
        reference=action.reference,
        marking=action.marking,
        title=action.title,
        words=action.point.words,
        report=f"{action.report.code}: {action.report.title}",
        place=", ".join(filter(None, (action.point.section, f"page {action.point.page}" if action.point.page else ""))),
        owner=action.owner.name,
        post=action.owner.post.name,
        delivery=delivery,
        original_due=action.original_due_date,
        current_due=dates.current_due if dates.current_due != action.original_due_date else None,
        times_moved=len(dates.moves),
        days_gained=sum((move.to_date - move.from_date).days for move in dates.moves),
        reason=latest.reason if latest and (latest.marking is Marking.OPEN or exempt) else "",
        safeguard=latest.safeguard if latest and (latest.marking is Marking.OPEN or exempt) else "",
        last_update=last,
        silent_bodies=silent,
    )


def _dates(action: Action, agreed: Sequence[Extension], cut: datetime) -> Dates:
    """Take back the moves that were agreed later."""
    moves = [move for move in agreed if move.decided_at is None or move.decided_at < cut]
    later = [move for move in agreed if move not in moves]
    return Dates(moves, later[0].from_date if later else action.current_due_date)


def _extensions(session: Session, about: Select[int]) -> dict[int, list[Extension]]:
    """Return the agreed extensions of each action, in the order they were agreed."""
    question = select(Extension).where(Extension.action_id.in_(about), Extension.outcome == Decision.AGREED)
    found: dict[int, list[Extension]] = {}
    for extension in session.scalars(question.order_by(Extension.from_date, Extension.id)):
        found.setdefault(extension.action_id, []).append(extension)
    return found


def _last_words(session: Session, about: Select[int], cut: datetime) -> dict[int, LastUpdate]:
    """Return what was last said of each action by then: an update, a claim, or why more time is asked for."""
    said = union_all(
        select(
            Update.action_id,
            Update.id,
            Update.at,
            Update.person_id,
            literal("").label("what"),
            Update.text.label("words"),
        ).where(Update.action_id.in_(about), Update.at < cut, _may_stand(Update)),
        select(
            Claim.action_id, Claim.id, Claim.claimed_at, Claim.claimed_by_id, literal("Claimed: "), Claim.note
        ).where(Claim.action_id.in_(about), Claim.claimed_at < cut, _may_stand(Claim)),
        select(
            Extension.action_id,
            Extension.id,
            Extension.asked_at,
            Extension.asked_by_id,
            literal("Asked for more time: "),
            Extension.reason,
        ).where(Extension.action_id.in_(about), Extension.asked_at < cut, _may_stand(Extension)),
    ).subquery()
    newest_first = (said.c.at.desc(), said.c.what.desc(), said.c.id.desc())
    place = func.row_number().over(partition_by=said.c.action_id, order_by=newest_first).label("place")
    last = select(said, place).subquery()
    rows = session.execute(
        select(last.c.action_id, last.c.what, last.c.words, last.c.at, Person.name)
        .join(Person, Person.id == last.c.person_id)
        .where(last.c.place == 1)
    )
    return {key: LastUpdate(f"{what}{words}", london_date(at), name) for key, what, words, at, name in rows}


def _may_stand(said: type[Update] | type[Claim] | type[Extension]) -> ColumnElement[bool]:
    """Match what may stand beside its action: what is open; beside an exempt action, whose row is withheld, all."""
    its_action = select(Action.id).where(Action.id == said.action_id, Action.marking != Marking.OPEN).exists()
    return or_(said.marking == Marking.OPEN, its_action)


def _silent_bodies(session: Session, about: Select[int], undone: Undone, cut: datetime) -> dict[int, list[str]]:
    """Return, by action, the bodies that had not replied by then."""
    rows = session.scalars(select(Contribution).where(Contribution.action_id.in_(about)).order_by(Contribution.id))
    found: dict[int, list[str]] = {}
    for line in rows:
        later = line.replied_at is not None and line.replied_at >= cut
        status = undone.answers.get(
            (line.action_id, line.body_id), ContributionStatus.NO_REPLY if later else line.status
        )
        if status is ContributionStatus.NO_REPLY:
            found.setdefault(line.action_id, []).append(line.body.name)
    return found
