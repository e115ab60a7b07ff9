"""Tells a file's format by its content, never by its name, and hands it to the reader for that format."""

import codecs
import io
import re
import zipfile

from tracker.errors import DocumentTooLarge, UnreadableDocument
from tracker.reports.reading.document import Document
from tracker.reports.reading.html import WORD_BROKEN, html_document, word_document
from tracker.reports.reading.pdf import pdf_document
from tracker.reports.reading.text import text_document

MAX_BYTES = 25 * 2**20

# How a file begins, and what to say of it. One line each.
REFUSED = (
    (
        b"\x89PNG\r\n\x1a\n",
        "This is a picture (PNG), not a document. Add the report as a PDF with text, or paste its text.",
    ),
    (
        b"\xff\xd8\xff",
        "This is a picture (JPEG), not a document. Add the report as a PDF with text, or paste its text.",
    ),
    (b"GIF8", "This is a picture (GIF), not a document. Add the report as a PDF with text, or paste its text."),
    (b"II*\x00", "This is a picture (TIFF), not a document. Add the report as a PDF with text, or paste its text."),
    (b"MM\x00*", "This is a picture (TIFF), not a document. Add the report as a PDF with text, or paste its text."),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "This is an old Word or Excel file, or one locked with a password. Save it as .docx or PDF and add that.",
    ),
    (b"{\\rtf", "This is a rich text (RTF) file. Save it as .docx or PDF and add that."),
    (b"Rar!", "This is an archive of files. Unpack it and add the report itself."),
    (b"7z\xbc\xaf", "This is an archive of files. Unpack it and add the report itself."),
    (b"\x1f\x8b", "This is an archive of files. Unpack it and add the report itself."),
    (b"\x7fELF", "This is a program, not a document. Add the report as a PDF, a Word document or plain text."),
    (b"MZ\x90", "This is a program, not a document. Add the report as a PDF, a Word document or plain text."),
    (b"%!PS", "This is a PostScript file. Save it as a PDF and add that."),
)
EMPTY = "This file is empty. Choose the report again, or paste its text."
NO_WORDS = "There are no words in this file. Choose the report again, or paste its text."
UNKNOWN = "This is not a kind of file that can be read. Add the report as a PDF, a Word document (.docx), a web page or plain text."  # noqa: E501 - one pattern or sentence on one line
OTHER_ZIP = "This is an archive of files, or a spreadsheet or presentation. Save the report as a PDF or Word document (.docx) and add that."  # noqa: E501 - one pattern or sentence on one line
OPEN_DOCUMENT = "This is an OpenDocument file. Save it as .docx or PDF and add that."

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html|head|body|main|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_CONTROLS = frozenset(map(chr, [*range(9), *range(14, 27), *range(28, 32)]))


def document_of(data: bytes) -> Document:
    """Return the file as a document. Refused, each with its sentence: too large, empty, unreadable kind, no words."""
    if len(data) > MAX_BYTES:
        raise DocumentTooLarge
    if not data.strip():
        raise UnreadableDocument(EMPTY)
    for beginning, sentence in REFUSED:
        if data.startswith(beginning):
            raise UnreadableDocument(sentence)
    if b"%PDF-" in data[:1024]:
        return pdf_document(data)
    if data.startswith(b"PK"):
        return _zipped(data)
    return text_or_html(decoded(data))


def text_or_html(text: str) -> Document:
    """Pasted text, or the text of a file: a web page where it begins as one."""
    document = html_document(text) if _HTML.match(text) else text_document(text)
    if not any(c.isalpha() for c in document.text):
        raise UnreadableDocument(NO_WORDS)
    return document


def _zipped(data: bytes) -> Document:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = set(parts.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableDocument(WORD_BROKEN) from error
    if "word/document.xml" in names or any(name.startswith("word/") for name in names):
        document = word_document(data)
        if not any(c.isalpha() for c in document.text):
            raise UnreadableDocument(NO_WORDS)
        return document
    raise UnreadableDocument(OPEN_DOCUMENT if "content.xml" in names else OTHER_ZIP)


def decoded(data: bytes) -> str:
    """Return the text of bytes in UTF-8, UTF-16, UTF-32 or Windows-1252. Refused: bytes that are no text."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _texty(data.decode(encoding, errors="replace"))
    head = data[:4000]
    if head.count(0) > len(head) // 4:  # text without a byte order mark, every second byte of it 0
        encoding = "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
        return _texty(data.decode(encoding, errors="replace"))
    try:
        return _texty(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _texty(data.decode("cp1252", errors="replace"))


def _texty(text: str) -> str:
    strange = sum(c in _CONTROLS or c == "\ufffd" for c in text[:20000])
    if strange > max(2, len(text[:20000]) // 50):
        raise UnreadableDocument(UNKNOWN)
    return text
