"""The list of actions, narrowed by a form that is sent by GET."""

from datetime import date
from urllib.parse import urlencode

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from tracker.actions import queries
from tracker.actions.forms import FilterForm
from tracker.actions.presenting import standings
from tracker.actions.views.blueprint import blueprint
from tracker.models import Action
from tracker.terms import Delivery
from tracker.web.access import READERS, allow_any
from tracker.web.fields import choices
from tracker.web.wiring import db, me, today

ALL = 0
NOTHING = {"words": "", "report": "0", "owner": "0", "delivery": "", "late": ""}


@blueprint.get("/actions")
@allow_any(READERS)
def index() -> ResponseReturnValue:
    """Show the actions, oldest original date first, a page at a time."""
    form = _filter_form()
    filters = _filters(form)
    found = queries.list_actions(db(), filters, today=today(), after=_after(request.args.get("after", "")))
    shown = found[: queries.PAGE]
    rows = standings(
        shown,
        today(),
        due_soon_days=me().council.due_soon_days,
        moved=queries.moved(db(), [action.id for action in shown]),
    )
    return render_template(
        "actions/index.html",
        form=form,
        rows=rows,
        count=queries.count_actions(db(), filters, today=today()),
        next_href=_next(shown) if len(found) > queries.PAGE else "",
        narrowed=filters != queries.Filters(),
    )


def _filter_form() -> FilterForm:
    form = FilterForm(MultiDict(NOTHING | {name: request.args[name] for name in NOTHING if name in request.args}))
    reports = [row.report for row in queries.reports_with_progress(db(), today=today()) if row.actions]
    form.report.choices = choices([(ALL, "All"), *((row.id, f"{row.code}: {row.title}"[:80]) for row in reports)])
    form.owner.choices = choices([(ALL, "All"), *((person.id, person.name) for person in queries.owners(db()))])
    return form


def _filters(form: FilterForm) -> queries.Filters:
    """Read the filters; a value that is in no list narrows nothing."""
    form.validate()
    sound = {field.name for field in form if not field.errors and field.data}
    for field in form:
        field.errors = ()  # nobody typed them: they came with an old or a made-up address
    return queries.Filters(
        report_id=form.report.data if "report" in sound else None,
        owner_id=form.owner.data if "owner" in sound else None,
        delivery=_delivery(form.delivery.data) if "delivery" in sound else None,
        late=form.late.data == "late",
        words=(form.words.data or "").strip(),
    )


def _delivery(value: str) -> Delivery:
    return Delivery.of(value)


def _after(mark: str) -> tuple[date, int] | None:
    """Read the mark of the last row of the page before; anything else begins at the first page."""
    day, _, row = mark.partition("_")
    try:
        return date.fromisoformat(day), int(row)
    except ValueError:
        return None


def _next(shown: list[Action]) -> str:
    last = shown[-1]
    mark = f"{last.original_due_date.isoformat()}_{last.id}"
    kept = {key: value for key, value in request.args.items() if key in NOTHING}
    return f"{url_for('actions.index')}?{urlencode(kept | {'after': mark})}"
