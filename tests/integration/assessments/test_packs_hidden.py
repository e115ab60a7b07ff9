"""What a later report says is no more open in a pack than the action that was made of it there."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_action, make_link, make_report, make_statement
from tests.integration.assessments.packs import HUSH, SECRET, gathered, make, rows
from tracker.adapters.files import Files
from tracker.assessments.pack import packs
from tracker.assessments.pack.layout import lay_out
from tracker.errors import NotAllowed
from tracker.models import Action, Council, Person, Report
from tracker.scrutiny.making import Desk, make_waiting
from tracker.terms import DocumentPart, DocumentStatus, LinkKind, Marking, ProgressJudgement

WORDS = {Marking.EXEMPT: SECRET, Marking.CONFIDENTIAL: HUSH}


@pytest.fixture
def later(session: Session, council: Council) -> Report:
    day = date(2026, 10, 20)
    return make_report(session, council, code="WES-2027", published=date(2026, 11, 1), inspection_end=day)


def tell_again(session: Session, later: Report, lived: Action, lead: Person, marking: Marking) -> Action:
    """Have the later report tell the matter again, with an action of its own and a sentence about it."""
    own = make_action(session, lead.council, report=later, lead=lead, title="Again", marking=marking)
    own.point.words = f"{WORDS.get(marking, 'Asked again')}, in its words"
    own.point.read_position = 7
    quote = f"{WORDS.get(marking, 'Asked again')}, in a judgement"
    make_statement(session, later, 7, quote=quote, judgement=ProgressJudgement.LIMITED_PROGRESS)
    make_link(session, later, lived, point=own.point, by=lead, kind=LinkKind.TOLD_AGAIN)
    session.flush()
    return own


@pytest.mark.parametrize("marking", [Marking.EXEMPT, Marking.CONFIDENTIAL])
def test_words_of_a_later_point_that_is_not_open_are_not_under_the_earlier_recommendation(
    session: Session, council: Council, lived: Action, later: Report, lead: Person, files: Files, marking: Marking
) -> None:
    tell_again(session, later, lived, lead, marking)
    assert WORDS[marking] not in str(make(session, council, files, lead).contents)
    with_exempt = make(session, council, files, lead, with_exempt=True)
    public, apart = (str(lay_out(packs.frozen(with_exempt), part)) for part in DocumentPart)
    assert WORDS[marking] not in public
    assert "Not here because exempt or confidential: 2 quotations of later reports." in public
    assert ("in its words" in apart, "in a judgement" in apart) == ((marking is Marking.EXEMPT,) * 2)


def test_what_is_said_of_several_is_as_hidden_as_the_strictest_of_them(
    session: Session, council: Council, lived: Action, later: Report, lead: Person, files: Files
) -> None:
    own = tell_again(session, later, lived, lead, Marking.OPEN)
    hidden = make_action(session, council, report=later, lead=lead, marking=Marking.CONFIDENTIAL)
    hidden.point.read_position = 8
    said = make_statement(session, later, 7, 8, quote=HUSH, judgement=ProgressJudgement.LIMITED_PROGRESS)
    make_link(session, later, lived, statement=said, by=lead)
    made = make(session, council, files, lead)
    assert HUSH not in str(made.contents)
    assert own.point.words in str(made.contents)


def test_that_inspectors_say_otherwise_is_told_of_what_is_open_and_hidden_with_what_is_not(
    session: Session, council: Council, lived: Action, later: Report, lead: Person, files: Files
) -> None:
    tell_again(session, later, lived, lead, Marking.CONFIDENTIAL)

    def different() -> list[tuple[str, Marking]]:
        found = gathered(session, council, files).recommendations
        return [(each.words, each.marking) for _, one in found for each in one.different]

    words = "We say completed and checked. The inspectors say limited progress."
    assert different() == [(words, Marking.CONFIDENTIAL)]
    assert words not in str(make(session, council, files, lead).contents)
    said = make_statement(session, later, quote="No nurse.", judgement=ProgressJudgement.LIMITED_PROGRESS)
    make_link(session, later, lived, statement=said, by=lead)
    assert different() == [(words, Marking.OPEN)]


def test_a_later_point_that_is_marked_since_stops_the_pack_of_the_earlier_report(
    session: Session, council: Council, lived: Action, later: Report, lead: Person, files: Files, desk: Desk
) -> None:
    own = tell_again(session, later, lived, lead, Marking.OPEN)
    made = make(session, council, files, lead, report_id=lived.report_id)
    session.commit()
    assert own.point.words in str(made.contents)
    packs.refuse_if_marked(session, packs.frozen(made))
    own.marking = Marking.CONFIDENTIAL
    session.commit()
    assert packs.marked_since(session, packs.frozen(made)) == 1
    with pytest.raises(NotAllowed, match="Put a new pack together"):
        packs.refuse_if_marked(session, packs.frozen(made))
    make_waiting(desk)
    assert {one.status for one in rows(session).values()} == {DocumentStatus.FAILED}
