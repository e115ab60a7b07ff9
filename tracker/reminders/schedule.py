"""Which reminders are due for an action on a London day. Pure: the rules of DESIGN section 5.

Chasing counts from the **current** due date, so an agreed extension moves the whole chase (a new date makes new stage
days). Lateness in words counts from the original date; that is the business of ``emails``.

Of the stages that fell on or before a day only the **latest** one is ever due. What was missed while the service was
down, or before an action came in, is so caught up once, and a first run over old data says one thing of each action.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from tracker.clock import LONDON
from tracker.errors import InvalidValue
from tracker.terms import OPEN_DELIVERY, Delivery, Stage
from tracker.working_days import SATURDAY

HEARTBEAT = "sweep"  # the name of the sign of life that a sweep leaves
# Who has claimed completion has done their part: the check is somebody else's, so only the lead hears of it.
OWNER_CHASED = OPEN_DELIVERY - {Delivery.AWAITING_CHECK}


@dataclass(frozen=True)
class Rules:
    """A council's stages, in days. 0 or None switches ``late_every`` or ``lead_after`` off."""

    before: tuple[int, ...]
    late_every: int | None
    lead_after: int | None

    @property
    def horizon(self) -> int:
        """How many days ahead a due date can matter."""
        return max(self.before, default=0)


@dataclass(frozen=True)
class Recipient:
    """An owner or lead: whether they can be written to, and the London day they last said something of the action."""

    person_id: int
    active: bool = True
    spoke_on: date | None = None


@dataclass(frozen=True)
class Chase:
    """An action as the schedule sees it."""

    action_id: int
    delivery: Delivery
    current_due: date
    owner: Recipient
    lead: Recipient
    standin: Recipient | None = None  # for a lead who has gone


@dataclass(frozen=True, order=True)
class Due:
    """One reminder. ``about_date`` is the day its stage fell on, whenever it is caught up."""

    person_id: int
    action_id: int
    stage: Stage
    about_date: date


def read_rules(stored: Mapping[str, Any]) -> Rules:
    """Read the rules as a council stores them. Raises InvalidValue for what is not a number of days."""
    before = stored.get("before") or []
    late_every, lead_after = stored.get("late_every"), stored.get("lead_after")
    for days in (*before, late_every or 0, lead_after or 0):
        if isinstance(days, bool) or not isinstance(days, int) or days < 0:
            raise InvalidValue(f"A reminder rule must be a number of days, not {days!r}.")
    return Rules(before=tuple(sorted({*before} - {0}, reverse=True)), late_every=late_every, lead_after=lead_after)


def due_reminders(chase: Chase, rules: Rules, today: date) -> list[Due]:
    """Return what is due for one action: at most one reminder to the owner and one to the lead.

    The owner is not chased while a claim waits for its check; the lead still is, since the action is open and the
    check is theirs to see to. An inactive owner's reminders go to the lead, and where that would be nobody, to who
    stands in for the lead: no open action falls silent. Nobody is chased for a stage that fell on or before the day
    they last said something of the action: it has been answered.
    """
    if chase.delivery not in OPEN_DELIVERY:
        return []
    lead = chase.lead
    alone = not chase.owner.active or chase.delivery not in OWNER_CHASED
    if alone and not lead.active and chase.standin is not None:
        lead = chase.standin
    chased = chase.owner if chase.owner.active else lead
    due = []
    if chase.delivery in OWNER_CHASED:
        due += _to(chased, chase.action_id, latest_stage(chase.current_due, rules, today))
    if lead.person_id != chased.person_id or chase.delivery not in OWNER_CHASED:
        due += _to(lead, chase.action_id, _lead_stage(chase.current_due, rules, today))
    return due


def latest_stage(due: date, rules: Rules, today: date) -> tuple[Stage, date] | None:
    """Return the owner's stage that fell last on or before today, and the day it fell on."""
    return max(
        ((stage, day) for stage, day in _stage_days(due, rules, today) if day <= today),
        key=lambda stage_day: stage_day[1],
        default=None,
    )


def digest_key(person_id: int, day: date) -> str:
    """Return the outbox's key for a person's mail of a London day: > digest:12:2027-03-01."""
    return f"digest:{person_id}:{day.isoformat()}"


def mail_is_due(now: datetime, mail_hour: time) -> bool:
    """Say whether it is late enough on a weekday; the council's own calendar is asked elsewhere."""
    local = now.astimezone(LONDON)
    return local.weekday() < SATURDAY and local.time() >= mail_hour


def _stage_days(due: date, rules: Rules, today: date) -> Iterator[tuple[Stage, date]]:
    for days in rules.before:
        yield Stage.BEFORE, due - timedelta(days=days)
    yield Stage.ON_THE_DAY, due
    if rules.late_every and today > due:
        times = (today - due).days // rules.late_every
        if times:
            yield Stage.WHILE_LATE, due + timedelta(days=times * rules.late_every)


def _lead_stage(due: date, rules: Rules, today: date) -> tuple[Stage, date] | None:
    if not rules.lead_after:
        return None
    day = due + timedelta(days=rules.lead_after)
    return (Stage.LEAD_TOLD, day) if day <= today else None


def _to(recipient: Recipient, action_id: int, stage_day: tuple[Stage, date] | None) -> list[Due]:
    if stage_day is None or not recipient.active:
        return []
    stage, day = stage_day
    if recipient.spoke_on is not None and recipient.spoke_on >= day:
        return []
    return [Due(recipient.person_id, action_id, stage, day)]
