"""The list of actions: a page of rows, how much there is, and the panel that narrows it."""

from dataclasses import dataclass
from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tracker.actions import queries
from tracker.actions.listing.choices import LABELS, TERMS, Choices
from tracker.actions.listing.filters import Filters
from tracker.actions.listing.pages import MOST_COUNTED, Counts, counts, page_of
from tracker.actions.listing.past import past_list, past_page
from tracker.actions.listing.rows import Row, rows_of, terms_in
from tracker.actions.listing.saved_views import views_for
from tracker.actions.listing.shown import Column, Order, Shown
from tracker.actions.listing.standing import standing
from tracker.actions.views.blueprint import blueprint
from tracker.actions.views.lists.forms import SaveViewForm
from tracker.actions.views.lists.pieces import address, asked
from tracker.web.access import PLANNERS, READERS, allow_any
from tracker.web.as_at import AsAtForm, day_asked
from tracker.web.wiring import db, me, today

FIRST_FILTERS = ("report", "owner")  # what most people look by; the others stand behind "More filters"
FURTHER_FILTERS = ("service", "theme", "area", "lead", "post", "body")


@dataclass(frozen=True)
class Listed:
    """A page of a list: its rows, how much the list holds, and the marks of the pages beside it."""

    rows: list[Row]
    counts: Counts
    before: str
    after: str


@blueprint.get("/actions")
@allow_any(READERS)
def index() -> ResponseReturnValue:
    """Show a page of the actions: the open ones, oldest original date first, unless the address says otherwise.

    As they stand today, or as they stood at the end of a day: then nothing on the page changes anything.
    """
    shown, choices = asked()
    form = day_asked(today())
    if not form.validate():
        return _page(shown, choices, form, None), 400
    return _page(shown, choices, form, _then(shown, form.past) if form.past else _now(shown))


def _now(shown: Shown) -> Listed:
    council = me().council
    page = page_of(db(), shown, council=council, today=today(), **_marks())
    counted = counts(db(), shown, council=council, today=today())
    rows = rows_of(db(), page.actions, shown.columns, council=council, today=today())
    return Listed(rows, counted, page.before, page.after)


def _then(shown: Shown, day: date) -> Listed:
    council = me().council
    found = past_list(db(), shown, council=council, day=day)
    page = past_page(found, **_marks())
    actions = standing(db(), page.actions)
    rows = rows_of(db(), actions, shown.columns, council=council, today=day, undone=found.undone)
    return Listed(rows, found.counts(), page.before, page.after)


def _marks() -> dict[str, str]:
    return {"after": request.args.get("after", ""), "before": request.args.get("before", "")}


def _page(shown: Shown, choices: Choices, form: AsAtForm, listed: Listed | None) -> str:
    at, changes = form.address if listed else {}, me().role in PLANNERS and not form.past
    rows = listed.rows if listed else []
    return render_template(
        "actions/index.html",
        shown=shown,
        query=shown.query,
        filters=shown.filters,
        form=form,
        at=at,
        today_href=address(shown),
        rows=rows,
        none_at_all=not rows and queries.none_at_all(db()),
        terms=terms_in(rows),
        counts=listed.counts if listed else None,
        ages=_ages(shown, listed.counts, at) if listed else [],
        chosen=_chosen(shown, choices, at),
        pickers=_pickers(shown.filters, choices),
        further=any(name not in ("words", "report", "owner", "delivery", "age") for name in shown.filters.chosen()),
        choices=choices,
        labels=LABELS,
        terms_of=TERMS,
        orders=list(Order),
        columns=list(Column),
        views=views_for(db(), me()),
        view_form=SaveViewForm(formdata=None),
        may_share=me().role in PLANNERS,
        may_change=changes,
        may_change_all=changes and listed is not None and 0 < listed.counts.actions <= MOST_COUNTED,
        previous_href=address(shown, before=listed.before, **at) if listed and listed.before else "",
        next_href=address(shown, after=listed.after, **at) if listed and listed.after else "",
        all_href=address(shown.narrowed(Filters()), **at),
        csv_href=address(shown, "actions.export_csv", **at),
        excel_href=address(shown, "actions.export_excel", **at),
    )


def _ages(shown: Shown, counted: Counts, at: dict[str, str]) -> list[tuple[str, int, str]]:
    """Return each band of lateness that has any: its words, how many, and the address of only those."""
    return [
        (band.label, number, address(shown.narrowed(_only(shown.filters, band.value)), **at))
        for band, number in counted.by_age.items()
        if number
    ]


def _only(filters: Filters, band: str) -> Filters:
    given: dict[str, list[str]] = {}
    for name, value in filters.without("age").pairs():
        given.setdefault(name, []).append(value)
    return Filters.read({**given, "age": [band]})


def _chosen(shown: Shown, choices: Choices, at: dict[str, str]) -> list[tuple[str, str]]:
    """Return what is narrowed, in words, each with the address of the list without it."""
    return [
        (words, address(shown.narrowed(left), **at))
        for name in shown.filters.chosen()
        for words, left in choices.words(shown.filters, name)
    ]


def _pickers(filters: Filters, choices: Choices) -> dict[str, list[tuple[str, int | None, list[tuple[int, str]]]]]:
    """Return the selects of the panel: a filter's name, what is chosen, and the choices; none that has no choices."""
    return {
        part: [
            (name, getattr(filters, name), list(choices.named[name].items())) for name in names if choices.named[name]
        ]
        for part, names in (("first", FIRST_FILTERS), ("further", FURTHER_FILTERS))
    }
