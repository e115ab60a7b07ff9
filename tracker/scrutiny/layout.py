"""Lays a committee report out: the officer's words, and under each heading the figures it carries. Pure."""

from collections.abc import Iterator, Mapping

from tracker.charts.drawing import line_chart
from tracker.scrutiny import drawing, tables
from tracker.scrutiny.contents import OverdueReport
from tracker.scrutiny.document import Block, Chart, Document, Paragraph, Section
from tracker.scrutiny.paper import Moment, Part, withheld_words
from tracker.scrutiny.paper_form import Field, Figures, Form
from tracker.terms import DocumentPart
from tracker.wording import format_date, format_short_date

PAPER_FONT = "Source Sans 3"
NOT_PUBLIC = (
    "Not for publication. It holds information that is exempt or confidential "
    "(Local Government Act 1972, section 100A and schedule 12A)."
)
NONE = "None."
LATE_NOTE = "Oldest first. Days late are counted from the original due date, whatever was agreed since."
Words = Mapping[str, Mapping[str, str]]


def lay_out(part: Part, form: Form, words: Words) -> Document:
    """Return one part of a committee report, ready to be drawn."""
    paper, public = part.paper, part.part is DocumentPart.PUBLIC
    written = words["fields"]
    top = [(field.label, written.get(field.key, "")) for field in form.fields if not field.after]
    fields = [top[0], ("Committee", paper.committee), ("On", format_date(paper.meeting)), *top[1:]] if top else []
    headings = _public(part, form, words) if public else _exempt(part)
    return Document(
        council=paper.overdue.council,
        title=written.get("title") or "Recommendations",
        subtitle=paper.overdue.as_at if public else f"Exempt part. {paper.overdue.as_at}",
        day=paper.overdue.at,
        fields=tuple(fields),
        sections=tuple(headings),
        not_public="" if public else NOT_PUBLIC,
    )


def over_time_chart(over_time: tuple[Moment, ...], *, font: str = PAPER_FONT) -> Chart:
    """Draw what was open and late at the last meetings."""
    words = "; ".join(f"{format_date(one.day)}: {one.open} open, {one.late} late" for one in over_time) + "."
    points = [(format_short_date(one.day), (one.open, one.late)) for one in over_time]
    title = "Open and late over the last meetings"
    return Chart(title, line_chart(points, title=title, desc=words, font=font), f"Line chart. {words}")


def _public(part: Part, form: Form, words: Words) -> Iterator[Section]:
    for number, heading in enumerate(form.headings, start=1):
        written = words["sections"].get(heading.key, "")
        blocks: list[Block] = [Paragraph(one.strip()) for one in written.split("\n\n") if one.strip()]
        blocks += _figures(part, heading.figures)
        blocks += [Paragraph(line) for line in _after(heading.key, form, words)]
        yield Section(f"{number}. {heading.title}", tuple(blocks or [Paragraph(NONE)]))


def _after(key: str, form: Form, words: Words) -> Iterator[str]:
    for field in form.fields:
        if field.after == key and words["fields"].get(field.key):
            yield _filled(field, words["fields"][field.key])


def _filled(field: Field, value: str) -> str:
    return f"{field.label}: {value}"


def _exempt(part: Part) -> Iterator[Section]:
    paper = part.paper
    if paper.changes:
        yield Section("Since the last meeting", (tables.changes_table(paper.changes),))
    if paper.overdue.rows:
        yield Section("Late actions", (Paragraph(LATE_NOTE), tables.late_table(paper.overdue.rows)))
    if paper.questions:
        yield Section("Members’ questions", (tables.questions_table(paper.questions),))
    if not part.has_rows:
        yield Section("Exempt information", (Paragraph(NONE),))


def _figures(part: Part, figures: Figures) -> list[Block]:
    match figures:
        case Figures.STAND:
            return list(stand(part.paper.overdue, part.paper.over_time))
        case Figures.SINCE:
            return list(_since(part))
        case Figures.LATE:
            return list(_late(part))
        case Figures.QUESTIONS:
            return list(_questions(part))
    return []


def stand(report: OverdueReport, over_time: tuple[Moment, ...]) -> Iterator[Block]:
    """Say where things stand: the figures, the charts with their numbers, and each report's and service's part."""
    yield Paragraph(f"{report.as_at}: {report.totals.summary}")
    yield tables.figures_table(report)
    if report.totals.late:
        drawn = drawing.late_by_age(report, font=PAPER_FONT)
        yield Chart("Late actions by age", drawn, f"Bar chart. {drawing.late_by_age_in_words(report)}")
    yield tables.ages_table(report.by_age)
    if len(over_time) > 1:
        yield over_time_chart(over_time)
        yield tables.moments_table(over_time)
    yield tables.groups_table("By report", "Report", report.by_report)
    if len(report.by_service) > 1:
        drawn = drawing.delivery_by_service(report, font=PAPER_FONT)
        yield Chart("Actions by service", drawn, f"Bar chart. {drawing.delivery_in_words(report.by_service)}.")
    yield tables.groups_table("By service", "Service", report.by_service)
    yield Paragraph("Open counts those that are late too. Closed are those that were closed without being completed.")


def _since(part: Part) -> Iterator[Block]:
    since = part.paper.since
    if since is None:
        yield Paragraph("This is the first meeting that is recorded, so there is none to compare with.")
        return
    yield Paragraph(f"After {format_date(since)}, the day of the meeting before:")
    yield tables.counts_table(part.counts)
    if part.paper.changes:
        yield tables.changes_table(part.paper.changes)
    if part.changes_withheld:
        yield Paragraph(withheld_words(part.changes_withheld, "change"))


def _late(part: Part) -> Iterator[Block]:
    rows = part.paper.overdue.rows
    if not rows and not part.late_withheld:
        yield Paragraph("No action was past its original due date.")
    if rows:
        yield Paragraph(LATE_NOTE)
        yield tables.late_table(rows)
    if part.late_withheld:
        yield Paragraph(withheld_words(part.late_withheld, "late action"))


def _questions(part: Part) -> Iterator[Block]:
    if part.paper.questions:
        yield tables.questions_table(part.paper.questions)
    if part.questions_withheld:
        yield Paragraph(withheld_words(part.questions_withheld, "question"))
    if not part.paper.questions and not part.questions_withheld:
        yield Paragraph("No member has put a question.")
