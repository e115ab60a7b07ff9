"""Where lines end: the margins of a page and of pasted text, and whether text is broken at one."""

from collections import Counter, defaultdict
from itertools import pairwise

from tracker.reports.reading.document import Line
from tracker.reports.reading.marks import mark_of

_WRAPPED = 0.3  # of the lines that follow another begin with a small letter: the text is broken at a margin
_FEWEST_HANGING = 2  # items of more than one line
_ADDRESS = 0.6  # of the usual margin: lines that all end before it are an address or a list of names
_WIDEST = 160  # characters of a line of wrapped text


def is_wrapped(lines: list[Line]) -> bool:
    """Whether plain text is broken at a margin."""
    followers = [line for line in lines if not line.gap]
    if len(followers) < 3 or _right_edge(lines) > _WIDEST:  # noqa: PLR2004 - too few to tell
        return False
    return sum(line.text[:1].islower() for line in followers) >= _WRAPPED * len(followers)


def is_hanging(lines: list[Line]) -> bool:
    """Whether the lines that go on with a bulleted item are set in from its bullet."""
    below = [
        (first, line)
        for first, line in pairwise(lines)
        if not line.gap and mark_of(first.text).bullet and line.text[:1].islower()
    ]
    return len(below) >= _FEWEST_HANGING and sum(line.left > first.left for first, line in below) > 0.8 * len(below)


def run_margins(lines: list[Line]) -> dict[int, float]:
    """For each line of wrapped text, the longest of the lines it stands with; the usual one where they are too few."""
    runs: list[list[Line]] = []
    for line in lines:
        if line.gap or not runs:
            runs.append([])
        runs[-1].append(line)
    inner = sorted(line.right for run in runs for line in run[:-1])
    usual = inner[len(inner) // 2] if inner else 0.0
    margins: dict[int, float] = {}
    for run in runs:
        rights = sorted(line.right for line in run)  # a few lines may have been joined, so not the longest of many
        margin = rights[len(rights) * 9 // 10] if len(rights) > 2 else usual  # noqa: PLR2004 - two lines tell nothing
        margin = usual if margin < _ADDRESS * usual and all(line.text[:1].isupper() for line in run) else margin
        margins.update((line.start, margin) for line in run)
    return margins


def page_margins(lines: list[Line]) -> dict[tuple[int, int], float]:
    """Return the right margin for lines that begin at the same place of a page; the page's where few begin there."""
    by_left: defaultdict[tuple[int, int], float] = defaultdict(float)
    count: Counter[tuple[int, int]] = Counter()
    by_page: defaultdict[int, float] = defaultdict(float)
    for line in lines:
        place = (line.page, round(line.left / 6))
        by_left[place] = max(by_left[place], line.right)
        by_page[line.page] = max(by_page[line.page], line.right)
        count[place] += 1
    return {place: right if count[place] > 3 else by_page[place[0]] for place, right in by_left.items()}  # noqa: PLR2004


def _right_edge(lines: list[Line]) -> float:
    """Where lines end at most, but for the longest twentieth."""
    rights = sorted(line.right for line in lines)
    return rights[len(rights) * 19 // 20] if rights else 0.0
