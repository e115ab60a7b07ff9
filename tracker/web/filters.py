"""The template filters: how things are written (``tracker.wording``), by the names templates use."""

from collections.abc import Callable
from typing import Any

from tracker import wording

FILTERS: dict[str, Callable[..., Any]] = {
    name: getattr(wording, name)
    for name in (
        "days_late",
        "days_left",
        "file_size",
        "format_date",
        "format_datetime",
        "format_short_date",
        "format_time",
        "label",
        "percent",
        "plural",
        "sentence",
    )
}
