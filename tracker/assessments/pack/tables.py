"""The tables of a pack: the headline's figures, what is not done, judgements, the evidence. Pure."""

from tracker.assessments.areas import order
from tracker.assessments.over_time import OverTime, latest, printed
from tracker.assessments.pack.contents import Inspected, Pack, Recommendation, Tracked
from tracker.assessments.pack.facts import NOT_TRACKED, Numbers, said
from tracker.assessments.pack.pieces import Entry
from tracker.scrutiny.document import Cell, Column, Style, Table
from tracker.terms import OPEN_DELIVERY, Delivery, Response
from tracker.wording import file_size, label, percent

NO_AREA = "No area given"
LONGEST = 600  # characters of a reason in the list of what is not done


def figures_table(pack: Pack) -> Table:
    """Put what is implemented beside what was on time, for every report and for all."""
    names = ("Report", "Done", "Of the accepted", "Share", "On time", "Of what was due or is done", "Share on time")
    columns = tuple(Column(name, at, Style.NUMBER if at else Style.STRONG) for at, name in enumerate(names))
    named = [(report.code, report.totals) for report in pack.reports]
    rows = [*named, ("All of them", pack.totals)] if len(named) > 1 else named
    cells = [
        (
            *(name, one.implemented, one.accepted, percent(one.implemented, one.accepted)),
            *(one.on_time, one.due_or_done, percent(one.on_time, one.due_or_done)),
        )
        for name, one in rows
    ]
    shares = (2, 0.8, 1, 0.8, 0.8, 1.1, 1)
    return Table("Implemented, and on time against the original date", columns, tuple(cells), names, shares)


def areas_table(pack: Pack) -> Table:
    """Count what was asked and what is done by area, beside the latest judgement of it."""
    asked: dict[str, list[Recommendation]] = {}
    for _, one in pack.once:
        asked.setdefault(one.area or NO_AREA, []).append(one)
    rows = []
    for area in sorted(asked, key=order):
        done = sum(bool(one.tracked and one.tracked.is_done) for one in asked[area])
        rows.append((area, latest(pack.over_time, area), len(asked[area]), done, len(asked[area]) - done))
    names = ("Area", "Latest judgement", "Asked", "Done", "Not done")
    styles = (Style.STRONG, Style.PLAIN, Style.NUMBER, Style.NUMBER, Style.NUMBER)
    columns = tuple(Column(name, at, style) for at, (name, style) in enumerate(zip(names, styles, strict=True)))
    return Table("By area", columns, tuple(rows), names, (2.2, 1.4, 1.1, 0.7, 0.8))


def not_done(pack: Pack) -> list[tuple[Inspected, Recommendation]]:
    """Return what is not completed and checked: what is open, by its original date, then what is closed.

    What nobody tracks comes last.
    """
    found = [(report, one) for report, one in pack.once if not (one.tracked and one.tracked.is_done)]
    return sorted(found, key=lambda pair: _oldest(*pair))


def not_done_table(pack: Pack) -> Table:
    """List what is not done, and why, in the last words that were written of it."""
    columns = (
        Column("Recommendation", 0, Style.STRONG),
        Column("Reference", 0, Style.QUIET),
        Column("Status", 1),
        Column("Against the original date", 1),
        Column("How its date was moved", 1, Style.QUIET),
        Column("Why, or what was last said", 2),
        Column("Said on", 2, Style.QUIET),
    )
    rows = tuple(_not_done(report, one) for report, one in not_done(pack))
    return Table(
        "Not done", columns, rows, ("Recommendation", "Where it stands", "Why, or what was last said"), (1.5, 1.2, 2)
    )


def differences_table(pack: Pack) -> Table | None:
    """List where our status and the inspectors' judgement differ, one row for each report that says otherwise."""
    rows = tuple(
        (one.tracked.title, one.tracked.reference, differs.told)
        for _, one in pack.once
        if one.tracked
        for differs in one.different
    )
    columns = (Column("Recommendation", 0, Style.STRONG), Column("Reference", 0, Style.QUIET), Column("Different", 1))
    return (
        Table("Where we and the inspectors differ", columns, rows, ("Recommendation", "Different"), (1, 1.4))
        if rows
        else None
    )


