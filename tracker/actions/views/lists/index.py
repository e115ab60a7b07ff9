"""The list of actions: a page of rows, how much there is, and the panel that narrows it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tracker.actions import queries
from tracker.actions.listing.choices import LABELS, TERMS, Choices
from tracker.actions.listing.filters import Filters
from tracker.actions.listing.pages import MOST_COUNTED, Counts, counts, page_of
from tracker.actions.listing.rows import rows_of, terms_in
from tracker.actions.listing.saved_views import views_for
from tracker.actions.listing.shown import Column, Order, Shown
from tracker.actions.views.blueprint import blueprint
from tracker.actions.views.lists.forms import SaveViewForm
from tracker.actions.views.lists.pieces import address, asked
from tracker.web.access import PLANNERS, READERS, allow_any
from tracker.web.wiring import db, me, today

FIRST_FILTERS = ("report", "owner")  # what most people look by; the others stand behind "More filters"
FURTHER_FILTERS = ("service", "theme", "area", "lead", "post", "body")


@blueprint.get("/actions")
@allow_any(READERS)
def index() -> ResponseReturnValue:
    """Show a page of the actions: the open ones, oldest original date first, unless the address says otherwise."""
    shown, choices = asked()
    council = me().council
    marks = {"after": request.args.get("after", ""), "before": request.args.get("before", "")}
    page = page_of(db(), shown, council=council, today=today(), **marks)
    counted = counts(db(), shown, council=council, today=today())
    rows = rows_of(db(), page.actions, shown.columns, council=council, today=today())
    return render_template(
        "actions/index.html",
        shown=shown,
        query=shown.query,
        filters=shown.filters,
        rows=rows,
        none_at_all=not rows and queries.none_at_all(db()),
        terms=terms_in(rows),
        counts=counted,
        ages=_ages(shown, counted),
        chosen=_chosen(shown, choices),
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
        may_change=me().role in PLANNERS,
        may_change_all=me().role in PLANNERS and 0 < counted.actions <= MOST_COUNTED,
        previous_href=address(shown, before=page.before) if page.before else "",
        next_href=address(shown, after=page.after) if page.after else "",
        all_href=address(shown.narrowed(Filters())),
        csv_href=address(shown, "actions.export_csv"),
        excel_href=address(shown, "actions.export_excel"),
    )


def _ages(shown: Shown, counted: Counts) -> list[tuple[str, int, str]]:
    """Return each band of lateness that has any: its words, how many, and the address of only those."""
    return [
        (band.label, number, address(shown.narrowed(_only(shown.filters, band.value))))
        for band, number in counted.by_age.items()
        if number
    ]


def _only(filters: Filters, band: str) -> Filters:
    given: dict[str, list[str]] = {}
    for name, value in filters.without("age").pairs():
        given.setdefault(name, []).append(value)
    return Filters.read({**given, "age": [band]})


def _chosen(shown: Shown, choices: Choices) -> list[tuple[str, str]]:
    """Return what is narrowed, in words, each with the address of the list without it."""
    return [
        (words, address(shown.narrowed(left)))
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
