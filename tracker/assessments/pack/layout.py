"""Lays a pack out as a document: the headline, what is not done, judgements, then report by report. Pure."""

from collections.abc import Iterator, Sequence

from tracker.assessments.areas import plain
from tracker.assessments.compared import headline
from tracker.assessments.over_time import OverTime, Row, chart, in_words
from tracker.assessments.pack import tables
from tracker.assessments.pack.contents import Inspected, Pack, Recommendation
from tracker.assessments.pack.facts import Numbers, recommendation_table
from tracker.assessments.pack.numbering import numbered
from tracker.assessments.pack.parting import part_of
from tracker.scrutiny.document import Block, Chart, Document, Paragraph, Section
from tracker.scrutiny.layout import NOT_PUBLIC, PAPER_FONT
from tracker.terms import DocumentPart
from tracker.wording import format_date, plural

TITLE = "Pack for the next inspection"
INDEX = "Index of the evidence"
AREAS_A_CHART = 4  # so that none is taller than a page
NO_SECTION = "Recommendations"
ALL_DONE = "Every recommendation is completed and checked."
ONLY_EXEMPT = Section(
    "What is here",
    (
        Paragraph(
            "Only what is exempt: recommendations, and notes and evidence of others. Everything else stands in the "
            "public part, with the figures. Nothing that is confidential is in either."
        ),
    ),
)
LATENESS = (
    "Lateness is counted from the original date, whatever was agreed since. What is open comes first, the oldest "
    "original date before the others; then what was closed and not completed, then what nobody tracks."
)


def lay_out(pack: Pack, part: DocumentPart) -> Document:
    """Return one part of a pack, ready to be drawn."""
    shown = part_of(pack, part)
    numbers, public = numbered(shown, part), part is DocumentPart.PUBLIC
    return Document(
        council=shown.council,
        title=TITLE if public else f"{TITLE}: exempt part",
        subtitle=f"As at {format_date(shown.at)}",
        day=shown.at,
        fields=tuple(_fields(shown, numbers)),
        sections=(*(_summary(shown) if public else [ONLY_EXEMPT]), *_reports(shown, numbers), _appendix(numbers)),
        not_public="" if public else NOT_PUBLIC,
    )


def index(pack: Pack, part: DocumentPart) -> Document:
    """Return the index that lies in the zip: the appendix of the document, and nothing else."""
    shown = part_of(pack, part)
    numbers, public = numbered(shown, part), part is DocumentPart.PUBLIC
    return Document(
        council=shown.council,
        title=INDEX if public else f"{INDEX}: exempt part",
        subtitle=f"As at {format_date(shown.at)}",
        day=shown.at,
        fields=tuple(_fields(shown, numbers)),
        sections=(_appendix(numbers),),
        not_public="" if public else NOT_PUBLIC,
    )


def _fields(pack: Pack, numbers: Numbers) -> Iterator[tuple[str, str]]:
    yield "About", pack.about if len(pack.reports) != 1 else f"{pack.reports[0].code}: {pack.reports[0].title}"
    yield "Recommendations", f"{sum(len(report.recommendations) for report in pack.reports):,}"
    files = sum(one.proof.is_file for one in numbers.values())
    yield "Evidence", f"{plural(len(numbers), 'item')}, {plural(files, 'file')} of them in the zip"


def _summary(pack: Pack) -> Iterator[Section]:
    yield Section("Headline", tuple(_headline(pack)))
    rows = tables.not_done(pack)
    left: list[Block] = [Paragraph(LATENESS), tables.not_done_table(pack)] if rows else [Paragraph(_all_done(pack))]
    yield Section("What is not done, and why", tuple(left))
    if pack.over_time.rows:
        yield Section("Judgements over time", tuple(_over_time(pack.over_time)))


def _all_done(pack: Pack) -> str:
    """Say that nothing is left to do, as far as that is known of what is shown."""
    if not pack.hidden:
        return ALL_DONE
    hidden = f"{plural(pack.hidden, 'recommendation')} {'is' if pack.hidden == 1 else 'are'} not shown."
    return f"Everything shown here is done; {hidden}" if any(pack.recommendations) else hidden


