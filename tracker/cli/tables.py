"""Tables for a terminal: columns as wide as what is in them."""

from collections.abc import Sequence

import click


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under a head; numbers stand at the right. Nothing for no rows."""
    if not rows:
        return
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in [list(head), *cells]) for column in range(len(head))]
    numbers = [isinstance(rows[0][column], int) for column in range(len(head))]
    for line in [list(head), ["-" * width for width in widths], *cells]:
        placed = [
            cell.rjust(width) if number else cell.ljust(width)
            for cell, width, number in zip(line, widths, numbers, strict=True)
        ]
        click.echo(f"  {'  '.join(placed).rstrip()}")
