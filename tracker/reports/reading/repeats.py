"""A report may say an action point again, in a summary, a table, an appendix: it is proposed once, with its places."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from difflib import SequenceMatcher

from tracker.reports.reading.model import ReadPoint
from tracker.terms import TimeLimitKind

_SAME_TEXT = 40  # letters: shorter points may well be the same words in two sections
_MOST_OF_IT = 0.6  # of the longer: a point cut short in a summary
_ALIKE = 0.85  # of the words, of two points that carry the same number
_FEWEST_WORDS, _MOST_WORDS = 6, 120
_MOST_PLACES = 20
_MOST_LIKE = 12  # compared with one: more begin alike in no report
_TAIL = re.compile(r"\s*\([^()]{1,60}\)\s*\.?$")  # "(Paragraph 17)"
_LEAD = re.compile(r"(?:we|i) recommend(?: that)?\s+|that\s+", re.IGNORECASE)


def without_repeats(points: Iterable[ReadPoint]) -> tuple[ReadPoint, ...]:
    """Return the points in the order of the text, each once: the fuller wording, with the places of the others."""
    kept: list[ReadPoint] = []
    known = _Known()
    for point in sorted(points, key=lambda one: one.place.start):
        letters = _letters(point.text)
        if not letters:
            continue
        at = next((number for number in known.like(letters, point) if _is_repeat(kept[number], point, letters)), None)
        if at is None:
            known.add(letters, point, len(kept))
            kept.append(point)
        else:
            kept[at] = _joined(kept[at], point)
    return tuple(kept)


class _Known:
    """Finds the points that one may repeat: those that begin as it does, and those with its number."""

    def __init__(self) -> None:
        self._by_beginning: defaultdict[str, list[int]] = defaultdict(list)
        self._by_number: defaultdict[str, list[int]] = defaultdict(list)

    def like(self, letters: str, point: ReadPoint) -> list[int]:
        same = self._by_beginning.get(letters[:_SAME_TEXT], ()) if len(letters) > _SAME_TEXT else ()
        numbered = self._by_number.get(point.number, ()) if point.number else ()
        return [*same[:_MOST_LIKE], *numbered[:_MOST_LIKE]]

    def add(self, letters: str, point: ReadPoint, at: int) -> None:
        self._by_beginning[letters[:_SAME_TEXT]].append(at)
        if point.number:
            self._by_number[point.number].append(at)


def _is_repeat(before: ReadPoint, point: ReadPoint, letters: str) -> bool:
    """Whether the later says the earlier again: the whole, its beginning, or nearly the same words under its number."""
    one, other = sorted((_letters(before.text), letters), key=len)
    if len(one) > _SAME_TEXT and other.startswith(one) and len(one) >= _MOST_OF_IT * len(other):
        return True
    if not before.number or before.number != point.number:
        return False
    words, more = before.text.casefold().split()[:_MOST_WORDS], point.text.casefold().split()[:_MOST_WORDS]
    if min(len(words), len(more)) < _FEWEST_WORDS:
        return False
    return SequenceMatcher(None, words, more, autojunk=False).ratio() >= _ALIKE


def _joined(before: ReadPoint, point: ReadPoint) -> ReadPoint:
    """Return the fuller of the two, with what only the other says of time and bodies, and both places."""
    fuller, other = (point, before) if len(_letters(point.text)) > len(_letters(before.text)) else (before, point)
    untimed = fuller.time_limit.kind is TimeLimitKind.NOT_GIVEN
    places = dict.fromkeys((*before.also, *point.also, before.place, point.place))
    also = tuple(place for place in places if place != fuller.place)[:_MOST_PLACES]
    return replace(
        fuller,
        time_limit=other.time_limit if untimed else fuller.time_limit,
        bodies=fuller.bodies or other.bodies,
        priority=fuller.priority or other.priority,
        confidence=max(fuller.confidence, other.confidence),
        also=also,
        reason=f"{fuller.reason.split(_AGAIN)[0]}{_AGAIN}{_where(other)}.",
    )


_AGAIN = " The report says it again "


def _where(point: ReadPoint) -> str:
    under = f" under “{point.section}”" if point.section else ""
    return f"on page {point.place.page}{under}" if point.place.page > 1 or not under else under.strip()


def _letters(text: str) -> str:
    """Return what two wordings of a point are compared by."""
    text = _LEAD.sub("", _TAIL.sub("", text), count=1) if _LEAD.match(text) else _TAIL.sub("", text)
    return "".join(filter(str.isalnum, text.casefold()))
