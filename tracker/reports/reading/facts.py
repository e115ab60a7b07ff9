"""What the report is: its title, kind, authority, inspectorates, addressee and dates."""

import re

from tracker.reports.reading.authority import authority_of
from tracker.reports.reading.dates import the_date
from tracker.reports.reading.document import Block, Document
from tracker.reports.reading.judging_words import INSPECTORATES
from tracker.reports.reading.model import Facts, Scale
from tracker.reports.reading.report_dates import inspected_on, published_on
from tracker.reports.reading.titles import title_of, type_of
from tracker.reports.reading.wordings import EARLIER_REVIEW

_FIRST = 60  # blocks that hold the facts
_ADDRESSEE = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Cllr|Councillor|Professor)\.? (?:[A-Z][\w’'-]*\.? ){0,3}[A-Z][\w’'-]+$"
)
_REVIEW_DATE = re.compile(
    rf"{EARLIER_REVIEW}[^.]{{0,80}}?\b(?:in|of|on|carried out in)\s+((?:\d{{1,2}} )?(?:[A-Z][a-z]+ )?(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_INSPECTORATES = tuple((name, re.compile(pattern)) for name, pattern in INSPECTORATES)


def facts_of(document: Document, blocks: tuple[Block, ...], scale: Scale | None) -> Facts:
    """Return the facts, each None where the document does not say."""
    first = blocks[:_FIRST]
    title = title_of(document, first)
    opening = document.text[:6000]
    published = published_on(first)
    start, end = inspected_on(first, published)
    review = _REVIEW_DATE.search(document.text)
    return Facts(
        title=title,
        authority=authority_of(blocks, title),
        inspectorates=_inspectorates(opening) or _inspectorates(document.text[-6000:]),
        report_type=type_of(first, title, opening),
        addressee=_addressee(first),
        inspection_start=start,
        inspection_end=end,
        published=published,
        review_date_hint=review[1] if review else None,
        scale=scale,
    )


def _inspectorates(opening: str) -> tuple[str, ...]:
    found = [(match.start(), name) for name, pattern in _INSPECTORATES if (match := pattern.search(opening))]
    return tuple(name for _, name in sorted(found))


def _addressee(blocks: tuple[Block, ...]) -> str | None:
    """Return the name over the address: with a title, or the line after the date of a letter."""
    dear = next((position for position, block in enumerate(blocks) if block.text.startswith("Dear ")), None)
    if dear is None:
        return None
    for block in blocks[:dear]:
        if found := _ADDRESSEE.match(block.text.split(",")[0]):
            return found[0]
    dated = next((position for position, block in enumerate(blocks[:dear]) if the_date(block.text)), None)
    if dated is None or dated + 1 >= dear:
        return None
    name = blocks[dated + 1].text.split(",")[0]
    return name if len(name) < 50 else None  # noqa: PLR2004 - longer than a name
