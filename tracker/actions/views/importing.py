"""Importing a spreadsheet in four steps: choose the file, match the columns, check the rows, import.

What was read stands in the database until the import ends, so that a step can be gone back to and a page reloaded.
"""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import queries as accounts
from tracker.actions import plans
from tracker.actions.importing import drafts
from tracker.actions.importing.checking import CHOICES, OWNER, STATUS, Checked
from tracker.actions.importing.columns import Field, missing
from tracker.actions.importing.sheet import read_sheet
from tracker.actions.importing.writing import COMPARED, write
from tracker.actions.importing_forms import NEW, ImportForm
from tracker.actions.views.blueprint import blueprint
from tracker.errors import InvalidValue, NotReadyToConfirm, UnreadableDocument
from tracker.models import ImportDraft
from tracker.reports import queries as reports
from tracker.reports.filenames import plain_filename
from tracker.terms import ReportStatus
from tracker.web.access import PLANNERS, allow_any
from tracker.web.commits import commits
from tracker.web.fields import choices
from tracker.web.wiring import db, me, now, outside_transaction, wiring
from tracker.wording import plural

SHOWN = 100  # faulty rows on a page; with those mended the others are seen
GOOD_SHOWN = 20
LARGEST_ID = 9  # digits


@blueprint.get("/actions/import")
@allow_any(PLANNERS)
def import_sheet() -> ResponseReturnValue:
    """Ask for the spreadsheet and its report."""
    return _choose_page(_with_reports(ImportForm()))


@blueprint.post("/actions/import")
@allow_any(PLANNERS)
@commits
def import_sheet_now() -> ResponseReturnValue:
    """Read the spreadsheet; nothing is tracked yet."""
    form = _with_reports(ImportForm())
    if not form.chosen():
        return _choose_page(form), 400
    upload = form.file.data
    data, filename = upload.read(), plain_filename(upload.filename or "")
    try:
        belongs = _belongs(form)
        with outside_transaction():
            lines = read_sheet(data)
        drafts.begin(db(), lines, belongs, filename=filename, by=me(), now=now())
    except UnreadableDocument as refused:
        form.file.errors = [refused.sentence]
        return _choose_page(form), 400
    except InvalidValue as refused:
        form.refuse(refused)
        return _choose_page(form), 400
    return redirect(url_for("actions.import_columns"))


@blueprint.get("/actions/import/columns")
@allow_any(PLANNERS)
def import_columns() -> ResponseReturnValue:
    """Show what each column is taken for."""
    draft = drafts.draft_of(db(), me(), now())
    return _columns_page(draft, drafts.columns_of(draft), [])


@blueprint.post("/actions/import/columns")
@allow_any(PLANNERS)
@commits
def import_columns_now() -> ResponseReturnValue:
    """Take each column for what was chosen."""
    draft = drafts.draft_of(db(), me(), now())
    known = {field.value: field for field in Field}
    columns = {
        place: known[typed]
        for place in range(len(drafts.headings(draft)))
        if (typed := request.form.get(f"column-{place}", "")) in known
    }
    faults = missing(columns)
    if faults:
        return _columns_page(draft, columns, faults), 400
    drafts.set_columns(draft, columns)
    return redirect(url_for("actions.import_rows"))


@blueprint.get("/actions/import/rows")
@allow_any(PLANNERS)
def import_rows() -> ResponseReturnValue:
    """Show every fault in words, what is to be answered, and the rows that are ready."""
    draft = drafts.draft_of(db(), me(), now())
    if missing(drafts.columns_of(draft)):
        return redirect(url_for("actions.import_columns"))
    return _rows_page(draft, drafts.checked(db(), draft, by=me(), now=now()))


