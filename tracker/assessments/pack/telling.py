"""Tells of one recommendation: asked, answered, did, shown, and what inspectors said of it. It reads nothing itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.action_points.queries import time_limit
from tracker.actions.as_at import Stood
from tracker.actions.timeliness import days_late, timeliness
from tracker.assessments import queries
from tracker.assessments.areas import common_name
from tracker.assessments.compared import Compared, Links, compare
from tracker.assessments.contents import Asked, Statement, progress
from tracker.assessments.ours import Ours
from tracker.assessments.pack.contents import Recommendation, Said, Tracked
from tracker.assessments.pack.deeds import CLOSED, Deeds
from tracker.clock import london_date
from tracker.models import Action, ActionPoint, Person, Report
from tracker.reports.series import place_of
from tracker.scrutiny.figures import State, totals_of
from tracker.terms import DONE_DELIVERY, OPEN_DELIVERY, Delivery, Origin
from tracker.wording import days_left, format_date, plural, sentence

NOTHING = totals_of([], date.min)


@dataclass(frozen=True)
class Later:
    """A report of the series, as what it says of earlier ones is asked for."""

    report: Report
    statements: Sequence[Statement]
    links: Mapping[int, Links]  # by the earlier point


@dataclass(frozen=True)
class Known:
    """Everything that is read once for the whole pack."""

    at: date
    stood: Mapping[int, Stood]  # by action
    states: Mapping[int, State]
    actions: Mapping[int, Action]
    deeds: Mapping[int, Deeds]
    people: Mapping[int, Person]
    series: Sequence[Later]
    own: Mapping[str, str]  # the council's own names of areas


def recommendation(
    number: int, point: ActionPoint, action: Action | None, report: Report, known: Known
) -> tuple[Recommendation, int]:
    """Return one recommendation, and how many suggested links to later reports nobody has decided on."""
    tracked = _tracked(action, known) if action is not None and action.id in known.actions else None
    ours = _ours(tracked, known) if tracked else None
    asked = Asked(point.words, point.section, point.page, point.read_position, ours)
    key = action.action_point_id if action is not None else point.id
    said, different, suggested = list(_said_of_itself(point, asked, report, known)), "", 0
    for later in known.series:
        if place_of(later.report) > place_of(report):
            row = _compared(asked, later, key)
            said += _said(row, later.report)
            suggested += row.suggested
            different = f"{later.report.code}: {row.difference}" if row.difference else different
    made = Recommendation(
        number=number,
        name=point.title,
        words=point.words,
        section=" ".join(point.section.split()),
        area=common_name(point.section, known.own),
        place=_place(point),
        elsewhere=action.report.code if action is not None and action.report_id != report.id else "",
        tracked=tracked,
        said=tuple(said),
        different=different,
    )
    return made, suggested


def _tracked(action: Action, known: Known) -> Tracked:
    stood, deeds, owner = known.stood[action.id], known.deeds[action.id], known.people[known.stood[action.id].owner_id]
    told = any(entry.what == CLOSED for entry in deeds.entries)
    closed = stood.delivery is Delivery.CLOSED_NOT_COMPLETED and not told
    return Tracked(
        action_id=action.id,
        reference=action.reference,
        title=action.title,
        marking=stood.marking,
        owner=owner.name,
        post=owner.post.name,
        response=stood.response,
        reason=(action.response_reason or "") if stood.response is action.response else "",
        delivery=stood.delivery,
        stands=_stands(stood, known),
        original_due=stood.original_due_date,
        due_sum=action.due_sum,
        assumed=stood.due_assumed,
        moves=tuple(deeds.moves),
        closed_because=_closed(action) if closed else "",
        success_test=action.success_test or "",
        entries=deeds.entries,
        bodies=tuple(deeds.bodies),
        proofs=tuple(deeds.proofs),
    )


def _stands(stood: Stood, known: Known) -> str:
    """Say when it was done, or how late it is, always against the original date: > 94 days late: due 20 August 2026."""
    if stood.delivery in OPEN_DELIVERY:
        late, due = days_late(stood.original_due_date, known.at), format_date(stood.original_due_date)
        if late > 0:
            return f"{plural(late, 'day')} late: the original date was {due}"
        return f"{days_left(-late)}: {due}"
    state = known.states[stood.id]
    closed = london_date(stood.closed_at) if stood.closed_at else None
    ended = Ours(
        "", "", "", stood.delivery, state.timeliness(known.at), stood.original_due_date, state.claimed_on,
        closed_on=closed,
    )  # fmt: skip
    return ended.when


def _closed(action: Action) -> str:
    why = [action.close_reason.label if action.close_reason else ""]
    if action.successor is not None:
        why.append(f"It is {action.successor.reference}")
    if action.closed_by is not None:
        why.append(f"Approved by {action.closed_by.name}")
    return ". ".join(filter(None, why)) + "."


def _ours(tracked: Tracked, known: Known) -> Ours:
    """Return our side as it is compared with what inspectors say. Who may see it is decided of the whole row."""
    claimed = known.states[tracked.action_id].claimed_on if tracked.delivery in DONE_DELIVERY else None
    stands = timeliness(tracked.delivery, tracked.original_due, known.at, claimed_on=claimed)
    return Ours(
        tracked.reference, tracked.title, tracked.owner, tracked.delivery, stands, tracked.original_due, claimed
    )


def _compared(asked: Asked, later: Later, key: int) -> Compared:
    rows = compare([(asked, later.links.get(key, Links()))], later.statements, NOTHING, queries.said_on(later.report))
    return rows.rows[0]


def _said(row: Compared, report: Report) -> Iterable[Said]:
    day = queries.said_on(report)
    for one in row.said:
        about = f", said of {len(one.about)} recommendations" if len(one.about) > 1 else ""
        yield Said(report.code, day, one.judgement.label, one.quote, f"page {one.page}{about}")
    for again in row.again:
        yield Said(
            report.code, day, again.kind.label, again.words, f"page {again.page}" if again.page else again.section
        )


def _said_of_itself(point: ActionPoint, asked: Asked, report: Report, known: Known) -> Iterable[Said]:
    """Return what a letter that repeats an earlier review's recommendation says in the same breath of it."""
    if point.origin is not Origin.JOINT_AREA_REVIEW:
        return ()
    own = next((one.statements for one in known.series if one.report.id == report.id), ())
    followed = progress([asked], own, queries.said_on(report)).followed[0]
    return _said(Compared(asked, (), followed.said, 0, ""), report)


def _place(point: ActionPoint) -> str:
    where = f"{point.kind.label}, page {point.page}" if point.page else point.kind.label
    return f"{where}. {sentence(time_limit(point))}"
