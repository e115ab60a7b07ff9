"""How long the papers of a committee take to make: PDF, Word, Excel and CSV of a report with 1,000 late actions.

python benchmarks/papers.py [--actions N] [--runs N]

The actions are invented and made here. Each form is made once before, which loads fonts and libraries, and is not
counted. CPU seconds of this process, the median of the runs; ends with 1 where a target is missed.
"""

import argparse
import statistics
import sys
from datetime import date, timedelta
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tracker.scrutiny.contents import LastUpdate, OverdueAction, assemble
from tracker.scrutiny.document import Document
from tracker.scrutiny.figures import Named, State
from tracker.scrutiny.overdue_document import overdue_document
from tracker.scrutiny.rendering import render
from tracker.terms import Delivery, DocumentForm, Marking

AT = date(2026, 11, 21)
TARGETS = {DocumentForm.PDF: 2.0, DocumentForm.WORD: 5.0, DocumentForm.EXCEL: 1.0, DocumentForm.CSV: 1.0}  # seconds


def made(number: int, late: int) -> OverdueAction:
    """Return a late action that says what a real one says."""
    return OverdueAction(
        action_id=number,
        reference=f"WES-2026-{number:04}",
        marking=Marking.OPEN,
        title=f"Make sure that thing {number} is better, and that everybody can see that it is",
        words="The council and its partners should make sure that this is done better in each case. " * 2,
        report="WES-2026: Inspection of safeguarding and looked after children services",
        place="Safeguarding services, page 12",
        owner="Alex Marsh",
        post="Head of Early Help",
        delivery=Delivery.IN_PROGRESS,
        original_due=AT - timedelta(days=late),
        last_update=LastUpdate("We have advertised the post again and begun to train. " * 4, AT, "Alex Marsh"),
    )


def document(actions: int) -> Document:
    """Return the document of so many late actions."""
    rows = [made(number, 1 + number % 300) for number in range(1, actions + 1)]
    named = Named(1, "WES-2026: Inspection")
    states = [
        State(row.action_id, named, named, row.delivery, accepted=True, original_due=row.original_due, claimed_on=None)
        for row in rows
    ]
    return overdue_document(assemble("Westmere Council", AT, states, rows))


def main() -> int:
    """Measure each form and print the median beside its target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    render_small, missed = document(3), False
    for number, (form, target) in enumerate(TARGETS.items(), start=1):
        render(render_small, form)
        seconds, size = [], 0
        for run in range(asked.runs):
            found = document(asked.actions + number * asked.runs + run)  # another one each time: typst remembers
            begun = process_time()
            size = len(render(found, form))
            seconds.append(process_time() - begun)
        median = statistics.median(seconds)
        missed |= median > target
        print(f"{form.label:6} {median:6.2f} CPU s, target {target} s, {size / 1024:,.0f} KB")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
