"""The tables of the papers: which columns each has in a spreadsheet, and how they stand together on paper. Pure."""

from collections.abc import Iterable, Sequence

from tracker.scrutiny.changes import Change, What
from tracker.scrutiny.contents import OverdueAction, OverdueReport
from tracker.scrutiny.document import Cell, Column, Style, Table
from tracker.scrutiny.figures import Group
from tracker.scrutiny.paper import Asked, Moment
from tracker.terms import Timeliness
from tracker.wording import percent

LATE_COLUMNS = (
    Column("Action", 0, Style.STRONG, wide=40),
    Column("Reference", 0, Style.QUIET, wide=16),
    Column("What the report says", 0, Style.QUOTE, wide=50),
    Column("Report", 0, Style.QUIET, wide=40),
    Column("Section and page", 0, Style.QUIET, wide=24),
    Column("Days late", 1, Style.STRONG, unit="days late", wide=10),
    Column("Original due date", 1, label="Due"),
    Column("How its date was moved", 1, wide=30),
    Column("Current due date", 1, label="Now due"),
    Column("Times moved", None, wide=10),
    Column("Days gained", None, wide=10),
    Column("Owner", 2, wide=24),
    Column("Post", 2, Style.QUIET, wide=24),
    Column("Status", 2, wide=24),
    Column("Last update", 3, wide=50),
    Column("Last update by", 3, Style.QUIET, wide=24),
    Column("Last update on", 3, Style.QUIET),
    Column("Why it was moved", 3, label="Why it was moved:", wide=40),
    Column("What protects people meanwhile", 3, label="Meanwhile:", wide=40),
    Column("Bodies that have not replied", 3, label="No reply from:", wide=30),
)
NO_UPDATE = "No update has been written."


def late_table(rows: Sequence[OverdueAction]) -> Table:
    """List the late actions."""
    return Table(
        "Late actions",
        LATE_COLUMNS,
        tuple(_late(row) for row in rows),
        ("Action", "How late", "Owner", "Last update, and what holds meanwhile"),
        (2.1, 1.05, 1.0, 1.85),
    )


def _late(row: OverdueAction) -> tuple[Cell, ...]:
    last = row.last_update
    return (
        row.title,
        row.reference,
        row.words,
        row.report,
        row.place,
        row.days_late,
        row.original_due,
        row.moved_words,
        row.current_due,
        row.times_moved,
        row.days_gained,
        row.owner,
        row.post,
        row.delivery.label,
        last.words if last else NO_UPDATE,
        last.by if last else "",
        last.on if last else None,
        row.reason,
        row.safeguard,
        "; ".join(row.silent_bodies),
    )


def figures_table(report: OverdueReport) -> Table:
    """List the four figures, each share beside its two numbers."""
    totals = report.totals
    return _numbers(
        "Figures",
        ("What", "Number", "Of", "Share"),
        (
            ("Open", totals.open, "", ""),
            ("Late, against the original date", totals.late, totals.open, percent(totals.late, totals.open)),
            (
                "Accepted actions completed and checked",
                totals.implemented,
                totals.accepted,
                percent(totals.implemented, totals.accepted),
            ),
            (
                "Done on time, of those due by now or done",
                totals.on_time,
                totals.due_or_done,
                percent(totals.on_time, totals.due_or_done),
            ),
        ),
    )


def ages_table(by_age: Iterable[tuple[Timeliness, int]]) -> Table:
    """Count the late actions by age."""
    return _numbers("Late by age", ("How late", "Actions"), tuple((band.label, count) for band, count in by_age))


def groups_table(name: str, head: str, groups: Iterable[Group]) -> Table:
    """Count the actions of each report, or of each service."""
    rows = tuple((one.named.name, one.actions, one.done, one.open, one.late, one.closed) for one in groups)
    return _numbers(name, (head, "Actions", "Done", "Open", "Late", "Closed"), rows)


def moments_table(over_time: Iterable[Moment]) -> Table:
    """Count what was open and late at each of the last meetings."""
    rows = tuple((one.day, one.open, one.late) for one in over_time)
    return _numbers("Over the last meetings", ("At the end of", "Open", "Late"), rows)


def counts_table(counts: Iterable[tuple[What, int]]) -> Table:
    """Count what has changed since the last meeting."""
    return _numbers(
        "Since the last meeting", ("What has changed", "Actions"), tuple((what.label, count) for what, count in counts)
    )


def changes_table(changes: Iterable[Change]) -> Table:
    """List what has changed since the last meeting, action by action."""
    return Table(
        "What has changed",
        (
            Column("What has changed", 0, Style.STRONG, wide=24),
            Column("On", 0),
            Column("Action", 1, wide=40),
            Column("Reference", 1, Style.QUIET, wide=16),
            Column("Owner", 1, Style.QUIET, wide=24),
            Column("How", 2, wide=40),
        ),
        tuple((one.what.label, one.on, one.title, one.reference, one.owner, one.words) for one in changes),
        ("What has changed", "Action", "How"),
        (1.1, 2.2, 1.6),
    )


def questions_table(questions: Iterable[Asked]) -> Table:
    """List what members asked, and what they were answered."""
    return Table(
        "Members' questions",
        (
            Column("Question", 0, wide=50),
            Column("Asked by", 0, Style.QUIET, wide=24),
            Column("Asked on", 0, Style.QUIET),
            Column("About", 1, wide=40),
            Column("To be answered by", 1, Style.QUIET, label="To be answered by", wide=24),
            Column("Before", 1, Style.QUIET, label="Before"),
            Column("Answer", 2, wide=50),
            Column("Answered by", 2, Style.QUIET, wide=24),
            Column("Answered on", 2, Style.QUIET),
        ),
        tuple(
            (
                *(one.words, one.by, one.on, one.about, one.owner, one.due),
                *(one.answer or "Not answered yet.", one.answered_by, one.answered_on),
            )
            for one in questions
        ),
        ("Question", "About", "Answer"),
        (1.7, 1.4, 1.7),
    )


def _numbers(name: str, heads: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> Table:
    columns = tuple(
        Column(head, place, Style.NUMBER if place else Style.PLAIN, wide=12 if place else 44)
        for place, head in enumerate(heads)
    )
    return Table(name, columns, rows, heads, (3.2, *(1.0 for _ in heads[1:])))
