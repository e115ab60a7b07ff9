"""Pages on which a person checks what was read, each point beside its place in the report."""

from tracker.action_points.views import changing, checking, facts, told_before  # noqa: F401 - their routes
from tracker.action_points.views.blueprint import blueprint

__all__ = ["blueprint"]
