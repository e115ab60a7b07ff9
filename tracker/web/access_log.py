"""What is logged of a request: never the part of an address that is a key."""

from typing import Any

from gunicorn.glogging import Logger

from tracker.web.keys import covered

ADDRESSES = ("r", "U", "f")  # the request line, its path, and the page it came from


class CoveringLogger(Logger):  # type: ignore[misc]  # the library has no types
    """Gunicorn's logger, which writes no key into the access log."""

    def atoms(self, *arguments: Any, **named: Any) -> dict[str, Any]:  # noqa: ANN401 - the library's own
        """Return what a line of the access log is made of."""
        found: dict[str, Any] = super().atoms(*arguments, **named)
        return found | {name: covered(str(found[name])) for name in ADDRESSES if found.get(name)}
