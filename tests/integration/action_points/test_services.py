"""What a person decides about the points that were read: what is written, what is refused, and its row of history."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from tests.factories import make_body, make_council, make_person, make_point, make_report
from tracker.action_points import queries, reshaping, services
from tracker.action_points.facts import set_facts
from tracker.action_points.services import PointChange
from tracker.errors import AlreadyConfirmed, InvalidValue, NotFound
from tracker.models import ActionPoint, ClosureDay, Council, HistoryEntry, Person, Report, work_for_all
from tracker.terms import BaseDateChoice, Origin, PointDecision, ReportStatus, Role, TimeLimitKind, TimeUnit

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TEXT = """The council should:

- review how referrals are
read and answer each of them

- train its staff

- count what it does
"""
KEPT, PROPOSED, LEFT_OUT = PointDecision.KEPT, PointDecision.PROPOSED, PointDecision.LEFT_OUT
REPLACED = PointDecision.REPLACED


@dataclass
class Table:
    """A report that is being checked, with three points."""

    session: Session
    council: Council
    report: Report
    lead: Person
    owner: Person

    def __post_init__(self) -> None:
        self.points = [self.point(number, words) for number, words in enumerate(
            ("review how referrals are read and answer each of them", "train its staff", "count what it does"), 1
        )]  # fmt: skip

    def point(self, position: float, words: str, **values: Any) -> ActionPoint:
        place = queries_find(words)
        given: dict[str, Any] = {"position": float(position), "read_position": int(position) - 1, "words": words,
                 "title": words.capitalize(), "decision": PROPOSED, "start": place[0], "end": place[1]}  # fmt: skip
        return make_point(self.session, self.report, **(given | values))

    @property
    def how(self) -> dict[str, Any]:
        return {"by": self.lead, "now": NOW}

    def order(self) -> list[str]:
        self.session.flush()
        return [point.words for point in queries.points(self.session, self.report)]

    def kinds(self) -> list[str]:
        self.session.flush()
        return list(self.session.scalars(select(HistoryEntry.kind).order_by(HistoryEntry.sequence)))

    def last(self) -> HistoryEntry:
        self.session.flush()
        return self.session.scalars(select(HistoryEntry).order_by(HistoryEntry.id.desc()).limit(1)).one()


def queries_find(words: str) -> tuple[int, int]:
    from tracker.action_points.passages import find  # noqa: PLC0415

    return find(TEXT, words) or (0, 0)


@pytest.fixture
def table(session: Session) -> Table:
    council = make_council(session)
    lead = make_person(session, council, Role.LEAD)
    report = make_report(session, council, added_by=lead, status=ReportStatus.BEING_CHECKED, text=TEXT)
    made = Table(session, council, report, lead, make_person(session, council))
    session.commit()
    return made


def wanted(point: ActionPoint | None = None, **values: Any) -> PointChange:
    given: dict[str, Any] = {
        "title": point.title if point else "", "words": point.words if point else "train its staff",
        "section": point.section if point else "", "limit_kind": TimeLimitKind.WITHIN, "limit_count": 3,
        "limit_unit": TimeUnit.MONTHS,
    }  # fmt: skip
    return PointChange(**(given | values))


def facts(report: Report, **values: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "title": report.title, "published": report.published, "inspection_start": report.inspection_start,
        "inspection_end": report.inspection_end, "choice": report.base_date_choice, "typed": report.typed_base_date,
        "review_date": report.review_date,
    }  # fmt: skip
    return given | values


# keep, leave out, put back


def test_a_kept_point_is_kept_once(table: Table) -> None:
    point = table.points[0]
    services.keep(table.session, point, **table.how)
    services.keep(table.session, point, **table.how)
    assert point.decision is KEPT
    assert table.kinds() == ["action_point:kept"]
    assert (table.last().before, table.last().after) == ({"decision": "proposed"}, {"decision": "kept"})


def test_a_point_is_left_out_with_its_reason_on_record(table: Table) -> None:
    services.leave_out(table.session, table.points[0], reason=" Not ours. ", **table.how)
    table.session.commit()
    assert (table.points[0].decision, table.points[0].left_out_reason) == (LEFT_OUT, "Not ours.")
    assert (table.last().kind, table.last().note) == ("action_point:left_out", "Not ours.")


def test_a_point_is_not_left_out_without_a_reason(table: Table) -> None:
    with pytest.raises(InvalidValue, match="Say why"):
        services.leave_out(table.session, table.points[0], reason=" ", **table.how)
    assert table.points[0].decision is PROPOSED
    assert table.kinds() == []


@pytest.mark.parametrize("back", [services.put_back, services.keep])
def test_what_was_left_out_can_be_put_back_or_kept_and_its_reason_goes(table: Table, back: Callable[..., None]) -> None:
    point = table.points[0]
    services.leave_out(table.session, point, reason="Not ours.", **table.how)
    back(table.session, point, **table.how)
    table.session.commit()
    assert point.decision is (PROPOSED if back is services.put_back else KEPT)
    assert point.left_out_reason is None
    assert table.last().before == {"decision": "left_out"}


# change


def test_a_change_is_written_with_only_what_changed_from_and_to(table: Table) -> None:
    point = table.points[1]
    change = wanted(point, title=" Train everybody ", owner=table.owner, limit_count=6)
    services.change(table.session, point, change, **table.how)
    assert (point.title, point.owner, point.limit_count) == ("Train everybody", table.owner, 6)
    last = table.last()
    assert last.kind == "action_point:changed"
    assert last.before == {"title": "Train its staff", "owner": None, "limit_count": 3}
    assert last.after == {"title": "Train everybody", "owner": table.owner.name, "limit_count": 6}


def test_saving_without_a_change_writes_no_history(table: Table) -> None:
    services.change(table.session, table.points[0], wanted(table.points[0]), **table.how)
    assert table.kinds() == []


def test_the_printed_words_of_a_limit_stay_until_the_limit_is_another(table: Table) -> None:
    point = table.points[0]
    services.change(table.session, point, wanted(point, title="Another"), **table.how)
    assert queries.time_limit(point) == "Within three months"
    services.change(table.session, point, wanted(point, limit_count=6), **table.how)
    assert point.limit_words is None
    assert queries.time_limit(point) == "Within 6 months"


@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        (TimeLimitKind.WITHIN, (3, TimeUnit.MONTHS, None)),
        (TimeLimitKind.BY_DATE, (None, None, date(2027, 1, 31))),
        (TimeLimitKind.IMMEDIATELY, (None, None, None)),
        (TimeLimitKind.NOT_GIVEN, (None, None, None)),
    ],
)
def test_of_a_limit_only_what_its_kind_needs_is_kept(table: Table, kind: TimeLimitKind, kept: tuple[Any, ...]) -> None:
    point = table.points[0]
    services.change(table.session, point, wanted(point, limit_kind=kind, limit_date=date(2027, 1, 31)), **table.how)
    assert (point.limit_count, point.limit_unit, point.limit_date) == kept


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"title": " "}, "Enter a title and the report's words."),
        ({"words": "\n"}, "Enter a title and the report's words."),
        ({"limit_count": None}, "Enter how many days, weeks or months."),
        ({"limit_count": 0}, "Enter how many days, weeks or months."),
        ({"limit_unit": None}, "Enter how many days, weeks or months."),
        ({"limit_kind": TimeLimitKind.BY_DATE}, "Enter the date printed in the report."),
    ],
)
def test_a_change_that_lacks_something_is_refused_and_changes_nothing(
    table: Table, values: dict[str, Any], words: str
) -> None:
    point = table.points[0]
    with pytest.raises(InvalidValue) as refused:
        services.change(table.session, point, wanted(point, **values), **table.how)
    assert refused.value.sentence == words
    assert not table.session.dirty


def test_two_who_change_the_same_point_at_the_same_time_do_not_overwrite_each_other(
    table: Table, sessions: sessionmaker[Session]
) -> None:
    with sessions() as other:
        work_for_all(other)
        theirs = other.get_one(ActionPoint, table.points[0].id)
        assert theirs.report
        second = other.merge(table.lead, load=False)
        other.commit()
        services.keep(table.session, table.points[0], **table.how)
        table.session.commit()
        with pytest.raises(StaleDataError):
            services.leave_out(other, theirs, reason="Not ours.", by=second, now=NOW)
        other.rollback()
    assert table.kinds() == ["action_point:kept"]


# split and merge


def test_a_split_point_is_replaced_by_its_parts_each_in_its_place(table: Table) -> None:
    point = table.points[0]
    point.owner, point.body_names, point.priority = table.owner, ["The council"], "urgently"
    parts = ["review how referrals\nare read", "  ", "answer each of them"]
    first, second = reshaping.split(table.session, point, parts, **table.how)
    assert table.order() == [
        "review how referrals are read",
        "answer each of them",
        "train its staff",
        "count what it does",
    ]
    assert point.decision is REPLACED
    for made in (first, second):
        assert (made.decision, made.owner, made.body_names, made.priority) == (
            PROPOSED, table.owner, ["The council"], "urgently",
        )  # fmt: skip
        assert (made.read_position, made.limit_words) == (point.read_position, "Within three months")
        assert " ".join(TEXT[made.start or 0 : made.end or 0].split()) == made.words
    assert first.title == "Review how referrals are read"
    assert table.last().sentence == "split “Review how referrals are read and answer each of them” into 2"


def test_parts_that_are_split_again_stay_in_the_order_of_the_report(table: Table) -> None:
    first, _ = reshaping.split(table.session, table.points[0], ["a b c d", "e"], **table.how)
    table.session.flush()
    second, _ = reshaping.split(table.session, first, ["a b", "c d"], **table.how)
    table.session.flush()
    reshaping.split(table.session, second, ["a", "b"], **table.how)
    assert table.order() == ["a", "b", "c d", "e", "train its staff", "count what it does"]


def test_a_part_whose_words_were_changed_keeps_the_place_of_the_whole(table: Table) -> None:
    point = table.points[0]
    first, second = reshaping.split(table.session, point, ["look at referrals", "answer each of them"], **table.how)
    assert (first.start, first.end) == (point.start, point.end)
    assert (second.start or 0) > (point.start or 0)


def test_parts_of_a_point_without_a_place_have_none(table: Table) -> None:
    point = table.point(9, "not in the report at all", start=None, end=None)
    made = reshaping.split(table.session, point, ["not in the report", "at all"], **table.how)
    assert [(one.start, one.end) for one in made] == [(None, None)] * 2


@pytest.mark.parametrize("parts", [[], ["all of it"], ["all of it", " ", "\n"]])
def test_splitting_needs_two_parts(table: Table, parts: list[str]) -> None:
    with pytest.raises(InvalidValue, match="at least two"):
        reshaping.split(table.session, table.points[0], parts, **table.how)
    assert table.points[0].decision is PROPOSED


def test_merged_points_are_replaced_by_one_in_the_place_of_the_first(table: Table) -> None:
    first, _, third = table.points
    first.body_names, third.body_names = ["The council", "The police"], ["The police", "The schools"]
    new = reshaping.merge(table.session, [third, first], **table.how)
    assert table.order() == [
        "review how referrals are read and answer each of them count what it does", "train its staff",
    ]  # fmt: skip
    assert (new.title, new.start, new.limit_words) == (first.title, first.start, first.limit_words)
    assert new.body_names == ["The council", "The police", "The schools"]
    assert new.decision is PROPOSED
    assert {first.decision, third.decision} == {REPLACED}
    assert table.kinds() == ["action_point:replaced"] * 2


def test_merging_needs_two_points(table: Table) -> None:
    one = table.points[0]
    for points in ([], [one], [one, one]):
        with pytest.raises(InvalidValue, match="at least two points"):
            reshaping.merge(table.session, points, **table.how)
    assert one.decision is PROPOSED


def test_what_was_split_or_merged_away_is_not_there_any_more(table: Table) -> None:
    reshaping.split(table.session, table.points[0], ["a", "b"], **table.how)
    table.session.flush()
    with pytest.raises(NotFound, match="split or merged"):
        queries.point(table.session, table.report, table.points[0].id)


def test_a_point_of_another_report_is_not_there(table: Table) -> None:
    other = make_report(table.session, table.council)
    with pytest.raises(NotFound):
        queries.point(table.session, other, table.points[0].id)
    assert queries.point(table.session, table.report, table.points[0].id) is table.points[0]


# add and assign


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("The council should", 0),
        ("answer each of them", 1),
        ("its staff", 2),
        ("what it does", 3),
        ("something it says nowhere", 3),
    ],
)
def test_a_point_that_was_missed_stands_where_its_words_stand(table: Table, words: str, at: int) -> None:
    point = reshaping.add(table.session, table.report, wanted(words=words, owner=table.owner), **table.how)
    assert table.order()[at] == words
    assert (point.decision, point.read_position, point.owner) == (KEPT, None, table.owner)
    if at == 3 and "nowhere" in words:
        assert (point.start, point.end, point.page) == (None, None, None)
    else:
        assert TEXT[point.start or 0 : point.end or 0] == words
        assert point.page == 1
    assert table.last().kind == "action_point:added"


def test_points_can_be_added_to_a_report_of_which_none_was_read(table: Table) -> None:
    empty = make_report(table.session, table.council, status=ReportStatus.BEING_CHECKED, text=TEXT)
    for words in ("train its staff", "count what it does"):
        reshaping.add(table.session, empty, wanted(words=words), **table.how)
        table.session.flush()
    assert [point.words for point in queries.points(table.session, empty)] == ["train its staff", "count what it does"]


def test_the_title_of_an_added_point_is_taken_from_its_words_unless_given(table: Table) -> None:
    assert (
        reshaping.add(table.session, table.report, wanted(words="train its staff"), **table.how).title
        == "Train its staff"
    )
    assert reshaping.add(table.session, table.report, wanted(title=" Mine "), **table.how).title == "Mine"


@pytest.mark.parametrize("values", [{"words": " "}, {"limit_count": None}, {"limit_kind": TimeLimitKind.BY_DATE}])
def test_a_point_that_lacks_something_is_not_added(table: Table, values: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue):
        reshaping.add(table.session, table.report, wanted(**values), **table.how)
    assert len(table.order()) == 3


def test_many_points_are_given_out_and_what_is_not_chosen_stays(table: Table) -> None:
    chosen = table.points[:2]
    services.assign(table.session, chosen, owner=table.owner, lead=None, **table.how)
    services.assign(table.session, chosen, owner=None, lead=table.lead, **table.how)
    assert [(point.owner, point.lead) for point in table.points] == [(table.owner, table.lead)] * 2 + [(None, None)]
    assert table.last().sentence == f"gave “Train its staff” the lead {table.lead.name}"
    services.assign(table.session, chosen[:1], owner=table.owner, lead=table.lead, **table.how)
    assert table.last().sentence.endswith(f"the owner {table.owner.name} and the lead {table.lead.name}")


def test_giving_out_needs_points_and_somebody(table: Table) -> None:
    with pytest.raises(InvalidValue, match="Choose an owner or a lead"):
        services.assign(table.session, table.points, owner=None, lead=None, **table.how)
    with pytest.raises(InvalidValue, match="Choose the points first"):
        services.assign(table.session, [], owner=table.owner, lead=None, **table.how)


# the facts


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"choice": BaseDateChoice.TYPED}, "Enter the date to count from."),
        (
            {"choice": BaseDateChoice.PUBLISHED, "published": None},
            "Enter the date printed on the report, or count from another date.",
        ),
        (
            {"choice": BaseDateChoice.INSPECTION_END, "inspection_end": None},
            "Enter the last day of the inspection, or count from another date.",
        ),
        (
            {"inspection_start": date(2026, 6, 2), "inspection_end": date(2026, 6, 1)},
            "Enter a last day of the inspection that is not before its first.",
        ),
    ],
)
def test_facts_that_do_not_hold_are_refused(table: Table, values: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        set_facts(table.session, table.report, **facts(table.report, **values), **table.how)
    assert refused.value.sentence == words
    assert not table.session.dirty


def test_facts_are_corrected_with_from_and_to_on_record_and_every_date_counted_anew(table: Table) -> None:
    one_day = {"inspection_start": date(2026, 5, 1), "inspection_end": date(2026, 5, 1)}
    typed = {"choice": BaseDateChoice.TYPED, "typed": date(2026, 8, 31), "title": " Another title "}
    set_facts(table.session, table.report, **facts(table.report, **one_day, **typed), **table.how)
    last = table.last()
    assert last.kind == "report:facts"
    assert (last.before or {})["inspection_end"] == "2026-06-01"
    assert (last.after or {})["typed_base_date"] == "2026-08-31"
    assert table.report.title == "Another title"
    due = queries.due(
        table.points[0], queries.report_dates(table.report), queries.clock_rules(table.session, table.council)
    )
    assert due is not None
    assert due.sum == "31 August 2026, date chosen for this report, + 3 months = 30 November 2026"


def test_saving_the_same_facts_writes_no_history(table: Table) -> None:
    set_facts(table.session, table.report, **facts(table.report), **table.how)
    assert table.kinds() == []


def test_the_date_of_the_review_counts_for_its_follow_ups_only(table: Table) -> None:
    followup = table.point(4, "train its staff", origin=Origin.JOINT_AREA_REVIEW)
    set_facts(table.session, table.report, **facts(table.report, review_date=date(2025, 3, 31)), **table.how)
    rules, dates = queries.clock_rules(table.session, table.council), queries.report_dates(table.report)
    days = [due.day for point in (followup, table.points[0]) if (due := queries.due(point, dates, rules))]
    assert days == [date(2025, 6, 30), date(2026, 9, 1)]


# after confirmation


REFUSED: dict[str, Callable[[Table], object]] = {
    "keep": lambda t: services.keep(t.session, t.points[0], **t.how),
    "leave out": lambda t: services.leave_out(t.session, t.points[0], reason="Not ours.", **t.how),
    "put back": lambda t: services.put_back(t.session, t.points[0], **t.how),
    "change": lambda t: services.change(t.session, t.points[0], wanted(t.points[0], title="Another"), **t.how),
    "split": lambda t: reshaping.split(t.session, t.points[0], ["a", "b"], **t.how),
    "merge": lambda t: reshaping.merge(t.session, t.points, **t.how),
    "add": lambda t: reshaping.add(t.session, t.report, wanted(), **t.how),
    "assign": lambda t: services.assign(t.session, t.points, owner=t.owner, lead=None, **t.how),
    "set facts": lambda t: set_facts(t.session, t.report, **facts(t.report, title="Another"), **t.how),
}


@pytest.mark.parametrize("what", REFUSED)
def test_nothing_of_a_confirmed_report_can_be_changed(table: Table, what: str) -> None:
    table.report.status = ReportStatus.CONFIRMED
    table.session.commit()
    with pytest.raises(AlreadyConfirmed):
        REFUSED[what](table)
    assert not table.session.dirty
    assert not table.session.new
    assert table.kinds() == []


# how far the checking has got


def test_checking_is_done_when_each_point_is_decided_and_each_kept_one_has_people(table: Table) -> None:
    first, second, third = table.points

    def state() -> queries.Checked:
        table.session.flush()
        return queries.checked(queries.points(table.session, table.report))

    assert state() == queries.Checked(3, 0, 0, 0, 0)
    services.keep(table.session, first, **table.how)
    services.leave_out(table.session, second, reason="Not ours.", **table.how)
    assert state() == queries.Checked(3, 2, 1, 1, 1)
    services.keep(table.session, third, **table.how)
    services.assign(table.session, [first, third], owner=table.owner, lead=None, **table.how)
    assert state() == queries.Checked(3, 3, 2, 0, 2)
    assert not state().ready
    services.assign(table.session, [first, third], owner=None, lead=table.lead, **table.how)
    assert state().ready
    assert not replace(state(), decided=2).ready


def test_the_councils_rules_and_closure_days_count(table: Table) -> None:
    table.council.nation, table.council.immediate_working_days = "SCT", 2
    table.session.add(ClosureDay(council_id=table.council.id, day=date(2026, 6, 2), reason="Moving house"))
    table.session.flush()
    rules = queries.clock_rules(table.session, table.council)
    assert (rules.nation, rules.immediate_working_days, rules.closures) == ("SCT", 2, {date(2026, 6, 2)})


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["Westmere Hospitals"], ["Westmere Hospitals"]),
        (["the westmere  hospitals"], ["Westmere Hospitals"]),
        (["THE HOSPITAL TRUST"], ["Westmere Hospitals"]),
        (["The partnership", "hospital trust", "Westmere Hospitals"], ["The Partnership", "Westmere Hospitals"]),
        (["Somebody else"], []),
        ([], []),
    ],
)
def test_bodies_are_known_by_any_of_their_names(table: Table, names: list[str], found: list[str]) -> None:
    known = [
        make_body(table.session, table.council, "Westmere Hospitals", aliases=["the hospital trust"]),
        make_body(table.session, table.council, "The Partnership"),
    ]
    assert [body.name for body in queries.matched_bodies(names, known)] == found
