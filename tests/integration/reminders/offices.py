"""A council whose actions are made and changed in a line each, and the settings the reminder stage works with."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from tests.factories import make_action, make_council, make_person, make_report
from tracker.adapters.mailer import Envelope, MemoryMailer
from tracker.config import Settings
from tracker.db import writing
from tracker.models import Action, Council, Message, Person, Report, work_for_all
from tracker.reminders.services import Swept, deliver, sweep
from tracker.scrutiny.telling import TELLERS
from tracker.terms import Role

MONDAY = date(2027, 3, 15)
MORNING = datetime(2027, 3, 15, 8, 0, tzinfo=UTC)
A_WEEK_BEFORE = datetime(2027, 3, 8, 8, 0, tzinfo=UTC)
FEW = {"before": [14], "on_the_day": True, "late_every": 7, "lead_after": 7}  # where a test counts by hand


def make_settings(database_url: str, **values: Any) -> Settings:
    defaults: dict[str, Any] = {
        "database_url": database_url,
        "secret_key": "x" * 48,
        "base_url": "https://tracker.westmere.example",
        "files": Path("files"),
        "smtp_host": "127.0.0.1",
        "smtp_port": 1,
        "smtp_timeout": 2.0,
        "lease_seconds": 10.0,
    }
    return Settings(**(defaults | values))


class Office:
    """One council, whose actions are made and changed in a line each. It has few stages, unless it is made with others.

    Its actions came in a week before, so that nothing in them is at risk for want of news.
    """

    def __init__(self, sessions: sessionmaker[Session], settings: Settings, **council: Any) -> None:
        self.sessions, self.settings = sessions, settings
        with self.work() as session:
            made = make_council(session, **({"reminder_rules": FEW} | council))
            self.owner = make_person(session, made, name="Ann Hall")
            self.lead = make_person(session, made, Role.LEAD, name="Bob Lowe")
            self.report: Report = make_report(session, made, added_by=self.lead)
            self.council: Council = made

    @contextlib.contextmanager
    def work(self) -> Iterator[Session]:
        """A session that sees everything and is committed at the end."""
        with self.sessions.begin() as session:
            work_for_all(session)
            writing(session)
            yield session

    def action(self, due: date = MONDAY, **values: Any) -> Action:
        with self.work() as session:
            return self.put(session, due, **values)

    def put(self, session: Session, due: date = MONDAY, **values: Any) -> Action:
        """Make an action in a session of the test's own, where there are many."""
        defaults = {"owner": self.owner, "lead": self.lead, "report": self.report, "created_at": A_WEEK_BEFORE}
        return make_action(session, self.council, due=due, **(defaults | values))

    def person(self, role: Role = Role.SERVICE_MANAGER, **values: Any) -> Person:
        with self.work() as session:
            return make_person(session, self.council, role, **values)

    def change(self, row: Any, **values: Any) -> None:
        with self.work() as session:
            stored = session.get(type(row), row.id)
            for name, value in values.items():
                setattr(stored, name, value)

    def sweep(self, now: datetime = MORNING) -> Swept:
        return sweep(self.sessions, now=now, settings=self.settings, tellers=TELLERS)

    def deliver(self) -> list[Envelope]:
        """Send what waits, and return what left."""
        mailer = MemoryMailer()
        deliver(self.sessions, mailer, settings=self.settings)
        return mailer.sent

    def mails(self) -> list[Message]:
        with self.work() as session:
            return list(session.scalars(select(Message).order_by(Message.id)))
