"""What the pages of checking share: a point with its date, the next one, people to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from tracker.accounts import queries as people
from tracker.action_points import queries, services
from tracker.action_points.due_dates import DueDate
from tracker.action_points.forms import NOBODY, AddPointForm, FactsForm, ManyForm, PointForm
from tracker.errors import ChangedMeanwhile
from tracker.models import ActionPoint, Person, Report
from tracker.terms import PointDecision, TimeLimitKind, TimeUnit
from tracker.web.fields import choices
from tracker.web.wiring import db, me

Form = TypeVar("Form", PointForm, ManyForm, AddPointForm)
UNSURE = 0.8  # below this the reader's doubt is shown, and the point comes first


@dataclass(frozen=True)
class Row:
    """A point with the day it would be due."""

    point: ActionPoint
    due: DueDate | None

    @property
    def time_limit(self) -> str:
        """The time limit in words."""
        return queries.time_limit(self.point)

    @property
    def unsure(self) -> bool:
        """Whether the reader doubts it and nobody has decided yet."""
        return self.point.confidence < UNSURE and self.point.decision is PointDecision.PROPOSED


def same_as_opened(form: PointForm | FactsForm, row: ActionPoint | Report) -> None:
    """Refuse to write over what somebody else changed while this page was open."""
    if form.version.data and form.version.data != str(row.version):
        raise ChangedMeanwhile


def rows_of(report: Report) -> list[Row]:
    """Return a report's points, each with the day it would be due."""
    rules, dates = queries.clock_rules(db(), me().council), queries.report_dates(report)
    return [Row(point, queries.due(point, dates, rules)) for point in queries.points(db(), report)]


def row_of(report: Report, point: ActionPoint) -> Row:
    """Return one point with the day it would be due."""
    return next(row for row in rows_of(report) if row.point.id == point.id)


def next_row(rows: Sequence[Row], after: ActionPoint | None) -> Row | None:
    """Return the point to decide next: the unsure ones first, then on from where one is, then from the top."""
    waiting = [row for row in rows if row.point.decision is PointDecision.PROPOSED]
    unsure = [row for row in waiting if row.unsure]
    further = [row for row in waiting if after is not None and row.point.position > after.position]
    return next(iter(unsure or further or waiting), None)


def with_people(form: Form) -> Form:
    """Give a form the people to choose from."""
    nobody = (NOBODY, "Nobody yet")
    form.owner.choices = choices([nobody, *((row.id, f"{row.name}, {row.post.name}") for row in people.owners(db()))])
    form.lead.choices = choices([nobody, *((row.id, f"{row.name}, {row.post.name}") for row in people.leads(db()))])
    return form


def person_by_id(person_id: int | None) -> Person | None:
    """Return the person who was chosen, or nobody."""
    return people.person(db(), person_id) if person_id else None


def limit_field(form: PointForm) -> str:
    """Return the field that the chosen kind of time limit needs."""
    return "limit_date" if form.limit_kind.data == TimeLimitKind.BY_DATE else "limit_count"


def wanted_of(form: PointForm) -> services.PointChange:
    """Return what a form asks to be changed of a point."""
    return services.PointChange(
        title=form.title.data or "",
        words=form.words.data,
        section=form.section.data or "",
        limit_kind=TimeLimitKind.of(form.limit_kind.data),
        limit_count=form.limit_count.data,
        limit_unit=TimeUnit.of(form.limit_unit.data),
        limit_date=form.limit_date.data,
        owner=person_by_id(form.owner.data),
        lead=person_by_id(form.lead.data),
    )
