import pytest

from tracker.errors import InvalidValue
from tracker.web.colours import contrast, council_stylesheet


def test_contrast_is_counted_as_wcag_counts_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#1d4f91", "#1d4f91") == 1
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("colour", "text"), [("#1D4F91", "#ffffff"), ("#ffdd00", "#0b0c0c"), ("#777777", "#0b0c0c")])
def test_words_on_the_councils_colour_can_be_read(colour: str, text: str) -> None:
    assert council_stylesheet(colour) == (f":root{{--council-colour:{colour.lower()};--council-text-colour:{text}}}\n")


@pytest.mark.parametrize("colour", ["", "blue", "#fff", "#1d4f91;}body{display:none", "#1d4f91\n"])
def test_what_is_not_a_colour_is_refused(colour: str) -> None:
    with pytest.raises(InvalidValue, match="like #1d4f91"):
        council_stylesheet(colour)
