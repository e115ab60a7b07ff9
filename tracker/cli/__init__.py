"""The command line, ``tracker``: for officers who run the service, and for trying things out.

A command's module is loaded when it is asked for, so that reading one report does not wait for the web and the rest.
"""

import sys
from importlib import import_module

import click

from tracker.errors import TrackerError

COMMANDS = {
    "audit": "tracker.cli.members:audit_group",
    "check": "tracker.cli.running:check",
    "council": "tracker.cli.councils:council",
    "db": "tracker.cli.running:db",
    "demo": "tracker.cli.running:demo",
    "mail": "tracker.cli.mailing:mail",
    "people": "tracker.cli.councils:people",
    "read": "tracker.cli.reading:read",
    "reminders": "tracker.cli.reminding:reminders",
    "report": "tracker.cli.members:report",
    "scheduler": "tracker.cli.running:scheduler",
    "serve": "tracker.cli.running:serve",
}


NO_DATABASE = (
    "The database named by TRACKER_DATABASE_URL does not answer, or has no tables yet. "
    "Check the address, then run: tracker db upgrade"
)


class Commands(click.Group):
    """Loads a command when it is asked for; says what was wrong in one sentence and exits with 1, without a trace."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own
        """List what there is."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except TrackerError as refused:
            raise click.ClickException(refused.sentence) from refused
        except OSError as wrong:
            if wrong.filename is None:  # a closed pipe is click's to deal with
                raise
            raise click.ClickException(f"{wrong.filename}: {wrong.strerror}.") from wrong
        except Exception as fault:
            if not _is_of_the_database(fault):
                raise
            raise click.ClickException(NO_DATABASE) from fault


def _is_of_the_database(fault: Exception) -> bool:
    library = sys.modules.get("sqlalchemy.exc")  # not loaded here only to ask: see above
    return library is not None and isinstance(fault, library.DBAPIError)


@click.group(cls=Commands)
def main() -> None:
    """Track what inspectors asked for until it is done and checked."""
