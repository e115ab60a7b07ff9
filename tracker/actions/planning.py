"""The steps on the way to an action's end, each with its own date."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from tracker.actions import moving, queries
from tracker.actions.lifecycle import Move
from tracker.clock import london_date
from tracker.errors import InvalidValue, MoveNotAllowed
from tracker.models import Action, Milestone, Person
from tracker.wording import format_date

MOST_STEPS = 30
LONGEST_AHEAD = timedelta(days=2 * 366)


def add_step(session: Session, action: Action, *, title: str, due: date, by: Person, now: datetime) -> Milestone:
    """Add a step with its date. Raises InvalidValue for an empty one, or one after the action's own date."""
    queries.hold(session, action)
    if not title.strip():
        raise InvalidValue("Say what the step is.", field="title")
    check_within(action, due, now)
    if len(action.milestones) >= MOST_STEPS:
        raise InvalidValue(f"An action has at most {MOST_STEPS} steps.", field="title")
    moving.make(
        session,
        action,
        Move.PLAN,
        f"added the step “{title.strip()}”, due {format_date(due)}",
        by=by,
        now=now,
        verb="step_added",
        after=_told(title.strip(), due, None),
    )
    step = Milestone(council_id=action.council_id, action_id=action.id, title=title.strip(), due_date=due)
    session.add(step)
    session.flush()
    session.refresh(action, ["milestones"])
    return step


def mark_step(session: Session, action: Action, step: Milestone, *, done: bool, by: Person, now: datetime) -> None:
    """Note that a step is done, or that it is not after all. Raises MoveNotAllowed where it stands so already."""
    queries.hold(session, action)
    step = _still_there(session, action, step)
    if (step.done_on is not None) is done:
        raise MoveNotAllowed("Somebody has noted this step already.")
    done_on = london_date(now) if done else None
    moving.make(
        session,
        action,
        Move.PLAN,
        f"noted the step “{step.title}” as {'done' if done else 'not done yet'}",
        by=by,
        now=now,
        verb="step_done" if done else "step_not_done",
        before=_told(step.title, step.due_date, step.done_on),
        after=_told(step.title, step.due_date, done_on),
    )
    step.done_on = done_on


def remove_step(session: Session, action: Action, step: Milestone, *, by: Person, now: datetime) -> None:
    """Take a step out of the plan; that it stood there stays in the history."""
    queries.hold(session, action)
    step = _still_there(session, action, step)
    moving.make(
        session,
        action,
        Move.PLAN,
        f"took out the step “{step.title}”, due {format_date(step.due_date)}",
        by=by,
        now=now,
        verb="step_removed",
        before=_told(step.title, step.due_date, step.done_on),
    )
    session.delete(step)
    session.flush()
    session.refresh(action, ["milestones"])


def check_within(action: Action, day: date, now: datetime) -> None:
    """Raise InvalidValue for a day before the action was made, or after its own date where that is still to come."""
    made, latest = london_date(action.created_at), action.current_due_date
    if day < made:
        raise InvalidValue(f"Enter a date from {format_date(made)}, when the action was made.", field="due")
    if latest >= london_date(now) and day > latest:
        raise InvalidValue(f"Enter a date no later than {format_date(latest)}, when the action is due.", field="due")
    if day > london_date(now) + LONGEST_AHEAD:
        raise InvalidValue("Enter a date within the next two years.", field="due")


def _told(title: str, due: date, done_on: date | None) -> dict[str, object]:
    """Say a step as the history keeps it, so that it can be told how things stood on an earlier day."""
    return {"step": title, "due_date": due, "done_on": done_on}


def _still_there(session: Session, action: Action, step: Milestone) -> Milestone:
    """Return the step as it is under the lock. Raises NotFound where somebody has removed it meanwhile."""
    session.refresh(action, ["milestones"])
    found = queries.step(action, step.id)
    session.refresh(found)
    return found
