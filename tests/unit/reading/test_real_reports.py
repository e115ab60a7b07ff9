"""Scores the reader on the folder of real reports beside the repository. The floors may only rise."""

import importlib.util
import json
import os
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tracker.errors import UnreadableDocument
from tracker.reports.reading import read_bytes, to_scoring_form

SHARED = Path(__file__).parents[3].parent / "shared"
REPORTS = SHARED / "reports"
CORE = (
    "apa-letter-hackney-2008",
    "slac-hackney-2012",
    "scrutiny-apa-haringey-2008",
    "local-area-send-hackney-2018",
    "apa-letter-harrow-2007",
)

POINTS_F1, POINTS_EXACT = 1.0, 1.0
TIMESCALE = KIND = ORIGIN = FACTS = PRINTED_DATES = DEMAND = GRADES = COMPARATORS = 1.0
PROGRESS_FOUND, PROGRESS_READ_AT_MOST = 38, 60

needs_the_folder = pytest.mark.skipif(
    not REPORTS.is_dir() and os.environ.get("CI") != "true",
    reason="the folder of real reports is not beside the repository",
)


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_reading", SHARED / "tools" / "score_reading.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def totals() -> dict[str, list[int]]:
    """Each figure summed over all reports, as the scoring tool does; "refused" counts the ones that must be."""
    score = scorer().score
    sums: dict[str, list[int]] = {"refused": [0, 0], "core": [0, 0]}
    for gold_path in sorted((REPORTS / "gold").glob("*.json")):
        gold = json.loads(gold_path.read_text(encoding="utf-8"))
        (document,) = (REPORTS / "docs").glob(gold_path.stem + ".*")
        if gold.get("unreadable"):
            sums["refused"] = [sums["refused"][0] + _is_refused(document), sums["refused"][1] + 1]
            continue
        read = to_scoring_form(read_bytes(document.read_bytes()))
        figures: dict[str, Any] = score(gold, read)
        figures["demand"] = (_same_demand(gold["report"].get("response_requirement"), read["response_requirement"]), 1)
        if gold_path.stem in CORE:
            sums["core"] = [sums["core"][0] + figures["points"][3], sums["core"][1] + figures["points"][1]]
        for name, values in figures.items():
            before = sums.get(name, [0] * len(values))
            sums[name] = [a + b for a, b in zip(before, values, strict=True)]
    return sums


def _same_demand(gold: dict[str, Any] | None, read: dict[str, Any] | None) -> bool:
    if not gold or not read:
        return not gold and not read
    return gold["text"] == read["text"] and gold["due"] == read["due"]


def _is_refused(document: Path) -> bool:
    try:
        read_bytes(document.read_bytes())
    except UnreadableDocument as refusal:
        return refusal.sentence.startswith("This PDF is a scan")
    return False


@needs_the_folder
def test_the_folder_is_there() -> None:
    assert REPORTS.is_dir(), "CI needs the folder of real reports beside the repository"


@needs_the_folder
def test_points(totals: dict[str, list[int]]) -> None:
    found, wanted, read, exact = totals["points"]

    assert 2 * found / (wanted + read) >= POINTS_F1
    assert exact / wanted >= POINTS_EXACT
    assert totals["core"][0] == totals["core"][1]


@needs_the_folder
@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("timescale", TIMESCALE),
        ("kind", KIND),
        ("origin", ORIGIN),
        ("facts", FACTS),
        ("printed dates", PRINTED_DATES),
        ("demand", DEMAND),
        ("refused", 1.0),
    ],
)
def test_shares(totals: dict[str, list[int]], name: str, floor: float) -> None:
    right, asked = totals[name]

    assert right / asked >= floor


@needs_the_folder
def test_grades_and_nothing_beside_them(totals: dict[str, list[int]]) -> None:
    right, wanted, read = totals["grades"]

    assert right / wanted >= GRADES
    assert read == wanted


@needs_the_folder
def test_progress_and_little_beside_it(totals: dict[str, list[int]]) -> None:
    found, _, read = totals["progress"]

    assert found >= PROGRESS_FOUND
    assert read <= PROGRESS_READ_AT_MOST


@needs_the_folder
def test_comparators(totals: dict[str, list[int]]) -> None:
    right, wanted = totals["comparators"]

    assert right / wanted >= COMPARATORS
