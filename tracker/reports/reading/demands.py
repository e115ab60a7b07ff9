"""The report's own demand for an answer: an action plan, a written statement of action, a response by a date."""

import re

from tracker.reports.reading.document import Block
from tracker.reports.reading.model import Demand
from tracker.reports.reading.request_words import ANSWERS, DEMANDS
from tracker.reports.reading.sentences import Sentence, place_of, sentences_of
from tracker.reports.reading.time_limits import sentence_limit
from tracker.terms import TimeLimitKind

_ANSWER = re.compile(ANSWERS, re.IGNORECASE)
_DEMANDS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in DEMANDS)
_LONGEST = 600  # characters of a sentence


def demand_of(text: str, blocks: tuple[Block, ...]) -> Demand | None:
    """Return the sentence that demands an answer to the report: the one that says until when, else the first."""
    demands = [
        _demand(sentence, text) for block in blocks for sentence in sentences_of(block) if _demands(sentence.text)
    ]
    timed = [one for one in demands if one.time_limit.kind is not TimeLimitKind.NOT_GIVEN]
    return next(iter(timed or demands), None)


def _demands(sentence: str) -> bool:
    if len(sentence) > _LONGEST or not _ANSWER.search(sentence):
        return False
    return any(pattern.search(sentence) for pattern in _DEMANDS)


def _demand(sentence: Sentence, text: str) -> Demand:
    return Demand(sentence.text, sentence_limit(sentence.text), place_of(sentence.text, sentence.block, text))
