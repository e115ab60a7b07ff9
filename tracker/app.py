"""Makes the web application: wiring, then the pages of each stage. No rules here."""

from datetime import timedelta
from logging import getLogger
from typing import Any

from flask import Flask, abort, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker import __version__
from tracker.accounts import views as accounts
from tracker.accounts.signed_in import init_sign_in
from tracker.action_points import views as action_points
from tracker.actions import views as actions
from tracker.adapters.files import Files
from tracker.assessments import views as assessments
from tracker.assessments.pack.making import PACKS
from tracker.clock import Clock, SystemClock
from tracker.config import Settings
from tracker.db import make_engine, make_sessions
from tracker.models import Person
from tracker.reminders import views as reminders
from tracker.reminders.queries import MISSED_SWEEPS, last_heartbeat
from tracker.reports import views as reports
from tracker.reports.background import Desk
from tracker.reports.reader import BackgroundReader
from tracker.scrutiny import making
from tracker.scrutiny import views as scrutiny
from tracker.scrutiny.maker import BackgroundMaker
from tracker.scrutiny.telling import TELLERS
from tracker.terms import Role
from tracker.web import help as help_pages
from tracker.web.access import SIGNED_IN, View, allow_any, init_access
from tracker.web.errors import init_errors
from tracker.web.headers import init_headers
from tracker.web.navigation import navigation_for
from tracker.web.templating import init_templates
from tracker.web.unusable import init_unusable
from tracker.web.wiring import Wiring, db, init_wiring, me, now, wiring
from tracker.wording import format_datetime

log = getLogger(__name__)
FORM_BYTES = 4 * 1024 * 1024  # the largest form beside its files: a pasted report
FORM_PARTS = 2_000

FIRST_PAGES: dict[Role, View] = {
    Role.SERVICE_MANAGER: actions.my_actions,
    Role.LEAD: actions.waiting_for_me,
    Role.DIRECTOR: scrutiny.where_things_stand,
    Role.SCRUTINY_MEMBER: scrutiny.where_things_stand,
    Role.ADMINISTRATOR: accounts.council,
}


def create_app(settings: Settings, *, clock: Clock | None = None) -> Flask:
    """Make the application. The schema must be there already; nothing is read from the environment here."""
    app = Flask("tracker", static_folder="web/static", static_url_path="/static", template_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=[settings.host],
        MAX_CONTENT_LENGTH=settings.largest_upload + FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=FORM_BYTES,
        MAX_FORM_PARTS=FORM_PARTS,
        WTF_CSRF_TIME_LIMIT=settings.session_hours * 3600,
        WTF_CSRF_SSL_STRICT=settings.secure,
    )
    if settings.trusted_proxies:
        proxies = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0)  # type: ignore[method-assign]
    sessions = make_sessions(make_engine(settings.database_url))
    wired = Wiring(settings, sessions, clock or SystemClock(), Files(settings.files))
    init_wiring(app, wired)
    app.extensions[reports.READER] = BackgroundReader(
        Desk(sessions, wired.files, wired.clock, settings.reading_seconds)
    )
    app.extensions[scrutiny.MAKER] = BackgroundMaker(making.Desk(sessions, wired.files, wired.clock))
    packing = making.Desk(sessions, wired.files, wired.clock, kinds=(PACKS,))  # apart: a large zip holds up no paper
    app.extensions[assessments.PACKER] = BackgroundMaker(packing, "packing")
    app.extensions[reminders.TELLERS] = TELLERS
    init_headers(app, settings)
    init_errors(app)
    forms = CSRFProtect(app)
    init_sign_in(app)
    init_access(app)
    init_unusable(app)
    init_templates(app, version=__version__, bytecode=settings.files / "templates")
    _add_pages(app)
    for view in app.view_functions.values():
        if getattr(view, "checks_token", False):  # another machine calls it, and shows a token of its own
            forms.exempt(view)
    app.context_processor(_frame)
    return app


def _add_pages(app: Flask) -> None:
    app.add_url_rule("/", "first_page", _first_page)
    for stage in (accounts, help_pages, reports, action_points, actions, reminders, scrutiny, assessments):
        app.register_blueprint(stage.blueprint)


@allow_any(SIGNED_IN)
def _first_page() -> ResponseReturnValue:
    """Show what this role comes for."""
    view = FIRST_PAGES.get(me().role)
    return view() if view else abort(404)


def _frame() -> dict[str, Any]:
    """Give the templates what the frame of every page shows."""
    person = current_user.person if current_user and current_user.is_authenticated else None
    return {
        "current_person": person,
        "council": person.council if person else None,
        "navigation": navigation_for(person.role, request.path) if person else [],
        "demonstration": wiring().settings.demonstration,
        "reminders_stand_still": lambda: _standing_still(person),
    }


def _standing_still(person: Person | None) -> str:
    """Return what whoever is responsible for reminders is told while nothing sweeps; empty for all others."""
    if person is None or person.role not in reminders.MAY_SEE:
        return ""
    beat = last_heartbeat(db())
    if beat is not None and now() - beat <= MISSED_SWEEPS * timedelta(seconds=wiring().settings.sweep_seconds):
        return ""
    return f"the scheduler has not run {f'since {format_datetime(beat)}' if beat else 'yet'}"
