"""Whether a line goes on with the one before it: the look of the page, and where it says nothing, the words."""

import re
from dataclasses import dataclass

from tracker.reports.reading.document import Document, Line
from tracker.reports.reading.headings import heading_of, is_time_heading
from tracker.reports.reading.judging_words import GRADE_WORDS
from tracker.reports.reading.margins import is_hanging, is_wrapped, page_margins, run_margins
from tracker.reports.reading.marks import NOTHING, Mark, bare_mark_of, is_letter, is_next_letter, mark_of

_TERMINAL = (".", "!", "?", ":", ";", ".”", ".’", '."', ".'", ".)")
_CONNECTING = re.compile(
    r"(?:,|\b(?:and|or|of|the|to|in|for|with|by|a|an|on|at|from|that|which|their|its|our|as|is|are|be))$"
)
_FEW_INDENTED = 0.15  # of the lines: more, and a space at the beginning means nothing


@dataclass
class Group:
    """The lines of one block, and the mark it begins with."""

    lines: list[Line]
    mark: Mark = NOTHING
    lost: bool = False  # an item whose bullet has left only its space

    @property
    def is_bare_mark(self) -> bool:
        """A bullet alone on its line."""
        return bool(self.mark) and self.mark.length >= len(self.lines[0].text)

    @property
    def is_row(self) -> bool:
        """A row of a table: cells between tabs, or between Markdown's bars."""
        first = self.lines[0]
        return len(self.lines) == 1 and ("\t" in first.text or first.row)

    @property
    def tail(self) -> str:
        """How it ends so far."""
        return self.lines[-1].text.rstrip("* ")


