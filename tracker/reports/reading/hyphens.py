"""Words broken at a line's end: whether the hyphen is the word's own is decided by the words of the same document."""

import re
from collections.abc import Iterable

BREAK = "\ufffe"  # in no text; stands for PDFium's U+0002, which is a control character
_WORD = re.compile(r"[A-Za-z]+(?:[-’'][A-Za-z]+)*")
_AT_END = re.compile(r"([A-Za-z]+)-$")
_LONGEST_WORD = 60  # characters
_LETTERS = re.compile(r"[A-Za-z]+")
_BROKEN = re.compile(r"([A-Za-z]+)\ufffe\s?([A-Za-z]+)")


class Hyphens:
    """Knows the document's words, and mends words broken with U+0002 or at a line's end."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = {word.lower() for text in texts for word in _WORD.findall(text)}

    def mend(self, text: str) -> str:
        """Return the text with each BREAK taken out or made a hyphen."""
        if BREAK not in text:
            return text
        return _BROKEN.sub(lambda found: self.join(found[1], found[2]), text).replace(BREAK, "-")

    def join(self, first: str, second: str) -> str:
        """Join "long" and "term" with a hyphen, unless the document has the word in one piece."""
        whole = first.lower() + second.lower()
        hyphened = f"{first}-{second}".lower()
        if hyphened in self._words:
            return f"{first}-{second}"
        both_words = first.lower() in self._words and second.lower() in self._words
        if whole in self._words or not both_words:
            return first + second
        return f"{first}-{second}"

    def rejoin(self, pieces: Iterable[str]) -> str:
        """Return the pieces of a passage, a line each, as one: words broken at a line's end are mended."""
        words: list[str] = []
        for piece in filter(None, pieces):
            broken = _AT_END.search(words[-1][-_LONGEST_WORD:]) if words and piece[0].islower() else None
            head = _LETTERS.match(piece)
            if broken and head:
                words[-1] = words[-1][: -len(broken[0])]
                words.append(self.join(broken[1], head[0]) + piece[head.end() :])
            else:
                words.append(f" {piece}" if words else piece)
        return "".join(words)
