"""Everything said of an action is found by its words, on both databases alike, whatever signs are typed with them."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from tests.factories import make_action, make_claim, make_council, make_update
from tracker.actions.listing.finding import Found, find, reports_named
from tracker.actions.listing.searching import said_of, words_of
from tracker.models import Action, Claim, Council, Evidence, SearchText, work_for

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
NASTY = [
    '"', "'", '""', '"referrals', "referrals'", "referrals*", "*", "-", "-referrals", "referrals -police", "^referrals",
    "referrals OR police", "OR", "AND", "NOT", "NEAR(referrals police)", "NEAR", "text:referrals", "council_id : 2",
    "(", ")",
    "(referrals", "referrals)", "{text}", ":*", "a:*", "!", "&", "|", "<->", "referrals <-> read", "\\", "\\'",
    "%", "_", ";", "--", "'; DROP TABLE actions; --",
    "", " ", "\t\n", "\u0000", "\ud7ff", "\U0001f600", "²", "¼", "#1", "#title",
    "x" * 10_000, "x " * 5_000, '"' * 10_000, "é" * 10_000, "ﷺ" * 600, "\ue000\ue001", "中文", "ß", "İ", "１２３",
]  # fmt: skip


@pytest.fixture
def action(session: Session, council: Council) -> Action:
    made = make_action(session, council, title="Read all referrals the same day", reference="WES-2026-07")
    made.success_test = "Nine of ten records show it."
    make_claim(session, made, note="Every file has been sampled.")
    made.point.words = "The council’s workers should check children’s café records without delay."
    session.add(
        Evidence(
            council_id=council.id, action_id=made.id, filename="strategy_log-March.2026.xlsx", media_type="x", size=1,
            sha256="1", file_key="1", added_by_id=made.owner_id, added_at=AT,
        )
    )  # fmt: skip
    make_update(session, made, at=AT, text="Caseloads were audited; nobody carries more than twenty.")
    session.commit()
    return made


def ids(session: Session, council: Council, typed: str) -> list[int]:
    return list(session.scalars(select(Action.id).where(said_of(session, typed, council.id))))


@pytest.mark.parametrize(
    "typed",
    [
        "referrals", "REFERRALS", "referral", "referr", "referring", "day read", "wes-2026-07", "WES-2026", "wes",
        "children", "child", "children's", "children’s records", "cafe", "CAFÉ", "should", "the", "delays", "delay",
        "audit", "auditing", "twenty", "caseload audit", "strategy", "log", "march", "xlsx", "strategy_log",
        "2026.xlsx", "nine of ten", "sampled", "caseloads referral",
        "twenty café xlsx", "sampled referrals", '"referrals"', "referrals*", "(referrals)", "referrals -", "same-day",
    ],
)  # fmt: skip
def test_words_are_found_whatever_their_endings_accents_and_signs(
    session: Session, council: Council, action: Action, typed: str
) -> None:
    assert ids(session, council, typed) == [action.id]


@pytest.mark.parametrize(
    "typed",
    [
        "police",
        "refuse",
        "eferrals",
        "re ferrals",
        "caseload police",
        "wes-2027",
        "twent child",
        "refe nothing",
        "caseloads referral police",
    ],
)
def test_what_is_said_nowhere_is_not_found(session: Session, council: Council, action: Action, typed: str) -> None:
    assert ids(session, council, typed) == []


@pytest.mark.parametrize("typed", NASTY)
def test_whatever_is_typed_is_harmless(session: Session, council: Council, action: Action, typed: str) -> None:
    assert isinstance(ids(session, council, typed), list)
    assert isinstance(find(session, typed, council.id), list)
    assert isinstance(reports_named(session, typed), list)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=80))
def test_any_text_at_all_is_harmless(session: Session, council: Council, typed: str) -> None:
    assert ids(session, council, typed) == []
    assert find(session, typed, council.id) == []


def test_without_a_word_nothing_is_found(session: Session, council: Council, action: Action) -> None:
    for typed in ("", "%", "*", "-"):
        assert words_of(typed) == []
        assert ids(session, council, typed) == []


def test_another_councils_words_are_not_found(session: Session, council: Council, action: Action) -> None:
    other = make_council(session, "Northbrook")
    session.commit()
    work_for(session, other.id)
    assert ids(session, other, "referrals") == []
    assert find(session, "referrals", other.id) == []
    assert reports_named(session, "inspection") == []
    work_for(session, council.id)
    assert ids(session, other, "referrals") == []  # nor by asking for the other's words while working for this one


def test_every_text_is_searched_from_the_moment_it_is_written_or_changed(
    session: Session, council: Council, action: Action
) -> None:
    assert session.scalar(select(func.count(SearchText.id))) == 6
    action.title = "Look at contacts"
    action.point.words = "Something about pathways."
    update = make_update(session, action, at=AT, text="Fostering begins.")
    session.commit()
    for typed in ("contacts", "pathways", "fostering"):
        assert ids(session, council, typed) == [action.id], typed
    for typed in ("referrals", "delay"):
        assert ids(session, council, typed) == [], typed
    update.text = "Adoption begins."
    session.commit()
    assert (ids(session, council, "fostering"), ids(session, council, "adoption")) == ([], [action.id])
    session.delete(update)
    session.commit()
    assert ids(session, council, "adoption") == []


def test_claims_and_success_tests_are_searched_as_they_are_changed_and_taken_away(
    session: Session, council: Council, action: Action
) -> None:
    (claim,) = session.scalars(select(Claim))
    claim.finding, action.success_test = "Eleven were looked at.", "All contacts are answered."
    session.commit()
    for typed in ("eleven", "sampled eleven", "contacts answered"):
        assert ids(session, council, typed) == [action.id], typed
    assert ids(session, council, "nine") == []
    action.success_test = None
    session.delete(claim)
    session.commit()
    for typed in ("eleven", "sampled", "contacts"):
        assert ids(session, council, typed) == [], typed
    action.success_test = "Nine of ten."
    session.commit()
    assert ids(session, council, "nine") == [action.id]


def test_words_of_two_actions_find_neither(session: Session, council: Council, action: Action) -> None:
    make_action(session, council, title="Recruit foster carers")
    session.commit()
    assert ids(session, council, "foster referrals") == []
    assert find(session, "foster referrals", council.id) == []


def test_words_that_stand_apart_in_one_action_are_shown_where_each_stands(
    session: Session, council: Council, action: Action
) -> None:
    (apart,) = find(session, "twenty referral", council.id)
    assert (apart.heading, apart.more) == ("The words in different places of one action", False)
    (hit,) = apart.hits
    assert hit.reference == "WES-2026-07"
    assert {part for part, marked in hit.parts if marked} == {"twenty", "referrals"}
    together = find(session, "nobody twenty", council.id)
    assert [kind.heading for kind in together] == ["Updates"]  # nothing is apart where it stands together


def test_a_change_that_is_rolled_back_is_not_found(session: Session, council: Council, action: Action) -> None:
    make_update(session, action, at=AT, text="Fostering begins.")
    session.rollback()
    assert ids(session, council, "fostering") == []


def said(found: list[Found]) -> dict[str, list[str]]:
    """What is marked, by heading."""
    return {kind.heading: [part for hit in kind.hits for part, marked in hit.parts if marked] for kind in found}


def test_what_is_found_stands_under_its_kind_with_the_words_marked(
    session: Session, council: Council, action: Action
) -> None:
    make_update(session, action, at=AT, text="Referrals <b>are</b> read & logged.")
    session.commit()
    assert said(find(session, "referral", council.id)) == {"Actions": ["referrals"], "Updates": ["Referrals"]}
    (files,) = find(session, "xlsx", council.id)
    assert (files.heading, files.hits[0].reference, files.more) == ("Files", "WES-2026-07", False)
    assert [row.id for row in reports_named(session, "inspection services")] == [action.report_id]


def test_of_a_kind_with_many_the_newest_are_shown_and_it_is_said_that_there_are_more(
    session: Session, council: Council, action: Action
) -> None:
    for number in range(11):
        make_update(session, action, at=AT, text=f"Panel number {number}.")
    session.commit()
    (updates,) = find(session, "panel", council.id)
    assert (len(updates.hits), updates.more) == (10, True)
    assert "".join(part for part, _ in updates.hits[0].parts) == "Panel number 10."


def test_the_index_of_sqlite_agrees_with_the_texts(session: Session, council: Council, action: Action) -> None:
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)"))
