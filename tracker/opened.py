"""Two people at once: what a form showed when it was opened goes with it, and is held against what stands now."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from tracker.errors import ChangedMeanwhile

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def as_opened(shown: "DataclassInstance") -> str:
    """Write down what a page shows, for its form to carry."""
    return json.dumps(asdict(shown), sort_keys=True, default=str)


def refuse_if_changed(opened: str | None, stands: "DataclassInstance") -> None:
    """Raise ChangedMeanwhile where another thing stands now than the form was opened on.

    A form that does not say is taken as it comes. Ask with the row in hand, so that nothing changes after the answer.
    """
    if opened and opened != as_opened(stands):
        raise ChangedMeanwhile
