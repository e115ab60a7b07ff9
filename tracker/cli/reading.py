"""``tracker read``: read one report, or a folder of them, and print what was read. Nothing is kept."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from tracker.errors import UnreadableDocument
from tracker.reports.reading import Reading, read_safely, to_scoring_form


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the reading as JSON.")
@click.option("--json-lines", is_flag=True, help="Print one line of JSON a report.")
def read(path: Path, *, as_json: bool, json_lines: bool) -> None:
    """Read a report, or every report in a folder, and print what was read. Nothing is kept.

    In a folder a bad file does not stop the others; the exit status is then 1.
    """
    if path.is_dir():
        sys.exit(_read_folder(path, json_lines=json_lines))
    reading = read_safely(path.read_bytes(), path.name)
    if as_json or json_lines:
        click.echo(json.dumps(to_scoring_form(reading), ensure_ascii=False, indent=None if json_lines else 1))
        return
    _show(reading)


def _read_folder(folder: Path, *, json_lines: bool) -> int:
    files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    failed = 0
    with click.progressbar(files, label="Reading", file=sys.stderr) as bar:
        for line, well in _lines(bar, json_lines=json_lines):
            failed += not well
            click.echo(line)
    if failed:
        click.echo(f"{failed} of {len(files)} files could not be read.", err=True)
    return 1 if failed else 0


def _lines(files: Iterable[Path], *, json_lines: bool) -> Iterator[tuple[str, bool]]:
    for path in files:
        try:
            reading = read_safely(path.read_bytes(), path.name)
        except UnreadableDocument as refused:
            told = json.dumps({"file": path.name, "error": refused.sentence}, ensure_ascii=False)
            yield told if json_lines else f"{path.name}: {refused.sentence}", False
            continue
        form = json.dumps({"file": path.name, **to_scoring_form(reading)}, ensure_ascii=False)
        yield form if json_lines else f"{path.name}: {len(reading.points)} action points", True


def _show(reading: Reading) -> None:
    facts = reading.facts
    click.echo(facts.title or "Without a title")
    inspected = f", inspected until {facts.inspection_end}" if facts.inspection_end else ""
    click.echo(f"{facts.authority or 'Authority not found'}{inspected}")
    for number, point in enumerate(reading.points, start=1):
        click.echo(f"{number:3}  {point.time_limit.words or 'no time given'}: {point.text}")
    click.echo(f"{len(reading.points)} action points, {len(reading.judgements)} judgements")
