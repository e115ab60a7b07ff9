"""Sentences of a block, each with its place in the document's text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tracker.reports.reading.document import Block
from tracker.reports.reading.model import Place

_END = re.compile(r"(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bNo\.)(?<!\bMr\.)(?<!\bDr\.)\s+(?=[A-Z‘“'\"(])")


class Sentence(NamedTuple):
    """One sentence, rejoined, and the block it stands in."""

    text: str
    block: Block


def sentences_of(block: Block) -> Iterator[Sentence]:
    """Return the block's sentences in their order."""
    for text in _END.split(block.text):
        if text:
            yield Sentence(text, block)


def place_of(quote: str, block: Block, text: str) -> Place:
    """Where the quotation stands in the source, its line breaks included; the whole block where it cannot be told."""
    source = text[block.start : block.end]
    words = quote.split()
    begin = _find(words[:6], source, 0)
    if begin is None:
        return Place(block.page, block.start, block.end)
    finish = _find(words[-6:], source, max(begin.start(), begin.start() + len(quote) // 2 - 20)) or begin
    return Place(block.page, block.start + begin.start(), block.start + max(finish.end(), begin.end()))


def _find(words: list[str], source: str, after: int) -> re.Match[str] | None:
    return re.compile(r"[\s*\\]+".join(map(re.escape, words))).search(source, after) if words else None
