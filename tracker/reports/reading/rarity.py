"""How much two texts have in common, each word weighed by how rare it is."""

import math
import re
from collections import Counter

from tracker.reports.reading.wordings import words_of

_WORD = re.compile(r"[A-Za-z0-9-]{3,}")
_COMMON = words_of(
    """
    the and for that with are was were has have had been this these those from their there which who its all any not
    but can will into should must ensure improve council children young people services service local authority
    including need needs order more other such also particular particularly they than development develop continue
    support provision new well good access
    """
)


class Rarity:
    """How much a word says: the rarer in the report's prose, the more."""

    def __init__(self, sentences: list[str]) -> None:
        self._count = len(sentences) + 1
        self._seen: Counter[str] = Counter()
        for sentence in sentences:
            self._seen.update(self._stems(sentence))

    @staticmethod
    def _stems(text: str) -> frozenset[str]:
        words = (found.lower() for found in _WORD.findall(text))
        return frozenset(word[:6] for word in words if word not in _COMMON)

    def share(self, recommendation: str, sentence: str) -> float:
        """Return the part of the recommendation's words, weighed by rarity, that the sentence has too."""
        stems = self._stems(recommendation)
        wanted = {stem: math.log(self._count / (1 + self._seen[stem])) + 0.1 for stem in stems}
        have = self._stems(sentence)
        return sum(weight for stem, weight in wanted.items() if stem in have) / (sum(wanted.values()) or 1.0)
