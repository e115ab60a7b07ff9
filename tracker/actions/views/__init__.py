"""Pages of actions: one's own, those that wait for a decision, one action, the list, and a report's plan."""

from tracker.actions.views import (  # noqa: F401 - their routes
    action,
    bodies,
    checking,
    details,
    ending,
    handing_over,
    importing,
    lists,
    plan,
    planning,
    rebasing,
    updating,
)
from tracker.actions.views.blueprint import blueprint
from tracker.actions.views.mine import my_actions, waiting_for_me

__all__ = ["blueprint", "my_actions", "waiting_for_me"]
