"""Commands that run the service and look after its database."""

import os
import sys

import click

from tracker import checkup, demonstration, migrate, serving
from tracker.cli.common import engine_of, settings
from tracker.clock import SystemClock
from tracker.config import from_environment
from tracker.demonstration.generating import Size


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Web worker processes.")
@click.option("--threads", default=4, show_default=True, help="Threads a worker.")
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Run the web process and one scheduler together. The schema is brought up first."""
    made = settings()
    with engine_of(made) as engine:
        migrate.upgrade(engine)
    commands = [serving.web_command(host, port, workers, threads), serving.scheduler_command()]
    sys.exit(serving.run_together(commands, os.environ))


@click.command()
def scheduler() -> None:
    """Run a scheduler alone; any number may run against one database."""
    settings()
    os.execv(sys.executable, serving.scheduler_command())  # noqa: S606 - the same program, with nothing of ours in it


@click.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--keep", is_flag=True, help="Go on with the demonstration of last time.")
@click.option("--actions", type=click.IntRange(1), help="Make a large one instead, with so many actions.")
@click.option("--councils", type=click.IntRange(1), default=1, show_default=True, help="Of a large one.")
@click.option("--seed", default=1, show_default=True, help="Of a large one: another gives other rows.")
@click.option("--only-make", is_flag=True, help="Make it, and start nothing.")
def demo(port: int, actions: int | None, councils: int, seed: int, *, keep: bool, only_make: bool) -> None:
    """Start a demonstration council with invented people and reports, on this machine only."""
    environ = demonstration.environment(os.environ, port)
    settings, now = from_environment(environ), SystemClock().now()
    if actions is None:
        demonstration.prepare(settings, now, keep=keep)
    else:
        demonstration.prepare_large(settings, now, Size(actions, councils, seed), keep=keep)
    if only_make:
        click.echo(f"The demonstration is at {settings.files.parent}. Start it with: tracker demo --keep")
        return
    click.echo(f"\nPoint your browser at {settings.base_url} (the sign-in page lists the accounts).")
    click.echo(f"The emails that were “sent” are at {settings.base_url}/demonstration/mails. Stop with Ctrl+C.\n")
    commands = [serving.web_command("127.0.0.1", port, 1, 4), serving.scheduler_command()]
    sys.exit(serving.run_together(commands, environ))


@click.command("check")
def check() -> None:
    """Say whether this installation is well, part by part; exit with 1 where it is not."""
    findings = list(checkup.examine(settings(), SystemClock().now()))
    for finding in findings:
        click.echo(f"{'well' if finding.well else 'NOT WELL':9} {finding.part}: {finding.words}")
    sys.exit(0 if all(finding.well for finding in findings) else 1)


@click.group()
def db() -> None:
    """Look after the database."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the schema to this version. Doing it again changes nothing."""
    with engine_of(settings()) as engine:
        migrate.upgrade(engine)
    click.echo("The schema is up to date.")
