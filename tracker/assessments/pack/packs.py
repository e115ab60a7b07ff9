"""Puts a pack together and asks for its files; gives packs and files to leads and directors."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, defer, joinedload

from tracker import audit
from tracker.adapters.files import Files
from tracker.assessments.pack.contents import Pack, Recommendation
from tracker.assessments.pack.gathering import assembled, tracked_reports
from tracker.assessments.pack.parting import has_exempt, part_of, to_be_frozen
from tracker.assessments.pack.zipping import zipped_files
from tracker.errors import InvalidValue, MoveNotAllowed, NotAllowed, NotFound
from tracker.models import Action, Council, Evidence, InspectionPack, PackFile, Person
from tracker.models.portable import database_time, insert_new
from tracker.scrutiny.frozen import digest_of, plain, thawed
from tracker.terms import DocumentPart, DocumentStatus, Marking, PackForm
from tracker.wording import format_date

MARKED = (
    "Something in this pack has been marked exempt or confidential since it was put together. Put a new pack together."
)
DAMAGED = "What was frozen for this pack has been changed since. Tell your administrator."
NO_PACK = "There is no pack here. Look at the list of packs."
PARTS = tuple(DocumentPart)
ALLOWED = {DocumentPart.PUBLIC: (Marking.OPEN,), DocumentPart.EXEMPT: (Marking.OPEN, Marking.EXEMPT)}
Markings = Mapping[int, Marking]
LISTED = (joinedload(InspectionPack.made_by), defer(InspectionPack.contents))  # which may be long


@dataclass(frozen=True)
class Wanted:
    """What a pack is asked for: which report, or all of them, as at which day, and whether with what is exempt."""

    at: date
    report_id: int | None = None
    with_exempt: bool = False


def make_pack(
    session: Session, council: Council, files: Files, wanted: Wanted, *, by: Person, today: date, now: datetime
) -> tuple[InspectionPack, bool]:
    """Freeze a pack and ask for its files; where the same contents are frozen already, return that pack, and False.

    Raises InvalidValue for a day that has not come, or by which the report had not been confirmed.
    """
    if wanted.at > today:
        raise InvalidValue(f"Enter a date that is not after today, {format_date(today)}.", field="at")
    reports = {report.id: report for report in tracked_reports(session, wanted.at)}
    if not reports:
        raise InvalidValue("No report had been confirmed by then. Enter a later date.", field="at")
    only = reports.get(wanted.report_id) if wanted.report_id is not None else None
    if wanted.report_id is not None and only is None:
        raise InvalidValue(
            "Choose a report that had been confirmed by that day, or enter a later date.", field="report"
        )
    pack = to_be_frozen(assembled(session, council, files, wanted.at, only=only, with_exempt=wanted.with_exempt))
    contents = plain(pack)
    digest = digest_of(contents)
    values = {
        "as_at": wanted.at,
        "about": pack.about,
        "with_exempt": wanted.with_exempt,
        "contents": contents,
        "contents_digest": digest,
    }
    insert = insert_new(session, InspectionPack).values(council_id=council.id, made_by_id=by.id, made_at=now, **values)
    is_new = session.execute(insert.returning(InspectionPack.id)).scalar() is not None  # of two at once one is
    made = session.scalars(select(InspectionPack).where(InspectionPack.contents_digest == digest)).one()
    if is_new:
        sentence = f"put the pack for the next inspection together, as at {format_date(wanted.at)}, {pack.about}"
        audit.record(session, council, "pack", sentence, by=by, at=now, after={"sha256": digest})
        _ask_for_files(session, made, pack)
    return made, is_new


def pack(session: Session, pack_id: int) -> InspectionPack:
    """Return a pack. Raises NotFound."""
    found = session.scalar(select(InspectionPack).where(InspectionPack.id == pack_id).options(*LISTED))
    if found is None:
        raise NotFound(NO_PACK)
    return found


def packs(session: Session) -> list[InspectionPack]:
    """Return the packs of the council, newest first."""
    return list(session.scalars(select(InspectionPack).options(*LISTED).order_by(InspectionPack.id.desc())))


def files_of(session: Session, about: InspectionPack) -> list[PackFile]:
    """Return the files of a pack, as the page lists them."""
    rows = session.scalars(select(PackFile).where(PackFile.pack_id == about.id).order_by(PackFile.id))
    return sorted(rows, key=lambda one: (PARTS.index(one.part), one.id))


def frozen(about: InspectionPack) -> Pack:
    """Return what was frozen. Raises MoveNotAllowed where it is not what was kept."""
    if digest_of(about.contents) != about.contents_digest:
        raise MoveNotAllowed(DAMAGED)
    return thawed(Pack, about.contents)


def ask_again(session: Session, about: InspectionPack) -> int:
    """Ask again for the files that could not be made, or lack something; return how many."""
    now = _now(session)
    # One that is made has a fault where it lacks a file that is damaged.
    failed = [one for one in files_of(session, about) if one.status is DocumentStatus.FAILED or one.fault]
    for one in failed:
        one.done = 0
        one.ask_again(now)
    return len(failed)


def refuse_if_marked(session: Session, found: Pack) -> None:
    """Raise NotAllowed where something in a pack may not be given any more."""
    if marked_since(session, found):
        raise NotAllowed(MARKED)


def marked_since(session: Session, found: Pack) -> int:
    """Count the actions and the evidence that have been marked so since that they may not stand where they stand."""
    actions, evidence = _markings(session)
    return len({
        key
        for part in DocumentPart
        for _, one in part_of(found, part).recommendations
        for key in _hidden_since(one, ALLOWED[part], actions, evidence)
    })  # fmt: skip


def _hidden_since(
    one: Recommendation, allowed: Collection[Marking], actions: Markings, evidence: Markings
) -> Iterator[tuple[str, int]]:
    for said in one.said:
        for action_id in said.about:
            if actions.get(action_id, Marking.OPEN) not in allowed:
                yield "action", action_id
    if one.tracked is None:
        return
    if actions.get(one.tracked.action_id, Marking.OPEN) not in allowed:
        yield "action", one.tracked.action_id
    for proof in one.tracked.proofs:
        if evidence.get(proof.evidence_id, Marking.OPEN) not in allowed:
            yield "evidence", proof.evidence_id


def _markings(session: Session) -> tuple[Markings, Markings]:
    """Return what of the council is not open now: actions, and evidence."""
    actions = session.execute(select(Action.id, Action.marking).where(Action.marking != Marking.OPEN))
    evidence = session.execute(select(Evidence.id, Evidence.marking).where(Evidence.marking != Marking.OPEN))
    return {row.id: row.marking for row in actions}, {row.id: row.marking for row in evidence}


def _ask_for_files(session: Session, made: InspectionPack, pack: Pack) -> None:
    now = _now(session)
    for part in (DocumentPart.PUBLIC, *([DocumentPart.EXEMPT] if has_exempt(pack) else [])):
        files = len(zipped_files(pack, part))
        for form in PackForm:
            if form is not PackForm.ZIP or files:
                steps = files if form is PackForm.ZIP else 0
                row = PackFile(council_id=made.council_id, pack_id=made.id, form=form, part=part, steps=steps)
                row.asked_at = now
                session.add(row)


def _now(session: Session) -> datetime:
    return session.scalars(select(database_time(session.get_bind().dialect.name))).one()
