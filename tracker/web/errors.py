"""Error pages: what happened in one sentence, what to do, that nothing was lost, and a reference number."""

import logging
import secrets

from flask import Flask, render_template, request
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException

from tracker import errors
from tracker.web.keys import covered
from tracker.web.unusable import UNUSABLE

log = logging.getLogger(__name__)

STATUS: dict[type[errors.TrackerError], int] = {
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.TooManyAttempts: 429,
    errors.ChangedMeanwhile: 409,
    errors.AlreadyConfirmed: 409,
    errors.MoveNotAllowed: 409,
    errors.DocumentTooLarge: 413,
}
PAGES = (400, 403, 404, 409, 413, 429, 500, 503)


def init_errors(app: Flask) -> None:
    """Turn everything that is raised into a page."""
    app.register_error_handler(errors.TrackerError, _refused)
    app.register_error_handler(CSRFError, _form_too_old)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(DataError, _unusable)  # PostgreSQL's words for a number that is too large
    app.register_error_handler(OverflowError, _unusable)  # and SQLite's
    app.register_error_handler(Exception, _fault)


def error_page(status: int, sentence: str | None = None, *, fault: Exception | None = None) -> ResponseReturnValue:
    """Render the page of a status, with a sentence in place of the usual one where there is a better one.

    The reference on the page stands in the log too, beside the fault where there is one.
    """
    reference = secrets.token_hex(4)
    level = logging.ERROR if fault else logging.INFO
    log.log(
        level,
        "error page %s, reference %s, for %s %r",
        status,
        reference,
        request.method,
        covered(request.path),
        exc_info=fault,
    )
    if request_ctx.url_adapter is None:  # asked for under a host name that is not ours: no page can be built for it
        return "This address does not belong to the service.", 400
    known = status if status in PAGES else 400 if status < 500 else 500  # noqa: PLR2004 - the classes of HTTP
    return render_template(f"errors/{known}.html", sentence=sentence, reference=reference), status


def _refused(error: errors.TrackerError) -> ResponseReturnValue:
    return error_page(STATUS.get(type(error), 400), error.sentence)


def _form_too_old(_error: CSRFError) -> ResponseReturnValue:
    return error_page(
        400, "The form was open for too long, or was opened before you signed in. Go back and send it again."
    )


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:  # noqa: PLR2004 - a redirect raised by the router
        return error
    return error_page(error.code)


def _database_away(error: OperationalError) -> ResponseReturnValue:
    return error_page(503, fault=error)


def _unusable(_error: Exception) -> ResponseReturnValue:
    return error_page(400, UNUSABLE)


def _fault(error: Exception) -> ResponseReturnValue:
    return error_page(500, fault=error)
