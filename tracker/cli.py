"""The command line, ``tracker``: for officers who run the service, and for trying things out."""

import json
import os
import sys
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TypeVar

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import audit, checkup, demonstration, migrate, serving
from tracker.accounts.services import add_person
from tracker.clock import LONDON, SystemClock, london_date
from tracker.config import Settings, from_environment
from tracker.db import make_engine, make_sessions, writing
from tracker.errors import TrackerError
from tracker.jobs import run_once
from tracker.models import Council, work_for, work_for_all
from tracker.reminders import queries as reminder_queries
from tracker.reports.reading import read_safely, to_scoring_form
from tracker.scrutiny.export import overdue_csv
from tracker.scrutiny.pdf import overdue_pdf
from tracker.scrutiny.queries import overdue_report
from tracker.terms import Role

F = TypeVar("F", bound=Callable[..., Any])


class PlainErrors(click.Group):
    """Says what was wrong in one sentence and exits with 1, without a trace."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except TrackerError as refused:
            raise click.ClickException(refused.sentence) from refused


def parse_day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    """Read a date given as 2026-12-01."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter("give a real date, like 2026-12-01") from None


def day_option(name: str, text: str) -> Callable[[F], F]:
    """Make an option that takes a date."""
    return click.option(name, "day", callback=parse_day, metavar="YYYY-MM-DD", help=text)


@click.group(cls=PlainErrors)
def main() -> None:
    """Track what inspectors asked for until it is done and checked."""


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the reading as JSON.")
def read(file: Path, *, as_json: bool) -> None:
    """Read a report and print what was read. Nothing is kept."""
    reading = read_safely(file.read_bytes(), file.name)
    form = to_scoring_form(reading)
    if as_json:
        click.echo(json.dumps(form, ensure_ascii=False, indent=1))
        return
    click.echo(reading.facts.title or "Without a title")
    click.echo(f"{reading.facts.authority}, inspected until {reading.facts.inspection_end}")
    for number, point in enumerate(reading.points, start=1):
        click.echo(f"{number:3}  {point.time_limit.words or 'no time given'}: {point.text}")
    click.echo(f"{len(reading.points)} action points, {len(reading.judgements)} judgements")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Web worker processes.")
@click.option("--threads", default=4, show_default=True, help="Threads a worker.")
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Run the web process and one scheduler together. The schema is brought up first."""
    settings = _settings()
    migrate.upgrade(make_engine(settings.database_url))
    commands = [serving.web_command(host, port, workers, threads), serving.scheduler_command()]
    sys.exit(serving.run_together(commands, os.environ))


@main.command()
def scheduler() -> None:
    """Run a scheduler alone; any number may run against one database."""
    _settings()
    os.execv(sys.executable, serving.scheduler_command())  # noqa: S606 - the same program, with nothing of ours in it


@main.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--keep", is_flag=True, help="Go on with the demonstration of last time.")
def demo(port: int, *, keep: bool) -> None:
    """Start a demonstration council with invented people and reports, on this machine only."""
    environ = demonstration.environment(os.environ, port)
    settings = from_environment(environ)
    demonstration.prepare(settings, SystemClock().now(), keep=keep)
    click.echo(f"\nPoint your browser at {settings.base_url} (the sign-in page lists the accounts).")
    click.echo(f"The emails that were “sent” are at {settings.base_url}/demonstration/mails. Stop with Ctrl+C.\n")
    commands = [serving.web_command("127.0.0.1", port, 1, 4), serving.scheduler_command()]
    sys.exit(serving.run_together(commands, environ))


@main.command("check")
def check() -> None:
    """Say whether this installation is well, part by part; exit with 1 where it is not."""
    findings = list(checkup.examine(_settings(), SystemClock().now()))
    for finding in findings:
        click.echo(f"{'well' if finding.well else 'NOT WELL':9} {finding.part}: {finding.words}")
    sys.exit(0 if all(finding.well for finding in findings) else 1)


@main.group()
def db() -> None:
    """Look after the database."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the schema to this version. Doing it again changes nothing."""
    migrate.upgrade(make_engine(_settings().database_url))
    click.echo("The schema is up to date.")


@main.group()
def council() -> None:
    """Set up councils."""


