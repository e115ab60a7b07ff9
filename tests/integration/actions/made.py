"""One action with its people, for the tests of what is done to it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_action, make_body, make_council, make_person
from tracker.actions import services
from tracker.models import Action, Claim, Contribution, Council, HistoryEntry, Person
from tracker.terms import Role

NOW = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # the 23rd in London too: it is winter
TODAY = date(2026, 11, 23)


@dataclass
class Desk:
    """Who and what an action's life is told of."""

    session: Session
    council: Council
    action: Action
    owner: Person
    lead: Person
    other_lead: Person
    director: Person
    member: Person

    def claim(self, note: str = "Done, and a sample shows it.") -> Claim:
        return services.claim(self.session, self.action, note=note, by=self.owner, now=NOW)

    def line(self, name: str = "The hospital trust") -> Contribution:
        body = make_body(self.session, self.council, name)
        line = Contribution(council_id=self.council.id, action_id=self.action.id, body_id=body.id)
        self.session.add(line)
        self.session.flush()
        self.session.refresh(self.action, ["contributions"])
        return line

    def history(self) -> list[tuple[str, str | None]]:
        """Every row of the action's history, oldest first, as (kind, note)."""
        self.session.flush()
        rows = self.session.scalars(
            select(HistoryEntry).where(HistoryEntry.subject == "action").order_by(HistoryEntry.sequence)
        )
        return [(row.kind, row.note) for row in rows]

    def last(self) -> HistoryEntry:
        self.session.flush()
        newest = select(HistoryEntry).order_by(HistoryEntry.id.desc()).limit(1)
        return self.session.scalars(newest).one()


def make_desk(session: Session, **values: Any) -> Desk:
    council = make_council(session)
    owner, lead = make_person(session, council), make_person(session, council, Role.LEAD)
    desk = Desk(
        session, council, make_action(session, council, owner=owner, lead=lead, **values), owner, lead,
        make_person(session, council, Role.LEAD), make_person(session, council, Role.DIRECTOR),
        make_person(session, council, Role.SCRUTINY_MEMBER),
    )  # fmt: skip
    session.commit()
    return desk