def _headline(pack: Pack) -> Iterator[Block]:
    found = pack.totals
    yield Paragraph(headline(found))
    yield Paragraph(
        f"{plural(found.open, 'action')} {'is' if found.open == 1 else 'are'} still open, {found.late:,} late."
    )
    yield tables.figures_table(pack)
    if sum(report.totals.accepted for report in pack.reports) > found.accepted:
        yield Paragraph("What a later report repeats is counted with each of the two reports, and once in all of them.")
    if any(report.recommendations for report in pack.reports):
        yield tables.areas_table(pack)
    different = tables.differences_table(pack)
    if different:
        yield Paragraph("What inspectors said since is not always what we say. It is marked “Different” below.")
        yield different
    if pack.suggested:
        waits = plural(pack.suggested, "place in later reports", "places in later reports")
        yield Paragraph(
            f"{waits} may speak of these recommendations too. Nobody has confirmed or refused that yet, so "
            f"{'it is' if pack.suggested == 1 else 'they are'} not in this pack."
        )
    if hidden := _hidden(pack):
        yield Paragraph(hidden)


def _hidden(pack: Pack) -> str:
    """Say how many recommendations are not in this part, and which figures count them all the same."""
    said = [
        f"{plural(count, 'recommendation')} {'is' if count == 1 else 'are'} {word}"
        for count, word in ((pack.exempt, "exempt"), (pack.confidential, "confidential"))
        if count
    ]
    counted = "it is" if pack.hidden == 1 else "they are"
    return (
        f"{' and '.join(said)}, and not in this part. The two shares above, the table of them and the first lines of "
        f"each report count what is hidden; in the table by area and the lists {counted} not counted."
    ) if said else ""  # fmt: skip


def _over_time(found: OverTime) -> Iterator[Block]:
    compared = found.compared
    pieces = [compared[at : at + AREAS_A_CHART] for at in range(0, len(compared), AREAS_A_CHART)]
    for number, rows in enumerate(pieces, start=1):
        name = "Grades from report to report" + (f", {number} of {len(pieces)}" if len(pieces) > 1 else "")
        yield Chart(name, chart(found, rows, font=PAPER_FONT), _told(found, rows))
    if compared:
        yield Paragraph("The best is at the top, whatever number was printed. Where a report grades an area more than "
                        "once, the chart shows the lowest grade.")  # fmt: skip
    yield tables.over_time_table(found)


def _told(found: OverTime, rows: Sequence[Row]) -> str:
    return ". ".join(in_words(row, found.reports) for row in rows) + "."


def _reports(pack: Pack, numbers: Numbers) -> Iterator[Section]:
    for report in pack.reports:
        yield Section(f"{report.code}: {report.title}", tuple(_report(report)))
        for name, rows in report.sections.items():
            yield Section(f"{report.code}: {name or NO_SECTION}", tuple(_area(report, name, rows, numbers)))


def _report(report: Inspected) -> Iterator[Block]:
    if report.facts:
        yield Paragraph(report.facts)
    yield Paragraph(headline(report.totals) if report.totals.accepted else "No accepted action came of it.")
    if report.judgements:
        yield tables.judgements_table(report)
    if not report.sections:
        hidden = report.exempt + report.confidential
        yield Paragraph(
            "Its recommendations are not in this part." if hidden else "It asked for nothing that is tracked."
        )


def _area(report: Inspected, name: str, rows: Sequence[Recommendation], numbers: Numbers) -> Iterator[Block]:
    named = zip(report.judgements, report.areas, strict=True)
    judged = [one for one, area in named if area == rows[0].area or (one.section and plain(one.section) == plain(name))]
    if judged and len(judged) < len(report.judgements):
        said = "; ".join(f"{one.area}: {one.normalised.label if one.normalised else one.grade}" for one in judged)
        yield Paragraph(f"Judged by this report: {said}.")
    for one in rows:
        yield recommendation_table(report, one, numbers)


def _appendix(numbers: Numbers) -> Section:
    heading = "Appendix: evidence"
    if not numbers:
        return Section(heading, (Paragraph("No evidence is listed."),))
    held = sum(bool(one.proof.held) for one in numbers.values())
    letter = next(iter(numbers.values())).number[0]
    words = (
        f"The numbers {letter}1 to {letter}{len(numbers)} are those in the text, and begin the names of the files in "
        f"the zip."
    )
    blocks: list[Block] = [Paragraph(words)]
    if held:
        blocks.append(
            Paragraph(
                f"{plural(held, 'file')} {'is' if held == 1 else 'are'} held back, with the reason, and not in the zip."
            )
        )
    return Section(heading, (*blocks, tables.evidence_table(numbers)))
