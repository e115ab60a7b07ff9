"""Prepare GOV.UK Frontend for a council: no Transport font, no crest, no reference to any other file.

Not part of the application. Run by hand when a new version is taken (static/README.md says how):
`python -m tracker.web.vendor_govuk UNPACKED_PACKAGE` writes the two files into a folder that carries the version.
The code of GOV.UK Frontend is MIT; the font and the crest are licensed for GOV.UK and central government only.
"""

import re
import sys
from pathlib import Path

STATIC = Path(__file__).parent / "static"
FONT_RULES = re.compile(r"(/\*![^*]*Margaret Calvert[^*]*\*/)?@font-face\{[^}]*\}")
CREST_RULES = re.compile(
    r"[^{}]*\{[^{}]*url\([^)]*govuk-crest[^{}]*\}|\.govuk-footer__c(opyright-logo|rown)[^{}]*\{[^{}]*\}"
)
SOURCE_MAP = re.compile(r"\n?(/\*#|//#) sourceMappingURL=\S+( \*/)?")
TRANSPORT = re.compile(r"\"?GDS Transport\"?\s*,\s*arial\s*,\s*sans-serif", re.IGNORECASE)


def without_brand(css: str) -> str:
    """Return the style sheet in Arial, Helvetica, sans-serif, without font, crest or source map.

    Raises ValueError when something that belongs to GOV.UK, or points to another file, is still in it.
    """
    css = FONT_RULES.sub("", css)
    css = CREST_RULES.sub("", css)
    css = SOURCE_MAP.sub("", css)
    css = TRANSPORT.sub("Arial,Helvetica,sans-serif", css)
    for left in ("url(", "GDS Transport", "crest", "crown"):
        if left.lower() in css.lower():
            raise ValueError(
                f"{left!r} is still in the style sheet: its form has changed, so change the patterns here."
            )
    return css


def vendor(package: Path, static: Path = STATIC) -> Path:
    """Write the prepared style sheet and script of an unpacked npm package; return the folder they went into."""
    source = package / "dist" / "govuk"
    css = (source / "govuk-frontend.min.css").read_text(encoding="utf-8")
    script = (source / "govuk-frontend.min.js").read_text(encoding="utf-8")
    version = re.search(r'--govuk-frontend-version:"([\d.]+)"', css)
    if version is None:
        raise ValueError("The style sheet does not say which version it is.")
    folder = static / f"govuk-frontend-{version[1]}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "govuk-frontend.min.css").write_text(without_brand(css), encoding="utf-8")
    (folder / "govuk-frontend.min.js").write_text(SOURCE_MAP.sub("", script), encoding="utf-8")
    return folder


if __name__ == "__main__":
    sys.stdout.write(f"{vendor(Path(sys.argv[1]))}\n")
