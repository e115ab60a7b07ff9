"""A council's people and calendar on the morning of a London day: what everything that is planned asks. Reads only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from tracker.models import ClosureDay, Council
from tracker.reminders.planning import asking
from tracker.reminders.planning.already import first_morning
from tracker.reminders.planning.asking import People
from tracker.reminders.stages.rhythm import Calendar
from tracker.reminders.stages.rules import Rules, read_rules
from tracker.terms import MailRhythm, Role
from tracker.working_days import is_working_day

STANDING_IN = (Role.LEAD, Role.DIRECTOR)  # in this order, for a lead who has gone


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
        """Whether all mails of an earlier day of this week were written: who wants one a week has had their morning."""
        first = first_morning(self.session, self.council.id, self.day)
        return first is not None and first < self.day

    @cached_property
    def active(self) -> frozenset[int]:
        """Who can be written to."""
        return frozenset(row.id for row in self.people.values() if row.active)

    @cached_property
    def owners(self) -> frozenset[int]:
        """Who can own actions, and so be asked for their own."""
        return frozenset(row.id for row in self.people.values() if row.may_own)

    @cached_property
    def leads(self) -> frozenset[int]:
        """Who can answer for a plan, and so decide."""
        return frozenset(row.id for row in self.people.values() if row.may_lead)

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


def standins(people: Mapping[int, Row[*tuple[Any, ...]]]) -> list[int]:
    """Return who may stand in for a lead who has gone: active leads before directors, each by id."""
    able = [row for row in people.values() if row.active and row.role in STANDING_IN]
    return [row.id for row in sorted(able, key=lambda row: (STANDING_IN.index(row.role), row.id))]
