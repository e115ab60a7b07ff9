"""Broken and hostile variants of our own invented reports: what a service that takes files from outside has to stand.

Everything is made here, from the demonstration's invented reports and from nothing, the same for the same seed.
"""

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import docx
import typst

from tracker.demonstration.story import REPORTS

PARAGRAPH = "<w:p><w:r><w:t>Review how records are kept.</w:t></w:r></w:p>"
WORD = (
    '<?xml version="1.0"?>{}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
)
WORD_END = "</w:body></w:document>"
MIB = 2**20


@dataclass(frozen=True)
class Sent:
    """A file as somebody sends it."""

    kind: str
    filename: str
    data: bytes


def report_words() -> str:
    """The demonstration's inspection report, as text."""
    words = (REPORTS / "inspection.txt").read_text("utf-8")
    return words.format(start="9 March 2026", end="20 March 2026", published="8 May 2026")


def as_pdf(words: str) -> bytes:
    """The words as a PDF of several pages."""
    body = "\n\n".join(f"#text[{_literal(part)}]" for part in words.split("\n\n"))
    return typst.compile(("#set page(height: 12cm)\n" + body).encode())


def as_docx(words: str) -> bytes:
    """The words as a Word document."""
    document = docx.Document()
    for part in words.split("\n\n"):
        document.add_paragraph(part)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _literal(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'#"{escaped}"'


def variants(count: int, seed: int = 1, *, heavy: bool = True) -> Iterator[Sent]:
    """Give so many files: every bomb once, the heavy ones too where wanted, then broken reports; no two the same."""
    chance = random.Random(seed)  # noqa: S311 - it has to be the same again
    bombs = BOMBS | HEAVY if heavy else BOMBS
    for name, make in bombs.items():
        yield Sent(name, f"{name}.{'docx' if 'word' in name else 'pdf'}", make())
    words = report_words()
    sound = {"pdf": as_pdf(words), "docx": as_docx(words), "txt": words.encode()}
    breaks = list(BREAKS.items())
    for number in range(count - len(bombs)):
        name, harm = breaks[number % len(breaks)]
        kind = "docx" if name == "inside" else chance.choice(("pdf", "pdf", "docx", "docx", "txt"))
        named = chance.choice((kind, kind, kind, "pdf", "doc", "html"))
        marked = sound[kind] + b"\n%% %d" % number if kind != "docx" else sound[kind]
        yield Sent(f"{kind} {name}", f"report {number}.{named}", harm(marked, chance))


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data))]


def _flip(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 3, 10, 100, 1000))):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def _swap(data: bytes, chance: random.Random) -> bytes:
    size = chance.choice((16, 256, 1024))
    blocks = [data[at : at + size] for at in range(0, len(data), size)]
    first, second = chance.randrange(len(blocks)), chance.randrange(len(blocks))
    blocks[first], blocks[second] = blocks[second], blocks[first]
    return b"".join(blocks)


def _blank(data: bytes, chance: random.Random) -> bytes:
    at, size = chance.randrange(len(data)), chance.choice((8, 128, 2048))
    return data[:at] + bytes(size) + data[at + size :]


