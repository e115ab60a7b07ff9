"""The child process that draws one page of a PDF with a passage marked. It limits itself first, then prints a PNG.

python -m tracker.reports.page_child PAGE WORDS < report.pdf       prints nothing where the page cannot be drawn
"""

import sys
from bisect import bisect_left
from typing import Any

from tracker.reports.png import png
from tracker.reports.reading.child import limit_this_process

DOTS = 110  # to an inch: readable in half a wide screen
INCH = 72  # points
SHORTEST = 12  # letters that must agree for a passage to be marked
YELLOW = bytes(value * 0x66 // 0xFF for value in range(256))  # what marking makes of the blue of a point


def draw(data: bytes, number: int, words: str) -> bytes:
    """Draw page ``number``, counted from 1, with the place of the words marked where they stand on it."""
    import pypdfium2  # noqa: PLC0415 - loads under the limits

    pdf = pypdfium2.PdfDocument(data)
    page = pdf[number - 1]
    bitmap = page.render(scale=DOTS / INCH, rev_byteorder=True)
    width, height, stride, channels = bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels
    buffer = bytes(bitmap.buffer)
    rows = bytearray().join(
        _three(buffer[at * stride : at * stride + width * channels], channels) for at in range(height)
    )
    for box in _boxes(page, words):
        _mark(rows, width, height, box)
    return png(width, height, bytes(rows))


def _three(row: bytes, channels: int) -> bytes:
    """Take red, green and blue of each point of a row."""
    if channels == 3:  # noqa: PLR2004 - red, green, blue already
        return row
    taken = bytearray(len(row) // channels * 3)
    for colour in range(3):
        taken[colour::3] = row[min(colour, channels - 1) :: channels]
    return bytes(taken)


def _boxes(page: Any, words: str) -> list[tuple[int, int, int, int]]:  # noqa: ANN401 - pypdfium2 has no types
    """Return the boxes of the passage's lines: left, top, right, bottom, in points of the picture."""
    text = page.get_textpage()
    letters = [(char.casefold(), at) for at, char in enumerate(text.get_text_range()) if char.isalnum()]
    start, count = _find("".join(letter for letter, _ in letters), "".join(filter(str.isalnum, words.casefold())))
    scale, top_of_page = DOTS / INCH, page.get_height()
    lines: list[tuple[int, int, int, int]] = []
    for _, at in letters[start : start + count]:
        left, bottom, right, top = text.get_charbox(at)
        box = (
            int(left * scale) - 1,
            int((top_of_page - top) * scale) - 2,
            int(right * scale) + 2,
            int((top_of_page - bottom) * scale) + 3,
        )
        if lines and abs(lines[-1][3] - box[3]) < 8 and box[0] >= lines[-1][0]:  # noqa: PLR2004 - the same line
            last = lines[-1]
            box = (last[0], min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
            lines.pop()
        lines.append(box)
    return lines


def _find(page: str, words: str) -> tuple[int, int]:
    """Return where the words' letters begin on the page and how many stand there; they may go on overleaf."""
    at = page.find(words)
    if at >= 0:
        return at, len(words)
    # The longest beginning that the page has: what follows stands on the next page.
    longest = bisect_left(range(1, len(words) + 1), x=True, key=lambda length: words[:length] not in page)
    return (page.find(words[:longest]), longest) if longest >= SHORTEST else (0, 0)


def _mark(rows: bytearray, width: int, height: int, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = max(box[0], 0), max(box[1], 0), min(box[2], width), min(box[3], height)
    for row in range(top, bottom):
        begin, end = (row * width + left) * 3 + 2, (row * width + right) * 3
        rows[begin:end:3] = rows[begin:end:3].translate(YELLOW)


def main(arguments: list[str]) -> int:
    """Draw the page whose number and words are given."""
    limit_this_process()
    sys.stdout.buffer.write(draw(sys.stdin.buffer.read(), int(arguments[0]), arguments[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
