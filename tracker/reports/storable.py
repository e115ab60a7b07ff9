"""Makes a reading fit to be stored: what no database can hold is replaced, a character for a character.

A place in the text stays the same place, since nothing becomes longer or shorter.
"""

import re
from typing import Any

from tracker.reports.reading import Reading, from_dict, to_dict

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # NUL, and halves of a character: PostgreSQL refuses both
_INSTEAD = "\ufffd"


def storable(reading: Reading) -> Reading:
    """Return the reading, with the sign for "no such character" wherever a character cannot be stored."""
    plain = to_dict(reading)
    made = _replaced(plain)
    return reading if made == plain else from_dict(made)


def _replaced(value: Any) -> Any:  # noqa: ANN401 - whatever a reading is made of
    if isinstance(value, str):
        return _UNSTORABLE.sub(_INSTEAD, value)
    if isinstance(value, dict):
        return {key: _replaced(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_replaced(one) for one in value]
    return value