def judgements_table(report: Inspected) -> Table:
    """List what a report judges, as it prints it."""
    columns = (
        Column("Area", 0, Style.STRONG),
        Column("Section", 0, Style.QUIET),
        Column("Judgement", 1),
        Column("As printed", 1, Style.QUIET),
    )
    rows = tuple(
        (
            one.area,
            one.section if one.section != one.area else "",
            label(one.normalised) or one.grade,
            printed(one, report.scale_best),
        )
        for one in report.judgements
    )
    return Table(f"Judgements of {report.code}", columns, rows, ("Area", "Judgement"), (1.6, 1))


def over_time_table(found: OverTime) -> Table:
    """List every judgement, area by area, oldest report first."""
    columns = (
        Column("Area", 0, Style.STRONG),
        Column("Section", 0, Style.QUIET),
        Column("Report", 1),
        Column("Judgement", 2),
        Column("As printed", 2, Style.QUIET),
    )
    rows = tuple(
        (
            row.area,
            judged.section or "",
            report.heading,
            label(judged.normalised) or judged.grade,
            report.printed(judged),
        )
        for row in found.rows
        for report, cell in zip(found.reports, row.cells, strict=True)
        for judged in cell.judged
    )
    return Table("Every judgement", columns, rows, ("Area", "Report", "Judgement"), (2, 0.8, 1.4))


def evidence_table(numbers: Numbers) -> Table:
    """List the evidence by its number: the appendix of the document, and the index in the zip."""
    columns = (
        Column("Number", 0, Style.STRONG, wide=8),
        Column("Evidence", 1, wide=50),
        Column("Address", 1, Style.QUIET, wide=40),
        Column("File in the zip", 1, Style.QUIET, wide=50),
        Column("Held back", 1, Style.STRONG, label="Held back:", wide=24),
        Column("Shows", 2, wide=24),
        Column("Added by", 3, wide=24),
        Column("Added on", 3, Style.QUIET),
        Column("Size", 3, Style.QUIET, wide=12),
        Column("SHA-256", None, wide=66),
    )
    rows = tuple(
        (
            *(one.number, one.proof.name, one.proof.url, one.path, one.proof.held, one.about),
            *(one.proof.by, one.proof.on, file_size(one.proof.size) if one.proof.size else "", one.proof.sha256),
        )
        for one in numbers.values()
    )
    return Table("Evidence", columns, rows, ("Number", "Evidence", "Shows", "Added"), (0.6, 2.6, 1.1, 1))


def _not_done(report: Inspected, one: Recommendation) -> tuple[Cell, ...]:
    tracked = one.tracked
    if tracked is None:
        return (one.words, f"{report.code}, {one.place}", NOT_TRACKED, "", "", "", None)
    why, on = _why(tracked)
    moved = f"{tracked.moved}." if tracked.moves else ""
    return (tracked.title, tracked.reference, tracked.delivery.label, tracked.stands, moved, why, on)


def _why(tracked: Tracked) -> tuple[str, Cell]:
    refused = [said(tracked.response.label, tracked.reason)] if tracked.response is Response.NOT_ACCEPTED else []
    closed = [tracked.closed_because] if tracked.delivery is Delivery.CLOSED_NOT_COMPLETED else []
    last: Entry | None = tracked.entries[-1] if tracked.entries else None
    told = [f"{last.what}: {last.words}" if last.words else last.what] if last else []
    words = " ".join(filter(None, (*refused, *closed, *told))) or "Nothing has been written of it."
    return _clipped(words), last.on if last else None


def _clipped(words: str) -> str:
    if len(words) <= LONGEST:
        return words
    return words[:LONGEST].rsplit(maxsplit=1)[0] + " … (all of it stands below)"


def _oldest(report: Inspected, one: Recommendation) -> tuple[bool, bool, str, str]:
    """Sort open before closed, then by the original date."""
    tracked = one.tracked
    due = tracked.original_due.isoformat() if tracked else ""
    closed = tracked is not None and tracked.delivery not in OPEN_DELIVERY
    return (tracked is None, closed, due, tracked.reference if tracked else f"{report.code} {one.number:04}")
