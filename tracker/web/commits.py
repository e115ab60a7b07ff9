"""One request, one transaction: the decorator that a view which changes data carries, for all to see."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import make_response
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from tracker.errors import ChangedMeanwhile
from tracker.web.wiring import db

View = Callable[..., ResponseReturnValue]
BAD_REQUEST = 400


def commits(view: View) -> View:
    """Commit when the view answers well; roll everything back when it raises or answers with an error.

    A row that somebody else changed meanwhile, and a second row where only one may be (the same form sent twice),
    become ChangedMeanwhile.
    """

    @wraps(view)
    def in_one_transaction(*args: Any, **kwargs: Any) -> ResponseReturnValue:  # noqa: ANN401 - the view's own
        session = db()
        try:
            response = make_response(view(*args, **kwargs))
            if response.status_code < BAD_REQUEST:
                session.commit()
            else:
                session.rollback()
        except (StaleDataError, IntegrityError) as error:
            session.rollback()
            raise ChangedMeanwhile from error
        except BaseException:
            session.rollback()
            raise
        return response

    in_one_transaction.commits = True  # type: ignore[attr-defined]  # read by the test over all routes
    return in_one_transaction
