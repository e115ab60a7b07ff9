"""The overdue report as a tagged PDF, built to PDF/UA-1. It draws what contents.py says; typst sets the page.

The data go in as JSON, never as markup, so that nothing anybody wrote can be read as instructions.
"""

from tracker.scrutiny.contents import OverdueAction, OverdueReport
from tracker.scrutiny.drawing import late_by_age, late_by_age_in_words
from tracker.scrutiny.figures import Group, Totals
from tracker.scrutiny.typesetting import set_paper
from tracker.wording import format_date, format_short_date, percent

FONT = "Source Sans 3"
LONGEST = 600  # characters of an update in a cell: the rest is one click away, and a table must stay a table
LONG_WORDS = 1_500  # characters of a report's words that may need more than a page


def overdue_pdf(report: OverdueReport) -> bytes:
    """Return the PDF file."""
    return set_paper("overdue.typ", "report", _told(report))


def clipped(words: str) -> str:
    """Cut words at the last whole word that fits a cell, and say so."""
    if len(words) <= LONGEST:
        return words
    return words[:LONGEST].rsplit(maxsplit=1)[0] + " … (the whole update is in the service)"


def _told(report: OverdueReport) -> dict[str, object]:
    totals = report.totals
    return {
        "council": report.council,
        "as_at": report.as_at,
        "day": [report.at.year, report.at.month, report.at.day],
        "narrowed": list(report.narrowed_to),
        "summary": totals.summary,
        "figures": _figures(totals),
        "listed": report.listed,
        "chart": late_by_age(report, font=FONT),
        "chart_words": f"Bar chart of late actions by age: {late_by_age_in_words(report)}",
        "by_age": [[band.label, str(count)] for band, count in report.by_age],
        "by_report": [_group(group) for group in report.by_report],
        "by_service": [_group(group) for group in report.by_service],
        "rows": [_row(row) for row in report.rows],
    }


def _figures(totals: Totals) -> list[list[str]]:
    return [
        [str(totals.open), "open", ""],
        [str(totals.late), "late", "against the original date"],
        [
            f"{totals.implemented} of {totals.accepted}",
            "accepted actions completed and checked",
            percent(totals.implemented, totals.accepted),
        ],
        [
            f"{totals.on_time} of {totals.due_or_done}",
            "done on time, of those due by now or done",
            percent(totals.on_time, totals.due_or_done),
        ],
    ]


def _group(group: Group) -> list[str]:
    return [group.named.name, *map(str, (group.actions, group.done, group.open, group.late, group.closed))]


def _row(row: OverdueAction) -> dict[str, object]:
    if row.withheld:
        return {"withheld": True, "reference": row.reference, "title": row.title}
    last = row.last_update
    return {
        "withheld": False,
        "reference": row.reference,
        "title": row.title,
        "words": row.words,
        "long": len(row.words) > LONG_WORDS,
        "source": f"{row.report}. {row.place}" if row.place else row.report,
        "late": row.late_words,
        "due": format_short_date(row.original_due),
        "moved": row.moved_words,
        "now_due": format_short_date(row.current_due) if row.current_due else "",
        "owner": row.owner,
        "post": row.post,
        "status": row.delivery.label,
        "update": clipped(last.words) if last else "",
        "update_by": f"{last.by}, {format_date(last.on)}" if last else "",
        "reason": clipped(row.reason),
        "safeguard": clipped(row.safeguard),
        "silent": ", ".join(row.silent_bodies),
    }
