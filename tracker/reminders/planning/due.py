"""Finds which reminders are due to a council's people on a day. Reads only.

A handful of questions a council and another few for each 500 actions that could be due: the actions whose date is near
or past or of which nothing is heard, what waits for a decision, who last spoke, and what was told before. What is due
is decided by ``schedule`` and ``waiting``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from tracker.clock import london_date
from tracker.models import ClosureDay, Council, Message
from tracker.reminders.planning import asking
from tracker.reminders.planning.asking import ActionDates, People
from tracker.reminders.stages.rhythm import Calendar
from tracker.reminders.stages.rules import Rules, read_rules
from tracker.reminders.stages.schedule import Chase, Due, Recipient, digest_key, due_reminders, still_new
from tracker.reminders.stages.waiting import decisions_due
from tracker.terms import OFFICERS, PLANNERS, MailRhythm, Role, Stage
from tracker.working_days import is_working_day

STANDING_IN = (Role.LEAD, Role.DIRECTOR)  # in this order, for a lead who has gone

Spoke = Mapping[tuple[int, int], date]


@dataclass(frozen=True)
class Morning:
    """A council's people on the morning of a London day. Slow to load, the calendar waits to be asked for."""

    session: Session
    council: Council
    day: date
    people: People

    @cached_property
    def calendar(self) -> Calendar:
        """The days on which the council works."""
        return asking.calendar_of(self.session, self.council)

    @cached_property
    def rules(self) -> Rules:
        """The council's stages."""
        return read_rules(self.council.reminder_rules)

    @cached_property
    def week_began(self) -> date | None:
        """The first working day of this week; None where everybody is written to daily and nobody asks."""
        weekly = any(row.mail_rhythm is MailRhythm.WEEKLY for row in self.people.values())
        return self.calendar.week_began(self.day) if weekly else None

    @cached_property
    def week_served(self) -> bool:
        """Whether mails of this week were written on an earlier day: who wants one a week has had their morning."""
        began = self.week_began
        if began is None or began == self.day:
            return False
        return bool(had_mail(self.session, self.council.id, began, self.day - timedelta(days=1)))

    @cached_property
    def active(self) -> frozenset[int]:
        """Who can be written to."""
        return frozenset(row.id for row in self.people.values() if row.active)

    @cached_property
    def _by_role(self) -> dict[Role, list[int]]:
        found: dict[Role, list[int]] = {}
        for person_id in sorted(self.active):
            found.setdefault(self.people[person_id].role, []).append(person_id)
        return found

    def active_with(self, roles: Iterable[Role]) -> list[int]:
        """Return the active people of these roles, by id. Asked for each line of each mail: it walks only theirs."""
        return sorted(person_id for role in frozenset(roles) for person_id in self._by_role.get(role, ()))


def morning_of(session: Session, council: Council, day: date) -> Morning:
    """Return a council's morning."""
    return Morning(session, council, day, asking.people_of(session, council.id))


def works_on(session: Session, council: Council, day: date) -> bool:
    """Say whether mails go out on this day: a working day of the council's nation, and not one of its closure days."""
    closures = session.scalars(select(ClosureDay.day).where(ClosureDay.council_id == council.id, ClosureDay.day == day))
    return is_working_day(day, council.nation, frozenset(closures))


def had_mail(session: Session, council_id: int, first: date, last: date | None = None) -> set[int]:
    """Return who already has a mail of a London day in the outbox, or of one of the days from first to last."""
    last = last or first
    mails = session.execute(
        select(Message.person_id, Message.dedupe_key).where(
            Message.council_id == council_id,
            Message.created_at >= asking.midnight(first),
            Message.created_at < asking.midnight(last + timedelta(days=1)),
        )
    )
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    return {person_id for person_id, key in mails if person_id and key in {digest_key(person_id, day) for day in days}}


def reminders_due(morning: Morning, *, but: set[int]) -> list[Due]:
    """Return every reminder due on the day that has not been given yet, in order of person and action.

    ``but`` names the people who are told nothing more that day.
    """
    session, council_id, rules, day = morning.session, morning.council.id, morning.rules, morning.day
    actions = {row.id: row for row in _could_be_due(morning, but)}
    waited = day - timedelta(days=rules.decision_after or 0)  # working days are at least so many
    waiting = asking.asked_until(session, council_id, waited) if rules.decision_after else []
    ids = actions.keys() | {asked.action_id for asked in waiting}
    spoke = asking.spoken(session, council_id, ids) if ids else {}
    due = _chased(morning, actions, spoke)
    if waiting and rules.decision_after:
        due += decisions_due(
            waiting,
            rules.decision_after,
            day,
            morning.calendar,
            officers=morning.active_with(OFFICERS),
            planners=morning.active_with(PLANNERS),
            spoke=spoke,
        )
    return sorted(_not_yet_given(morning, actions, [one for one in due if one.person_id not in but]))


