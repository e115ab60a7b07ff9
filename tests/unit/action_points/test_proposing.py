"""Owners are proposed by what this council assigned before."""

import pytest

from tracker.action_points.proposing import Asked, Assigned, propose

PAST = [
    Assigned(Asked("review the thresholds for referral with all partners", "Safeguarding"), 1, "Amira", "Thresholds"),
    Assigned(Asked("make sure health assessments of children in care are on time", "Care"), 2, "Tom", "Health"),
    Assigned(Asked("improve the quality of education, health and care plans", "SEND"), 3, "Grace", "Plans"),
    Assigned(Asked("reduce waiting times for the clinic", "Care", ("Hospital Trust",)), 4, "Ola", "Clinic"),
]


@pytest.mark.parametrize(
    ("words", "owner"),
    [
        ("agree how thresholds for a referral are applied", 1),
        ("initial health assessments should be finished in twenty days", 2),
        ("write education, health and care plans that say more", 3),
        ("the clinic's waiting times should fall", 4),
    ],
)
def test_the_owner_of_the_most_similar_point_is_proposed_with_the_reason(words: str, owner: int) -> None:
    proposal = propose(Asked(words, "Areas for improvement"), PAST)
    assert proposal is not None
    assert proposal.owner_id == owner
    assert "was given to them" in proposal.reason


def test_nobody_is_proposed_where_nothing_is_similar() -> None:
    assert propose(Asked("publish the staff newsletter", "Leadership"), PAST) is None


def test_nobody_is_proposed_without_a_past() -> None:
    assert propose(Asked("review the thresholds", "Safeguarding"), []) is None


def test_a_shared_body_decides_between_two_that_are_as_similar() -> None:
    past = [
        Assigned(Asked("reduce waiting times", "A"), 1, "One", "First"),
        Assigned(Asked("reduce waiting times", "A", ("Hospital Trust",)), 2, "Two", "Second"),
    ]
    proposal = propose(Asked("waiting times should be reduced", "A", ("Hospital Trust",)), past)
    assert proposal is not None
    assert proposal.owner_id == 2


def test_words_that_every_point_has_count_for_little() -> None:
    past = [
        Assigned(Asked(f"children should have {thing}", "A"), number, "X", "T")
        for number, thing in enumerate(("homes", "schools", "doctors"))
    ]
    assert propose(Asked("children should have bicycles", "B"), past) is None
