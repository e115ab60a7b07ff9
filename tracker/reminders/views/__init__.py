"""Pages of stage 4, one module for each: what goes out and went out, an action's chase ledger, signs of life."""

from tracker.reminders.views import health, ledger, mails  # noqa: F401 - they add their pages
from tracker.reminders.views.blueprint import blueprint

__all__ = ["blueprint"]
