"""One box over everything one may see."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tracker.actions.listing.filters import MOST_WORDS, Filters
from tracker.actions.listing.finding import find, reports_named
from tracker.actions.listing.searching import words_of
from tracker.actions.listing.shown import Shown
from tracker.actions.views.blueprint import blueprint
from tracker.actions.views.lists.pieces import address
from tracker.web.access import READERS, allow_any
from tracker.web.wiring import db, me


@blueprint.get("/search")
@allow_any(READERS)
def search() -> ResponseReturnValue:
    """Show what is found, by kind, newest first, with the words marked."""
    typed = " ".join(request.args.get("words", "").split())[:MOST_WORDS]
    return render_template(
        "actions/listing/search.html",
        typed=typed,
        usable=bool(words_of(typed)),
        reports=reports_named(db(), typed),
        found=find(db(), typed, me().council_id),
        list_href=address(Shown(Filters(words=typed))),
    )
