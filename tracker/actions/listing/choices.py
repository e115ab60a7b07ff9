"""What a list can be narrowed to: the council's own reports, services, people and bodies, by id and name."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, exists, literal, select, union_all
from sqlalchemy.orm import Session

from tracker.actions.listing.filters import ONE_OF, Filters
from tracker.models import Action, ActionPoint, Body, Category, Person, Post, Report, Service
from tracker.terms import CategoryKind, Delivery, PointDecision, ReportStatus, Role, Term, Timeliness

LONGEST_NAME = 80
LABELS = {
    "words": "Words",
    "report": "Report",
    "section": "Section",
    "service": "Service",
    "theme": "Theme",
    "area": "Outcome area",
    "owner": "Owner",
    "post": "Post",
    "lead": "Lead",
    "body": "Body",
    "delivery": "Status",
    "age": "How late",
    "response": "Response",
    "priority": "Priority",
    "marking": "Marking",
    "outlook": "Outlook",
    "limit": "Time limit",
    "assumed": "Assumed date",
}


@dataclass(frozen=True)
class Choices:
    """The names of what can be chosen, by filter and id, each in the order people look for them."""

    named: Mapping[str, Mapping[int, str]]
    sections: tuple[str, ...]  # of the report that is chosen

    def knows(self, name: str, row_id: int) -> bool:
        """Whether the council has it."""
        return row_id in self.named[name]

    def words(self, filters: Filters, name: str) -> list[tuple[str, Filters]]:
        """Say what one filter narrows to, each part with the filters that are left without it."""
        value: Any = getattr(filters, name)
        if isinstance(value, tuple):
            return self._several(filters, name, value)
        said = self.named[name][value] if name in self.named else value.label if isinstance(value, Term) else str(value)
        gone = (name, "section") if name == "report" else (name,)
        if name == "words":
            return [(f"“{said}”", filters.without(name))]
        return [(f"{LABELS[name]}: {said}", filters.without(*gone))]

    def _several(self, filters: Filters, name: str, value: tuple[Term, ...]) -> list[tuple[str, Filters]]:
        whole = {pairs[1] for pairs in filters.pairs() if pairs[0] == name}
        if whole in ({"open"}, {"late"}):
            return [(whole.pop().capitalize(), filters.without(name))]
        return [
            (term.label, _with(filters, name, tuple(other for other in value if other is not term))) for term in value
        ]


TERMS: dict[str, tuple[Term, ...]] = {
    **{name: tuple(terms) for name, terms in ONE_OF.items()},
    "delivery": tuple(Delivery),
    "age": tuple(age for age in Timeliness if age is not Timeliness.CLOSED),  # that is a status
}


def choices_for(session: Session, council_id: int, report_id: int | None) -> Choices:
    """Return what a list can be narrowed to; the sections are those of one report."""
    confirmed = (Report.council_id == council_id, Report.status == ReportStatus.CONFIRMED)
    newest = (Report.published.desc().nulls_last(), Report.id.desc())
    reports = session.execute(select(Report.id, Report.code, Report.title).where(*confirmed).order_by(*newest))
    named: dict[str, dict[int, str]] = {name: {} for name in ("report", *_LISTED)}
    named["report"] = {row.id: f"{row.code}: {row.title}"[:LONGEST_NAME] for row in reports}
    for kind, row_id, name in sorted(session.execute(_everything(council_id)), key=lambda row: (row[2], row[1])):
        named[kind][row_id] = name
    return Choices(named, _sections(session, report_id) if report_id in named["report"] else ())


_OWNS = exists().where(Action.council_id == Person.council_id, Action.owner_id == Person.id)
_LISTED: Mapping[str, tuple[Any, ColumnElement[bool] | None]] = {
    "service": (Service, None),
    "theme": (Category, Category.kind == CategoryKind.THEME),
    "area": (Category, Category.kind == CategoryKind.OUTCOME_AREA),
    "owner": (Person, _OWNS),  # whether or not they are still here
    "post": (Post, None),
    "lead": (Person, Person.role.in_((Role.LEAD, Role.DIRECTOR))),
    "body": (Body, None),
}


def _everything(council_id: int) -> CompoundSelect[Any]:
    """Ask for all names at once: seven questions would take longer than the list itself."""
    return union_all(
        *(
            select(literal(kind, literal_execute=True), model.id, model.name).where(
                model.council_id == council_id, *([] if which is None else [which])
            )
            for kind, (model, which) in _LISTED.items()
        )
    )


def _sections(session: Session, report_id: int | None) -> tuple[str, ...]:
    kept = (ActionPoint.report_id == report_id, ActionPoint.decision == PointDecision.KEPT, ActionPoint.section != "")
    rows = session.scalars(select(ActionPoint.section).where(*kept).order_by(ActionPoint.position))
    return tuple(dict.fromkeys(rows))


def _with(filters: Filters, name: str, value: tuple[Term, ...]) -> Filters:
    values: dict[str, Any] = {name: value}
    return replace(filters, **values)
