"""The database holds the line, whoever writes: every named check, unique key and trigger bites (STYLE rule 13)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import CheckConstraint, Index, Table, UniqueConstraint, select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from tests.factories import (
    make_action,
    make_body,
    make_claim,
    make_committee_report,
    make_council,
    make_extension,
    make_holding_check,
    make_intake,
    make_pause,
    make_person,
    make_point,
    make_reminded,
    make_report,
    make_service,
    make_statement,
)
from tracker import audit
from tracker.models import (
    Action,
    AreaName,
    Base,
    Body,
    Category,
    CheckingPlace,
    ClosureDay,
    Committee,
    CommitteeDocument,
    Contribution,
    Council,
    Evidence,
    HistoryEntry,
    HistoryHead,
    ImportDraft,
    InspectionPack,
    LinkAnswer,
    MailWeek,
    Meeting,
    Message,
    PackFile,
    PaperNotice,
    Person,
    Post,
    PublicLink,
    Question,
    QuestionReminder,
    Reminder,
    ReportSource,
    SavedView,
    SearchText,
    SeriesLink,
    SignIn,
)
from tracker.terms import (
    CategoryKind,
    CloseReason,
    Decision,
    DocumentForm,
    How,
    IntakeStatus,
    LinkDecision,
    LinkKind,
    Outlook,
    PackForm,
    PointDecision,
    Role,
    Stage,
)

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


@dataclass
class Case:
    """A council with one of everything."""

    session: Session
    council: Council
    action: Action

    @property
    def owner(self) -> Person:
        return self.action.owner

    def message(self, key: str = "digest:1") -> Message:
        return Message(
            council_id=self.council.id, dedupe_key=key, to_address="ann@westmere.example", subject="One", text="One.",
            message_id="<1@localhost>", created_at=AT, next_attempt_at=AT,
        )  # fmt: skip


@pytest.fixture
def case(session: Session) -> Case:
    council = make_council(session)
    made = Case(session, council, make_action(session, council))
    session.commit()
    return made


def _history(case: Case, sequence: int) -> HistoryEntry:
    return HistoryEntry(
        council_id=case.council.id, sequence=sequence, at=AT, person_name="Ann", how=How.PAGE, subject="action",
        subject_id=1, kind="action:made", sentence="made it", previous_digest="0", digest="1",
    )  # fmt: skip


def _reminders(case: Case) -> None:
    message = case.message()
    case.session.add(message)
    case.session.flush()
    for _ in range(2):
        case.session.add(
            Reminder(
                council_id=case.council.id,
                action_id=case.action.id,
                person_id=case.owner.id,
                stage=Stage.BEFORE,
                about_date=date(2026, 12, 1),
                message_id=message.id,
                created_at=AT,
            )
        )


def _body_reminders(case: Case) -> None:
    line = Contribution(
        council_id=case.council.id, action_id=case.action.id, body_id=make_body(case.session, case.council).id
    )
    case.session.add(line)
    case.session.flush()
    for _ in range(2):
        make_reminded(case.session, line, at=AT)


def _answers(case: Case) -> list[LinkAnswer]:
    message = make_reminded(case.session, case.action)
    return [LinkAnswer(council_id=case.council.id, message_id=message.id, about="a1", at=AT) for _ in range(2)]


def _committee(case: Case) -> Committee:
    found = case.session.scalars(select(Committee)).first() or Committee(council_id=case.council.id, name="Scrutiny")
    case.session.add(found)
    case.session.flush()
    return found


def _link(case: Case, **values: object) -> SeriesLink:
    defaults: dict[str, object] = {
        "report_id": case.action.report_id, "earlier_id": case.action.action_point_id, "score": 0.5,
        "kind": LinkKind.TOLD_AGAIN,
    }  # fmt: skip
    return SeriesLink(council_id=case.council.id, **(defaults | values))


def _later_point(case: Case) -> int:
    return make_point(case.session, case.action.report).id


def _links(case: Case, *, point: bool) -> list[SeriesLink]:
    if point:
        own: dict[str, object] = {"point_id": _later_point(case)}
    else:
        said = make_statement(case.session, case.action.report, 0)
        own = {"statement_id": said.id, "kind": LinkKind.JUDGED}
    return [_link(case, **own) for _ in range(2)]


def _links_of_two(case: Case) -> list[SeriesLink]:
    """Two earlier recommendations that one later point is said to repeat."""
    decided = {"kind": LinkKind.REPEATED, "decision": LinkDecision.CONFIRMED, "decided_by_id": case.owner.id}
    point = _later_point(case)
    return [
        _link(case, point_id=point, **decided),
        _link(case, point_id=point, earlier_id=_later_point(case), **decided),
    ]


def _meeting(case: Case, committee: Committee) -> Meeting:
    made = Meeting(council_id=case.council.id, committee_id=committee.id, day=date(2026, 12, 1))
    case.session.add(made)
    case.session.flush()
    return made


def _documents(case: Case) -> list[CommitteeDocument]:
    report = make_committee_report(case.session, _meeting(case, _committee(case)), case.owner)
    return [
        CommitteeDocument(
            council_id=case.council.id, report_id=report.id, form=DocumentForm.PDF, of_version=1, asked_at=AT
        )
        for _ in range(2)
    ]


def _paper_notices(case: Case) -> list[PaperNotice]:
    report, message = make_committee_report(case.session, _meeting(case, _committee(case)), case.owner), case.message()
    case.session.add(message)
    case.session.flush()
    told = {"council_id": case.council.id, "report_id": report.id, "person_id": case.owner.id}
    return [PaperNotice(**told, message_id=message.id, created_at=AT) for _ in range(2)]


def _packs(case: Case) -> list[InspectionPack]:
    told = {"as_at": date(2026, 11, 20), "about": "All reports", "with_exempt": False, "made_by_id": case.owner.id}
    own = {"council_id": case.council.id, "contents": {}, "contents_digest": "0", "made_at": AT}
    return [InspectionPack(**told, **own) for _ in range(2)]


def _pack_files(case: Case) -> list[PackFile]:
    pack = _packs(case)[0]
    case.session.add(pack)
    case.session.flush()
    return [
        PackFile(council_id=case.council.id, pack_id=pack.id, form=PackForm.ZIP, asked_at=AT) for _ in range(2)
    ]  # fmt: skip


def _question(case: Case, **values: object) -> Question:
    return Question(**{
        "council_id": case.council.id, "action_id": case.action.id, "words": "Has it worked?",
        "asked_by_id": case.owner.id, "asked_at": AT, "owner_id": case.owner.id, "due_on": date(2026, 12, 1),
    } | values)  # fmt: skip


def _question_reminders(case: Case) -> list[QuestionReminder]:
    question, message = _question(case), case.message()
    case.session.add_all([question, message])
    case.session.flush()
    return [
        QuestionReminder(
            council_id=case.council.id, question_id=question.id, person_id=case.owner.id, stage=Stage.ON_THE_DAY,
            about_date=date(2026, 12, 1), message_id=message.id, created_at=AT,
        )
        for _ in range(2)
    ]  # fmt: skip


def _same_file(case: Case) -> None:
    for _ in range(2):
        report = make_report(case.session, case.council)
        case.session.flush()
        source = case.session.scalars(select(ReportSource).where(ReportSource.report_id == report.id)).one()
        source.sha256 = "f" * 64


def _sources(case: Case) -> None:
    case.session.add(
        ReportSource(
            council_id=case.council.id,
            report_id=case.action.report_id,
            filename="r.txt",
            media_type="text/plain",
            size=1,
            sha256="0",
            file_key="k",
            text="t",
            page_starts=[0],
            reading={},
        )
    )


def _import(case: Case, **values: object) -> ImportDraft:
    own: dict[str, object] = {"title": "A report", "report_day": AT.date()}
    return ImportDraft(
        council_id=case.council.id,
        person_id=case.owner.id,
        begun_at=AT,
        filename="plan.xlsx",
        lines=[],
        columns={},
        answers={},
        left_out=[],
        **(own | values),
    )


def _twice(make: Callable[[Case], object]) -> Callable[[Case], None]:
    def do(case: Case) -> None:
        case.session.add_all([make(case), make(case)])

    return do


def _claims_waiting(case: Case) -> None:
    make_claim(case.session, case.action)
    make_claim(case.session, case.action)


def _extensions_waiting(case: Case) -> None:
    make_extension(case.session, case.action, agreed=False, days=10)
    make_extension(case.session, case.action, agreed=False, days=20)


# What breaks each constraint, by its name; a constraint without a line here fails the test below.
BREAKS: dict[str, Callable[[Case], object]] = {
    "ck_actions_extension_is_later": lambda c: setattr(
        c.action, "current_due_date", c.action.original_due_date - timedelta(days=1)
    ),
    "ck_claims_checked_by_somebody_else": lambda c: make_claim(
        c.session, c.action, outcome=Decision.AGREED, checked_by_id=c.action.owner_id
    ),
    "ck_extensions_decided_by_somebody_else": lambda c: make_extension(
        c.session, c.action, decided_by_id=c.action.owner_id
    ),
    "ck_extensions_is_later": lambda c: make_extension(c.session, c.action, agreed=False, days=0),
    "ck_action_points_left_out_has_reason": lambda c: make_point(
        c.session, c.action.report, decision=PointDecision.LEFT_OUT
    ),
    "ck_intakes_read_has_report": lambda c: make_intake(c.session, c.owner, status=IntakeStatus.READ),
    "ck_intakes_refused_has_reason": lambda c: make_intake(c.session, c.owner, status=IntakeStatus.REFUSED),
    "uq_intakes_under_way": lambda c: [make_intake(c.session, c.owner, sha256="f" * 64) for _ in range(2)],
    "uq_checking_places_council_id_report_id_person_id": _twice(
        lambda c: CheckingPlace(
            council_id=c.council.id,
            report_id=c.action.report_id,
            person_id=c.owner.id,
            action_point_id=c.action.action_point_id,
            at=AT,
        )
    ),
    "ck_actions_close_reason_only_if_closed": lambda c: setattr(c.action, "close_reason", CloseReason.RISK_ACCEPTED),
    "ck_actions_succeeded_by_another": lambda c: setattr(c.action, "successor_id", c.action.id),
    "ck_actions_override_has_reason": lambda c: setattr(c.action, "outlook_override", Outlook.ON_TRACK),
    "ck_pauses_decided_by_somebody_else": lambda c: make_pause(c.session, c.action, decided_by_id=c.owner.id),
    "ck_evidence_file_or_link": lambda c: c.session.add(
        Evidence(
            council_id=c.council.id, action_id=c.action.id, filename="neither", added_by_id=c.owner.id, added_at=AT
        )
    ),
    "uq_pauses_waiting": lambda c: [make_pause(c.session, c.action, agreed=False) for _ in range(2)],
    "uq_holding_checks_council_id_action_id_claim_id_months": lambda c: [
        make_holding_check(c.session, c.action, claim_id=claim.id) for claim in [make_claim(c.session, c.action)] * 2
    ],
    "uq_posts_council_id_name": _twice(lambda c: Post(council_id=c.council.id, name="Head of Same")),
    "uq_categories_council_id_kind_name": _twice(
        lambda c: Category(council_id=c.council.id, kind=CategoryKind.THEME, name="Same")
    ),
    "uq_search_texts_council_id_action_id_source_source_id": lambda c: c.session.add(
        SearchText(council_id=c.council.id, action_id=c.action.id, source="title", source_id=c.action.id, text="Again")
    ),
    "uq_saved_views_council_id_person_id_name": _twice(
        lambda c: SavedView(council_id=c.council.id, person_id=c.owner.id, name="Mine", query="", created_at=AT)
    ),
    "uq_import_drafts_council_id_person_id": _twice(_import),
    "ck_import_drafts_report_or_title": lambda c: c.session.add(_import(c, report_id=c.action.report_id)),
    "ck_import_drafts_title_with_day": lambda c: c.session.add(_import(c, report_day=None)),
    "uq_claims_waiting": _claims_waiting,
    "uq_extensions_waiting": _extensions_waiting,
    "uq_actions_council_id_reference": lambda c: make_action(c.session, c.council, reference=c.action.reference),
    "uq_actions_council_id_action_point_id": lambda c: make_action(
        c.session, c.council, action_point_id=c.action.action_point_id
    ),
    "uq_contributions_council_id_action_id_body_id": lambda c: c.session.add_all(
        Contribution(council_id=c.council.id, action_id=c.action.id, body_id=body.id)
        for body in [make_body(c.session, c.council)] * 2
    ),
    "uq_reports_council_id_code": lambda c: make_report(c.session, c.council, code=c.action.report.code),
    "uq_report_sources_council_id_report_id": _sources,
    "uq_report_sources_council_id_sha256": _same_file,
    "uq_services_council_id_name": lambda c: [make_service(c.session, c.council, "Same") for _ in range(2)],
    "uq_bodies_council_id_name": lambda c: [make_body(c.session, c.council, "Same") for _ in range(2)],
    "uq_closure_days_council_id_day": _twice(
        lambda c: ClosureDay(council_id=c.council.id, day=date(2026, 12, 29), reason="Closed")
    ),
    "uq_history_council_id_sequence": _twice(lambda c: _history(c, 1)),
    "uq_history_heads_council_id": _twice(
        lambda c: HistoryHead(council_id=c.council.id, sequence=0, digest=audit.FIRST_DIGEST)
    ),
    "uq_messages_council_id_dedupe_key": _twice(lambda c: c.message()),
    "uq_reminders_council_id_action_id_person_id_stage_about_date": _reminders,
    "uq_contribution_reminders_once": _body_reminders,
    "uq_link_answers_council_id_message_id_about": lambda c: c.session.add_all(_answers(c)),
    "uq_people_calendar_digest": lambda c: [
        make_person(c.session, c.council, calendar_digest="the same") for _ in range(2)
    ],
    "uq_committees_council_id_name": _twice(lambda c: Committee(council_id=c.council.id, name="Scrutiny")),
    "uq_meetings_council_id_committee_id_day": lambda c: [_meeting(c, committee=_committee(c)) for _ in range(2)],
    "uq_committee_documents_council_id_report_id_form_part": lambda c: c.session.add_all(_documents(c)),
    "uq_inspection_packs_council_id_contents_digest": lambda c: c.session.add_all(_packs(c)),
    "uq_pack_files_council_id_pack_id_form_part": lambda c: c.session.add_all(_pack_files(c)),
    "ck_questions_about_an_action_or_a_report": lambda c: c.session.add(_question(c, report_id=c.action.report_id)),
    "ck_questions_answered_with_words": lambda c: c.session.add(_question(c, answered_at=AT)),
    "uq_question_reminders_once": lambda c: c.session.add_all(_question_reminders(c)),
    "uq_paper_notices_council_id_report_id_person_id": lambda c: c.session.add_all(_paper_notices(c)),
    "uq_mail_weeks_council_id_week": _twice(
        lambda c: MailWeek(council_id=c.council.id, week=date(2026, 11, 16), day=date(2026, 11, 16))
    ),
    "uq_public_links_token_digest": _twice(
        lambda c: PublicLink(
            council_id=c.council.id,
            token_digest="0",
            purpose="Agenda",
            made_by_id=c.owner.id,
            made_at=AT,
            expires_at=AT,
        )
    ),
    "uq_area_names_council_id_plain": _twice(
        lambda c: AreaName(council_id=c.council.id, name="Care", plain="care", common="Staying safe")
    ),
    "uq_series_links_council_id_point_id_earlier_id": lambda c: c.session.add_all(_links(c, point=True)),
    "uq_series_links_council_id_statement_id_earlier_id": lambda c: c.session.add_all(_links(c, point=False)),
    "uq_series_links_repeated": lambda c: c.session.add_all(_links_of_two(c)),
    "ck_series_links_point_or_statement": lambda c: c.session.add(_link(c)),
    "ck_series_links_statements_judge": lambda c: c.session.add(
        _link(c, statement_id=make_statement(c.session, c.action.report, 0).id)
    ),
    "ck_series_links_of_another_point": lambda c: c.session.add(_link(c, point_id=c.action.action_point_id)),
    "ck_series_links_decided_by_somebody": lambda c: c.session.add(
        _link(c, point_id=_later_point(c), decision=LinkDecision.REFUSED)
    ),
    "uq_councils_slug": lambda c: make_council(c.session, slug=c.council.slug),
    "uq_people_email": lambda c: make_person(c.session, make_council(c.session), email=c.owner.email),
    "uq_sign_ins_token_digest": _twice(
        lambda c: SignIn(council_id=c.council.id, token_digest="d", person_id=c.owner.id, started_at=AT, seen_at=AT)
    ),
}


def constraints() -> set[str]:
    """Every check and unique key of the models, by the name it has in the database."""
    found: set[str] = set()
    for table in Base.metadata.sorted_tables:
        assert isinstance(table, Table)
        named: list[CheckConstraint | UniqueConstraint | Index] = [
            one for one in table.constraints if isinstance(one, CheckConstraint | UniqueConstraint)
        ]
        found |= {str(one.name) for one in [*named, *(index for index in table.indexes if index.unique)]}
    return found


def test_every_constraint_has_a_test() -> None:
    assert set(BREAKS) == constraints()


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_the_database_refuses_what_must_never_be(case: Case, database_kind: str, name: str) -> None:
    def write() -> None:
        BREAKS[name](case)
        case.session.flush()

    with pytest.raises(IntegrityError) as refused:
        write()
    said = str(refused.value.orig)
    if database_kind == "postgresql" or name.startswith("ck"):
        assert name in said
    else:
        assert "UNIQUE" in said


def test_once_a_claim_is_decided_another_may_wait(case: Case) -> None:
    make_claim(case.session, case.action, outcome=Decision.REFUSED, checked_by_id=case.action.lead_id)
    make_claim(case.session, case.action)
    make_extension(case.session, case.action)
    make_extension(case.session, case.action, agreed=False)
    case.session.commit()


def test_a_file_that_was_refused_may_be_sent_again(case: Case) -> None:
    for _ in range(2):
        make_intake(case.session, case.owner, sha256="f" * 64, status=IntakeStatus.REFUSED, refusal="It is damaged.")
    make_intake(case.session, case.owner, sha256="f" * 64)
    case.session.commit()


def test_two_councils_may_have_the_same_names(case: Case) -> None:
    other = make_council(case.session)
    for council in (case.council, other):
        make_service(case.session, council, "Children in care")
        make_body(case.session, council, "The partnership")
    case.session.commit()


@pytest.fixture
def entry(case: Case) -> HistoryEntry:
    made = audit.record(case.session, case.action, "made", "made it", by=case.owner, at=AT)
    case.session.commit()
    return made


def test_history_cannot_be_changed(case: Case, entry: HistoryEntry) -> None:
    entry.sentence = "did nothing"
    with pytest.raises(IntegrityError, match="history is never changed"):
        case.session.flush()


def test_history_cannot_be_removed(case: Case, entry: HistoryEntry) -> None:
    case.session.delete(entry)
    with pytest.raises(IntegrityError, match="history is never removed"):
        case.session.flush()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE history SET note = 'another'", "history is never changed"),
        ("DELETE FROM history", "history is never removed"),
        ("UPDATE actions SET original_due_date = '2027-01-01', current_due_date = '2027-01-01'", "never changes"),
    ],
)
def test_not_even_plain_sql_gets_past_the_triggers(case: Case, entry: HistoryEntry, statement: str, words: str) -> None:
    with pytest.raises(IntegrityError, match=words):
        case.session.execute(text(statement))


def test_the_original_due_date_cannot_change_while_the_current_one_can(case: Case) -> None:
    case.action.current_due_date += timedelta(days=30)
    case.session.commit()
    case.action.original_due_date += timedelta(days=1)
    with pytest.raises(IntegrityError, match="the original due date never changes"):
        case.session.flush()


def test_an_action_that_is_written_again_with_its_date_is_no_change(case: Case) -> None:
    case.session.execute(text("UPDATE actions SET original_due_date = original_due_date, title = 'Another'"))
    case.session.commit()


@pytest.mark.parametrize("column", ["owner_id", "report_id", "lead_id"])
def test_nothing_may_point_at_what_is_not_there(case: Case, column: str) -> None:
    setattr(case.action, column, 999_999)
    with pytest.raises(IntegrityError):
        case.session.flush()


def test_a_word_that_is_not_in_the_vocabulary_is_refused(case: Case) -> None:
    case.action.delivery = "finished"  # type: ignore[assignment]
    with pytest.raises(StatementError, match="'finished' is no Delivery"):
        case.session.flush()


def test_a_stored_word_that_is_not_in_the_vocabulary_is_refused_when_read(case: Case) -> None:
    case.session.execute(text("UPDATE people SET role = 'emperor'"))
    with pytest.raises(ValueError, match="'emperor' is no Role"):
        case.session.refresh(case.owner)


def test_a_moment_without_a_time_zone_is_refused(case: Case) -> None:
    case.action.last_update_at = datetime(2026, 11, 20, 9)  # noqa: DTZ001 - that is the point
    with pytest.raises(StatementError, match="without a time zone"):
        case.session.flush()


def test_a_moment_comes_back_in_utc_from_whatever_zone(case: Case) -> None:
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    case.action.last_update_at = datetime(2026, 7, 1, 9, tzinfo=ZoneInfo("Europe/London"))
    case.session.commit()
    case.session.refresh(case.action)
    assert case.action.last_update_at == datetime(2026, 7, 1, 8, tzinfo=UTC)
    assert case.action.last_update_at.utcoffset() == timedelta(0)


def test_an_empty_term_stays_empty(case: Case) -> None:
    point = make_point(case.session, case.action.report, limit_unit=None, limit_count=None)
    case.session.commit()
    case.session.refresh(point)
    assert point.limit_unit is None
    assert make_person(case.session, case.council, Role.LEAD).role is Role.LEAD
    assert case.session.get(Body, 999) is None
