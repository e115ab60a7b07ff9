"""The list as a file: exactly what is filtered, in its order."""

from flask import Response, stream_with_context
from flask.typing import ResponseReturnValue

from tracker.actions.listing.exporting import fields_of, headings, lines
from tracker.actions.listing.spreadsheet import csv_pieces, excel_pieces
from tracker.actions.views.blueprint import blueprint
from tracker.actions.views.lists.pieces import asked
from tracker.web.access import READERS, allow_any
from tracker.web.wiring import db, me, today

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/actions.csv")
@allow_any(READERS)
def export_csv() -> ResponseReturnValue:
    """Give the list as CSV, a piece at a time."""
    shown, _ = asked()
    fields = fields_of(shown.columns, today())
    rows = lines(db(), shown, fields, council=me().council, today=today())
    pieces = stream_with_context(csv_pieces(headings(fields), rows))
    return Response(pieces, content_type="text/csv; charset=utf-8", headers=_saved_as("csv"))


@blueprint.get("/actions.xlsx")
@allow_any(READERS)
def export_excel() -> ResponseReturnValue:
    """Give the list as an Excel workbook."""
    shown, _ = asked()
    fields = fields_of(shown.columns, today())
    rows = lines(db(), shown, fields, council=me().council, today=today())
    widths = [field.width for field in fields]
    pieces = stream_with_context(excel_pieces("Actions", headings(fields), rows, widths))
    return Response(pieces, mimetype=EXCEL, headers=_saved_as("xlsx"))


def _saved_as(ending: str) -> dict[str, str]:
    name = f"{me().council.slug}-actions-{today().isoformat()}.{ending}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}
