"""The pack for the next inspection: choose what it is about, see how far its files are, take them."""

from typing import Any

from flask import (
    Response,
    after_this_request,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from tracker.assessments.compared import headline
from tracker.assessments.forms import PackForm
from tracker.assessments.pack import packs
from tracker.assessments.pack.contents import Pack
from tracker.assessments.pack.gathering import ALL, tracked_reports
from tracker.assessments.pack.numbering import numbered
from tracker.assessments.pack.parting import left_out, part_of
from tracker.assessments.pack.tables import not_done
from tracker.assessments.views.blueprint import blueprint
from tracker.errors import InvalidValue, NotFound
from tracker.models import InspectionPack, PackFile
from tracker.scrutiny.maker import BackgroundMaker
from tracker.scrutiny.making import TO_BE_MADE
from tracker.scrutiny.rendering import MEDIA_TYPES
from tracker.terms import DocumentForm, DocumentPart, DocumentStatus
from tracker.terms import PackForm as Form
from tracker.web.access import PLANNERS, allow_any
from tracker.web.commits import commits
from tracker.web.headers import DOWNLOAD_POLICY
from tracker.web.refusals import place
from tracker.web.wiring import db, me, now, today, wiring

PACKER = "background_packer"  # where the application keeps it
MEDIA = {
    Form.PDF: MEDIA_TYPES[DocumentForm.PDF],
    Form.WORD: MEDIA_TYPES[DocumentForm.WORD],
    Form.ZIP: "application/zip",
}


@blueprint.get("/pack")
@allow_any(PLANNERS)
def pack() -> ResponseReturnValue:
    """Ask what the pack is about, all reports and today being there already, and list the packs there are."""
    return _choose(PackForm(formdata=None, data={"at": today(), "report": request.args.get("report", "")}))


@blueprint.post("/pack")
@allow_any(PLANNERS)
@commits
def make_pack() -> ResponseReturnValue:
    """Freeze the pack; its files are made in the background."""
    form = PackForm()
    _offer(form)
    if not form.validate_on_submit():
        return _choose(form), 400
    chosen = int(form.report.data) if form.report.data else None
    wanted = packs.Wanted(form.at.data or today(), chosen, with_exempt=form.with_exempt.data)
    try:
        made, is_new = packs.make_pack(db(), me().council, wiring().files, wanted, by=me(), today=today(), now=now())
    except InvalidValue as refused:
        place(form, refused, fallback="at")
        return _choose(form), 400
    if not is_new:
        flash("This pack was there already: nothing in it has changed since.", "success")
    after_this_request(wake_packer)  # that is after the commit: what it looks for is there
    return redirect(url_for("assessments.made_pack", pack_id=made.id))


@blueprint.get("/pack/<int:pack_id>")
@allow_any(PLANNERS)
def made_pack(pack_id: int) -> ResponseReturnValue:
    """Show how far the files are, and what the pack says first."""
    made = packs.pack(db(), pack_id)
    held = packs.frozen(made)
    return render_template(
        "assessments/made_pack.html",
        pack=made,
        headline=headline(held.totals),
        marked=packs.marked_since(db(), held),
        **_shown(held),
        **_files(made),
    )


@blueprint.get("/pack/<int:pack_id>/state.json")
@allow_any(PLANNERS)
def pack_state(pack_id: int) -> ResponseReturnValue:
    """Say how far the files are, for the page that waits for them."""
    made = packs.pack(db(), pack_id)
    shown = _files(made)
    left = shown["left"]
    steps = render_template("assessments/pack_files.html", pack=made, **shown)
    said = "The files are made." if not left else f"{left} left to make."
    return jsonify(status=shown["status"], said=said, ended=not left, steps=steps)


@blueprint.post("/pack/<int:pack_id>/files")
@allow_any(PLANNERS)
@commits
def make_files_again(pack_id: int) -> ResponseReturnValue:
    """Ask again for the files that could not be made."""
    made = packs.pack(db(), pack_id)
    packs.ask_again(db(), made)
    after_this_request(wake_packer)
    return redirect(url_for("assessments.made_pack", pack_id=made.id))


@blueprint.get("/pack/<int:pack_id>/files/<int:file_id>")
@allow_any(PLANNERS)
def pack_file(pack_id: int, file_id: int) -> ResponseReturnValue:
    """Give a file, to be saved, piece by piece however large it is; not where something in it may not be given."""
    made = packs.pack(db(), pack_id)
    found = next((one for one in packs.files_of(db(), made) if one.id == file_id), None)
    if found is None or found.file_key is None or found.status is not DocumentStatus.MADE:
        raise NotFound("There is no such file yet. Look at the page of the pack.")
    packs.refuse_if_marked(db(), packs.frozen(made))  # here, whenever it was made and whatever was marked since
    path = wiring().files.path(found.file_key)
    response = send_file(path, mimetype=MEDIA[found.form], as_attachment=True, download_name=_name(made, found))
    response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    return response


def wake_packer(response: Response) -> Response:
    """Start making what has just been asked for."""
    packer: BackgroundMaker = current_app.extensions[PACKER]
    packer.wake()
    return response


def _name(made: InspectionPack, found: PackFile) -> str:
    about = "" if made.about == ALL else f"-{made.about.lower()}"
    part = "-exempt-part" if found.part is DocumentPart.EXEMPT else ""
    evidence = "-evidence" if found.form is Form.ZIP else ""
    return f"{me().council.slug}-inspection-pack-{made.as_at.isoformat()}{about}{part}{evidence}.{found.form.value}"


def _shown(held: Pack) -> dict[str, Any]:
    public = part_of(held, DocumentPart.PUBLIC)
    evidence = numbered(public, DocumentPart.PUBLIC).values()
    return {
        "not_done": len(not_done(public)),
        "different": sum(len(one.different) for _, one in public.once),
        "evidence": len(evidence),
        "held_back": sum(bool(one.proof.held) for one in evidence),
        "left_out": left_out(public),
    }


def _files(made: InspectionPack) -> dict[str, Any]:
    found = packs.files_of(db(), made)
    by_part = [(part, [one for one in found if one.part is part]) for part in DocumentPart]
    left = [one for one in found if one.status in TO_BE_MADE]
    return {
        "parts": [(part, rows) for part, rows in by_part if rows],
        "left": len(left),
        "status": "-".join([str(len(left)), *(f"{one.status}{one.done}" for one in left)]),
        "faults": list(dict.fromkeys(one.fault for one in found if one.fault)),  # each is said once
    }


def _offer(form: PackForm) -> None:
    form.offer((report.id, f"{report.code}: {report.title}") for report in reversed(tracked_reports(db(), today())))


def _choose(form: PackForm) -> str:
    _offer(form)
    return render_template("assessments/pack.html", form=form, packs=packs.packs(db()))
