"""The table of one recommendation: asked, answered, did, checked, shown, and what they said of it. Pure."""

from collections.abc import Iterator, Mapping

from tracker.assessments.pack.contents import Inspected, Recommendation, Tracked
from tracker.assessments.pack.numbering import Numbered
from tracker.scrutiny.document import Column, Style, Table
from tracker.terms import Delivery
from tracker.wording import format_date, plural, sentence

Numbers = Mapping[int, Numbered]
Told = tuple[str, str, str, str, str]  # what, on, quoted, in words, by whom or where
NOT_TRACKED = "Nothing is tracked for it"
FACTS = (
    Column("What", 0, Style.STRONG),
    Column("On", 0, Style.QUIET),
    Column("Quoted", 1, Style.QUOTE),
    Column("In words", 1),
    Column("Source", 1, Style.QUIET),
)


def recommendation_table(report: Inspected, one: Recommendation, numbers: Numbers) -> Table:
    """Tell of one recommendation: asked, answered, did, checked, shown, and what they said."""
    rows = [("They asked", "", one.words, "", f"{report.code}, {one.place}"), *_ours(one, numbers), *_theirs(one)]
    tracked = one.tracked
    heads = (tracked.reference, _stands(tracked)) if tracked else (report.code, NOT_TRACKED)
    return Table(one.title, FACTS, tuple(rows), heads, (1, 3.4))


def said(first: str, more: str) -> str:
    """Put a word and what was written to it into one line."""
    return f"{first}. {more}".strip() if more else f"{first}."


def _stands(tracked: Tracked) -> str:
    """Say where it stands: > In progress, 94 days late: the original date was 20 August 2026."""
    if tracked.delivery is Delivery.CLOSED_NOT_COMPLETED:
        return sentence(tracked.stands)
    return f"{tracked.delivery.label}, {tracked.stands}"


def _ours(one: Recommendation, numbers: Numbers) -> Iterator[Told]:
    tracked = one.tracked
    if tracked is None:
        return
    if one.elsewhere:
        yield ("Repeated", "", "", f"It repeats {tracked.reference} of {one.elsewhere}, and is tracked there.", "")
    yield ("We answered", "", "", said(tracked.response.label, tracked.reason), f"{tracked.owner}, {tracked.post}")
    assumed = " The report gives no date: this one was assumed." if tracked.assumed else ""
    yield ("Original date", "", "", f"{format_date(tracked.original_due)}.{assumed}", tracked.due_sum)
    if tracked.moves:
        yield ("Date moved", "", "", f"{tracked.moved}.", "")
    if tracked.success_test:
        yield ("How we would know", "", "", tracked.success_test, "")
    for entry in tracked.entries:
        yield (entry.what, format_date(entry.on), "", entry.words, entry.by)
    if tracked.closed_because:
        yield ("Closed because", "", "", tracked.closed_because, "")
    for line in tracked.bodies:
        yield (line.body, "", "", said(line.status, line.note), "")
    yield ("Evidence", "", "", _evidence(tracked, numbers), _withheld(tracked))


def _theirs(one: Recommendation) -> Iterator[Told]:
    for heard in one.said:
        where = f"{heard.report}, {heard.place}: {heard.what.lower()}"
        yield ("They said", format_date(heard.on) if heard.on else "", heard.quote, "", where)
    if one.said_withheld:
        many = plural(one.said_withheld, "quotation of a later report", "quotations of later reports")
        yield ("They said", "", "", f"Not here because exempt or confidential: {many}.", "")
    for differs in one.different:
        yield ("Different", "", "", differs.told, "")


def _evidence(tracked: Tracked, numbers: Numbers) -> str:
    shown = [(numbers[proof.evidence_id].number, proof) for proof in tracked.proofs if proof.evidence_id in numbers]
    lines = [
        f"{number} {proof.name}{f' (held back: {proof.held.lower()})' if proof.held else ''}" for number, proof in shown
    ]
    return "\n".join(lines) or "None is listed."


def _withheld(tracked: Tracked) -> str:
    left = []
    if tracked.notes_withheld:
        left.append(plural(tracked.notes_withheld, "note"))
    if tracked.files_withheld:
        left.append(plural(tracked.files_withheld, "piece of evidence", "pieces of evidence"))
    return f"Not here because exempt or confidential: {' and '.join(left)}." if left else ""
