"""What is stored of something that must not stand in the database itself: a link's token, an address that was tried."""

import hashlib


def digest(text: str) -> str:
    """Return its SHA-256 in hexadecimal: enough to know it again, not enough to read it."""
    return hashlib.sha256(text.encode()).hexdigest()
