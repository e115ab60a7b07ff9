"""Pages of stage 4, one module for each: what goes out and went out, an action's chase ledger, signs of life."""

from tracker.reminders.views import (  # noqa: F401 - they add their pages
    answering,
    calendar,
    callbacks,
    health,
    ledger,
    mails,
    metrics,
    rules,
)
from tracker.reminders.views.blueprint import MAY_SEE, TELLERS, blueprint

__all__ = ["MAY_SEE", "TELLERS", "blueprint"]
