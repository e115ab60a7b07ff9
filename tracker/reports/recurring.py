"""Which earlier points a later point may tell again: a likeness of words, weighed by how rare they are. Pure.

It suggests, never decides. Reports of one council stand in a series; a later one is compared with every point of the
earlier ones. What different wordings of the field have in common is a table of data (``subject_words``). How well it
finds what a careful reader finds is in docs/series.md.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.reports.subject_words import COMMON, SAME, WHOM
from tracker.terms import LinkKind

SHOWN = 3  # suggestions for one point
ENOUGH = 0.24  # below this the likeness is chance; found on the real reports
REPEATED_FROM = 0.6  # from here a follow-up is taken for the earlier recommendation itself
COMMON_WEIGHS = 0.15  # a word of COMMON, against one that says what the point is about
SUBJECT_WEIGHS, WHOM_WEIGHS = 2.0, 0.7  # a wording of SAME, and one that only says for whom
SECTION_ADDS, BODY_ADDS = 0.04, 0.04
FEW = 150  # points: up to so many, a word that many of them have is still looked up; in more, it tells nothing apart
FEWEST_WORDS = 6  # of a sentence that is compared on its own
SUBJECT = "="  # begins the name that stands for a wording of SAME, which no word of a text does

WORD = re.compile(r"[a-z0-9][a-z0-9'-]*")
SENTENCE = re.compile(r"(?<=[.;])\s+")
ENDINGS = ("ments", "ment", "ations", "ation", "ings", "ing", "ies", "ed", "es", "ly", "s", "y", "e")
SHORTEST = 4  # letters that stay of a word


@dataclass(frozen=True)
class Told:
    """A point, or a sentence on progress, as it is compared."""

    key: int
    words: str
    section: str = ""
    bodies: tuple[str, ...] = ()
    follow_up: bool = False  # repeats an earlier review's recommendation


@dataclass(frozen=True)
class Like:
    """An earlier point that may be the same matter, and how alike the words are: 0 to 1."""

    key: int
    score: float
    kind: LinkKind = LinkKind.TOLD_AGAIN


class Earlier:
    """The points of earlier reports, with an index of their words: made once, asked for each later point."""

    def __init__(self, points: Iterable[Told], beside: Iterable[Told] = ()) -> None:
        """Index the points; ``beside`` are those that will be asked for: their words are weighed with the others."""
        self._points, asked = tuple(points), tuple(beside)
        self._all = len(self._points) + len(asked) + 1
        found = [Counter(terms_of(point.words)) for point in self._points]
        self._counts = Counter(term for terms in found for term in terms)
        self._counts.update(term for point in asked for term in set(terms_of(point.words)))
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, terms in enumerate(found):
            for term, weight in self._weighted(terms).items():
                self._postings[term].append((at, weight))
        self._walked = max(FEW, len(self._points) // 12)

    def like(self, point: Told, most: int = SHOWN) -> list[Like]:
        """Return the earlier points most alike, best first; none that is alike by chance only.

        A follow-up whose words are nearly those of the best is taken for that recommendation, repeated.
        """
        best: dict[int, float] = {}
        for part in _parts(point.words):
            for at, score in self._scores(part).items():
                best[at] = max(best.get(at, 0.0), score)
        hinted = ((self._points[at].key, _hinted(score, point, self._points[at])) for at, score in best.items())
        alike = sorted((-score, key) for key, score in hinted if score >= ENOUGH)[:most]
        repeated = point.follow_up and bool(alike) and -alike[0][0] >= REPEATED_FROM
        return [
            Like(key, -score, LinkKind.REPEATED if repeated and not place else LinkKind.TOLD_AGAIN)
            for place, (score, key) in enumerate(alike)
        ]

    def _scores(self, words: str) -> dict[int, float]:
        scores: dict[int, float] = defaultdict(float)
        for term, weight in self._weighted(Counter(terms_of(words))).items():
            postings = self._postings.get(term, ())
            if len(postings) <= self._walked:
                for at, theirs in postings:
                    scores[at] += weight * theirs
        return scores

    def _weighted(self, terms: Counter[str]) -> dict[str, float]:
        """Weigh terms by how rare they are and what kind of word it is, together to the length of one."""
        weighted = {
            term: (1 + math.log(count)) * math.log(1 + self._all / (0.5 + self._counts[term])) * _kind_weight(term)
            for term, count in terms.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weighted.values()))
        return {term: weight / length for term, weight in weighted.items()} if length else {}


def suggest(later: Sequence[Told], earlier: Sequence[Told]) -> dict[int, list[Like]]:
    """Return, for each later point that may have been told before, its earlier selves; what is not named is new."""
    index = Earlier(earlier, later)
    found = {point.key: index.like(point) for point in later}
    return {key: likes for key, likes in found.items() if likes}


def terms_of(text: str) -> list[str]:
    """Take what a text is about: wordings of the field under one name, and every other word by its stem."""
    plain = " ".join(text.casefold().replace("’", "'").split())
    found: list[str] = []

    def take(wording: re.Match[str]) -> str:
        found.append(SUBJECT + _NAMES[wording.group()])
        return " "

    rest = _WORDINGS.sub(take, plain)
    return found + [stem(word) for word in WORD.findall(rest)]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Take a common ending off a word, lightly: > monitor."""
    plain = word.removesuffix("'s").rstrip("'-")
    for ending in ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= SHORTEST:
            return plain[: -len(ending)]
    return plain


def _kind_weight(term: str) -> float:
    if term.startswith(SUBJECT):
        return WHOM_WEIGHS if term.removeprefix(SUBJECT) in WHOM else SUBJECT_WEIGHS
    return COMMON_WEIGHS if term in _COMMON or term.isdigit() else 1.0


def _hinted(score: float, point: Told, other: Told) -> float:
    """Add a little for the same section and the same body, which alone make nothing alike."""
    same_section = bool(point.section) and point.section.casefold() == other.section.casefold()
    same_body = bool(set(point.bodies) & set(other.bodies))
    return min(1.0, round(score + SECTION_ADDS * same_section + BODY_ADDS * same_body, 3))


def _parts(words: str) -> list[str]:
    """Return a text and, where it has several, its sentences: a long finding may tell a short one in one of them."""
    sentences = [part for part in SENTENCE.split(words) if len(part.split()) >= FEWEST_WORDS]
    return [words, *sentences] if len(sentences) > 1 else [words]


_NAMES = {wording: name for name, wordings in SAME for wording in wordings}
_WORDINGS = re.compile(r"\b(?:" + "|".join(re.escape(one) for one in sorted(_NAMES, key=len, reverse=True)) + r")\b")
_COMMON = frozenset(stem(word) for word in COMMON)
