"""Passwords: hashed with argon2, judged by length and against what is guessed first (NCSC guidance)."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tracker.errors import InvalidValue

DEMONSTRATION_PASSWORD = "three random words"  # noqa: S105 - of accounts that exist in the demonstration only
SHORTEST = 12
LONGEST = 256
GUESSED_FIRST = (
    "password",
    "passw0rd",
    "qwerty",
    "123456",
    "1234",
    "letmein",
    "welcome",
    "iloveyou",
    "tracker",
    "council",
)

_hasher = PasswordHasher()
_one_at_a_time = threading.Semaphore(1)  # a hash fills its cores for half a second: a crowd must queue, not pile up
_nobody = _hasher.hash("an account that does not exist takes as long as one that does")


def hash_password(password: str) -> str:
    """Return what is stored. Raises InvalidValue where the password is too short, too long or guessed first."""
    check_strength(password)
    with _one_at_a_time:
        return _hasher.hash(password)


def is_right(password_hash: str | None, password: str) -> bool:
    """Compare a typed password with what is stored, taking as long where there is no account."""
    with _one_at_a_time:
        try:
            return _hasher.verify(password_hash or _nobody, password[:LONGEST]) and password_hash is not None
        except (VerificationError, InvalidHashError):
            return False


def check_strength(password: str) -> None:
    """Raise InvalidValue, saying what to choose instead, where a password would not do."""
    if len(password) < SHORTEST:
        raise InvalidValue(
            f"Choose a password of at least {SHORTEST} characters. Three random words do well.", field="new"
        )
    if len(password) > LONGEST:
        raise InvalidValue(f"Choose a password of at most {LONGEST} characters.", field="new")
    plain = password.lower()
    for word in GUESSED_FIRST:
        plain = plain.replace(word, "")
    if len(set(plain)) < 4:  # noqa: PLR2004 - what is left of "passwordpassword1" or "aaaaaaaaaaaa"
        raise InvalidValue("That password would be guessed first. Choose three random words instead.", field="new")
