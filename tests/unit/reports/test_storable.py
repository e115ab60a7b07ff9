"""What no database can hold is replaced, and every place in the text stays where it was."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tracker.reports.reading import Facts, Reading, read_text
from tracker.reports.storable import storable

TEXT = "Inspection of services\n\nAreas for improvement\n\nWithin three months:\n\n- review the records\n"


def test_a_sound_reading_stays_as_it_is() -> None:
    reading = read_text(TEXT)
    assert storable(reading) is reading


def test_a_nul_is_replaced_in_the_text_and_in_everything_read_from_it() -> None:
    reading = read_text(TEXT)
    point = replace(reading.points[0], text="review\x00the records")
    harmed = replace(reading, text=TEXT.replace("review the", "review\x00the"), points=(point,))
    made = storable(harmed)
    assert "\x00" not in made.text + made.points[0].text
    assert made.points[0].text == "review\ufffdthe records"
    assert made.points[0].place == point.place


@given(st.text(st.characters()))
def test_any_text_can_be_stored_afterwards_and_is_as_long(text: str) -> None:
    made = storable(Reading(text, (0,), Facts(title=text)))
    assert len(made.text) == len(text)
    assert "\x00" not in made.text
    made.text.encode()
