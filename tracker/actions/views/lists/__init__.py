"""The list of actions: narrowed, searched, saved, exported, and changed many at once."""

from tracker.actions.views.lists import changing, exporting, index, saved, searching  # noqa: F401 - their routes
