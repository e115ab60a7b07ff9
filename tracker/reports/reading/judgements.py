"""The grades a report awards: under headings, in tables, and in an authority's own row of a table of authorities."""

import re
from dataclasses import dataclass

from tracker.reports.reading.comparators import ComparatorRow
from tracker.reports.reading.document import Block, BlockKind
from tracker.reports.reading.headings import plain
from tracker.reports.reading.judging_words import GRADE_WORDS
from tracker.reports.reading.model import Judgement, Place, Scale
from tracker.reports.reading.scales import GRADE_WORD, grade_of
from tracker.reports.reading.sections import names_a_section, sections_of, without_grade
from tracker.terms import Grade

_WORDS = "|".join(sorted(GRADE_WORDS, key=len, reverse=True))
_GRADE = re.compile(
    rf"(?P<area>.*?)[\s:–-]*(?P<grade>grade:? ?(?P<number>[1-4])(?: ?\((?P<word>{_WORDS})\))?)$", re.IGNORECASE
)
_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})?\.?\s+")
_ENDS_IN_WORD = re.compile(
    rf"(?P<area>[A-Z].{{7,160}}?)(?:\s+(?:is|are|is judged|are judged|requires))?[:\s]+(?P<grade>{_WORDS})$",
    re.IGNORECASE,
)
_ENDING_WORD = re.compile(rf"(?:^|\s+)(?:{_WORDS})$", re.IGNORECASE)
_NO_AREA = re.compile(r"^the graded judge?ment|\b(?:last|previous) (?:inspection|full)\b|\bit$", re.IGNORECASE)
_GRADE_HEAD = re.compile(r"\b(?:grade|judge?ment)s?\b", re.IGNORECASE)
_SCALE_ROW = re.compile(rf"(?:{_WORDS}) \(grade|grade [1-4]:", re.IGNORECASE)
_LONGEST_AREA = 170


@dataclass
class _Found:
    """A grade and the area it is for."""

    area: str
    grade: str
    normalised: Grade | None
    half: str
    block: Block


def judgements_of(
    blocks: tuple[Block, ...], scale: Scale | None, authority: str | None, comparators: tuple[ComparatorRow, ...]
) -> tuple[Judgement, ...]:
    """Each area's grade once, as first printed; a table of authorities fills in headings that have no grade."""
    found = [*_under_headings(blocks, scale), *_in_rows(blocks, scale), *_in_lines(blocks)]
    found.sort(key=lambda one: one.block.start)
    judged: dict[tuple[str, str], _Found] = {}
    for one in found:
        key = (one.half, _key(one.area))
        if not _NO_AREA.search(one.area) and not any(
            half == key[0] and key[1].endswith(f" {area}") for half, area in judged
        ):
            judged.setdefault(key, one)
    if not any(half for half, _ in judged):
        for one in _from_row(blocks, scale, authority, comparators):
            judged.setdefault(("", _key(one.area)), one)
    return tuple(
        Judgement(
            one.half or None, one.area, one.grade, one.normalised, Place(one.block.page, one.block.start, one.block.end)
        )
        for one in judged.values()
    )


def _key(area: str) -> str:
    """Return what two names of an area have in common: the words before the first comma."""
    return plain(_NUMBERED.sub("", area)).split(",")[0]


def _normalised(grade: str, scale: Scale | None) -> Grade | None:
    """Return the common grade: by the word printed, else by the scale's number."""
    found = _GRADE.fullmatch(grade)
    if found and found["word"]:
        return grade_of(found["word"])
    number = found["number"] if found else grade
    return grade_of(grade) or (scale.words.get(number) if scale else None)


def _under_headings(blocks: tuple[Block, ...], scale: Scale | None) -> list[_Found]:
    """Find "Being healthy Grade 3", and "Grade 3" on the line below its heading."""
    found = []
    sections = sections_of(blocks)
    for position, block in enumerate(blocks):
        match = _GRADE.fullmatch(block.text) if block.is_heading and len(block.text) < _LONGEST_AREA else None
        if not match:
            continue
        above = blocks[position - 1] if position else None
        area = _ENDING_WORD.sub("", match["area"]).strip() or (above.text if above and names_a_section(above) else "")
        if area:
            half = sections[position].half
            found.append(
                _Found(
                    without_grade(area),
                    match["grade"],
                    _normalised(match["grade"], scale),
                    "" if plain(half) == plain(area) else half,
                    block,
                )
            )
    return found


