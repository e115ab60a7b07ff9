"""The name a document came with, made fit to be shown: it is typed by somebody else's computer."""

import re
import unicodedata

LONGEST = 120  # characters
NO_NAME = "document"


def plain_filename(given: str) -> str:
    """Return the last part of a name without what cannot be seen, and cut in the middle where it is very long.

    > Inspection report.pdf
    """
    seen = "".join(c for c in given if unicodedata.category(c)[0] != "C" or c.isspace())
    name = " ".join(re.split(r"[\\/]", seen)[-1].split()).strip(". ") or NO_NAME
    if len(name) <= LONGEST:
        return name
    half = LONGEST // 2
    return f"{name[:half].rstrip()}…{name[-half + 1 :].lstrip()}"
