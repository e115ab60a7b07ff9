"""What can be changed of many actions at once: one thing, to one value, through the verb that its own page uses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from tracker.actions.details import Details, change_details
from tracker.actions.handing_over import Kept, hand_over
from tracker.actions.lifecycle import Move, allowed
from tracker.actions.parts import parts_of
from tracker.actions.responding import NEED_NO_REASON, respond
from tracker.errors import InvalidValue, TrackerError
from tracker.models import Action, Category, Person, Service
from tracker.terms import OFFICERS, PLANNERS, CategoryKind, Priority, Response, Term

NONE = "none"  # as a form says that a service, theme or outcome area is taken away
NOT_GIVEN = "None"


class What(Term):
    """What is changed."""

    OWNER = "owner", "owner"
    LEAD = "lead", "lead"
    SERVICE = "service", "service"
    THEME = "theme", "theme"
    AREA = "area", "outcome area"
    PRIORITY = "priority", "priority"
    RESPONSE = "response", "response"


FIELDS = {  # of an action, and the name it has in a row of history
    What.OWNER: ("owner_id", "owner"),
    What.LEAD: ("lead_id", "lead"),
    What.SERVICE: ("service_id", "service_id"),
    What.THEME: ("theme_id", "theme_id"),
    What.AREA: ("outcome_area_id", "outcome_area_id"),
    What.PRIORITY: ("priority", "priority"),
    What.RESPONSE: ("response", "response"),
}
MOVES = {What.OWNER: Move.HAND_OVER, What.LEAD: Move.HAND_OVER, What.RESPONSE: Move.RESPOND}
Raw = int | str | None


@dataclass(frozen=True)
class Change:
    """One thing, the value it gets, in words and as it is stored, and the note that goes with it.

    ``back`` is what goes with an owner who gets an action back: the post and the checker it had.
    """

    what: What
    value: Raw
    words: str
    note: str
    back: Kept | None = None

    @property
    def sentence(self) -> str:
        """Say it: > owner: Tom Ashby."""
        return f"{self.what.label}: {self.words}"


def change_to(session: Session, what: What, typed: str, note: str) -> Change:
    """Return the change that is asked for. Raises InvalidValue for what is not there, or a note that is missing."""
    value, words = _value(session, what, typed)
    needs_note = what in (What.OWNER, What.LEAD) or (what is What.RESPONSE and value not in NEED_NO_REASON)
    if needs_note and not note.strip():
        raise InvalidValue("Say why. The note stands in the history of each action.", field="note")
    return Change(what, value, words, note.strip())


def standing_value(action: Action, what: What) -> Raw:
    """Return what an action has now, as it is stored."""
    value = getattr(action, FIELDS[what][0])
    return value.value if isinstance(value, Term) else value


def words_for(session: Session, what: What, value: Raw) -> str:
    """Say a stored value: the name of a person, of a service, the label of a term."""
    if value is None:
        return NOT_GIVEN
    if what in TERMS:
        return TERMS[what].of(str(value)).label
    found = session.get(MODELS[what], value)
    return NOT_GIVEN if found is None else str(found.name)


def why_not(action: Action, change: Change, by: Person) -> str:
    """Say why an action will not be changed; nothing where it will."""
    if standing_value(action, change.what) == change.value:
        return "It is so already."
    parts = parts_of(by, action)
    try:
        allowed(MOVES.get(change.what, Move.CHANGE_DETAILS), now=action.delivery, parts=parts)
        if change.value == Response.NOT_ACCEPTED.value and change.what is What.RESPONSE:
            allowed(Move.CLOSE, now=action.delivery, parts=parts)  # what is not accepted is closed
    except TrackerError as refused:
        return refused.sentence
    return ""


def make_change(session: Session, action: Action, change: Change, *, by: Person, now: datetime) -> None:
    """Change one action by its own verb, with its row of history. Raises what the verb raises."""
    DO[change.what](session, action, change, by, now)


def _value(session: Session, what: What, typed: str) -> tuple[Raw, str]:
    if what in TERMS:
        term = next((term for term in TERMS[what] if term.value == typed), None)
        if term is not None:
            return term.value, term.label
    elif typed == NONE and what in (What.SERVICE, What.THEME, What.AREA):
        return None, NOT_GIVEN
    elif typed.isascii() and typed.isdecimal() and len(typed) < 10:  # noqa: PLR2004 - digits of the largest id
        found = session.get(MODELS[what], int(typed))
        if found is not None and FITS[what](found):
            return found.id, found.name
    raise InvalidValue("Choose from the list.", field=what.value)


def _hand_over(session: Session, action: Action, change: Change, by: Person, now: datetime) -> None:
    person = session.get_one(Person, change.value)
    owner = person if change.what is What.OWNER else action.owner
    lead = person if change.what is What.LEAD else action.lead
    hand_over(session, action, owner=owner, lead=lead, note=change.note, by=by, now=now, back=change.back)


def _change_details(session: Session, action: Action, change: Change, by: Person, now: datetime) -> None:
    value: Any = Priority.of(str(change.value)) if change.what is What.PRIORITY else change.value
    values: dict[str, Any] = {FIELDS[change.what][0]: value}
    change_details(session, action, wanted=replace(Details.of(action), **values), by=by, now=now)


def _respond(session: Session, action: Action, change: Change, by: Person, now: datetime) -> None:
    respond(session, action, response=Response.of(str(change.value)), reason=change.note, by=by, now=now)


Does = Callable[[Session, Action, Change, Person, datetime], None]
DO: dict[What, Does] = {
    **dict.fromkeys(What, _change_details),
    What.OWNER: _hand_over, What.LEAD: _hand_over, What.RESPONSE: _respond,
}  # fmt: skip
TERMS: Mapping[What, type[Term]] = {What.PRIORITY: Priority, What.RESPONSE: Response}
MODELS: Mapping[What, Any] = {
    What.OWNER: Person, What.LEAD: Person, What.SERVICE: Service, What.THEME: Category, What.AREA: Category,
}  # fmt: skip
FITS: Mapping[What, Callable[[Any], bool]] = {
    What.OWNER: lambda person: person.active and person.role in OFFICERS,
    What.LEAD: lambda person: person.active and person.role in PLANNERS,
    What.SERVICE: lambda _service: True,
    What.THEME: lambda category: category.kind is CategoryKind.THEME,
    What.AREA: lambda category: category.kind is CategoryKind.OUTCOME_AREA,
}
