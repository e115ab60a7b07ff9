"""Refuses, before any view sees it, what no database can hold: a NUL character, a number beyond the largest id."""

from flask import Flask, request
from werkzeug.routing import IntegerConverter, Map

from tracker.errors import InvalidValue

LARGEST_ID = 2**31 - 1
UNUSABLE = "Something in what was sent cannot be used. Check what you typed or pasted, and send it again."


class RowId(IntegerConverter):
    """A number in an address: one that no row can have is an address that is not there."""

    def __init__(self, map_: Map) -> None:
        """Set the largest."""
        super().__init__(map_, max=LARGEST_ID)


def init_unusable(app: Flask) -> None:
    """Hold every address and every form to what can be stored. Before any route is added."""
    app.url_map.converters["int"] = RowId
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    sent = (*request.args.values(), *request.form.values())
    if any("\x00" in value for value in sent):
        raise InvalidValue(UNUSABLE)
