"""One report in every format: parts in a small markup, written as text, a web page, a Word document and a PDF.

A line is a heading ("# …", "## …"), an item ("- …"), an item of an item ("-- …"), a row of a table ("| … | …"), else a
paragraph. A number ("4. …", "6.2 …") is part of a paragraph's words, as most reports print it.
"""

import io
import re
import subprocess
from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import docx
import typst

PAGE = (
    "#set page(width: 17cm, height: 11cm, margin: 1.8cm, header: [Report to the partnership],"
    " footer: context align(center, counter(page).display()))\n#set text(size: 10pt)"
)


class Part(NamedTuple):
    """One paragraph, heading, item or row."""

    kind: str  # h1, h2, h3, p, li, sub or row
    text: str

    @property
    def cells(self) -> list[str]:
        """The cells of a row."""
        return [cell.strip() for cell in self.text.strip("|").split("|")]


_MARKS = {"# ": "h1", "## ": "h2", "### ": "h3", "- ": "li", "-- ": "sub"}


def parts_of(report: str) -> Iterator[Part]:
    """The parts of a report, line by line."""
    for line in filter(None, map(str.strip, report.splitlines())):
        mark = re.match(r"(#+ |-+ |)", line)[0]  # type: ignore[index]
        yield Part("row", line) if line[0] == "|" else Part(_MARKS.get(mark, "p"), line[len(mark) :])


def as_text(report: str) -> bytes:
    """Plain text: rows with tabs, items with bullets."""
    written = []
    for part in parts_of(report):
        mark = {"li": "• ", "sub": "    - "}.get(part.kind, "")
        written.append("\t".join(part.cells) if part.kind == "row" else mark + part.text)
    return "\n\n".join(written).encode()


def as_html(report: str) -> bytes:
    """A web page between its menu and its footer."""
    written = []
    for kind, parts in groupby(parts_of(report), lambda part: {"sub": "li"}.get(part.kind, part.kind)):
        if kind == "row":
            rows = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in part.cells) + "</tr>" for part in parts)
            written.append(f"<table>{rows}</table>")
        elif kind == "li":
            written.append(_html_list(list(parts)))
        else:
            written += [f"<{kind}>{escape(part.text)}</{kind}>" for part in parts]
    menu = (
        "<nav><ul><li>You should sign in</li></ul></nav><div class='cookie-banner'><p>You must accept cookies</p></div>"
    )
    page = (
        f"<!doctype html><html><body>{menu}<main>{''.join(written)}</main><footer>You should not</footer></body></html>"
    )
    return page.encode()


def _html_list(items: list[Part]) -> str:
    written = ""
    for part in items:
        if part.kind == "sub":
            opened = written.removesuffix("</ul></li>")
            nested = opened if opened != written else f"{written.removesuffix('</li>')}<ul>"
            written = f"{nested}<li>{escape(part.text)}</li></ul></li>"
        else:
            written += f"<li>{escape(part.text)}</li>"
    return f"<ul>{written}</ul>"


def as_word(report: str) -> bytes:
    """A Word document with its styles for headings and lists, and ruled tables."""
    document = docx.Document()
    for is_table, group in groupby(parts_of(report), lambda part: part.kind == "row"):
        parts = list(group)
        if is_table:
            table = document.add_table(len(parts), len(parts[0].cells), style="Table Grid")
            for row, part in zip(table.rows, parts, strict=True):
                for cell, words in zip(row.cells, part.cells, strict=True):
                    cell.text = words
            continue
        for kind, text in parts:
            if kind[0] == "h":
                document.add_heading(text, level=int(kind[1]))
            else:
                style = {"li": "List Bullet", "sub": "List Bullet 2"}.get(kind)
                document.add_paragraph(text, style=style)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def as_pdf(report: str) -> bytes:
    """Small pages with a running head and page numbers, so that pages break items and rows."""
    written = [PAGE]
    for is_table, group in groupby(parts_of(report), lambda part: part.kind == "row"):
        parts = list(group)
        if is_table:
            cells = [f"[{_typst(cell)}]" for part in parts for cell in part.cells]
            columns = len(parts[0].cells)
            written.append(f"#table(columns: ({'1fr, ' * columns}), align: left, {', '.join(cells)})")
            continue
        for kind, text in parts:
            mark = {"li": "- ", "sub": "  - ", "p": "#[]"}.get(
                kind, "=" * int(kind[-1]) + " " if kind[0] == "h" else ""
            )
            written.append(mark + _typst(text))
    return typst.compile("\n\n".join(written).replace("\n\n  - ", "\n  - ").encode())


def _typst(text: str) -> str:
    return re.sub(r"([\\#$*_@<>`\[\]~=/+-])", r"\\\1", text)


def by_libre_office(documents: dict[str, bytes], folder: Path, program: str) -> dict[str, bytes]:
    """Word documents as PDFs, all in one call: the program takes seconds to start."""
    for name, data in documents.items():
        (folder / f"{name}.docx").write_bytes(data)
    command = [program, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
    paths = [str(folder / f"{name}.docx") for name in documents]
    subprocess.run([*command, "--outdir", str(folder), *paths], check=True, capture_output=True, timeout=120)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in documents}


FORMATS: dict[str, Callable[[str], bytes]] = {
    "text": as_text,
    "web page": as_html,
    "Word": as_word,
    "PDF": as_pdf,
}
