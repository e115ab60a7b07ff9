"""Finds Chromium, or installs it where that can be done; as a program, makes sure that it is there."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (  # the tests look at pages of this machine only; Chromium's own errands would hang in a closed network
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str | None:
    """Where Chromium is, or None."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> None:
    """Install Debian's Chromium where we are root on Debian; elsewhere there is nothing to be done."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", "chromium"]):
            subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL)


def main() -> int:
    if chromium() is None:
        install()
    found = chromium()
    print(f"Chromium: {found or 'not found. Install it, or name it in CHROMIUM.'}", file=sys.stderr)  # noqa: T201
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
