"""The marks that begin a list item: bullets, numbers and letters."""

import re
from typing import NamedTuple

from tracker.reports.reading.wordings import NUMBER_WORDS

# Bullets as printed, and the private-use glyphs that symbol fonts leave in their place.
BULLETS = "•◦‣⁃∙●○▪▫■□◼◻◾◆◇►▶➢➤✓✔·¡§\u0083\u2212\uf02d\uf06e\uf06f\uf0a7\uf0a8\uf0b7\uf0be\uf0d8\uf0fc\uf076\uf071"
_DASHES = "-–—"
_BULLET = re.compile(
    rf"([{re.escape(BULLETS)}](?=[^\w*]|[^\W\d_]{{2}})|[{_DASHES}](?=\s)|[oØü*](?=\s+[A-Za-z‘“'\"])|[{re.escape(BULLETS + _DASHES)}]$)\s*"  # noqa: E501 - one pattern or sentence on one line
)
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,3})([.)]|(?<=\.\d)|(?<=\.\d\d))\s*(?=[A-Z‘“'\"(\[*])")
_SMALL_NUMBER = re.compile(r"(\d{1,2})[.)]\s+(?=[a-z])")  # "1. improve the …"
_BARE_NUMBER = re.compile(r"(\d{1,2})\s+(?=[A-Z][a-z]+ )(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))")
_SUB_NUMBER = re.compile(
    r"(\d{1,2}\.\d{1,2})\s+(?=[a-z]{3})(?!(?:per|million|billion|times|percentage|hours|days|weeks|months|years)\b)"
)
_BARE_LETTER = re.compile(r"([a-h])\s+(?=[a-z]{2}|[A-Z])")
_NUMBER_WORDS = "|".join(word for word, number in NUMBER_WORDS.items() if number and len(word) > 2)  # noqa: PLR2004 - not "a"
_RECOMMENDATION = re.compile(
    r"(?:\*\*)?(?:(?:Key |Improvement |Priority |Safety |National |Local )?[Rr]ecommendation|RECOMMENDATION|Rec|Requirement|Area for improvement)"  # noqa: E501 - one pattern or sentence on one line
    rf"\s+(\d{{1,3}}(?:\.\d{{1,2}})?[a-z]?|(?i:{_NUMBER_WORDS})|[A-Z]?/?20\d\d/\d{{1,4}})(?:\*\*)?"
    r"(?:\s*[:.–—-](?:\*\*)?\s+(?=\S)|\s+(?=(?:The|All|Each|That|We) [a-z]|[A-Z]\w+(?: [A-Z]\w+){0,6} (?:should|must)\b))"  # noqa: E501 - one pattern or sentence on one line
)
_UNNUMBERED = re.compile(r"(?:\*\*)?(?:Recommendation():(?:\*\*)?\s+(?=[A-Z][a-z ])|We recommend():\s+(?=[a-z]))")
_SHORT_NAME = re.compile(r"R(\d{1,2})\b[.:)]?\s+(?=[A-Z‘“'\"])")  # "R3 Improve …"
_IN_BRACKETS = re.compile(r"\((\d{1,2})\)\s+(?=[\w‘“'\"])")  # "(3) There is …"
_LETTER = re.compile(r"\((?:[ivx]{1,4}|[a-z])\)\s+(?=\w)|[a-z]\)\s+(?=\w)|[a-z]\.\s+(?=[A-Za-z]{2})")
_SENTENCE = 25  # characters: shorter ones are addresses ("12 High Street")
_HYPHENS = frozenset("-–—−")


_NUMBERS = (_NUMBER, _SMALL_NUMBER, _SHORT_NAME, _IN_BRACKETS)


class Mark(NamedTuple):
    """What begins a line: the bullet or the number, and how many characters they take."""

    bullet: str = ""
    number: str = ""
    length: int = 0

    def __bool__(self) -> bool:
        return self.length > 0


NOTHING = Mark()
NAMED = "Recommendation"  # the mark of "Recommendation 4: …"


def mark_of(text: str) -> Mark:
    """Return the mark a line begins with, or NOTHING. A letter in brackets counts as a bullet of that letter."""
    if found := _BULLET.match(text):
        named = _SHORT_NAME.match(text, found.end())  # "• R1 Improve …"
        return Mark(bullet=found[1], number=named[1] if named else "", length=(named or found).end())
    if found := _RECOMMENDATION.match(text) or _UNNUMBERED.match(text):
        return Mark(bullet=NAMED, number=_digits(found[1] or ""), length=found.end())
    if found := next((match for pattern in _NUMBERS if (match := pattern.match(text))), None):
        if named := _RECOMMENDATION.match(text, found.end()):  # "3.1 Recommendation 1: …"
            return Mark(bullet=NAMED, number=_digits(named[1]), length=named.end())
        return Mark(number=found[1], length=found.end())
    if found := _LETTER.match(text):
        return Mark(bullet=found[0].strip().replace(".", ")"), length=found.end())
    return NOTHING


def _digits(number: str) -> str:
    """Return a number as figures: 3 for "Three"."""
    return str(NUMBER_WORDS.get(number.casefold(), number))


def bare_mark_of(text: str) -> Mark:
    """Return a number or letter without full stop or bracket, as audit offices print ("23 The Department should:")."""
    if (found := _BARE_NUMBER.match(text)) and (len(text) > _SENTENCE or text.endswith(":")):
        return Mark(number=found[1], length=found.end())
    if found := _SUB_NUMBER.match(text):  # "4.1 publishes …", under "That the Board:"
        return Mark(number=found[1], length=found.end())
    if found := _BARE_LETTER.match(text):
        return Mark(bullet=f"{found[1]})", length=found.end())
    return NOTHING


def is_next(number: str, after: str) -> bool:
    """Whether a number goes on from another: 3 after 2; 12.4 after 12.2, for paragraphs may stand between."""
    chapter, _, last = number.rpartition(".")
    chapter_after, _, last_after = after.rpartition(".")
    if chapter != chapter_after or not (last.isdigit() and last_after.isdigit()):
        return False
    step = int(last_after) - int(last)
    return step == 1 or (bool(chapter) and 0 < step <= 12)  # noqa: PLR2004 - paragraphs of evidence


def is_minor(bullet: str) -> bool:
    """Whether the bullet is one of those used for a list inside a list."""
    return bullet in _HYPHENS or bullet in {"o", "○", "◦"} or is_letter(bullet)


def is_letter(bullet: str) -> bool:
    """Whether it is a letter or a small Roman number: "(a)", "iv)"."""
    return bullet.endswith(")")


def is_next_letter(bullet: str, after: str) -> bool:
    """Whether a letter goes on from another: "c)" after "b)"."""
    one, other = bullet.strip("()"), after.strip("()")
    return len(one) == len(other) == 1 and ord(other) == ord(one) + 1
