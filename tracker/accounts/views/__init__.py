"""Pages of signing in, one's own account, and the council: its people, its lists and its rules for dates."""

from tracker.accounts.views import people, rhythm, signing_in  # noqa: F401 - their routes
from tracker.accounts.views.blueprint import blueprint
from tracker.accounts.views.council import council

__all__ = ["blueprint", "council"]
