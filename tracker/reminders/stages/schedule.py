"""Which reminders are due for an action on a London day. Pure: the rules of DESIGN section 5.

Chasing counts from the **current** due date, so an agreed extension moves the whole chase (a new date makes new stage
days). Lateness in words counts from the original date; that is the business of ``emails``.

Of the stages that fell on or before a day only the **latest** one is ever due to a person. What was missed while the
service was down, or before an action came in, is so caught up once, and a first run over old data says one thing of
each action. What was said stays said: ``still_new`` holds a stage against what was sent before, whatever the rules
have become since.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tracker.clock import LONDON
from tracker.reminders.stages.rules import Rules
from tracker.terms import OPEN_DELIVERY, Delivery, Stage
from tracker.working_days import SATURDAY

HEARTBEAT = "sweep"  # the name of the sign of life that a sweep leaves
# Who has claimed completion has done their part: the check is somebody else's, so only the others hear of it.
OWNER_CHASED = OPEN_DELIVERY - {Delivery.AWAITING_CHECK}
OWN = frozenset({Stage.BEFORE, Stage.ON_THE_DAY, Stage.WHILE_LATE, Stage.SILENT})  # ask the owner to say something
ONCE = frozenset({Stage.LEAD_TOLD, Stage.DIRECTOR_TOLD})  # for each date an action has


@dataclass(frozen=True)
class Recipient:
    """Somebody who may be told: whether they can be written to, and the London day they last spoke of the action."""

    person_id: int
    active: bool = True
    spoke_on: date | None = None
    planner: bool = True  # a lead or director, who can act for a whole plan; asked of an action's lead only
    weekly: bool = False  # one mail a week about what is their own


@dataclass(frozen=True)
class Chase:
    """An action as the schedule sees it."""

    action_id: int
    delivery: Delivery
    current_due: date
    owner: Recipient
    lead: Recipient
    standin: Recipient | None = None  # for a lead who has gone or is no planner any more
    directors: tuple[Recipient, ...] = ()
    own_waits: bool = False  # what asks its owner, for the first morning of their next week
    last_word: date | None = None  # London day of the last update, claim or request; of its making where there is none


@dataclass(frozen=True, order=True)
class Due:
    """One reminder. ``about_date`` is the day its stage fell on, whenever it is caught up."""

    person_id: int
    action_id: int
    stage: Stage
    about_date: date


def due_reminders(chase: Chase, rules: Rules, today: date, week_began: date | None = None) -> list[Due]:
    """Return what is due for one action: at most one reminder to each person.

    The owner is not chased while a claim waits for its check; lead and directors still are, since the action is open
    and the check is theirs to see to. An inactive owner's reminders go to the lead. Where the lead has gone, or is
    neither lead nor director any more, who stands in is told in their place: no open action falls silent. Nobody is
    chased for a stage that fell on or before the day they last said something of the action: it has been answered.

    An owner who wants one mail a week is told of what had fallen by ``week_began``, the week's first working day, and
    of nothing where the action waits for the next week (``own_waits``).
    """
    if chase.delivery not in OPEN_DELIVERY:
        return []
    lead = chase.lead
    if not (lead.active and lead.planner) and chase.standin is not None:
        lead = chase.standin
    chased = chase.owner if chase.owner.active else lead
    due: dict[int, list[Due]] = {}
    if chase.delivery in OWNER_CHASED:
        weekly = chase.owner.active and chased.weekly and week_began is not None
        by = min(week_began, today) if weekly and week_began else today
        waits = chase.owner.active and chase.own_waits
        due[chased.person_id] = [] if waits else _to(chased, chase.action_id, latest_stage(chase, rules, by))
    for told in (lead, *chase.directors):
        if told.person_id not in due:
            # A director who leads it as well is told the later of the two.
            also = [told_as for told_as in chase.directors if told_as.person_id == told.person_id]
            stages = _escalations(chase.current_due, rules, today, lead=told is lead, director=bool(also))
            due[told.person_id] = _to(told, chase.action_id, _latest(stages))
    return [reminder for reminders in due.values() for reminder in reminders]


def latest_stage(chase: Chase, rules: Rules, today: date) -> tuple[Stage, date] | None:
    """Return the owner's stage that fell last on or before today, and the day it fell on."""
    return _latest((stage, day) for stage, day in _stage_days(chase, rules, today) if day <= today)


