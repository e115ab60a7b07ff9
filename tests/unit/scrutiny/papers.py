"""A committee report's contents, made with the fewest words."""

from datetime import date

from tests.unit.scrutiny.made import AT, report, row, state
from tracker.scrutiny.changes import Change, What
from tracker.scrutiny.contents import OverdueReport, assemble
from tracker.scrutiny.document import Document
from tracker.scrutiny.layout import lay_out
from tracker.scrutiny.paper import Asked, Moment, Paper, part_of
from tracker.scrutiny.paper_form import USUAL, first_words
from tracker.terms import Delivery, DocumentPart, Marking

SECRET = "Canary in the cellar"


def whole(*rows: object) -> OverdueReport:
    """The overdue report with the words of what is exempt."""
    found = report(*rows, others=(state(90, -5), state(91, 20, Delivery.CHECKED, claimed_on=date(2026, 10, 1))))
    states = [state(one.action_id, (AT - one.original_due).days) for one in rows]
    kept = assemble("Westmere Council", AT, states, rows, whole=True)
    return type(found)(**{**vars(found), "rows": kept.rows})


def change(what: What, number: int = 1, **values: object) -> Change:
    defaults: dict[str, object] = {
        "what": what, "reference": f"WES-2026-{number:02}", "marking": Marking.OPEN,
        "title": f"Make thing {number} better",
        "report": "WES-2026", "owner": "Alex Marsh", "on": date(2026, 11, 1), "words": "Checked by Sam Reed",
    }  # fmt: skip
    return Change(**(defaults | values))


def question(**values: object) -> Asked:
    defaults: dict[str, object] = {
        "about": "WES-2026-01: Make thing 1 better", "marking": Marking.OPEN, "words": "When will it be done?",
        "by": "Councillor Pell", "on": date(2026, 11, 2), "owner": "Alex Marsh", "due": date(2026, 11, 30),
    }  # fmt: skip
    return Asked(**(defaults | values))


def paper(**values: object) -> Paper:
    exempt = {"marking": Marking.EXEMPT, "title": SECRET, "owner": SECRET}
    defaults: dict[str, object] = {
        "overdue": whole(row(1, 2), row(2, 94), row(3, 200, **exempt)),
        "committee": "Scrutiny Committee",
        "meeting": date(2026, 12, 1),
        "since": date(2026, 10, 1),
        "changes": (
            change(What.COMPLETED), change(What.MOVED, 2), change(What.CLOSED, 3, title=SECRET, marking=Marking.EXEMPT),
        ),
        "over_time": (Moment(date(2026, 7, 1), 5, 1), Moment(date(2026, 10, 1), 6, 2), Moment(AT, 4, 3)),
        "questions": (question(), question(words=SECRET, about=SECRET, marking=Marking.CONFIDENTIAL)),
    }  # fmt: skip
    return Paper(**(defaults | values))


def document(part: DocumentPart = DocumentPart.PUBLIC, **values: object) -> Document:
    return lay_out(part_of(paper(**values), part), USUAL, first_words(USUAL))
