"""Where an authority stands in a table of authorities."""

import pytest

from tests.real_reports import real_report
from tracker.reports.ranking import Compared, ordinal, plain_authority, ranking
from tracker.reports.reading import read_bytes


def row(name: str, *grades: int, total: int | None = None, note: str | None = None) -> Compared:
    return Compared(name, {f"Area {at}": str(grade) for at, grade in enumerate(grades)}, total or sum(grades), note)


TABLE = [row("Northbrook", 4, 4), row("Westmere", 3, 3), row("Eastham", 3, 3), row("Harcourt", 2, 2)]


def test_a_rank_is_said_with_those_who_share_it() -> None:
    found = ranking(TABLE, ["Westmere"], best="4")
    assert (found.rank, found.by_grades) == ("joint 2nd of 4 with 1 other", "")
    assert [one.authority for one in found.rows] == ["Northbrook", "Eastham", "Westmere", "Harcourt"]
    assert found.spread == ((8, 1), (6, 2), (4, 1))
    assert found.areas == ("Area 0", "Area 1")


def test_where_one_is_the_best_grade_the_lowest_total_is_first() -> None:
    found = ranking(TABLE, ["Harcourt"], best="1")
    assert found.rank == "1st of 4"
    assert found.rows[0].authority == "Harcourt"
    assert found.spread[0] == (4, 1)


def test_a_total_that_is_not_the_sum_gives_another_rank_by_the_grades() -> None:
    wrong = row("Eastham", 3, 2, total=6, note="The printed total is 6; the grades add up to 5.")
    found = ranking([*TABLE[:2], wrong], ["Westmere"], best="4")
    assert (found.rank, found.by_grades) == ("joint 2nd of 3 with 1 other", "2nd of 3")
    assert found.notes == ("Eastham: The printed total is 6; the grades add up to 5.",)


def test_a_council_that_is_not_in_the_table_has_no_rank() -> None:
    found = ranking(TABLE, ["Elsewhere", ""], best=None)
    assert (found.own, found.rank, found.by_grades) == (None, "", "")


def test_without_totals_there_is_no_rank_by_them() -> None:
    words = [Compared(name, {"Care": "good"}, None) for name in ("Westmere", "Eastham")]
    found = ranking(words, ["Westmere"], best=None)
    assert (found.rank, found.spread) == ("", ())
    assert found.own is words[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("London Borough of Hackney", "HACKNEY"),
        ("Haringey Council", "Haringey"),
        ("Kent County Council", "Kent"),
        ("The Royal Borough of Kensington and Chelsea", "Kensington & Chelsea"),
        ("City of London", "city of london"),
    ],
)
def test_an_authority_is_known_by_its_name_without_what_it_is(one: str, other: str) -> None:
    assert plain_authority(one) == plain_authority(other)


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd"), (113, "113th")]
)
def test_places_are_written_as_one_says_them(number: int, words: str) -> None:
    assert ordinal(number) == words


def test_the_real_table_is_ranked_as_its_report_says() -> None:
    name = "scrutiny-apa-haringey-2008.txt"
    reading = read_bytes(real_report(name).read_bytes(), name)
    rows = [Compared(one.authority, one.grades, one.total, one.note) for one in reading.comparators]
    found = ranking(
        rows, [reading.facts.authority or ""], best=reading.facts.scale.best if reading.facts.scale else None
    )
    assert found.rank == "joint 13th of 33 with 11 others"
    assert found.by_grades == "joint 13th of 33 with 10 others"
    assert [note.partition(":")[0] for note in found.notes] == ["Islington"]
