"""Commands that make reports for members, and that prove the record."""

import sys
from datetime import date
from pathlib import Path

import click
from sqlalchemy import select

from tracker import audit
from tracker.cli.common import council_called, day_option, open_session
from tracker.clock import SystemClock, london_date
from tracker.models import Council, work_for
from tracker.scrutiny.contents import OverdueReport
from tracker.scrutiny.export import overdue_csv
from tracker.scrutiny.overdue_document import overdue_document
from tracker.scrutiny.pdf import overdue_pdf
from tracker.scrutiny.queries import overdue_report
from tracker.scrutiny.rendering import render
from tracker.terms import DocumentForm


@click.group()
def report() -> None:
    """Make reports for members."""


@report.command("overdue")
@click.option("--council", "slug", required=True)
@day_option("--at", "As at this date; today where it is not given.")
@click.option(
    "--format", "form", type=click.Choice([one.value for one in DocumentForm]), default="pdf", show_default=True
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def report_overdue(slug: str, day: date | None, form: str, output: Path) -> None:
    """Write the overdue report to a file."""
    with open_session() as session:
        found = council_called(session, slug)
        work_for(session, found.id)
        today = london_date(SystemClock().now())
        if day and day > today:
            raise click.ClickException("Give a date that is not in the future: nobody knows yet what will be late.")
        made = overdue_report(session, found, day or today)
        output.write_bytes(_written(made, DocumentForm.of(form)))
    click.echo(f"{output} is written.")


def _written(made: OverdueReport, form: DocumentForm) -> bytes:
    if form is DocumentForm.PDF:
        return overdue_pdf(made)
    if form is DocumentForm.CSV:
        return "".join(overdue_csv(made)).encode()
    return render(overdue_document(made), form)


@click.group("audit")
def audit_group() -> None:
    """Look after the history."""


@audit_group.command("verify")
def audit_verify() -> None:
    """Walk every council's history and say where a row was changed, removed or put in between."""
    found = 0
    with open_session() as session:
        for row in session.scalars(select(Council).order_by(Council.name)).all():
            faults = audit.faults(session, row.id)
            found += len(faults)
            click.echo(f"{row.name}: {'no fault' if not faults else f'{len(faults)} faults'}")
            for fault in faults:
                click.echo(f"  {fault}")
    sys.exit(1 if found else 0)