@council.command("add")
@click.option("--name", required=True, help='As it is called: "Westmere Council".')
@click.option("--authority", required=True, help='As reports call it: "Westmere".')
@click.option("--slug", required=True, help="A short name for commands.")
@click.option("--prefix", required=True, help="The first letters of its references.")
@click.option("--nation", default="ENG", type=click.Choice(["ENG", "WLS", "SCT", "NIR"]), show_default=True)
def council_add(name: str, authority: str, slug: str, prefix: str, nation: str) -> None:
    """Add a council to this installation."""
    with _session() as session:
        made = Council(name=name, authority=authority, slug=slug, prefix=prefix.upper(), nation=nation)
        session.add(made)
        audit.record(session, made, "added", f"added {name}", by=None, at=SystemClock().now())
        session.commit()
    click.echo(f"{name} is there. Add its first administrator with: tracker people add --council {slug} …")


@main.group()
def people() -> None:
    """Look after accounts."""


@people.command("add")
@click.option("--council", "slug", required=True, help="The council's short name.")
@click.option("--name", required=True)
@click.option("--email", required=True)
@click.option("--post", required=True)
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.password_option(help="Asked for where it is not given.")
def people_add(*, slug: str, name: str, email: str, post: str, role: str, password: str) -> None:
    """Make an account."""
    with _session() as session:
        found = _council(session, slug)
        now = SystemClock().now()
        add_person(
            session, found, name=name, email=email, post=post, role=Role.of(role), password=password, now=now, by=None
        )
        session.commit()
    click.echo(f"{name} can sign in as {email}.")


@main.group()
def reminders() -> None:
    """Look at or run the reminders."""


@reminders.command("preview")
@day_option("--date", "The day to look at; today where it is not given.")
@click.option("--council", "slug", help="One council only.")
def reminders_preview(day: date | None, slug: str | None) -> None:
    """Show who would get which email on a day. Writes nothing."""
    settings, day = _settings(), day or london_date(SystemClock().now())
    with _session() as session:
        councils = [_council(session, slug)] if slug else list(session.scalars(select(Council).order_by(Council.name)))
        for found in councils:
            work_for(session, found.id)
            mails = reminder_queries.preview(session, found, day=day, base_url=settings.base_url)
            click.echo(f"{found.name}, {day}: {len(mails)} emails")
            for mail in mails:
                click.echo(f"  {mail.digest.person_name:30} {mail.subject}")
            work_for_all(session)


@reminders.command("run")
@click.option("--now", "at_once", is_flag=True, required=True, help="Say that you mean it.")
@day_option("--date", "As though it were nine in the morning of this day.")
def reminders_run(day: date | None, *, at_once: bool) -> None:  # noqa: ARG001 - the flag itself is the answer
    """Write and send what is due, once."""
    moment = datetime.combine(day, time(9), LONDON) if day else SystemClock().now()
    swept, delivered = run_once(_settings(), moment)
    click.echo(f"{swept}\n{delivered}")


@main.group()
def report() -> None:
    """Make reports for members."""


@report.command("overdue")
@click.option("--council", "slug", required=True)
@day_option("--at", "As at this date; today where it is not given.")
@click.option("--format", "form", type=click.Choice(["pdf", "csv"]), default="pdf", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def report_overdue(slug: str, day: date | None, form: str, output: Path) -> None:
    """Write the overdue report to a file."""
    with _session() as session:
        found = _council(session, slug)
        work_for(session, found.id)
        made = overdue_report(session, found, day or london_date(SystemClock().now()))
        output.write_bytes(overdue_pdf(made) if form == "pdf" else "".join(overdue_csv(made)).encode())
    click.echo(f"{output} is written.")


@main.group("audit")
def audit_group() -> None:
    """Look after the history."""


@audit_group.command("verify")
def audit_verify() -> None:
    """Walk every council's history and say where a row was changed, removed or put in between."""
    found = 0
    with _session() as session:
        for row in session.scalars(select(Council).order_by(Council.name)).all():
            faults = audit.faults(session, row.id)
            found += len(faults)
            click.echo(f"{row.name}: {'no fault' if not faults else f'{len(faults)} faults'}")
            for fault in faults:
                click.echo(f"  {fault}")
    sys.exit(1 if found else 0)


def _settings() -> Settings:
    return from_environment(os.environ)


def _session() -> Session:
    session = make_sessions(make_engine(_settings().database_url))()
    writing(session)
    work_for_all(session)
    return session


def _council(session: Session, slug: str) -> Council:
    found = session.scalar(select(Council).where(Council.slug == slug))
    if found is None:
        raise click.ClickException(f"There is no council “{slug}” here. Add it with: tracker council add")
    return found
