"""Which earlier points a later point may tell again, on invented texts."""

import time

import pytest

from tracker.reports.recurring import ENOUGH, SHOWN, Earlier, Told, stem, suggest, terms_of
from tracker.terms import LinkKind

EARLIER = [
    Told(1, "Reduce the number of pupils who are excluded from school.", "Enjoying and achieving"),
    Told(2, "Make sure that initial health assessments of looked after children are on time.", "Being healthy"),
    Told(3, "Publish a plan for the recruitment of foster carers.", "Staying safe", ("Westmere Council",)),
    Told(4, "Improve access to specialist mental health services for young people aged 16 and 17.", "Being healthy"),
    Told(5, "Ensure that the handover to adult care is agreed a year before.", "Staying safe"),
]


def likes(words: str, **values: object) -> list[int]:
    point = Told(100, words, **values)  # type: ignore[arg-type]
    return [like.key for like in suggest([point], EARLIER).get(100, [])]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Exclusions of pupils with SEND are too high.", 1),
        ("Health assessments for children in care are late.", 2),
        ("There are still too few foster carers, and recruitment is slow.", 3),
        ("Young people wait too long for CAMHS.", 4),
        ("Young people are not told of the handover to adult social care in time.", 5),
    ],
)
def test_the_same_matter_in_other_words_is_suggested_first(words: str, first: int) -> None:
    assert likes(words)[0] == first


@pytest.mark.parametrize(
    "words",
    [
        "Agree with the police who attends when a child goes missing.",
        "The council should ensure that all services improve the quality of their work.",
        "Looked after children should be able to choose what they eat.",  # the same children, another matter
        "",
    ],
)
def test_what_is_new_has_no_earlier_self(words: str) -> None:
    assert likes(words) == []


def test_a_follow_up_in_the_same_words_is_the_recommendation_repeated() -> None:
    words = "Improve access to specialist mental health services for young people aged 16 and 17."
    repeated, own = (suggest([Told(9, words, follow_up=follow_up)], EARLIER)[9][0].kind for follow_up in (True, False))
    assert (repeated, own) == (LinkKind.REPEATED, LinkKind.TOLD_AGAIN)


def test_only_the_most_alike_can_be_the_one_that_is_repeated() -> None:
    twice = [Told(1, "Improve the handover to adult care."), Told(2, "Improve the handover to adult care services.")]
    found = suggest([Told(9, "Improve the handover to adult care.", follow_up=True)], twice)[9]
    assert [(like.key, like.kind) for like in found] == [(1, LinkKind.REPEATED), (2, LinkKind.TOLD_AGAIN)]


def test_a_follow_up_in_quite_other_words_is_only_told_again() -> None:
    [first, *_] = suggest([Told(9, "CAMHS are hard to reach in the evening.", follow_up=True)], EARLIER)[9]
    assert first.kind is LinkKind.TOLD_AGAIN


def test_at_most_three_are_suggested_the_most_alike_first() -> None:
    many = [Told(key, f"Recruit more foster carers in ward {key}.") for key in range(9)]
    found = suggest([Told(100, "Recruit more foster carers in ward 7.")], many)[100]
    assert len(found) == SHOWN
    assert found[0].key == 7
    assert [like.score for like in found] == sorted((like.score for like in found), reverse=True)
    assert all(ENOUGH <= like.score <= 1 for like in found)


def test_a_long_finding_may_tell_a_short_one_in_one_of_its_sentences() -> None:
    words = (
        "Schools value the advice they get from the council's educational psychologists. Parents spoke warmly of "
        "two nurseries. Too many pupils are excluded from school, above all at the secondary stage. Leaders have "
        "drawn up a scheme with head teachers and look at its figures every month."
    )
    assert likes(words)[0] == 1


def test_section_and_body_are_small_hints_and_make_nothing_alike_alone() -> None:
    words = "Recruitment of foster carers is slow."
    plain, hinted = (
        suggest([Told(9, words, *place)], EARLIER)[9][0].score
        for place in ((), ("staying safe", ("Westmere Council",)))
    )
    assert 0 < hinted - plain <= 0.1
    assert likes("Agree who attends.", section="Staying safe", bodies=("Westmere Council",)) == []


def test_nothing_is_told_again_where_nothing_was_told() -> None:
    assert suggest([Told(1, "Recruit more foster carers.")], []) == {}
    assert Earlier([]).like(Told(1, "Recruit more foster carers.")) == []


def test_wordings_of_the_field_stand_for_each_other() -> None:
    assert terms_of("Children’s SEN and/or disabilities")[0] == terms_of("learning difficulties and/or disabilities")[0]
    assert terms_of("a sentence") != terms_of("SEN")  # a word that begins like one is no wording


@pytest.mark.parametrize(
    ("one", "other"),
    [("monitoring", "monitored"), ("policies", "policy"), ("carers'", "carer"), ("council's", "council")],
)
def test_endings_make_no_difference(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_a_large_report_against_many_years_is_compared_in_seconds() -> None:
    subjects = "referral visit placement reunion audit caseload handover fostering adoption chronology".split()  # noqa: SIM905
    words = [f"{subject}{number}" for subject in subjects for number in range(60)]

    def point(key: int) -> Told:
        own = " ".join(words[(key * 7 + at * at) % len(words)] for at in range(20))
        return Told(key, f"The council should improve {own} for looked after children. It is late with {own[:60]}.")

    earlier, later = [point(key) for key in range(3_000)], [point(key * 11 + 5) for key in range(300)]
    begun = time.process_time()
    found = suggest(later, earlier)
    assert time.process_time() - begun < 5  # 1.4 s on a quiet machine
    assert found
