"""The council's colour: is it a colour, and is white or black readable on it? Pure."""

import re

from tracker.errors import InvalidValue

HEX = re.compile(r"#[0-9a-f]{6}")
WHITE, BLACK = "#ffffff", "#0b0c0c"
READABLE = 4.5  # WCAG 2.2, success criterion 1.4.3


def luminance(colour: str) -> float:
    """Return the relative luminance of "#rrggbb", 0 to 1 (WCAG 2.2, definition)."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)  # noqa: PLR2004
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours: > 1.0 for the same, > 21.0 for black on white."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def council_stylesheet(colour: str) -> str:
    """Return the style sheet that puts a council's colour on its pages, with text that can be read on it.

    Raises InvalidValue when it is not a colour written like "#1d4f91".
    """
    colour = colour.lower()
    if not HEX.fullmatch(colour):
        raise InvalidValue("Enter the colour as # and six digits or letters from a to f, like #1d4f91.")
    text = WHITE if contrast(colour, WHITE) >= READABLE else BLACK
    return f":root{{--council-colour:{colour};--council-text-colour:{text}}}\n"
