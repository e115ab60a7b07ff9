"""Commands about reminders: who would get what, and sending it once."""

from datetime import date, datetime, time

import click
from sqlalchemy import select

from tracker.cli.common import council_called, day_option, open_session, settings
from tracker.cli.tables import table
from tracker.clock import LONDON, SystemClock, london_date
from tracker.jobs import run_once
from tracker.models import Council, work_for, work_for_all
from tracker.reminders import queries as reminder_queries
from tracker.scrutiny.telling import TELLERS
from tracker.wording import format_date, plural

HEAD = ("Who", "Tells", "Subject")


@click.group()
def reminders() -> None:
    """Look at or run the reminders."""


@reminders.command("preview")
@day_option("--date", "The day to look at; today where it is not given.")
@click.option("--council", "slug", help="One council only.")
def reminders_preview(day: date | None, slug: str | None) -> None:
    """Show who would get which email on a day. Writes nothing."""
    base_url, day = settings().base_url, day or london_date(SystemClock().now())
    with open_session() as session:
        councils = (
            [council_called(session, slug)] if slug else list(session.scalars(select(Council).order_by(Council.name)))
        )
        for found in councils:
            work_for(session, found.id)
            mails = reminder_queries.preview(session, found, day=day, base_url=base_url, tellers=TELLERS)
            click.echo(f"{found.name}, {format_date(day)}: {plural(len(mails), 'email')}")
            table(HEAD, [(mail.name, mail.tells, mail.subject) for mail in mails])
            work_for_all(session)


@reminders.command("run")
@click.option("--now", "at_once", is_flag=True, required=True, help="Say that you mean it.")
@day_option("--date", "As though it were nine in the morning of this day.")
def reminders_run(day: date | None, *, at_once: bool) -> None:  # noqa: ARG001 - the flag itself is the answer
    """Write and send what is due, once."""
    moment = datetime.combine(day, time(9), LONDON) if day else SystemClock().now()
    swept, delivered = run_once(settings(), moment)
    click.echo(f"Written: {plural(swept.digests, 'email')} with {plural(swept.reminders, 'reminder')}")
    table(HEAD, [(mail.person_name, mail.tells, mail.subject) for mail in swept.mails])
    for council_id in swept.failed:
        click.echo(f"Nothing could be written for council {council_id}: see the log.", err=True)
    ended = ", ".join(f"{count} {status.label.lower()}" for status, count in sorted(delivered.ended.items()))
    click.echo(f"Sending: {ended or 'nothing was waiting'}")
