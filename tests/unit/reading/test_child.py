"""The child process that opens files from outside: the same reading, and no file takes the service down."""

import json
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from tests.unit.reading import samples
from tracker.errors import DocumentTooLarge, UnreadableDocument
from tracker.reports.reading import MAX_BYTES, read_bytes, read_safely


def bomb() -> bytes:
    """A small PDF whose one page unpacks to 280 MB."""
    content = zlib.compress(b"BT /F1 12 Tf (x) Tj ET " * 12_000_000, 1)
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    written = b"%PDF-1.4\n"
    for number, part in enumerate(parts, start=1):
        written += b"%d 0 obj%bendobj\n" % (number, part)
    return written + b"trailer<</Size 6/Root 1 0 R>>"


def test_a_file_read_in_the_child_gives_the_same_reading() -> None:
    data = samples.as_pdf()

    assert read_safely(data, "report.pdf") == read_bytes(data)


def test_a_refusal_comes_out_of_the_child_with_its_sentence() -> None:
    with pytest.raises(UnreadableDocument, match="picture"):
        read_safely(b"\x89PNG\r\n\x1a\n0000", "report.pdf")


def test_a_bomb_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match=r"could not be read|too long"):
        read_safely(bomb(), seconds=25)


def test_a_file_that_takes_too_long_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="too long"):
        read_safely(samples.as_text().encode(), seconds=0.01)


def test_a_file_over_the_limit_is_not_handed_to_a_child() -> None:
    with pytest.raises(DocumentTooLarge):
        read_safely(b"x" * (MAX_BYTES + 1))


def test_the_child_limits_itself_and_has_no_network() -> None:
    program = (
        "import resource, socket; from tracker.reports.reading import child; child.limit_this_process()\n"
        "print(resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CORE)[0])\n"
        "try:\n    socket.socket()\nexcept OSError as refusal:\n    print(refusal)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.split("\n")[:2] == [f"{2**30} 0", "the reader has no network"]


def test_the_form_for_scoring_is_printed(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(samples.as_text(), encoding="utf-8")
    command = [sys.executable, "-m", "tracker.reports.reading.child", "--score-json", str(report)]
    form = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)

    assert [point["timescale"] for point in form["action_points"]] == [
        "immediate",
        "immediate",
        "three_months",
        "six_months",
    ]
