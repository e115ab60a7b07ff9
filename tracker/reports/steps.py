"""How far the reading of a document has got, as steps that a person can follow."""

from dataclasses import dataclass

from tracker.terms import IntakeStatus
from tracker.wording import plural


@dataclass(frozen=True)
class Step:
    """One line: what is done, how far that is, and how it looks: "done", "now", "waits", "wrong" or "later"."""

    title: str
    hint: str
    said: str
    look: str


def steps(status: IntakeStatus, points: int | None) -> tuple[Step, ...]:
    """Return the three steps from a document's arrival to the points that are to be checked."""
    found = plural(points, "point") + " found" if points is not None else "Done"
    reading, checking = {
        IntakeStatus.WAITING: (("Waits for its turn", "waits"), ("Not yet", "later")),
        IntakeStatus.READING: (("Being read", "now"), ("Not yet", "later")),
        IntakeStatus.READ: (("Done", "done"), (found, "done")),
        IntakeStatus.REFUSED: (("Could not be read", "wrong"), ("Nothing to check", "later")),
    }[status]
    return (
        Step("Received", "The file is kept and nothing more is needed from you.", "Done", "done"),
        Step("Read", "Mostly a few seconds, at most half a minute once it is its turn.", *reading),
        Step("Ready to check", "Each action point found, beside its place in the report.", *checking),
    )
