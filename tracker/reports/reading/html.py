"""HTML (a web page, or what mammoth makes of a Word document) to lines."""

import io
import zipfile
from dataclasses import dataclass, field

import mammoth
from bs4 import BeautifulSoup, NavigableString, Tag

from tracker.errors import UnreadableDocument
from tracker.reports.reading.document import PARAGRAPH_END, Document, Line
from tracker.reports.reading.text import tidy
from tracker.reports.reading.wordings import words_of

_LEFT_OUT = (
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "header",
    "footer",
    "aside",
    "form",
    "button",
    "svg",
    "head",
    "iframe",
    "dialog",
)
_BLOCKS = words_of(
    """
    address article blockquote body caption dd details div dl dt fieldset figure figcaption h1 h2 h3 h4 h5 h6 html
    li main ol p pre section summary table tbody td tfoot th thead tr ul
    """
)
_MOST_UNPACKED = 24 * 2**20  # bytes of XML in a Word document; a long report has five million
_DEEPEST = 60  # elements within elements; deeper ones are read as their text

WORD_BROKEN = "This Word document is damaged and cannot be opened. Open it in Word, save it again and add that."
WORD_HUGE = "This Word document unpacks to more than can be read. Save it as a PDF and add that."


def word_document(data: bytes) -> Document:
    """Read a .docx. Refused: a damaged one, and one that unpacks to more than _MOST_UNPACKED bytes."""
    try:
        if _unpacked(data) > _MOST_UNPACKED:
            html = None
        else:
            html = mammoth.convert_to_html(io.BytesIO(data), convert_image=lambda _image: []).value
    except MemoryError:
        raise
    except Exception as error:  # mammoth and its parsers raise many classes, some of their own
        raise UnreadableDocument(WORD_BROKEN) from error
    if html is None:
        raise UnreadableDocument(WORD_HUGE)
    return html_document(html)


def _unpacked(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return sum(part.file_size for part in parts.infolist() if part.filename.endswith((".xml", ".rels")))


def html_document(html: str) -> Document:
    """Read a page's main part: its headings, paragraphs, list items and table rows, without menus and footers."""
    soup = BeautifulSoup(html, "html.parser")
    for name in _LEFT_OUT:
        for tag in soup.find_all(name):
            if not (name == "header" and tag.find("h1")):
                tag.decompose()
    found = soup.find("main") or soup.find("article") or soup.body
    root = found if isinstance(found, Tag) else soup
    writer = _Writer()
    title = soup.find("h1")
    if title and title not in root.descendants:
        writer.block(title.get_text(" "), level=1)
    _walk(root, writer, depth=0)
    writer.flush()
    return Document(text="\n".join(writer.parts), page_starts=(0,), lines=tuple(writer.lines))


@dataclass
class _Writer:
    """Collects the text and its lines as the page is walked."""

    parts: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    position: int = 0
    loose: list[str] = field(default_factory=list)  # text between blocks
    mark: str = ""  # of the list item about to be written
    lists: int = 0  # open around what is being written

    def block(self, text: str, *, level: int = 0, bold: bool = False, row: bool = False) -> None:
        """Write one paragraph; inside, a line feed is a line break that was asked for."""
        gap = True
        for piece in tidy(text).split("\n"):
            words = piece.strip(" ") if row else " ".join(piece.split())
            if not words.strip():
                continue
            if self.mark and not row:
                words, self.mark = f"{self.mark} {words}", ""
            if gap and self.parts:
                self._add("")
            self.lines.append(
                Line(
                    text=words,
                    start=self.position,
                    left=4.0 * self.lists,
                    right=float(len(words)),
                    level=level,
                    bold=bold,
                    gap=gap,
                )
            )
            self._add(words)
            gap = False

    def flush(self) -> None:
        """Write the loose text as a paragraph."""
        if text := "".join(self.loose):
            self.loose.clear()
            self.block(text)

    def _add(self, line: str) -> None:
        self.parts.append(line)
        self.position += len(line) + 1


def _walk(tag: Tag | BeautifulSoup, writer: _Writer, depth: int) -> None:
    number = _first_number(tag)
    writer.lists += tag.name in {"ul", "ol"}
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name == "br":
                writer.loose.append("\n")
            elif child.name == "li":
                writer.flush()
                writer.mark = f"{number}." if tag.name == "ol" else "•"
                number += 1
                _block(child, writer, depth)
            elif child.name in _BLOCKS or _holds_block(child):
                writer.flush()
                _block(child, writer, depth)
            else:
                writer.loose.append(_inline(child))
        elif type(child) is NavigableString:  # not a comment or a declaration
            writer.loose.append(_flat(child))
    if tag.name in {"ul", "ol"}:
        writer.flush()
        writer.lists -= 1


def _holds_block(tag: Tag) -> bool:
    """Whether a paragraph, a list or the like stands inside."""
    return any(isinstance(inner, Tag) and inner.name in _BLOCKS for inner in tag.descendants)


def _first_number(tag: Tag | BeautifulSoup) -> int:
    start = str(tag.get("start", "1")) if tag.name == "ol" else "1"
    return int(start) if start.isdecimal() and len(start) < 5 else 1  # noqa: PLR2004 - longer is no list number


def _block(tag: Tag, writer: _Writer, depth: int) -> None:
    if len(tag.name) == 2 and tag.name[0] == "h" and tag.name[1].isdigit():  # noqa: PLR2004 - h1 to h6
        writer.block(_inline(tag), level=int(tag.name[1]))
    elif tag.name == "tr":
        cells = [_cell(cell) for cell in tag.find_all(["td", "th"], recursive=False)]
        writer.block("\t".join(cells) if sum(map(bool, cells)) > 1 else "".join(cells), row=True)
    elif depth < _DEEPEST and _holds_block(tag):
        _walk(tag, writer, depth + 1)
        writer.flush()
    else:
        writer.block(_inline(tag), bold=_all_bold(tag))
    writer.mark = ""


def _cell(cell: Tag) -> str:
    """Return a cell's words, its paragraphs and items kept apart."""
    inner = [tag for tag in cell.find_all(["p", "li"]) if not tag.find(["p", "li"])]
    if len(inner) < 2 or len("".join(tag.get_text() for tag in inner).split()) < len(cell.get_text().split()):  # noqa: PLR2004 - one paragraph is the cell
        return " ".join(_inline(cell).split())
    return PARAGRAPH_END.join(filter(None, (_in_cell(tag) for tag in inner)))


def _in_cell(tag: Tag) -> str:
    words = " ".join(_inline(tag).split())
    return f"• {words}" if words and (tag.name == "li" or (tag.parent and tag.parent.name == "li")) else words


def _inline(tag: Tag) -> str:
    for line_break in tag.find_all("br"):
        line_break.replace_with("\ue000")
    for note in tag.find_all("sup"):
        note.replace_with("")
    return _flat(tag.get_text(" " if _holds_block(tag) else "")).replace("\ue000", "\n")


def _flat(text: str) -> str:
    """Line ends and tabs of the source are spaces."""
    return text.replace("\n", " ").replace("\r", " ").replace("\t", " ")


def _all_bold(tag: Tag) -> bool:
    text = tag.get_text().strip()
    return bool(text) and sum(len(part.get_text().strip()) for part in tag.find_all(["strong", "b"])) >= len(text) - 1
