"""Puts what is due together, one digest a person, with what each action needs to be written about. Reads only."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.models import Council
from tracker.reminders.planning.already import had_mail
from tracker.reminders.planning.due import reminders_due
from tracker.reminders.planning.folding import Unsent, folded, unsent_of
from tracker.reminders.planning.lines import Told, item_of, told_of
from tracker.reminders.planning.mornings import Morning, morning_of
from tracker.reminders.planning.notes import Saying, Tellers, joined, sayings_due
from tracker.reminders.planning.plans import plans
from tracker.reminders.stages.schedule import OWN, Due, digest_key
from tracker.reminders.words.emails import Digest, Planned
from tracker.reminders.words.entries import Item
from tracker.terms import Stage


@dataclass(frozen=True)
class PlannedDigest:
    """A digest, with the reminders and sayings it is the first to tell, and the mails that will not leave for it."""

    digest: Digest
    reminders: tuple[Due, ...]
    sayings: tuple[Saying, ...] = ()
    instead_of: tuple[int, ...] = ()

    @property
    def dedupe_key(self) -> str:
        """One mail a person a London day, by the unique key of the outbox."""
        return digest_key(self.digest.person_id, self.digest.day)


@dataclass(frozen=True)
class Said:
    """What one person is told: what is new to them, what earlier mails that have not left would tell, their plan."""

    reminders: tuple[Due, ...]
    sayings: tuple[Saying, ...]
    unsent: Unsent
    plan: tuple[Planned, ...]

    @property
    def lines(self) -> list[Due]:
        """The reminders that stand in the mail, each action's newest."""
        return folded(self.reminders, self.unsent.reminders)


def planned_digests(session: Session, council: Council, day: date, tellers: Tellers = ()) -> list[PlannedDigest]:
    """Return the mails due to a council's people on a London day, in order of person.

    Whoever already has that day's mail in the outbox is left out: what became due since waits for the next morning. An
    earlier mail that has not left is taken up by this one. ``tellers`` say what later stages of the flow have to say.
    """
    morning = morning_of(session, council, day)
    but = had_mail(session, council.id, day)
    by_person: dict[int, list[Due]] = defaultdict(list)
    for reminder in reminders_due(morning, but=but):
        by_person[reminder.person_id].append(reminder)
    sayings = sayings_due(morning, tellers, but=but)
    weekly = plans(morning, by_person.keys() | sayings.keys(), but=but)
    people = sorted(by_person.keys() | sayings.keys() | weekly.keys())
    unsent = unsent_of(morning, frozenset(people), tellers) if people else {}
    said = {
        person_id: Said(
            tuple(by_person.get(person_id, ())),
            tuple(sayings.get(person_id, ())),
            unsent.get(person_id, Unsent()),
            weekly.get(person_id, ()),
        )
        for person_id in people
    }
    told = told_of(morning, [line for one in said.values() for line in one.lines])
    return [_planned(morning, person_id, one, told) for person_id, one in said.items()]


def _planned(morning: Morning, person_id: int, said: Said, told: Told) -> PlannedDigest:
    person, lines = morning.people[person_id], said.lines

    def of(stages: Iterable[Stage]) -> tuple[Item, ...]:
        wanted = frozenset(stages)
        return tuple(item_of(morning, reminder, told) for reminder in lines if reminder.stage in wanted)

    digest = Digest(
        council_name=morning.council.name,
        person_id=person.id,
        person_name=person.name,
        to_address=person.email,
        day=morning.day,
        yours=of(OWN),
        to_decide=of({Stage.DECISION_WAITS}),
        as_lead=of({Stage.LEAD_TOLD}),
        as_director=of({Stage.DIRECTOR_TOLD}),
        plan=said.plan,
        notes=joined(said.sayings, said.unsent.sayings),
    )
    return PlannedDigest(digest, said.reminders, said.sayings, said.unsent.message_ids)
