"""The reading of a document from end to end: file, blocks, facts, judgements, points, progress, comparators."""

from tracker.reports.reading.comparators import comparators_of
from tracker.reports.reading.demands import demand_of
from tracker.reports.reading.document import Document
from tracker.reports.reading.facts import facts_of
from tracker.reports.reading.formats import document_of, text_or_html
from tracker.reports.reading.judgements import judgements_of
from tracker.reports.reading.model import Reading
from tracker.reports.reading.points import points_of
from tracker.reports.reading.progress import progress_of
from tracker.reports.reading.scales import scale_of
from tracker.reports.reading.structure import blocks_of


def read_bytes(data: bytes, name: str = "") -> Reading:  # noqa: ARG001 - the name says nothing that the content does not
    """Read a file in this process.

    Raises UnreadableDocument with one sentence that says what to do; a readable text without action points is a reading
    without points. For a file from outside use ``read_safely``.
    """
    return reading_of(document_of(data))


def read_text(text: str) -> Reading:
    """Read pasted text. Raises UnreadableDocument where it has no words."""
    return reading_of(text_or_html(text))


def reading_of(document: Document) -> Reading:
    """Everything that can be read from the document."""
    blocks = blocks_of(document)
    scale = scale_of(blocks)
    facts = facts_of(document, blocks, scale)
    points = points_of(blocks)
    comparators = comparators_of(blocks)
    return Reading(
        text=document.text,
        page_starts=document.page_starts,
        facts=facts,
        points=points,
        judgements=judgements_of(blocks, scale, facts.authority, comparators),
        progress=progress_of(document.text, blocks, points),
        comparators=tuple(row.comparator for row in comparators),
        demand=demand_of(document.text, blocks),
    )
