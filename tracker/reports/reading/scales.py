"""The report's scale of grades: what its numbers and words mean, and which way it runs."""

import re

from tracker.reports.reading.document import Block
from tracker.reports.reading.judging_words import GRADE_WORDS
from tracker.reports.reading.model import Scale
from tracker.terms import Grade

_WORDS = "|".join(sorted(GRADE_WORDS, key=len, reverse=True))
GRADE_WORD = re.compile(rf"(?:{_WORDS})$", re.IGNORECASE)
_NUMBER_IS = re.compile(rf"\b(?:grade )?([1-4])\s*[:=–-]\s*({_WORDS})\b", re.IGNORECASE)
_GRADE_WORD = re.compile(rf"\bgrade ([1-4]) \(({_WORDS})\)", re.IGNORECASE)
_WORD_GRADE = re.compile(rf"\b({_WORDS}) \(grade ([1-4])\)", re.IGNORECASE)
_LOWEST = re.compile(
    r"\bfrom 1 \(?(?:the |being the )?(lowest|worst|poorest|highest|best)\b|\b1 (?:is|being) (?:the )?(lowest|worst|highest|best)\b",  # noqa: E501 - one pattern or sentence on one line
    re.IGNORECASE,
)
_GRADE_HEADING = re.compile(r"(?:.*\s)?grade ([1-4])$", re.IGNORECASE)
_IS = re.compile(rf"\bis (?:\w+ )?({_WORDS})\b", re.IGNORECASE)
_DOWNWARDS = (Grade.INADEQUATE, Grade.ADEQUATE, Grade.GOOD, Grade.OUTSTANDING)


def grade_of(word: str) -> Grade | None:
    """Return the common grade of a printed word."""
    return GRADE_WORDS.get(" ".join(word.split()).casefold().strip(" .:()"))


def scale_of(blocks: tuple[Block, ...]) -> Scale | None:
    """Return the scale as stated, else as worked out from sections with a number and a word; None without numbers."""
    text = [block.text for block in blocks if len(block.text) < 3000]  # noqa: PLR2004 - a scale is stated briefly
    stated = _stated(text)
    if len(set(stated.values())) >= 3:  # noqa: PLR2004 - two do not make a scale of four
        return _whole(stated, "The report states it.")
    for piece in text:
        if found := _LOWEST.search(piece):
            upwards = (found[1] or found[2]).lower() in {"lowest", "worst", "poorest"}
            return _scale(upwards=upwards, basis="The report states the direction; the words are inferred.")
    seen = _seen(blocks) | stated
    direction = _upwards(seen)
    if direction is None:
        return None
    return _scale(upwards=direction, basis="Worked out from sections that give both a grade and a word for it.")


def _stated(text: list[str]) -> dict[str, Grade]:
    found: dict[str, Grade] = {}
    for piece in text:
        if "grade" not in piece.casefold() and "scale" not in piece.casefold():
            continue
        for pattern, number, word in ((_NUMBER_IS, 1, 2), (_GRADE_WORD, 1, 2), (_WORD_GRADE, 2, 1)):
            for match in pattern.finditer(piece):
                if grade := grade_of(match[word]):
                    found.setdefault(match[number], grade)
    return found


def _seen(blocks: tuple[Block, ...]) -> dict[str, Grade]:
    """Grade numbers of headings, and what the first sentence under them says is good or adequate."""
    found: dict[str, Grade] = {}
    for position, block in enumerate(blocks):
        heading = _GRADE_HEADING.match(block.text) if block.is_heading else None
        if not heading:
            continue
        for below in blocks[position + 1 : position + 4]:
            word = _IS.search(below.text[:400]) if not below.is_heading else None
            if word and (grade := grade_of(word[1])):
                found.setdefault(heading[1], grade)
                break
    return found


def _upwards(seen: dict[str, Grade]) -> bool | None:
    """Whether 4 is best; None where what was seen does not tell or contradicts itself."""
    up = sum(_DOWNWARDS[int(number) - 1] is grade for number, grade in seen.items())
    down = sum(_DOWNWARDS[4 - int(number)] is grade for number, grade in seen.items())
    return None if up == down else up > down


def _scale(*, upwards: bool, basis: str) -> Scale:
    order = _DOWNWARDS if upwards else _DOWNWARDS[::-1]
    return Scale("4" if upwards else "1", {str(number): grade for number, grade in enumerate(order, start=1)}, basis)


def _whole(stated: dict[str, Grade], basis: str) -> Scale:
    upwards = _upwards(stated)
    return _scale(upwards=upwards, basis=basis) if upwards is not None else Scale(None, dict(stated), basis)
