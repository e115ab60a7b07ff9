"""The council's response: does it accept what the report asks for? Anything but accepted needs a reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy.orm import Session

from tracker.actions import moving, queries, services
from tracker.actions.lifecycle import Move
from tracker.errors import InvalidValue
from tracker.models import Action, Person
from tracker.opened import refuse_if_changed
from tracker.terms import CloseReason, Response

NEED_NO_REASON = (Response.AWAITING, Response.ACCEPTED)


@dataclass(frozen=True)
class Answer:
    """The response as it stands."""

    response: Response
    reason: str | None

    @classmethod
    def of(cls, action: Action) -> Self:
        """Return the response of an action."""
        return cls(action.response, action.response_reason)


def respond(
    session: Session,
    action: Action,
    *,
    response: Response,
    reason: str,
    by: Person,
    now: datetime,
    opened: str | None = None,
) -> None:
    """Say whether it is accepted. Not accepted closes it, which only a director may; it stays in the report.

    ``opened`` is what the person saw: where it was changed meanwhile, ChangedMeanwhile. Raises InvalidValue where
    nothing changes, or a reason is missing.
    """
    queries.hold(session, action)
    refuse_if_changed(opened, Answer.of(action))
    said = reason.strip()
    if (response, said or None) == (action.response, action.response_reason):
        raise InvalidValue("Choose another response.", field="response")
    if response not in NEED_NO_REASON and not said:
        raise InvalidValue(f"Say why it is {response.label.lower()}. The reason stands in the report.", field="reason")
    moving.make(
        session,
        action,
        Move.RESPOND,
        f"gave the response: {response.label.lower()}",
        by=by,
        now=now,
        verb="responded",
        before={"response": action.response, "response_reason": action.response_reason},
        after={"response": response, "response_reason": said or None},
        note=said or None,
    )
    action.response, action.response_reason = response, said or None
    if response is Response.NOT_ACCEPTED:
        services.close(session, action, code=CloseReason.NOT_ACCEPTED, reason=said, by=by, now=now)
