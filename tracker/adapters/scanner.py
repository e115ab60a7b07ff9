"""The hook for a virus scanner: a command that reads a file from its input and says by its exit status what it is.

0 is clean, 1 is infected, as clamdscan and its like have it; anything else, and one that takes too long, is no answer:
the file is held and asked about again.
"""

import shlex
import subprocess
from dataclasses import dataclass

from tracker.terms import Scan

SECONDS = 60
CLEAN, INFECTED = 0, 1


@dataclass(frozen=True)
class Scanner:
    """A scanner by its command line, such as ``clamdscan --no-summary -``."""

    command: str

    def scan(self, data: bytes) -> Scan:
        """Say what the scanner finds: passed or refused; waiting where it gave no answer."""
        try:
            ended = subprocess.run(  # noqa: S603 - the administrator's own command; the file is its input only
                shlex.split(self.command), input=data, capture_output=True, timeout=SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return Scan.WAITING
        return {CLEAN: Scan.PASSED, INFECTED: Scan.REFUSED}.get(ended.returncode, Scan.WAITING)
