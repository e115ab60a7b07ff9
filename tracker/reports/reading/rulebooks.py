"""Documents and sections that lay down duties for everybody and ask for nothing new: policies, guides, procedures."""

import re
from itertools import islice

from tracker.reports.reading.document import Block
from tracker.reports.reading.headings import plain
from tracker.reports.reading.request_words import DUTIES, REPORTS, RULEBOOKS

_RULEBOOKS = re.compile(RULEBOOKS)
_REPORTS = re.compile(REPORTS)
_DUTIES = re.compile(DUTIES)
_BODY = re.compile(  # a name over the title
    r"\b(?:council|authority|trust|partnership|board|police|constabulary|school|academy|college)$", re.IGNORECASE
)
_TITLES = 3  # headings of which one may be the title


def is_rulebook(blocks: tuple[Block, ...]) -> bool:
    """Whether the title says that the document is a policy, a guide or the like, and no report on one."""
    headings = (block for block in blocks if block.is_heading and not _BODY.search(block.text))
    first = list(islice(headings, _TITLES))
    title = plain(max(first, key=lambda block: block.size).text) if first else ""
    return bool(_RULEBOOKS.fullmatch(title)) and not _REPORTS.search(title)


def says_duties(heading: str) -> bool:
    """Whether a heading stands over what people always have to do ("Roles and responsibilities")."""
    return bool(_DUTIES.fullmatch(plain(heading)))
