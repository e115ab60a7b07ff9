"""Makes action points and actions of the rows, all or none, with what each was before in the sheet.

What is completed is a claim that waits for a check, unless the sheet says that it was checked. A revised date is an
extension agreed before the import. Nobody here decided either, so nobody is named as having done so.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker import audit
from tracker.accounts import queries as accounts
from tracker.actions.importing import drafts
from tracker.actions.importing.checking import Planned
from tracker.adapters.files import Files
from tracker.clock import LONDON
from tracker.errors import InvalidValue, NotReadyToConfirm
from tracker.models import (
    Action,
    ActionPoint,
    Category,
    Claim,
    Council,
    Extension,
    ImportDraft,
    Person,
    Report,
    ReportSource,
    Service,
    Update,
)
from tracker.reports import series
from tracker.reports.queries import codes, hold
from tracker.reports.services import free_code
from tracker.terms import (
    OPEN_DELIVERY,
    BaseDateChoice,
    CategoryKind,
    Decision,
    Delivery,
    How,
    Origin,
    PointDecision,
    PointKind,
    ReportStatus,
    TimeLimitKind,
)
from tracker.wording import plural

COMPARED = 300  # rows that are compared with the other reports at once; longer plans when somebody asks for it
CLAIMED = "Completed by the tracker that was imported."
REASON = "Agreed before the import."
SAFEGUARD = "Not said in the tracker that was imported."


def write(
    session: Session, draft: ImportDraft, files: Files, *, council: Council, by: Person, now: datetime
) -> tuple[Report, int]:
    """Import every row that is not left out; return the report and how many actions were made. The draft is gone.

    Raises NotReadyToConfirm while a row has a fault, InvalidValue where none is left.
    """
    checked = drafts.checked(session, draft, by=by, now=now)
    if checked.faulty:
        raise NotReadyToConfirm(f"{plural(len(checked.faulty), 'row')} cannot be imported yet. Nothing was written.")
    if not checked.wanted:
        raise InvalidValue("Every row is left out. Choose at least one to import.")
    report = draft.report or _new_report(session, draft, files, checked.wanted, council=council, by=by, now=now)
    hold(session, report)
    _Import(session, report, draft.filename, by, now).write(checked.wanted)
    session.delete(draft)
    return report, len(checked.wanted)


class _Import:
    def __init__(self, session: Session, report: Report, filename: str, by: Person, now: datetime) -> None:
        self.session, self.report, self.filename, self.by, self.now = session, report, filename, by, now
        self.people = {person.id: person for person in accounts.owners(session)}
        self.services = {service.name.lower(): service.id for service in accounts.services(session)}
        self.themes = {row.name.lower(): row.id for row in accounts.categories(session, CategoryKind.THEME)}
        counted = select(func.count(), func.max(ActionPoint.position)).where(ActionPoint.report_id == report.id)
        self.points, last = session.execute(counted).one()
        self.position = float(int(last or 0))

    def write(self, rows: Sequence[Planned]) -> None:
        """Write the points, then the actions, then what hangs on them: a statement for many rows each."""
        points = [self._point(place, row) for place, row in enumerate(rows, start=1)]
        self.session.add_all(points)
        self.session.flush()  # the actions need their ids
        actions = [
            self._action(point, place, row)
            for place, (point, row) in enumerate(zip(points, rows, strict=True), start=self.points + 1)
        ]
        self.session.add_all(actions)
        self.session.flush()  # what hangs on them needs their ids
        for action, row in zip(actions, rows, strict=True):
            self.session.add_all(self._further(action, row))
        self._compare(points)
        self.session.flush()  # the history is written last, so that the chain is held as short as can be
        told = f"imported {plural(len(rows), 'action')} from {self.filename}"
        changes = [audit.Change(self.report, "imported", told)]
        changes += [self._change(action, row) for action, row in zip(actions, rows, strict=True)]
        audit.comes_in_by(self.session, How.IMPORT)
        audit.record_many(self.session, self.by.council_id, changes, by=self.by, at=self.now)

    def _compare(self, points: Sequence[ActionPoint]) -> None:
        """Suggest what the plan tells again of earlier reports, and what later ones here tell again of it."""
        if len(points) <= COMPARED:
            series.suggest_for(self.session, self.report, points)
            series.suggest_after(self.session, self.report)

    def _point(self, place: int, row: Planned) -> ActionPoint:
        return ActionPoint(
            council_id=self.report.council_id, report_id=self.report.id, position=self.position + place,
            read_position=None, words=row.words, title=row.title, section="", kind=PointKind.RECOMMENDATION,
            origin=Origin.THIS_REPORT, limit_kind=TimeLimitKind.BY_DATE, limit_date=row.due,
            confidence_reason="Imported from a spreadsheet.", decision=PointDecision.KEPT, owner_id=row.owner_id,
            lead_id=row.lead_id,
        )  # fmt: skip

    def _action(self, point: ActionPoint, number: int, row: Planned) -> Action:
        owner, due = self.people[row.owner_id], _given(row.due)
        open_now = row.delivery in OPEN_DELIVERY
        return Action(
            council_id=self.report.council_id, reference=f"{self.report.code}-{number:02}", report_id=self.report.id,
            action_point_id=point.id, title=row.title, owner_id=owner.id, lead_id=row.lead_id, post_id=owner.post_id,
            service_id=self._service(row.service) or owner.service_id, theme_id=self._theme(row.theme),
            delivery=row.delivery, base_date=self.report.published or due, original_due_date=due,
            current_due_date=max(due, row.revised or due), due_sum="As given in the tracker that was imported",
            claimed_on=None if row.delivery in (Delivery.NOT_STARTED, Delivery.IN_PROGRESS) else row.completed,
            closed_at=None if open_now or row.completed is None else _noon(row.completed),
            last_update_at=self.now if row.update else None, created_at=self.now,
        )  # fmt: skip

    def _service(self, name: str) -> int | None:
        return self._named(Service(council_id=self.report.council_id, name=name), self.services)

    def _theme(self, name: str) -> int | None:
        theme = Category(council_id=self.report.council_id, kind=CategoryKind.THEME, name=name)
        return self._named(theme, self.themes)

    def _named(self, new: Service | Category, known: dict[str, int]) -> int | None:
        """Return the id of a service or theme by its name, made where the council has none of that name."""
        if not new.name:
            return None
        key = new.name.lower()
        if key not in known:
            self.session.add(new)
            self.session.flush()  # its id is wanted
            known[key] = new.id
        return known[key]

    def _further(self, action: Action, row: Planned) -> list[Update | Claim | Extension]:
        made: list[Update | Claim | Extension] = []
        own = {"council_id": action.council_id, "action_id": action.id}
        if row.update:
            made.append(Update(**own, person_id=self.by.id, at=self.now, text=row.update, how=How.IMPORT))
        if row.delivery is Delivery.AWAITING_CHECK and row.completed:
            claimed = _noon(row.completed)
            made.append(Claim(**own, claimed_by_id=action.owner_id, claimed_at=claimed, note=CLAIMED))
        if action.current_due_date > action.original_due_date:
            made.append(
                Extension(
                    **own, asked_by_id=action.owner_id, asked_at=self.now, from_date=action.original_due_date,
                    to_date=action.current_due_date, reason=REASON, safeguard=SAFEGUARD, outcome=Decision.AGREED,
                    decided_at=self.now, decision_note=f"By import of {self.filename}.",
                )
            )  # fmt: skip
        return made

    def _change(self, action: Action, row: Planned) -> audit.Change:
        called = f", there called {row.reference}" if row.reference else ""
        after = {
            "delivery": action.delivery, "original_due_date": action.original_due_date,
            "current_due_date": action.current_due_date, "owner_id": action.owner_id, "lead_id": action.lead_id,
        }  # fmt: skip
        note = f"Row {row.number} of {self.filename}{called}."
        return audit.Change(action, "created", "made the action", after=after, note=note)


def _new_report(
    session: Session,
    draft: ImportDraft,
    files: Files,
    rows: Sequence[Planned],
    *,
    council: Council,
    by: Person,
    now: datetime,
) -> Report:
    """Make the report the rows belong to. Its document is a list of their words: the sheet itself is not kept."""
    day = _given(draft.report_day)
    report = Report(
        council_id=council.id, code=free_code(f"{council.prefix}-{day.year}", codes(session)), title=draft.title or "",
        authority=council.authority, published=day, base_date_choice=BaseDateChoice.PUBLISHED,
        status=ReportStatus.CONFIRMED, added_by_id=by.id, added_at=now, confirmed_by_id=by.id, confirmed_at=now,
    )  # fmt: skip
    session.add(report)
    session.flush()  # its source needs its id
    text = "\n\n".join([f"{report.code}: {report.title}", *(row.words for row in rows)]) + "\n"
    stored = files.keep(council.id, text.encode())
    session.add(
        ReportSource(
            council_id=council.id, report_id=report.id, filename=f"{report.code}.txt", media_type="text/plain",
            size=stored.size, sha256=hashlib.sha256(text.encode()).hexdigest(), file_key=stored.key, text=text,
            page_starts=[0], reading={},
        )
    )  # fmt: skip
    return report


def _given(day: date | None) -> date:
    if day is None:  # every row without one has a fault, and was refused before
        raise InvalidValue("A date is missing.")
    return day


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), LONDON)
