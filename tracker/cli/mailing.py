"""Commands for the mail server's side: what comes back."""

from typing import BinaryIO

import click

from tracker.cli.common import open_session
from tracker.reminders.delivery.came_back import mail_returned
from tracker.reminders.delivery.returned import read_returned

LARGEST = 10 * 1024 * 1024  # bytes of a returned message that are read; the status comes before what was returned


@click.group()
def mail() -> None:
    """Take in what mail servers tell."""


@mail.command("returned")
@click.argument("message", type=click.File("rb"), default="-")
def returned(message: BinaryIO) -> None:
    """Take in a message that a mail server returned, from a file or standard input: for an alias of the mail server.

    Ends with 0 whatever the message is, so that a mail server never returns what was returned; only where the database
    is away does it end with an error, and the mail server tries again.
    """
    found = read_returned(message.read(LARGEST))
    if found is None:
        click.echo("Not a returned mail of this service. Nothing was changed.")
        return
    with open_session() as session:
        written = mail_returned(session, found)
        session.commit()
    click.echo(f"{found.message_id} {'came back: ' + found.said if written else 'is left as it is.'}")
