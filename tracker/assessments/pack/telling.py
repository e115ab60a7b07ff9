"""Tells of one recommendation: asked, answered, did, shown, and what inspectors said of it. It reads nothing itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.action_points.queries import time_limit
from tracker.actions.as_at import Stood
from tracker.actions.timeliness import days_late, timeliness
from tracker.assessments.areas import common_name
from tracker.assessments.contents import Asked
from tracker.assessments.ours import Ours
from tracker.assessments.pack.contents import Recommendation, Tracked
from tracker.assessments.pack.deeds import CLOSED, Deeds
from tracker.assessments.pack.heard import Later, heard, said_of_itself
from tracker.assessments.pack.pieces import Different, Said
from tracker.clock import london_date
from tracker.models import Action, ActionPoint, Person, Report
from tracker.reports.series import place_of
from tracker.scrutiny.figures import State
from tracker.terms import DONE_DELIVERY, OPEN_DELIVERY, Delivery, Origin
from tracker.wording import days_left, format_date, plural, sentence

Suggested = Mapping[tuple[int, int], int]  # how much, by the later report and the earlier point


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
) -> tuple[Recommendation, Suggested]:
    """Return one recommendation, and what is suggested of later reports and nobody has decided on."""
    tracked = _tracked(action, known) if action is not None and action.id in known.actions else None
    ours = _ours(tracked, known) if tracked else None
    asked = Asked(point.words, point.section, point.page, point.read_position, ours)
    key = action.action_point_id if action is not None else point.id
    said, different = _heard(point, key, asked, report, known)
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
        different=tuple(different),
    )
    return made, _suggested(key, report, known)


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
    """Say why it was closed, as far as it is known: of what was opened again since nothing is."""
    why = [action.close_reason.label if action.close_reason else ""]
    if action.successor is not None:
        why.append(f"It is {action.successor.reference}")
    if action.closed_by is not None:
        why.append(f"Approved by {action.closed_by.name}")
    known = ". ".join(filter(None, why))
    return f"{known}." if known else ""


def _ours(tracked: Tracked, known: Known) -> Ours:
    """Return our side as it is compared with what inspectors say. Who may see it is decided of the whole row."""
    claimed = known.states[tracked.action_id].claimed_on if tracked.delivery in DONE_DELIVERY else None
    stands = timeliness(tracked.delivery, tracked.original_due, known.at, claimed_on=claimed)
    return Ours(
        tracked.reference, tracked.title, tracked.owner, tracked.delivery, stands, tracked.original_due, claimed
    )


def _heard(
    point: ActionPoint, key: int, asked: Asked, report: Report, known: Known
) -> tuple[list[Said], list[Different]]:
    """Return what this report and those after it say of the point, and where that is something else than we say."""
    said: list[Said] = []
    different: list[Different] = []
    for later in known.series:
        if later.report.id == report.id and point.origin is Origin.JOINT_AREA_REVIEW:
            said += said_of_itself(asked, later)
        if place_of(later.report) > place_of(report):
            more, differs = heard(asked, key, later)
            said += more
            different += [differs] if differs else []
    return said, different


def _suggested(key: int, report: Report, known: Known) -> Suggested:
    """Count by the later report and the earlier point: what a report between them repeats is the same suggestion."""
    later = (one for one in known.series if place_of(one.report) > place_of(report))
    return {(one.report.id, key): count for one in later if (count := one.suggested(key))}


def _place(point: ActionPoint) -> str:
    where = f"{point.kind.label}, page {point.page}" if point.page else point.kind.label
    return f"{where}. {sentence(time_limit(point))}"