@blueprint.post("/actions/import/rows")
@allow_any(PLANNERS)
@commits
def import_rows_now() -> ResponseReturnValue:
    """Keep what was answered and which rows are left out."""
    draft = drafts.draft_of(db(), me(), now())
    checked = drafts.checked(db(), draft, by=me(), now=now())
    answers = dict(draft.answers)
    for place, unknown in enumerate(checked.unknown):
        typed = request.form.get(f"answer-{place}", "")
        if request.form.get(f"about-{place}") != unknown.key:
            continue  # the page was of another state of the rows
        answers.pop(unknown.key, None)
        if typed:
            answers[unknown.key] = typed if unknown.kind == STATUS else _id(typed)
    draft.answers = answers
    shown = {_id(number) for number in request.form.getlist("shown")}
    out = {_id(number) for number in request.form.getlist("leave-out")}
    if request.form.get("everything"):
        out |= {row.number for row in checked.faulty}
    draft.left_out = sorted((set(draft.left_out) - shown) | out)
    return redirect(url_for("actions.import_rows"))


@blueprint.post("/actions/import/finish")
@allow_any(PLANNERS)
@commits
def import_finish() -> ResponseReturnValue:
    """Import every row that is not left out, or none."""
    draft = drafts.draft_of(db(), me(), now())
    if missing(drafts.columns_of(draft)):
        return redirect(url_for("actions.import_columns"))
    try:
        report, made = write(db(), draft, wiring().files, council=me().council, by=me(), now=now())
    except (NotReadyToConfirm, InvalidValue) as refused:
        checked = drafts.checked(db(), draft, by=me(), now=now())
        return _rows_page(draft, checked, refused.sentence), 400
    later = " They have not been compared with other reports yet." if made > COMPARED else ""
    flash(f"{plural(made, 'action')} imported.{later}", "success")
    return redirect(url_for("actions.index", report=report.id, delivery="any"))


@blueprint.post("/actions/import/cancel")
@allow_any(PLANNERS)
@commits
def import_cancel() -> ResponseReturnValue:
    """Give the import up; nothing of the file is kept."""
    drafts.forget(db(), me())
    flash("The import was given up. Nothing of the file was kept.", "success")
    return redirect(url_for("actions.import_sheet"))


def _with_reports(form: ImportForm) -> ImportForm:
    confirmed = [
        (str(row.report.id), f"{row.report.code}: {row.report.title}")
        for row in plans.reports_with_progress(db(), today=now().date())
        if row.report.status is ReportStatus.CONFIRMED
    ]
    form.report.choices = choices([("", "Choose a report"), (NEW, "A new report"), *confirmed])
    form.report.validate_choice = False  # another council's is answered like an unknown one: not found
    return form


def _belongs(form: ImportForm) -> drafts.Belongs:
    if form.report.data == NEW:
        return drafts.Belongs(title=" ".join(form.title.data.split()), day=form.day.data)
    return drafts.Belongs(report=reports.report(db(), _id(form.report.data)))


def _choose_page(form: ImportForm) -> str:
    return render_template("actions/importing/choose.html", form=form)


def _columns_page(draft: ImportDraft, columns: dict[int, Field], faults: list[str]) -> str:
    return render_template(
        "actions/importing/columns.html",
        draft=draft,
        headings=drafts.headings(draft),
        columns=columns,
        fields=list(Field),
        faults=faults,
    )


def _rows_page(draft: ImportDraft, checked: Checked, refused: str = "") -> str:
    people = {OWNER: accounts.owners(db())}
    return render_template(
        "actions/importing/rows.html",
        draft=draft,
        checked=checked,
        faulty=checked.faulty[:SHOWN],
        left_out=[row for row in checked.rows if row.left_out][:SHOWN],
        ready=[row for row in checked.wanted if not row.faults][:GOOD_SHOWN],
        people=lambda kind: people.get(kind) or people.setdefault(kind, accounts.leads(db())),
        names={person.id: person.name for person in accounts.people(db())},
        deliveries=CHOICES,
        status=STATUS,
        refused=refused,
        most_compared=COMPARED,
    )


def _id(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= LARGEST_ID else 0
