"""The list as a file: exactly what is filtered, in its order."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeVar

from flask import Response
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.actions.listing.exporting import Field, fields_of, headings, lines
from tracker.actions.listing.past import past_list
from tracker.actions.listing.past_exporting import past_lines
from tracker.actions.listing.spreadsheet import Value, csv_pieces, excel_pieces
from tracker.actions.views.blueprint import blueprint
from tracker.actions.views.lists.pieces import asked
from tracker.models import work_for
from tracker.web.access import READERS, allow_any
from tracker.web.as_at import sound_day
from tracker.web.wiring import me, today, wiring

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Piece = TypeVar("Piece", str, bytes)


@blueprint.get("/actions.csv")
@allow_any(READERS)
def export_csv() -> ResponseReturnValue:
    """Give the list as CSV, a piece at a time, as it stands or as it stood at the end of a day."""
    fields, day, rows = _asked_for()

    def pieces(session: Session) -> Iterator[str]:
        return csv_pieces(headings(fields), rows(session))

    given = _read_apart(me().council_id, wiring().sessions(), pieces)
    return Response(given, content_type="text/csv; charset=utf-8", headers=_saved_as(day, "csv"))


@blueprint.get("/actions.xlsx")
@allow_any(READERS)
def export_excel() -> ResponseReturnValue:
    """Give the list as an Excel workbook."""
    fields, day, rows = _asked_for()

    def pieces(session: Session) -> Iterator[bytes]:
        return excel_pieces("Actions", headings(fields), rows(session), [field.width for field in fields])

    given = _read_apart(me().council_id, wiring().sessions(), pieces)
    return Response(given, mimetype=EXCEL, headers=_saved_as(day, "xlsx"))


def _asked_for() -> tuple[list[Field], date, Callable[[Session], Iterator[list[Value]]]]:
    """Return the columns of the file, its day, and how its lines are read."""
    shown, _ = asked()
    form, council = sound_day(today()), me().council
    fields = fields_of(shown.columns, form.day)

    def rows(session: Session) -> Iterator[list[Value]]:
        if form.past:
            found = past_list(session, shown, council=council, day=form.day)
            return past_lines(session, found, fields)
        return lines(session, shown, fields, council=council, today=form.day)

    return fields, form.day, rows


def _read_apart(council_id: int, session: Session, pieces: Callable[[Session], Iterator[Piece]]) -> Iterator[Piece]:
    """Yield a file from a session of its own, closed with the last piece or when the reader goes away.

    The request's own session ends with the request, which is before the first piece is sent.
    """
    work_for(session, council_id)
    try:
        yield from pieces(session)
    finally:
        session.close()


def _saved_as(day: date, ending: str) -> dict[str, str]:
    name = f"{me().council.slug}-actions-{day.isoformat()}.{ending}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}
