"""States and rows of an overdue report, made with the fewest words."""

from datetime import date, timedelta

from tracker.scrutiny.contents import LastUpdate, OverdueAction, OverdueReport, assemble
from tracker.scrutiny.figures import Named, State, late_ids
from tracker.terms import Delivery, Marking

AT = date(2026, 11, 21)
CARE, LETTER = Named(1, "Children in care"), Named(1, "WES-2026: Inspection of services")


def state(number: int, late: int, delivery: Delivery = Delivery.IN_PROGRESS, **values: object) -> State:
    """How an action stands that is so many days late; below zero are the days left."""
    defaults: dict[str, object] = {"report": LETTER, "service": CARE, "accepted": True, "claimed_on": None}
    due = AT - timedelta(days=late)
    return State(action_id=number, delivery=delivery, original_due=due, **(defaults | values))


def row(number: int, late: int, **values: object) -> OverdueAction:
    defaults: dict[str, object] = {
        "reference": f"WES-2026-{number:02}",
        "marking": Marking.OPEN,
        "title": f"Make thing {number} better",
        "words": "The council should do better.",
        "report": LETTER.name,
        "place": "Staying safe, page 3",
        "owner": "Alex Marsh",
        "post": "Head of Service",
        "delivery": Delivery.IN_PROGRESS,
        "original_due": AT - timedelta(days=late),
        "last_update": LastUpdate("We have begun.", date(2026, 11, 3), "Alex Marsh"),
    }
    return OverdueAction(action_id=number, **(defaults | values))


def report(*rows: OverdueAction, others: tuple[State, ...] = ()) -> OverdueReport:
    """A report of these late actions, and of others that are not late."""
    states = [state(one.action_id, (AT - one.original_due).days) for one in rows]
    assert late_ids(states, AT, None) == {one.action_id for one in rows}
    return assemble("Westmere Council", AT, [*states, *others], rows)