def _in_rows(blocks: tuple[Block, ...], scale: Scale | None) -> list[_Found]:
    """Find "Being healthy | 3" under a head that names grades, and "Quality of provision | Good" anywhere."""
    found = []
    halves = {plain(section.half): section.half for section in sections_of(blocks) if section.half}
    numbers_are_grades, half = False, ""
    for block in blocks:
        if block.kind is not BlockKind.ROW:
            numbers_are_grades = False
            half = halves.get(plain(block.text), half) if block.is_heading else half
            continue
        area, *rest = block.cells
        grades = [cell for cell in rest if cell]
        half = halves.get(plain(area), half) if not grades else half
        if len(grades) != 1 or _SCALE_ROW.match(area):
            continue
        if _GRADE_HEAD.search(grades[0]) and not _GRADE.fullmatch(grades[0]):
            numbers_are_grades = True
        elif (
            GRADE_WORD.match(grades[0])
            or _GRADE.fullmatch(grades[0])
            or (numbers_are_grades and grades[0] in {"1", "2", "3", "4"})
        ):
            found.append(_Found(area, grades[0], _normalised(grades[0], scale), half, block))
    return found


def _in_lines(blocks: tuple[Block, ...]) -> list[_Found]:
    """On a page without cells: an area and its word on one line, or the word on the next."""
    found = []
    for position, block in enumerate(blocks):
        if (
            block.kind is BlockKind.ROW
            or len(block.text) > _LONGEST_AREA
            or block.text.endswith(".")
            or not _is_page(block)
        ):
            continue
        text = block.text
        below = blocks[position + 1] if position + 1 < len(blocks) else None
        if text.endswith(" Requires") and below and below.text.casefold().startswith("improvement"):
            text += " improvement"
        if GRADE_WORD.fullmatch(text):
            above = blocks[position - 1] if position else None
            if (
                above
                and len(above.text) < _LONGEST_AREA
                and not above.text.endswith((".", ":"))
                and not _ENDS_IN_WORD.fullmatch(above.text)
            ):
                found.append(_Found(above.text, text, grade_of(text), "", block))
        elif (match := _ENDS_IN_WORD.fullmatch(text)) and (block.is_heading or _looks_like_area(match["area"])):
            found.append(_Found(match["area"].rstrip(": "), match["grade"], grade_of(match["grade"]), "", block))
    return found


def _is_page(block: Block) -> bool:
    """Set in letters of a known size: only on a page have the cells of a table been lost."""
    return block.size > 0


def _looks_like_area(text: str) -> bool:
    return text.startswith(
        (
            "The ",
            "Overall",
            "How well",
            "Children",
            "Leadership",
            "Quality",
            "Effectiveness",
            "Adoption",
            "Experiences",
            "Outcomes",
        )
    )


def _from_row(
    blocks: tuple[Block, ...], scale: Scale | None, authority: str | None, comparators: tuple[ComparatorRow, ...]
) -> list[_Found]:
    """Grades from the authority's own row, for headings that say the same as a column ("Be Healthy")."""
    if not authority:
        return []
    own = next((row for row in comparators if row.comparator.authority.casefold() in authority.casefold()), None)
    if own is None:
        return []
    columns = {_stems(column): grade for column, grade in own.comparator.grades.items()}
    headings = {
        _stems(without_grade(block.text)): without_grade(block.text) for block in blocks if names_a_section(block)
    }
    return [
        _Found(headings[stems], grade, _normalised(grade, scale), "", own.block)
        for stems, grade in columns.items()
        if stems in headings
    ]


def _stems(text: str) -> tuple[str, ...]:
    return tuple(re.sub(r"e$", "", re.sub(r"ing$", "", word)) for word in plain(text).split())
