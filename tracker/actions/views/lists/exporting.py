"""The list as a file: exactly what is filtered, in its order."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from flask import Response
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.actions.listing.exporting import fields_of, headings, lines
from tracker.actions.listing.spreadsheet import csv_pieces, excel_pieces
from tracker.actions.views.blueprint import blueprint
from tracker.actions.views.lists.pieces import asked
from tracker.models import work_for
from tracker.web.access import READERS, allow_any
from tracker.web.wiring import me, today, wiring

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Piece = TypeVar("Piece", str, bytes)


@blueprint.get("/actions.csv")
@allow_any(READERS)
def export_csv() -> ResponseReturnValue:
    """Give the list as CSV, a piece at a time."""
    shown, _ = asked()
    fields, council, day = fields_of(shown.columns, today()), me().council, today()

    def pieces(session: Session) -> Iterator[str]:
        return csv_pieces(headings(fields), lines(session, shown, fields, council=council, today=day))

    given = _read_apart(me().council_id, wiring().sessions(), pieces)
    return Response(given, content_type="text/csv; charset=utf-8", headers=_saved_as("csv"))


@blueprint.get("/actions.xlsx")
@allow_any(READERS)
def export_excel() -> ResponseReturnValue:
    """Give the list as an Excel workbook."""
    shown, _ = asked()
    fields, council, day = fields_of(shown.columns, today()), me().council, today()

    def pieces(session: Session) -> Iterator[bytes]:
        rows = lines(session, shown, fields, council=council, today=day)
        return excel_pieces("Actions", headings(fields), rows, [field.width for field in fields])

    given = _read_apart(me().council_id, wiring().sessions(), pieces)
    return Response(given, mimetype=EXCEL, headers=_saved_as("xlsx"))


def _read_apart(council_id: int, session: Session, pieces: Callable[[Session], Iterator[Piece]]) -> Iterator[Piece]:
    """Yield a file from a session of its own, closed with the last piece or when the reader goes away.

    The request's own session ends with the request, which is before the first piece is sent.
    """
    work_for(session, council_id)
    try:
        yield from pieces(session)
    finally:
        session.close()


def _saved_as(ending: str) -> dict[str, str]:
    name = f"{me().council.slug}-actions-{today().isoformat()}.{ending}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}