def _could_be_due(morning: Morning, but: set[int]) -> list[ActionDates]:
    """Return the actions of which somebody could be told something: their date is near or past, or nothing is heard."""
    session, council_id, rules = morning.session, morning.council.id, morning.rules
    rows = asking.near_or_past(session, council_id, morning.day + timedelta(days=rules.horizon))
    if rules.silent_after:
        rows += asking.silent_since(session, council_id, morning.day - timedelta(days=rules.silent_after))
    for_lead = morning.day - timedelta(days=rules.lead_after) if rules.lead_after else date.min
    told_all = not rules.director_after or but.issuperset(morning.active_with({Role.DIRECTOR}))
    for_director = date.min if told_all else morning.day - timedelta(days=rules.director_after or 0)
    told = but & morning.active  # who has gone is stood in for, by whoever that is
    told_leads = but.intersection(morning.active_with(PLANNERS))
    # Once the morning's mails are written nearly everybody is in ``but``: then little is left to look at.
    return [
        row
        for row in rows
        if row.owner_id not in told
        or (row.lead_id not in told_leads and row.current_due_date <= for_lead)
        or row.current_due_date <= for_director
    ]


def _chased(morning: Morning, actions: Mapping[int, ActionDates], spoke: Spoke) -> list[Due]:
    people, rules, day = morning.people, morning.rules, morning.day
    directors = morning.active_with({Role.DIRECTOR}) if rules.director_after else []
    words = asking.last_words(spoke)
    able = standins(people)

    def recipient(action_id: int, person_id: int) -> Recipient:
        person = people[person_id]
        return Recipient(
            person_id,
            person.active,
            spoke.get((action_id, person_id)),
            planner=person.role in PLANNERS,
            weekly=person.mail_rhythm is MailRhythm.WEEKLY,
        )

    due: list[Due] = []
    for row in actions.values():
        # Who owns it stands in only where nobody else can.
        standin = min(able, key=lambda person_id: person_id == row.owner_id, default=None)
        late_for_directors = rules.director_after and (day - row.current_due_date).days >= rules.director_after
        chase = Chase(
            row.id,
            row.delivery,
            row.current_due_date,
            recipient(row.id, row.owner_id),
            recipient(row.id, row.lead_id),
            standin=None if standin is None else recipient(row.id, standin),
            directors=tuple(recipient(row.id, person_id) for person_id in directors) if late_for_directors else (),
            own_waits=_waits_for_next_week(morning, row),
            last_word=max(london_date(row.last_update_at or row.created_at), words.get(row.id, date.min)),
        )
        due += due_reminders(chase, rules, day, morning.week_began)
    return due


def _waits_for_next_week(morning: Morning, row: ActionDates) -> bool:
    """Say whether an action's owner, who wants one mail a week, has had this week's; or it came in since that was due.

    Only where nobody was written to since the week began was its first morning missed, and is made up for.
    """
    began = morning.week_began
    if began is None or began == morning.day or morning.people[row.owner_id].mail_rhythm is not MailRhythm.WEEKLY:
        return False
    return london_date(row.created_at) >= began or morning.week_served


def _not_yet_given(morning: Morning, actions: Mapping[int, ActionDates], due: list[Due]) -> list[Due]:
    if not due:
        return []
    told = asking.told_before(morning.session, morning.council.id, {one.action_id for one in due})
    waits = {one.action_id for one in due if one.stage is Stage.DECISION_WAITS}
    decided = asking.decided(morning.session, morning.council.id, waits)
    return [
        one
        for one in due
        if still_new(
            one,
            actions[one.action_id].current_due_date if one.action_id in actions else one.about_date,
            morning.rules,
            told.get((one.action_id, one.person_id), ()),
            decided_on=decided.get(one.action_id),
        )
    ]


def standins(people: Mapping[int, Row[*tuple[Any, ...]]]) -> list[int]:
    """Return who may stand in for a lead who has gone: active leads before directors, each by id."""
    able = [row for row in people.values() if row.active and row.role in STANDING_IN]
    return [row.id for row in sorted(able, key=lambda row: (STANDING_IN.index(row.role), row.id))]
