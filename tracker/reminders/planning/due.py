"""Finds which reminders are due to a council's people on a day. Reads only.

A handful of questions a council and another few for each 500 actions that could be due: the actions whose date is near
or past or of which nothing is heard, what waits for a decision, who last spoke, and what was told before. What is due
is decided by ``schedule`` and ``waiting``.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from tracker.clock import london_date
from tracker.reminders.planning import asking
from tracker.reminders.planning.asking import ActionDates
from tracker.reminders.planning.mornings import Morning, standins
from tracker.reminders.stages.schedule import Chase, Due, Recipient, due_reminders, still_new
from tracker.reminders.stages.waiting import decisions_due
from tracker.terms import MailRhythm, Role, Stage

Spoke = Mapping[tuple[int, int], date]


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
            officers=morning.owners,
            planners=morning.leads,
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
    told = but & morning.owners  # who has gone is stood in for, by whoever that is
    told_leads = but & morning.leads
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

    def recipient(action_id: int, person_id: int, *, owner: bool = False) -> Recipient:
        person = people[person_id]
        return Recipient(
            person_id,
            person.may_own if owner else person.active,
            spoke.get((action_id, person_id)),
            planner=person.may_lead,
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
            recipient(row.id, row.owner_id, owner=True),
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

    Only where no morning of the week was gone through to its end was the first one missed, and is made up for.
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
