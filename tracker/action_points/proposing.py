"""Who might own a point: whoever was given the point most like it before. Pure; always a proposal, never a decision.

A plain likeness of words over what this council assigned before: rare words weigh more, a shared section or body adds.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WORD = re.compile(r"[a-z]{4,}")  # shorter words join sentences, they do not say what one is about
ENOUGH = 0.2  # below this the likeness is chance; found on the demonstration's reports
SECTION_ADDS, BODY_ADDS = 0.1, 0.15


@dataclass(frozen=True)
class Asked:
    """What a point asks for."""

    words: str
    section: str
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assigned:
    """A point of an earlier report, and who was given it."""

    asked: Asked
    owner_id: int
    owner_name: str
    title: str


@dataclass(frozen=True)
class Proposal:
    """A proposed owner with the reason."""

    owner_id: int
    reason: str


def propose(point: Asked, past: Sequence[Assigned]) -> Proposal | None:
    """Propose the owner of the most similar earlier point; None where none is similar enough."""
    if not past:
        return None
    weights = _weights(one.asked.words for one in past)
    wanted = _weighted(point.words, weights)
    best_score, best = max(
        ((_likeness(point, wanted, one.asked, weights), one) for one in past), key=lambda pair: pair[0]
    )
    if best_score < ENOUGH:
        return None
    return Proposal(best.owner_id, f"{best.owner_name}: the closest point so far, “{best.title}”, was given to them.")


def _likeness(point: Asked, wanted: dict[str, float], other: Asked, weights: dict[str, float]) -> float:
    theirs = _weighted(other.words, weights)
    shared = sum(weight * theirs.get(word, 0.0) for word, weight in wanted.items())
    lengths = _length(wanted) * _length(theirs)
    score = shared / lengths if lengths else 0.0
    if not score:
        return 0.0
    score += SECTION_ADDS * (point.section.casefold() == other.section.casefold())
    return score + BODY_ADDS * bool(set(point.bodies) & set(other.bodies))


def _weights(texts: Iterable[str]) -> dict[str, float]:
    """Weigh each word by how few of the texts have it."""
    seen = [set(_words(text)) for text in texts]
    counts = Counter(word for words in seen for word in words)
    return {word: math.log((1 + len(seen)) / count) for word, count in counts.items()}


def _weighted(text: str, weights: dict[str, float]) -> dict[str, float]:
    """Weigh a text's words; one that no earlier point has is as rare as can be."""
    rarest = max(weights.values(), default=1.0)
    return {word: count * weights.get(word, rarest) for word, count in Counter(_words(text)).items()}


def _length(vector: dict[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in vector.values()))


def _words(text: str) -> list[str]:
    """Take the words that say something, without their plural."""
    return [word.removesuffix("s") for word in WORD.findall(text.casefold())]