def _double(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[: at + 4000] + data[at:]


def _inside(data: bytes, chance: random.Random) -> bytes:
    """Harm one part of a Word file and pack it again, so that the archive itself is sound."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        harmed = chance.choice([name for name in old.namelist() if name.startswith("word/") or "rels" in name])
        for name in old.namelist():
            part = old.read(name)
            harm = chance.choice((_cut, _flip, _swap, _blank))
            new.writestr(name, harm(part, chance) if name == harmed and part else part)
    return made.getvalue()


Harm = Callable[[bytes, random.Random], bytes]
BREAKS: dict[str, Harm] = {
    "cut": _cut,
    "flipped": _flip,
    "swapped": _swap,
    "blanked": _blank,
    "doubled": _double,
    "inside": _inside,
}


def pdf_of(*objects: bytes) -> bytes:
    """A PDF of these objects, the first of them its catalogue, without a table of places (readers make their own)."""
    written = b"%PDF-1.4\n"
    for number, one in enumerate(objects, start=1):
        written += b"%d 0 obj%b\nendobj\n" % (number, one)
    return written + b"trailer<</Size %d/Root 1 0 R>>" % (len(objects) + 1)


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def stream(content: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    """A stream object."""
    return b"<</Length %d/Filter%b>>stream\n%b\nendstream" % (len(content), filters, content)


def swollen_pdf() -> bytes:
    """A page of text that unpacks to 280 MB."""
    packed = zlib.compressobj(1)
    part = b"BT /F1 12 Tf (x) Tj ET " * 100_000
    content = b"".join([*(packed.compress(part) for _ in range(120)), packed.flush()])
    return pdf_of(CATALOGUE, ONE_PAGE, PAGE, stream(content), FONT)


def nested_flate() -> bytes:
    """Two kilobytes that unpack, three times over, to half a gigabyte."""
    content = zlib.compress(zlib.compress(_zeros(512 * MIB), 9), 9)
    return pdf_of(CATALOGUE, ONE_PAGE, PAGE, stream(content, b"[/FlateDecode/FlateDecode/FlateDecode]"), FONT)


def cyclic_pages() -> bytes:
    """A tree of pages that holds itself."""
    return pdf_of(
        CATALOGUE, b"<</Type/Pages/Parent 3 0 R/Kids[3 0 R 2 0 R]/Count 9>>", b"<</Type/Pages/Kids[2 0 R]/Count 9>>"
    )


def claimed_pages() -> bytes:
    """One page that says it is two thousand million."""
    return pdf_of(
        CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>", PAGE, stream(zlib.compress(b"BT ET")), FONT
    )


def many_pages() -> bytes:
    """The same page a hundred thousand times."""
    kids = b"3 0 R " * 100_000
    content = zlib.compress(b"BT /F1 12 Tf 20 800 Td (Review how records are kept.) Tj ET")
    return pdf_of(CATALOGUE, b"<</Type/Pages/Kids[%b]/Count 100000>>" % kids, PAGE, stream(content), FONT)


def deep_objects() -> bytes:
    """Arrays within arrays, a hundred thousand deep."""
    return pdf_of(CATALOGUE, ONE_PAGE, b"[" * 100_000 + b"]" * 100_000)


def deep_pages() -> bytes:
    """A tree of pages twenty thousand branches deep."""
    branches = [b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (at + 1, at - 1) for at in range(2, 20_000)]
    return pdf_of(CATALOGUE, *branches, PAGE)


def deep_drawing() -> bytes:
    """A page that opens a million groups and closes none."""
    return pdf_of(CATALOGUE, ONE_PAGE, PAGE, stream(zlib.compress(b"q " * 1_000_000)), FONT)


def pdf_and_html() -> bytes:
    """One file that is a web page with a script and a PDF."""
    return (
        b"<html><!-- "
        + as_pdf("Areas for improvement\n\nReview the records.")
        + b" --><script>alert(1)</script><p>Review the records.</p>"
    )


def word_of(body: str, kind: str = "") -> bytes:
    """A Word document with this as its text."""
    return zip_of(
        {"[Content_Types].xml": b"<Types/>", "word/document.xml": (WORD.format(kind) + body + WORD_END).encode()}
    )


def zip_of(parts: dict[str, bytes]) -> bytes:
    """An archive of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def _zeros(size: int) -> bytes:
    """So many zeros, packed once."""
    packing = zlib.compressobj(1)
    return b"".join([*(packing.compress(bytes(MIB)) for _ in range(size // MIB)), packing.flush()])


def _swollen_word(part: str, size: int, block: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        if part != "word/document.xml":
            archive.writestr("word/document.xml", WORD.format("") + PARAGRAPH + WORD_END)
        with archive.open(part, "w", force_zip64=True) as swelling:
            if part == "word/document.xml":
                swelling.write((WORD.format("") + "<w:p><w:r><w:t>").encode())
            for _ in range(size // len(block)):
                swelling.write(block)
            if part == "word/document.xml":
                swelling.write(("</w:t></w:r></w:p>" + WORD_END).encode())
    return made.getvalue()


def _laughs() -> str:
    lines = ['<!ENTITY l0 "Review the records. ">']
    lines += [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)]
    return f"<!DOCTYPE w:document [{''.join(lines)}]>"


BOMBS: dict[str, Callable[[], bytes]] = {
    "empty pdf": lambda: b"",
    "blank pdf": lambda: b" \n\t " * 1000,
    "picture as pdf": lambda: b"\x89PNG\r\n\x1a\n" + bytes(1000),
    "old word": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
    "program as pdf": lambda: b"MZ\x90\x00" + bytes(4096),
    "cyclic pages pdf": cyclic_pages,
    "claimed pages pdf": claimed_pages,
    "deep objects pdf": deep_objects,
    "pdf and html": pdf_and_html,
    "entity word": lambda: word_of("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", _laughs()),
    "outside entity word": lambda: word_of(
        "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    ),
    "java archive word": lambda: zip_of({"META-INF/MANIFEST.MF": b"Main-Class: X", "X.class": b"\xca\xfe\xba\xbe"}),
    "text with a nul": lambda: b"Areas for improvement\n\nWithin three months:\n\n- review\x00 the records\n",
    "deep word": lambda: word_of("<w:tbl><w:tr><w:tc>" * 30_000 + PARAGRAPH + "</w:tc></w:tr></w:tbl>" * 30_000),
    "zip within zip word": lambda: zip_of({"word/document.xml": zip_of({"word/document.xml": bytes(8 * MIB)})}),
    "deep html": lambda: b"<html><body>" + b"<div>" * 50_000 + b"Review the records.",
    "deep pages pdf": deep_pages,
    "deep drawing pdf": deep_drawing,
    "nested flate pdf": nested_flate,
}
HEAVY: dict[str, Callable[[], bytes]] = {  # each may take all the time and memory a child has
    "very deep html": lambda: b"<html><body>" + b"<div>" * 200_000 + b"Review the records.",
    "many members word": lambda: zip_of({f"word/{number}.xml": b"" for number in range(100_000)}),
    "million paragraphs word": lambda: word_of(PARAGRAPH * 1_000_000),
    "one text of 300 MB word": lambda: _swollen_word("word/document.xml", 300 * MIB, b"Review the records. " * 52_429),
    "gigabyte of zeros word": lambda: _swollen_word("word/media/image1.png", 1024 * MIB, bytes(MIB)),
    "gigabyte of blanks word": lambda: _swollen_word("word/document.xml", 1024 * MIB, b" " * MIB),
    "swollen pdf": swollen_pdf,
    "many pages pdf": many_pages,
    "brackets text": lambda: b"(" * MIB + b"\n" + b". . . " * 200_000,
    "one long line": lambda: b"The council should review the records within three months " * 80_000,
    "20 MB of points": lambda: (
        b"Areas for improvement\n\nWithin three months:\n\n" + b"- review the records of children\n" * 600_000
    ),
}
