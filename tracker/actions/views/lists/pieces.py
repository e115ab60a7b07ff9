"""What the pages of lists share: the list that an address asks for, and the address of a list."""

from urllib.parse import urlencode

from flask import request, url_for

from tracker.actions.listing.choices import Choices, choices_for
from tracker.actions.listing.shown import Shown
from tracker.web.wiring import db, me


def asked() -> tuple[Shown, Choices]:
    """Return the list that the address asks for, held to what the council has, and what it can be narrowed to."""
    shown = Shown.read(request.args.to_dict(flat=False))
    choices = choices_for(db(), me().council_id, shown.filters.report)
    return shown.narrowed(shown.filters.held_to(choices.knows)), choices


def address(shown: Shown, endpoint: str = "actions.index", **more: str) -> str:
    """Return the address of a list, or of what is done with all of it."""
    return f"{url_for(endpoint)}?{urlencode([*shown.pairs(), *more.items()])}"
