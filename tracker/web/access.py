"""Who may use which route. A route that does not say is refused to everybody: default deny, in one place."""

from collections.abc import Callable
from typing import Any

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker import terms
from tracker.terms import Role

View = Callable[..., ResponseReturnValue]
EVERYBODY = frozenset({"everybody"})  # signed in or not
SIGNED_IN = frozenset(Role)
PLANNERS, OFFICERS = terms.PLANNERS, terms.OFFICERS
READERS = SIGNED_IN  # may read every report and action of their council


def allow(*roles: Role) -> Callable[[View], View]:
    """Let these roles use the route, and nobody else."""
    return _declare(frozenset(roles))


def allow_any(roles: frozenset[Role]) -> Callable[[View], View]:
    """Let a named group of roles use the route, and nobody else."""
    return _declare(roles)


def open_to_everybody(view: View) -> View:
    """Let anybody use the route, signed in or not. It must show nothing of a council."""
    return _declare(EVERYBODY)(view)


def access_of(view: Callable[..., Any] | None) -> frozenset[str] | None:
    """Return who may use a view, or None where it does not say."""
    return getattr(view, "access", None)


def init_access(app: Flask) -> None:
    """Ask before every request whether this person may use this route."""
    app.before_request(_guard)


def _declare(access: frozenset[str]) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return mark


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint == "static":
        return None  # no such page (404 follows), or a vendored file
    access = access_of(current_app.view_functions.get(request.endpoint))
    if access is None:
        abort(403)
    if access == EVERYBODY:
        return None
    if not current_user.is_authenticated:
        return redirect(url_for("accounts.sign_in", next=_way_back()))
    if current_user.person.role not in access:
        abort(403)
    return None


def _way_back() -> str | None:
    """Return the path asked for, to come back to after signing in; built by us, never an address typed by others."""
    return request.path if request.method == "GET" and request.path != "/" else None
