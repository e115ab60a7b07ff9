"""The command line, ``tracker``: for officers who run the service, and for trying things out.

A command's module is loaded when it is asked for, so that reading one report does not wait for the web and the rest.
"""

from importlib import import_module

import click

from tracker.errors import TrackerError

COMMANDS = {
    "audit": "tracker.cli.members:audit_group",
    "check": "tracker.cli.running:check",
    "council": "tracker.cli.councils:council",
    "db": "tracker.cli.running:db",
    "demo": "tracker.cli.running:demo",
    "people": "tracker.cli.councils:people",
    "read": "tracker.cli.reading:read",
    "reminders": "tracker.cli.reminding:reminders",
    "report": "tracker.cli.members:report",
    "scheduler": "tracker.cli.running:scheduler",
    "serve": "tracker.cli.running:serve",
}


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


@click.group(cls=Commands)
def main() -> None:
    """Track what inspectors asked for until it is done and checked."""
