"""The folder of real reports beside the repository: read from there, never copied into it."""

import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "reports"


def real_report(name: str) -> Path:
    """A real report's file; where the folder is missing the test is skipped, but fails where CI runs it."""
    path = FOLDER / "docs" / name
    if not path.exists():
        message = "The folder of real reports does not stand beside the repository."
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return path
