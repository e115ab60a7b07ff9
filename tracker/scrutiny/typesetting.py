"""Has typst set a paper, built to PDF/UA-1. Letters that no font of ours has become question marks, not a fault."""

import json
import re
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
FONTS = [str(HERE / "fonts")]
MOST_LETTERS = 100  # different ones that are taken out before it is given up
MISSING = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127], None) | dict.fromkeys(range(0xD800, 0xE000), "?")


def set_paper(template: str, name: str, told: dict[str, Any]) -> bytes:
    """Return the PDF of a template, given what it says under a name. What is told is data, never markup."""
    table: dict[int, Any] = dict(UNPRINTABLE)
    for _ in range(MOST_LETTERS):
        try:
            made = typst.compile(
                str(HERE / template),
                root=str(HERE),
                font_paths=FONTS,
                ignore_system_fonts=True,
                format="pdf",
                sys_inputs={name: json.dumps(_cleaned(told, table), ensure_ascii=False)},
                pdf_standards="ua-1",
            )
        except typst.TypstError as fault:
            missing = _missing(str(fault)) - table.keys()
            if not missing:
                raise
            table |= dict.fromkeys(missing, "?")
        else:
            return whole(made)
    raise ValueError("too many letters that no font has")


def whole(made: object) -> bytes:
    """Return the file that typst made."""
    if not isinstance(made, bytes):
        raise TypeError("typst returned no file")
    return made


def _missing(fault: str) -> set[int]:
    found = MISSING.search(fault)
    words = ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1]) if found else ""
    return {ord(letter) for letter in words if not letter.isascii()}


def _cleaned(value: Any, table: dict[int, Any]) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, dict):
        return {key: _cleaned(one, table) for key, one in value.items()}
    return [_cleaned(one, table) for one in value] if isinstance(value, list | tuple) else value
