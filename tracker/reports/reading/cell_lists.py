"""Several requests in one cell of a table: bullets, numbers, or paragraphs that each begin with a request."""

import re

from tracker.reports.reading.document import PARAGRAPH_END
from tracker.reports.reading.headings import announces_parts, is_request, leads_in
from tracker.reports.reading.marks import mark_of

_BULLET = re.compile(r"(?:^|(?<=\s))[•▪■◼●◾⚫]\s+")
_NUMBER = re.compile(r"(?:^|(?<=[.;:)]\s)|(?<=;\sand\s))\(?(\d{1,2}|[a-h])[.)]\s+(?=[A-Za-z])")
_SAYS_MORE = re.compile(r"(?:in particular|specifically|in addition|this|these|such|for example|it)\b", re.IGNORECASE)
_FOLLOWING = re.compile(r"\bfollowing\b[^:]*:$", re.IGNORECASE)  # "should take the following actions:"
_FEWEST = 2


def requests_in(cell: str) -> list[str]:
    """Return each request of the cell without its mark; the whole cell where it holds one."""
    parts = [part for part in cell.split(PARAGRAPH_END) if part.strip()]
    for found in (_by_marks(parts), _by_paragraphs(parts), _by_bullets(" ".join(parts)), _by_numbers(" ".join(parts))):
        if found:
            return found
    whole = " ".join(parts)
    return [whole[mark_of(whole).length :]]


def _by_marks(parts: list[str]) -> list[str]:
    """Paragraphs that each have a mark, under a sentence that leads in or none."""
    items = parts if parts and mark_of(parts[0]) else parts[1:]
    if len(items) < _FEWEST or not all(map(mark_of, items)):
        return []
    return _under(parts[0] if len(items) < len(parts) else "", [item[mark_of(item).length :] for item in items])


def _by_paragraphs(parts: list[str]) -> list[str]:
    """Paragraphs that each begin with a request of its own."""
    whole = len(parts) >= _FEWEST and all(is_request(part) and not _SAYS_MORE.match(part) for part in parts)
    return parts if whole and not any(part.endswith(":") for part in parts) else []


def _by_bullets(cell: str) -> list[str]:
    lead, *items = _BULLET.split(cell)
    return _under(lead, items)


def _by_numbers(cell: str) -> list[str]:
    """Numbers or letters in their order: others only happen to stand in the sentence."""
    found = list(_NUMBER.finditer(cell))
    order = [match[1] for match in found]
    if len(order) < _FEWEST or order not in ([str(n + 1) for n in range(len(order))], list("abcdefgh"[: len(order)])):
        return []
    ends = [match.start() for match in found[1:]] + [len(cell)]
    items = [cell[match.end() : end] for match, end in zip(found, ends, strict=True)]
    return _under(cell[: found[0].start()], items)


def _under(lead: str, items: list[str]) -> list[str]:
    """Return the items, unless the words before them make them parts of one request."""
    lead, items = lead.strip(), [item.strip() for item in items if item.strip()]
    names_the_list = leads_in(lead) and (_FOLLOWING.search(lead) or not announces_parts(lead))
    return items if len(items) >= _FEWEST and (not lead or names_the_list) else []
