"""Signing in and out, how long a sign-in lasts, guessing, passwords, and what ends a sign-in at once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import make_council, make_person, make_service
from tests.pages import PASSWORD
from tests.web.conftest import password_hash
from tracker.accounts import passwords, queries, services
from tracker.accounts.guessing import ATTEMPTS, ATTEMPTS_WITHIN, SLOW_DOWN
from tracker.accounts.services import REFUSED, Limits, SignInRefused
from tracker.errors import InvalidValue, NotAllowed, NotFound
from tracker.hashing import digest
from tracker.models import Council, HistoryEntry, Person, SignIn, SignInAttempt, work_for
from tracker.terms import Role

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LIMITS = Limits(idle=timedelta(minutes=60), whole=timedelta(hours=12))
SECOND = timedelta(seconds=1)


@pytest.fixture
def council(session: Session) -> Council:
    return make_council(session)


@pytest.fixture
def ann(session: Session, council: Council) -> Person:
    person = make_person(session, council, email="ann.hall@westmere.example", password_hash=password_hash())
    session.commit()
    return person


@pytest.fixture
def administrator(session: Session, council: Council) -> Person:
    return make_person(session, council, Role.ADMINISTRATOR)


def sign_in(session: Session, now: datetime = NOW, **values: object) -> tuple[Person, str]:
    given = {"email": "ann.hall@westmere.example", "password": PASSWORD, "demonstration": False} | values
    return services.sign_in(session, now=now, **given)  # type: ignore[arg-type]


def found(session: Session, token: str, now: datetime, *, demonstration: bool = False) -> SignIn | None:
    return services.find_sign_in(session, token, now=now, limits=LIMITS, demonstration=demonstration)


def refusal(session: Session, now: datetime = NOW, **values: object) -> str:
    with pytest.raises(SignInRefused) as refused:
        sign_in(session, now, **values)
    return refused.value.sentence


def last_entry(session: Session) -> HistoryEntry:
    return session.scalars(select(HistoryEntry).order_by(HistoryEntry.id.desc()).limit(1)).one()


@pytest.mark.parametrize("typed", ["ann.hall@westmere.example", "  Ann.Hall@Westmere.Example "])
def test_the_address_is_taken_in_any_case_and_with_spaces(session: Session, ann: Person, typed: str) -> None:
    person, token = sign_in(session, email=typed)
    assert person is ann
    row = found(session, token, NOW)
    assert row is not None
    assert (row.person, row.started_at, row.seen_at) == (ann, NOW, NOW)


def test_the_token_itself_is_not_kept(session: Session, ann: Person) -> None:
    _, token = sign_in(session)
    (row,) = session.scalars(select(SignIn))
    assert token not in row.token_digest
    assert found(session, row.token_digest, NOW) is None


@pytest.mark.parametrize(
    "values", [{"password": "not the password"}, {"password": ""}, {"email": "nobody@westmere.example"}]
)
def test_a_wrong_password_and_an_unknown_address_are_answered_alike(
    session: Session, ann: Person, values: dict[str, object]
) -> None:
    assert refusal(session, **values) == REFUSED
    assert session.scalar(select(func.count(SignIn.id))) == 0


def test_a_closed_account_is_answered_like_an_unknown_one(session: Session, ann: Person) -> None:
    ann.active = False
    assert refusal(session) == REFUSED


def test_somebody_without_a_password_cannot_sign_in(session: Session, ann: Person) -> None:
    ann.password_hash = None
    assert refusal(session) == REFUSED


def test_a_stored_password_that_is_no_hash_opens_nothing(session: Session, ann: Person) -> None:
    ann.password_hash = PASSWORD
    assert refusal(session) == REFUSED


def test_a_demonstration_account_is_unknown_outside_the_demonstration(session: Session, ann: Person) -> None:
    ann.demonstration = True
    assert refusal(session) == REFUSED
    _, token = sign_in(session, demonstration=True)
    assert found(session, token, NOW, demonstration=True) is not None
    assert found(session, token, NOW) is None


@pytest.mark.parametrize(("after", "open_"), [(timedelta(0), True), (LIMITS.idle, True), (LIMITS.idle + SECOND, False)])
def test_a_sign_in_ends_when_the_browser_was_not_heard_of_for_an_hour(
    session: Session, ann: Person, after: timedelta, open_: bool
) -> None:
    _, token = sign_in(session)
    assert (found(session, token, NOW + after) is not None) is open_


def test_being_heard_of_puts_off_the_idle_limit(session: Session, ann: Person) -> None:
    _, token = sign_in(session)
    row = found(session, token, NOW)
    assert row is not None
    services.seen(session, row.id, NOW + LIMITS.idle)
    assert found(session, token, NOW + 2 * LIMITS.idle) is not None
    assert found(session, token, NOW + 2 * LIMITS.idle + SECOND) is None


@pytest.mark.parametrize(("after", "open_"), [(LIMITS.whole, True), (LIMITS.whole + SECOND, False)])
def test_a_sign_in_ends_after_twelve_hours_however_busy(
    session: Session, ann: Person, after: timedelta, open_: bool
) -> None:
    _, token = sign_in(session)
    row = found(session, token, NOW)
    assert row is not None
    services.seen(session, row.id, NOW + after)
    assert (found(session, token, NOW + after) is not None) is open_


def test_an_unknown_token_opens_nothing(session: Session, ann: Person) -> None:
    assert found(session, "made up", NOW) is None


def test_signing_out_ends_one_sign_in_and_leaves_the_others(session: Session, ann: Person) -> None:
    (_, first), (_, second) = sign_in(session), sign_in(session)
    services.sign_out(session, first)
    assert found(session, first, NOW) is None
    assert found(session, second, NOW) is not None


def guess(session: Session, times: int, now: datetime = NOW) -> None:
    for _ in range(times):
        session.add(SignInAttempt(email_digest=digest("ann.hall@westmere.example"), at=now))
    session.flush()


@pytest.mark.parametrize(("wrong", "sentence"), [(ATTEMPTS - 1, None), (ATTEMPTS, SLOW_DOWN)])
def test_after_ten_wrong_passwords_even_the_right_one_has_to_wait(
    session: Session, ann: Person, wrong: int, sentence: str | None
) -> None:
    guess(session, wrong)
    if sentence:
        assert refusal(session) == sentence
    else:
        assert sign_in(session)[0] is ann


@pytest.mark.parametrize(("after", "waits"), [(ATTEMPTS_WITHIN - SECOND, True), (ATTEMPTS_WITHIN, False)])
def test_the_wait_is_over_after_five_minutes(session: Session, ann: Person, after: timedelta, waits: bool) -> None:
    guess(session, ATTEMPTS)
    if waits:
        assert refusal(session, NOW + after) == SLOW_DOWN
    else:
        assert sign_in(session, NOW + after)[0] is ann


def test_a_wrong_password_counts_and_the_right_one_clears_the_count(session: Session, ann: Person) -> None:
    refusal(session, password="wrong")
    refusal(session, email="ANN.HALL@westmere.example", password="wrong")
    assert session.scalar(select(func.count(SignInAttempt.id))) == 2
    sign_in(session)
    assert session.scalar(select(func.count(SignInAttempt.id))) == 0


def test_waiting_is_not_an_attempt_so_that_a_wait_ends(session: Session, ann: Person) -> None:
    guess(session, ATTEMPTS)
    refusal(session)
    assert session.scalar(select(func.count(SignInAttempt.id))) == ATTEMPTS


def test_guessing_one_address_slows_nobody_else_down(session: Session, council: Council, ann: Person) -> None:
    other = make_person(session, council, password_hash=password_hash())
    guess(session, ATTEMPTS)
    assert sign_in(session, email=other.email)[0] is other


def test_a_new_password_ends_every_sign_in_and_is_on_record_without_itself(session: Session, ann: Person) -> None:
    _, token = sign_in(session)
    services.change_password(session, ann, old=PASSWORD, new="four quite other words", now=NOW)
    assert found(session, token, NOW) is None
    assert refusal(session) == REFUSED
    assert sign_in(session, password="four quite other words")[0] is ann
    entry = last_entry(session)
    assert (entry.kind, entry.person_name, entry.subject_id) == ("person:password_changed", ann.name, ann.id)
    assert "other words" not in f"{entry.before}{entry.after}{entry.note}{entry.sentence}"


def test_a_wrong_present_password_changes_nothing_and_counts_as_a_guess(session: Session, ann: Person) -> None:
    before = ann.password_hash
    with pytest.raises(InvalidValue, match="present password is not right"):
        services.change_password(session, ann, old="wrong", new="four quite other words", now=NOW)
    assert ann.password_hash == before
    assert session.scalar(select(func.count(SignInAttempt.id))) == 1


def test_the_present_password_cannot_be_guessed_at_speed_either(session: Session, ann: Person) -> None:
    guess(session, ATTEMPTS)
    with pytest.raises(SignInRefused, match="Too many attempts"):
        services.change_password(session, ann, old=PASSWORD, new="four quite other words", now=NOW)


def test_a_weak_new_password_is_refused_and_the_old_one_stays(session: Session, ann: Person) -> None:
    _, token = sign_in(session)
    with pytest.raises(InvalidValue, match="at least 12"):
        services.change_password(session, ann, old=PASSWORD, new="short", now=NOW)
    assert found(session, token, NOW) is not None
    assert sign_in(session)[0] is ann


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("a" * 5 + "bcdef" + "x", "at least 12"),
        ("", "at least 12"),
        ("abcdefghij" * 26, "at most 256"),
        ("password1234", "guessed first"),
        ("PassWord1111", "guessed first"),
        ("aaaaaaaaaaaa", "guessed first"),
        ("abcabcabcabc", "guessed first"),
        ("qwertyqwerty1", "guessed first"),
    ],
)
def test_a_password_that_would_not_do_says_what_to_choose(password: str, words: str) -> None:
    with pytest.raises(InvalidValue, match=words) as refused:
        passwords.check_strength(password)
    assert "Choose" in refused.value.sentence


@pytest.mark.parametrize("password", ["abcdabcdabcd", "three random words", "x" * 253 + "abc", "passwordgreen"])
def test_a_password_is_judged_by_length_and_what_is_guessed_first_only(password: str) -> None:
    passwords.check_strength(password)


def test_an_account_is_made_with_a_clean_address_and_can_sign_in(
    session: Session, council: Council, administrator: Person
) -> None:
    service = make_service(session, council)
    made = services.add_person(
        session, council, name=" Bob Lowe ", email=" Bob.Lowe@Westmere.example", post=" Head of Service ",
        role=Role.LEAD, password=PASSWORD, now=NOW, by=administrator, service=service,
    )  # fmt: skip
    session.commit()
    assert (made.name, made.email, made.post.name) == ("Bob Lowe", "bob.lowe@westmere.example", "Head of Service")
    assert (made.service, made.active, made.demonstration) == (service, True, False)
    assert sign_in(session, email="bob.lowe@westmere.example")[0] is made
    entry = last_entry(session)
    assert (entry.kind, entry.sentence) == ("person:added", "added Bob Lowe as lead")
    assert (entry.person_name, entry.after) == (administrator.name, {"role": "lead"})


@pytest.mark.parametrize("email", ["ann.hall@westmere.example", "ANN.HALL@westmere.example", "ann.hall"])
def test_an_address_that_is_taken_or_none_is_refused(
    session: Session, council: Council, ann: Person, administrator: Person, email: str
) -> None:
    with pytest.raises(InvalidValue, match="email address that nobody here has"):
        services.add_person(
            session, council, name="Ann", email=email, post="Head", role=Role.LEAD, password=PASSWORD, now=NOW,
            by=administrator,
        )  # fmt: skip


def test_an_address_that_is_taken_in_another_council_is_refused_in_the_same_words(
    session: Session, ann: Person
) -> None:
    other = make_council(session, "Northbrook")
    by = make_person(session, other, Role.ADMINISTRATOR)
    session.commit()
    work_for(session, other.id)
    with pytest.raises(InvalidValue, match="email address that nobody here has"):
        services.add_person(
            session, other, name="Ann", email=ann.email, post="Head", role=Role.LEAD, password=PASSWORD, now=NOW, by=by
        )
    session.commit()  # nothing half-done stays behind, and the session goes on
    assert session.scalar(select(func.count(Person.id))) == 1


def _close(session: Session, person: Person, by: Person) -> None:
    services.set_active(session, person, active=False, by=by, now=NOW)


def _open(session: Session, person: Person, by: Person) -> None:
    services.set_active(session, person, active=True, by=by, now=NOW)


def _change_role(session: Session, person: Person, by: Person) -> None:
    services.change_role(session, person, role=Role.SCRUTINY_MEMBER, by=by, now=NOW)


@pytest.mark.parametrize(
    ("change", "kind", "sentence"),
    [
        (_close, "person:closed", "closed the account of {}"),
        (_open, "person:opened", "opened the account of {}"),
        (_change_role, "person:role_changed", "changed the role of {} to scrutiny member"),
    ],
)
def test_closing_and_a_new_role_end_every_sign_in_and_are_on_record(
    session: Session, ann: Person, administrator: Person, change: Callable[[Session, Person, Person], None], kind: str,
    sentence: str,
) -> None:  # fmt: skip
    _, token = sign_in(session)
    change(session, ann, administrator)
    assert found(session, token, NOW) is None
    entry = last_entry(session)
    assert (entry.kind, entry.sentence) == (kind, sentence.format(ann.name))
    assert entry.person_name == administrator.name


def test_a_closed_account_that_is_opened_can_sign_in_again(
    session: Session, ann: Person, administrator: Person
) -> None:
    _close(session, ann, administrator)
    refusal(session)
    _open(session, ann, administrator)
    assert sign_in(session)[0] is ann


def test_a_closed_account_has_no_sign_in_even_if_its_row_were_left(session: Session, ann: Person) -> None:
    _, token = sign_in(session)
    ann.active = False
    assert found(session, token, NOW) is None


@pytest.mark.parametrize("change", [_close, _open, _change_role])
def test_nobody_closes_opens_or_promotes_themselves(
    session: Session, administrator: Person, change: Callable[[Session, Person, Person], None]
) -> None:
    with pytest.raises(NotAllowed, match="Ask another administrator"):
        change(session, administrator, administrator)
    assert (administrator.active, administrator.role) == (True, Role.ADMINISTRATOR)


def test_owners_and_leads_are_those_whose_role_lets_them_and_who_are_still_here(
    session: Session, council: Council
) -> None:
    by_role = {role: make_person(session, council, role, name=role.label) for role in Role}
    make_person(session, council, Role.LEAD, active=False)
    names = [person.name for person in queries.people(session)]
    assert names == sorted(names)
    assert len(names) == len(Role) + 1
    assert queries.owners(session) == [by_role[role] for role in (Role.DIRECTOR, Role.LEAD, Role.SERVICE_MANAGER)]
    assert queries.leads(session) == [by_role[role] for role in (Role.DIRECTOR, Role.LEAD)]


def test_somebody_unknown_is_not_found(session: Session, ann: Person) -> None:
    assert queries.person(session, ann.id) is ann
    with pytest.raises(NotFound):
        queries.person(session, 999_999)


def test_demonstration_accounts_are_listed_in_the_order_they_were_made(session: Session, council: Council) -> None:
    made = [make_person(session, council, demonstration=True, name=name) for name in ("Zoe", "Ann")]
    make_person(session, council)
    assert queries.demonstration_people(session) == (made, 2)


def test_of_a_large_demonstration_one_account_a_role_is_listed(session: Session, council: Council) -> None:
    roles = [role for role in Role for _ in range(5)]
    made = [make_person(session, council, role, demonstration=True) for role in roles]
    listed, accounts = queries.demonstration_people(session)
    assert (listed, accounts) == (made[::5], len(roles))
    assert {person.role for person in listed} == set(Role)
