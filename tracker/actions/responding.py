"""The council's response: does it accept what the report asks for? Anything but accepted needs a reason."""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker.actions import moving, queries, services
from tracker.actions.lifecycle import Move
from tracker.errors import InvalidValue
from tracker.models import Action, Person
from tracker.terms import CloseReason, Response

NEED_NO_REASON = (Response.AWAITING, Response.ACCEPTED)


def respond(session: Session, action: Action, *, response: Response, reason: str, by: Person, now: datetime) -> None:
    """Say whether it is accepted. Not accepted closes it, which only a director may; it stays in the report.

    Raises InvalidValue where nothing changes, or a reason is missing.
    """
    queries.hold(session, action)
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