def stage_of(due: date, rules: Rules, today: date) -> tuple[Stage, date] | None:
    """Return the stage of a date that fell last on or before today, whoever is to keep it, and the day it fell on."""
    return _latest((stage, day) for stage, day in _days_of(due, rules, today) if day <= today)


def still_new(
    due: Due, current_due: date, rules: Rules, told: Iterable[tuple[Stage, date]], *, decided_on: date | None = None
) -> bool:
    """Say whether a reminder still has news, given the stages and days this person was told of this action before.

    Under rules that stay as they are this is only whether it was sent. Where they have changed, nothing older is sent
    after something newer, a lead or director is not told of the same date twice, and what comes again keeps its
    distance from the last time. What was told up to ``decided_on``, the day something that waited on this action was
    last decided, was of that other wish: what waits now need keep no distance from it.
    """
    for stage, day in told:
        if due.stage in ONCE:
            if stage is due.stage and (day > current_due or day >= due.about_date):
                return False
        elif due.stage in OWN:
            if stage in OWN and day >= due.about_date:
                return False
            if stage is due.stage and (due.about_date - day).days < _distance(stage, rules):
                return False
        elif stage is due.stage:
            other_wish = decided_on is not None and day <= decided_on
            if (due.about_date - day).days < (1 if other_wish else _distance(stage, rules)):
                return False
    return True


def digest_key(person_id: int, day: date) -> str:
    """Return the outbox's key for a person's mail of a London day: > digest:12:2027-03-01."""
    return f"digest:{person_id}:{day.isoformat()}"


def mail_is_due(now: datetime, mail_hour: time) -> bool:
    """Say whether it is late enough on a weekday; the council's own calendar is asked elsewhere."""
    local = now.astimezone(LONDON)
    return local.weekday() < SATURDAY and local.time() >= mail_hour


def _stage_days(chase: Chase, rules: Rules, today: date) -> Iterator[tuple[Stage, date]]:
    """Give the days on which the owner is told something. Of two on one day the first counts."""
    yield from _days_of(chase.current_due, rules, today)
    if rules.silent_after and chase.last_word is not None:
        times = (today - chase.last_word).days // rules.silent_after
        if times > 0:
            yield Stage.SILENT, chase.last_word + timedelta(days=times * rules.silent_after)


def _days_of(due: date, rules: Rules, today: date) -> Iterator[tuple[Stage, date]]:
    if rules.late_every and today > due:
        times = (today - due).days // rules.late_every
        if times:
            yield Stage.WHILE_LATE, due + timedelta(days=times * rules.late_every)
    if rules.on_the_day:
        yield Stage.ON_THE_DAY, due
    for days in rules.before:
        yield Stage.BEFORE, due - timedelta(days=days)


def _escalations(due: date, rules: Rules, today: date, *, lead: bool, director: bool) -> Iterator[tuple[Stage, date]]:
    for stage, after, concerns in (
        (Stage.LEAD_TOLD, rules.lead_after, lead),
        (Stage.DIRECTOR_TOLD, rules.director_after, director),
    ):
        if concerns and after and due + timedelta(days=after) <= today:
            yield stage, due + timedelta(days=after)


def _latest(stages: Iterable[tuple[Stage, date]]) -> tuple[Stage, date] | None:
    return max(stages, key=lambda stage_day: stage_day[1], default=None)


def _distance(stage: Stage, rules: Rules) -> int:
    """Return how many days must lie between two reminders of a stage that comes again; 1 where it is another day's."""
    between = {Stage.WHILE_LATE: rules.late_every, Stage.SILENT: rules.silent_after}
    between[Stage.DECISION_WAITS] = rules.decision_after
    return between.get(stage) or 1


def _to(recipient: Recipient, action_id: int, stage_day: tuple[Stage, date] | None) -> list[Due]:
    if stage_day is None or not recipient.active:
        return []
    stage, day = stage_day
    if recipient.spoke_on is not None and recipient.spoke_on >= day:
        return []
    return [Due(recipient.person_id, action_id, stage, day)]
