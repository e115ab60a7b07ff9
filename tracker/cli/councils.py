"""Commands that set up councils and accounts."""

import click
from sqlalchemy import select

from tracker import audit
from tracker.accounts.services import add_person
from tracker.cli.common import council_called, open_session
from tracker.clock import SystemClock
from tracker.models import Council
from tracker.terms import Role


@click.group()
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
    with open_session() as session:
        if session.scalar(select(Council).where(Council.slug == slug)):
            raise click.ClickException(f"There is a council “{slug}” here already. Choose another short name.")
        made = Council(name=name, authority=authority, slug=slug, prefix=prefix.upper(), nation=nation)
        session.add(made)
        audit.record(session, made, "added", f"added {name}", by=None, at=SystemClock().now())
        session.commit()
    click.echo(f"{name} is there. Add its first administrator with: tracker people add --council {slug} …")


@click.group()
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
    with open_session() as session:
        found = council_called(session, slug)
        now = SystemClock().now()
        add_person(
            session, found, name=name, email=email, post=post, role=Role.of(role), password=password, now=now, by=None
        )
        session.commit()
    click.echo(f"{name} can sign in as {email}.")
