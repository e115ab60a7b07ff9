"""What an action is filed under and how it will be judged: title, success test, priority, service, theme, marking."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Self

from sqlalchemy.orm import Session

from tracker.actions import moving, queries
from tracker.actions.lifecycle import Move
from tracker.actions.withholding import withhold_mails
from tracker.errors import InvalidValue
from tracker.models import Action, Category, Person, Service
from tracker.opened import refuse_if_changed
from tracker.terms import CategoryKind, Marking, Priority

WORDS = {
    "title": "title",
    "success_test": "success test",
    "priority": "priority",
    "service_id": "service",
    "theme_id": "theme",
    "outcome_area_id": "outcome area",
    "marking": "marking",
    "checker_id": "checker",
}


@dataclass(frozen=True)
class Details:
    """What a lead may change of an action at any time, each a recorded change. Its dates and words are not among it."""

    title: str
    success_test: str | None
    priority: Priority
    service_id: int | None
    theme_id: int | None
    outcome_area_id: int | None
    marking: Marking
    checker_id: int | None

    @classmethod
    def of(cls, action: Action) -> Self:
        """Return the details as they stand."""
        return cls(**{name: getattr(action, name) for name in WORDS})


def change_details(
    session: Session,
    action: Action,
    *,
    wanted: Details,
    by: Person,
    now: datetime,
    opened: str | None = None,
) -> list[str]:
    """Change the details and return what changed, in words. Only leads may.

    ``opened`` is what the person saw: where one of these was changed meanwhile, ChangedMeanwhile. Raises InvalidValue
    for an empty title, an unknown service, theme or outcome area, or a checker who is the owner or gone.
    """
    queries.hold(session, action)
    present = Details.of(action)
    refuse_if_changed(opened, present)
    _check(session, action, wanted)
    changed = [name for name in WORDS if getattr(wanted, name) != getattr(present, name)]
    if not changed:
        return []
    words = [WORDS[name] for name in changed]
    moving.make(
        session,
        action,
        Move.CHANGE_DETAILS,
        f"changed the {', '.join(words)}",
        by=by,
        now=now,
        verb="changed",
        before={name: asdict(present)[name] for name in changed},
        after={name: asdict(wanted)[name] for name in changed},
    )
    for name in changed:
        setattr(action, name, getattr(wanted, name))
    if "marking" in changed and action.marking is not Marking.OPEN:
        withhold_mails(session, action)
    return words


def _check(session: Session, action: Action, wanted: Details) -> None:
    if not wanted.title.strip():
        raise InvalidValue("Enter a title.", field="title")
    if wanted.service_id is not None and session.get(Service, wanted.service_id) is None:
        raise InvalidValue("Choose a service from the list.", field="service_id")
    for field, kind in (("theme_id", CategoryKind.THEME), ("outcome_area_id", CategoryKind.OUTCOME_AREA)):
        chosen = getattr(wanted, field)
        found = None if chosen is None else session.get(Category, chosen)
        if chosen is not None and (found is None or found.kind is not kind):
            raise InvalidValue(f"Choose the {kind.label.lower()} from the list.", field=field)
    if wanted.checker_id is not None and wanted.checker_id != action.checker_id:
        checker = session.get(Person, wanted.checker_id)
        if checker is None or not checker.active:
            raise InvalidValue("Choose the checker from the list.", field="checker_id")
        if checker.id == action.owner_id:
            raise InvalidValue("Nobody checks their own work. Choose somebody else than the owner.", field="checker_id")
