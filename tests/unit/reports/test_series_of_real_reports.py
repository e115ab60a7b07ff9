"""What a careful reader finds told again in the real reports, by their points' numbers only; it has to be found.

Read where they stand beside the repository, never copied into it. The last four series put reports of different
councils behind each other as if they were one council's, for more variety than one council's three reports have.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.real_reports import real_report
from tracker.reports.reading import read_bytes
from tracker.reports.recurring import SHOWN, Told, suggest
from tracker.terms import Origin

LETTER_2008, INSPECTION_2012 = "apa-letter-hackney-2008.txt", "slac-hackney-2012.txt"
SEND_2018, VISIT_2019 = "local-area-send-hackney-2018.txt", "ofsted-focused-visit-hackney-2019.pdf"
HARROW, HARINGEY = "apa-letter-harrow-2007.txt", "scrutiny-apa-haringey-2008.txt"
KENT, MEDWAY = "ofsted-lac-kent-2013.pdf", "ofsted-lac-medway-2013.pdf"

Place = tuple[str, int]  # an earlier report, and the number of its point, from one


@dataclass(frozen=True)
class Series:
    """A later report, the earlier ones, what any careful reader finds told again, and what one may find too."""

    later: str
    earlier: tuple[str, ...]
    told: dict[int, set[Place]]
    perhaps: dict[int, set[Place]] = field(default_factory=dict)


HACKNEY = (
    # Nothing of the 2008 letter (standards, exclusions, young people without work) is asked again in 2012.
    Series(INSPECTION_2012, (LETTER_2008,), {}),
    Series(
        SEND_2018,
        (LETTER_2008, INSPECTION_2012),
        {
            6: {(INSPECTION_2012, 9)},  # health assessments of children in care
            13: {(LETTER_2008, 5)},  # exclusions of pupils with special needs
            14: {(LETTER_2008, 10)},  # what young people with special needs do after school
        },
        {14: {(LETTER_2008, 7)}},
    ),
    # How performance is managed.
    Series(VISIT_2019, (LETTER_2008, INSPECTION_2012, SEND_2018), {5: {(LETTER_2008, 11)}}),
)
OTHERS = (
    Series(
        LETTER_2008,
        (HARROW,),
        {5: {(HARROW, 15), (HARROW, 17)}, 7: {(HARROW, 22)}, 10: {(HARROW, 22)}},
        {11: {(HARROW, 8)}},
    ),
    Series(
        INSPECTION_2012,
        (HARROW,),
        {8: {(HARROW, 25)}, 10: {(HARROW, 8)}, 12: {(HARROW, 18)}},
        {7: {(HARROW, 8)}, 8: {(HARROW, 23)}},
    ),
    Series(
        HARINGEY,
        (HARROW,),
        {
            1: {(HARROW, 5)},
            5: {(HARROW, 11)},
            12: {(HARROW, 18)},
            13: {(HARROW, 19)},
            14: {(HARROW, 18)},
            17: {(HARROW, 22)},
            18: {(HARROW, 24)},
        },
        {1: {(HARROW, 1)}, 18: {(HARROW, 10)}},
    ),
    Series(
        KENT,
        (MEDWAY,),
        {1: {(MEDWAY, 3)}, 2: {(MEDWAY, 7)}, 4: {(MEDWAY, 9)}, 5: {(MEDWAY, 14)}, 6: {(MEDWAY, 6)}, 12: {(MEDWAY, 11)}},
        {2: {(MEDWAY, 8)}, 4: {(MEDWAY, 8)}, 3: {(MEDWAY, 7)}},
    ),
    Series(
        MEDWAY,
        (LETTER_2008, INSPECTION_2012),
        {4: {(INSPECTION_2012, 6)}, 5: {(INSPECTION_2012, 9)}},
        {12: {(INSPECTION_2012, 7), (INSPECTION_2012, 10)}, 14: {(INSPECTION_2012, 12)}},
    ),
)
LEAST_FOUND, LEAST_RIGHT = 0.85, 0.75  # docs/series.md says what is reached


def points_of(name: str) -> list[Told]:
    reading = read_bytes(real_report(name).read_bytes(), name)
    return [
        Told(number, point.text, point.section, tuple(point.bodies), point.origin is Origin.JOINT_AREA_REVIEW)
        for number, point in enumerate(reading.points, start=1)
    ]


def suggested(series: Series) -> dict[int, list[Place]]:
    places: list[Place] = []
    earlier: list[Told] = []
    for name in series.earlier:
        for point in points_of(name):
            earlier.append(Told(len(places), point.words, point.section, point.bodies))
            places.append((name, point.key))
    found = suggest(points_of(series.later), earlier)
    return {number: [places[like.key] for like in likes] for number, likes in found.items()}


def pairs(found: dict[int, set[Place]] | dict[int, list[Place]]) -> Iterator[tuple[int, Place]]:
    return ((number, place) for number, places in found.items() for place in places)


@pytest.mark.parametrize("series", HACKNEY, ids=lambda one: one.later)
def test_what_recurs_in_one_council_s_reports_is_suggested(series: Series) -> None:
    found = suggested(series)
    assert set(pairs(series.told)) <= set(pairs(found))
    assert all(len(places) <= SHOWN for places in found.values())


def test_most_of_what_recurs_is_suggested_and_most_of_what_is_suggested_recurs() -> None:
    told, found, right = 0, 0, 0
    shown = 0
    for series in (*HACKNEY, *OTHERS):
        suggestions = set(pairs(suggested(series)))
        must, may = set(pairs(series.told)), set(pairs(series.told)) | set(pairs(series.perhaps))
        told, found = told + len(must), found + len(must & suggestions)
        shown, right = shown + len(suggestions), right + len(may & suggestions)
    assert found / told >= LEAST_FOUND
    assert right / shown >= LEAST_RIGHT


@pytest.mark.parametrize(("name", "count"), [(HARINGEY, 14), (HARROW, 13)])
def test_every_follow_up_of_the_core_letters_has_a_statement_of_its_own_or_its_section(name: str, count: int) -> None:
    reading = read_bytes(real_report(name).read_bytes(), name)
    followups = [at for at, point in enumerate(reading.points) if point.origin is Origin.JOINT_AREA_REVIEW]
    assert len(followups) == count
    for at in followups:
        said = [one for one in reading.progress if at in one.about]
        assert said, reading.points[at].text
        assert any(one.section == reading.points[at].section for one in said) or len(said[0].about) > 1


@pytest.mark.parametrize(("name", "count"), [(HARINGEY, 14), (HARROW, 13)])
def test_a_follow_up_whose_review_is_in_the_system_is_taken_for_it(name: str, count: int) -> None:
    later = points_of(name)
    followups = [point for point in later if point.follow_up]
    earlier = [Told(point.key + 100, point.words, "", point.bodies) for point in later]
    found = suggest(followups, earlier)
    first = {key: (likes[0].key - 100, likes[0].kind.value) for key, likes in found.items()}
    assert first == {point.key: (point.key, "repeated") for point in followups}
    assert len(first) == count