class Layout:
    """What is usual in this document: its margins, whether it is wrapped, whether it is indented."""

    def __init__(self, document: Document, lines: list[Line]) -> None:
        self._measured = document.measured
        self._margins = page_margins(lines) if document.measured else {}
        self._wrapped = document.measured or is_wrapped(lines)
        self._run_margins = {} if document.measured else run_margins(lines)
        self._hanging = not document.measured and is_hanging(lines)
        indented = sum(0 < line.left < 4 for line in lines)  # noqa: PLR2004 - a lost mark leaves a space or two
        self._lost_marks = not document.measured and indented <= _FEW_INDENTED * len(lines)

    def mark_of(self, line: Line, before: Group | None) -> Mark:
        """Return the line's mark; none where a number only happens to stand at the beginning of a line that goes on."""
        mark = mark_of(line.text)
        if not mark and line.gap and before and before.tail.endswith((".", ":", ";", "; and", "; or")):
            mark = bare_mark_of(line.text)
            if is_letter(mark.bullet) and before.tail.endswith("."):
                return mark if is_next_letter(before.mark.bullet, mark.bullet) else NOTHING
            return mark
        if not mark or (
            (not mark.bullet or is_letter(mark.bullet)) and before and not self._may_begin(mark, line, before)
        ):
            return NOTHING
        return mark

    def _may_begin(self, mark: Mark, line: Line, before: Group) -> bool:
        if line.gap or self._is_deliberate(before, line) or before.tail.endswith(_TERMINAL):
            return True
        return bool(mark.number) and before.mark.number.isdigit() and mark.number == str(int(before.mark.number) + 1)

    def is_lost(self, line: Line) -> bool:
        """Whether a bullet was here and only its space is left."""
        return self._lost_marks and 0 < line.left < 4 and len(line.text) > 20  # noqa: PLR2004 - as above; a sentence

    def goes_on(self, group: Group, line: Line) -> bool:
        """Whether the line, which has no mark, belongs to the group."""
        last = group.lines[-1]
        if line.level or last.level or "\t" in line.text or group.is_row or line.row or _is_graded(last):
            return False
        if line.bold != last.bold and (self._measured or line.bold):
            return self._measured and line.page == last.page and not line.gap and self._same_line(last, line)
        if self._is_known_heading(line) and (
            line.gap or group.tail.endswith(_TERMINAL) or not self._flows(group, line)
        ):
            return False
        if line.page != last.page or line.gap:
            return self._goes_on_after_gap(group, line)
        if self._measured and (
            abs(line.size - last.size) > 0.12 * max(line.size, last.size) or self._is_outdented(group, line)
        ):
            return False
        return not self._is_back_at_margin(group, line) and self._flows(group, line)

    def _is_back_at_margin(self, group: Group, line: Line) -> bool:
        """Whether an item of plain text has ended: the lines that go on with one are set in, and this is not."""
        return self._hanging and bool(group.mark.bullet) and line.left <= group.lines[0].left

    def _is_known_heading(self, line: Line) -> bool:
        return heading_of(line.text) is not None or is_time_heading(line.text)

    def _same_line(self, last: Line, line: Line) -> bool:
        return abs(last.foot - line.foot) < 1

    def _goes_on_after_gap(self, group: Group, line: Line) -> bool:
        """Return a sentence cut by the end of a page, or by the blank lines that a page's end left."""
        tail = group.tail
        if self._measured and line.page == group.lines[-1].page:
            return False
        if tail.endswith(_TERMINAL) or self.is_lost(line):
            return False
        if self._measured and abs(line.size - group.lines[-1].size) > 0.12 * line.size:
            return False
        if line.text[:1].islower():
            return len(tail) > 30 or not self._is_short_alone(group)  # noqa: PLR2004 - headings are shorter
        return bool(_CONNECTING.search(tail)) and not tail.endswith(("; and", "; or")) and len(tail) > 30  # noqa: PLR2004 - as above

    def _is_short_alone(self, group: Group) -> bool:
        return len(group.lines) == 1 and not group.mark

    def _flows(self, group: Group, line: Line) -> bool:
        """Whether the line stands close enough to be the next of a paragraph."""
        small, tail = line.text[:1].islower(), group.tail
        if not self._wrapped:
            item = (group.mark and len(tail) >= 35) or tail.endswith(",")  # noqa: PLR2004 - shorter items end where they end
            return bool(small or item) and not tail.endswith(_TERMINAL) and not self.is_lost(line)
        if not self._measured and self._is_short_after_full_stop(group, line):
            return False
        if self._is_deliberate(group, line) and not line.text.startswith("("):
            return (small or bool(_CONNECTING.search(tail))) and not tail.endswith(_TERMINAL)
        return True

    def _is_short_after_full_stop(self, group: Group, line: Line) -> bool:
        """Return a heading pasted without a blank line: far shorter than the margin, and no sentence."""
        margin = self._run_margins.get(line.start, 0.0)
        is_title = line.text[:1].isupper() and not line.text.endswith((*_TERMINAL, ","))
        return is_title and group.tail.endswith((".", ".’", ".”")) and line.right < 0.62 * margin

    def _is_deliberate(self, group: Group, line: Line) -> bool:
        """Return the next word would have fitted on the line before, so the break was meant."""
        last = group.lines[-1]
        if not self._wrapped:
            return True
        word = line.text.split(maxsplit=1)[0]
        if not self._measured:
            return last.right + 1 + len(word) < self._run_margins.get(last.start, last.right) - 6
        letter = (last.right - last.left) / max(len(last.text), 1)
        margin = self._margins.get((last.page, round(last.left / 6)), 0.0) or last.right
        return last.right + (len(word) + 1) * letter < margin - 0.5 * letter

    def _is_outdented(self, group: Group, line: Line) -> bool:
        """Left of the item's text (back at the margin), or far off to the right (another column)."""
        first, last = group.lines[0], group.lines[-1]
        if line.left > last.left + 90 or line.foot > last.foot + 4:
            return True
        if group.mark and len(group.lines) > 1:
            return line.left < last.left - 6
        return line.left < first.left - 6


def _is_graded(line: Line) -> bool:
    """Whether the last cell of the line is a grade: a row of a table of grades."""
    return bool(line.cuts) and " ".join(line.text.split()[line.cuts[-1].words :]).casefold() in GRADE_WORDS
