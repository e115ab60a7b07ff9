"""Rows for tests, made with the fewest words: every value that a test does not care about has one."""

import itertools
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from tracker.accounts import posts
from tracker.models import (
    Action,
    ActionPoint,
    Body,
    Claim,
    Committee,
    CommitteeReport,
    Contribution,
    ContributionReminder,
    Council,
    Extension,
    HoldingCheck,
    Intake,
    Judgement,
    Meeting,
    Message,
    Milestone,
    Pause,
    Person,
    ProgressStatement,
    Question,
    Reminder,
    Report,
    ReportSource,
    SeriesLink,
    Service,
    Update,
)
from tracker.terms import (
    BaseDateChoice,
    Decision,
    Delivery,
    Grade,
    LinkDecision,
    LinkKind,
    Marking,
    MessageStatus,
    Origin,
    PointDecision,
    PointKind,
    ProgressJudgement,
    ReportStatus,
    Role,
    Stage,
    TimeLimitKind,
    TimeUnit,
)

_numbers = itertools.count(1)
LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def make_council(session: Session, name: str = "Westmere", **values: object) -> Council:
    number = next(_numbers)
    defaults = {
        "name": f"{name} Council",
        "authority": name,
        "slug": f"{name.lower()}-{number}",
        "prefix": name[:3].upper(),
    }
    council = Council(**(defaults | values))
    session.add(council)
    session.flush()
    return council


def make_person(session: Session, council: Council, role: Role = Role.SERVICE_MANAGER, **values: object) -> Person:
    number = next(_numbers)
    defaults: dict[str, object] = {
        "council_id": council.id,
        "name": f"Person {number}",
        "email": f"person{number}@{council.slug}.example",
        "post": posts.named(session, council, str(values.pop("post", "Head of Service"))),
        "role": role,
        "active": True,
    }
    person = Person(**(defaults | values))
    session.add(person)
    session.flush()
    return person


def make_service(session: Session, council: Council, name: str | None = None) -> Service:
    service = Service(council_id=council.id, name=name or f"Service {next(_numbers)}")
    session.add(service)
    session.flush()
    return service


def make_body(session: Session, council: Council, name: str | None = None, **values: object) -> Body:
    body = Body(council_id=council.id, name=name or f"Body {next(_numbers)}", **values)
    session.add(body)
    session.flush()
    return body


def make_report(session: Session, council: Council, **values: object) -> Report:
    number = next(_numbers)
    added_by = values.pop("added_by", None) or make_person(session, council, Role.LEAD)
    text = str(values.pop("text", "The council should do better.\n"))
    defaults: dict[str, object] = {
        "council_id": council.id,
        "code": f"{council.prefix}-{number}",
        "title": f"Inspection of services {number}",
        "authority": council.authority,
        "inspection_end": date(2026, 6, 1),
        "published": date(2026, 7, 10),
        "base_date_choice": BaseDateChoice.INSPECTION_END,
        "status": ReportStatus.CONFIRMED,
        "added_by_id": added_by.id,
        "added_at": LONG_AGO,
    }
    report = Report(**(defaults | values))
    session.add(report)
    session.flush()
    session.add(
        ReportSource(
            council_id=council.id,
            report_id=report.id,
            filename="report.txt",
            media_type="text/plain",
            size=len(text),
            sha256=f"{number:064}",
            file_key=f"source-{number}",
            text=text,
            page_starts=[0],
            reading={},
        )
    )
    session.flush()
    return report


def make_intake(session: Session, by: Person, **values: object) -> Intake:
    number = next(_numbers)
    defaults: dict[str, object] = {
        "filename": f"report {number}.pdf",
        "media_type": "application/pdf",
        "size": 1000,
        "sha256": f"{number:064}",
        "file_key": None,
        "added_at": LONG_AGO,
        "free_at": LONG_AGO,
    }
    intake = Intake(council_id=by.council_id, added_by_id=by.id, **(defaults | values))
    session.add(intake)
    session.flush()
    return intake


def make_point(session: Session, report: Report, **values: object) -> ActionPoint:
    number = next(_numbers)
    defaults: dict[str, object] = {
        "council_id": report.council_id,
        "report_id": report.id,
        "position": float(number),
        "read_position": None,
        "words": f"Make thing {number} better.",
        "title": f"Make thing {number} better",
        "section": "Areas for improvement",
        "kind": PointKind.RECOMMENDATION,
        "origin": Origin.THIS_REPORT,
        "limit_kind": TimeLimitKind.WITHIN,
        "limit_words": "Within three months",
        "limit_count": 3,
        "limit_unit": TimeUnit.MONTHS,
        "body_names": [],
        "page": 1,
        "start": 0,
        "end": 10,
        "decision": PointDecision.KEPT,
    }
    point = ActionPoint(**(defaults | values))
    session.add(point)
    session.flush()
    return point


def make_action(session: Session, council: Council, *, due: date = date(2026, 12, 1), **values: object) -> Action:
    """Make an open action due on a day, with an owner, a lead, a report and a point of its own unless given."""
    owner = values.pop("owner", None) or make_person(session, council)
    lead = values.pop("lead", None) or make_person(session, council, Role.LEAD)
    report = values.pop("report", None) or make_report(session, council, added_by=lead)
    point = make_point(session, report, title=values.get("title", "Make it better"))
    number = next(_numbers)
    defaults: dict[str, object] = {
        "council_id": council.id,
        "reference": f"{report.code}-{number:02}",
        "report_id": report.id,
        "action_point_id": point.id,
        "title": "Make it better",
        "owner_id": owner.id,
        "lead_id": lead.id,
        "service_id": owner.service_id,
        "delivery": Delivery.IN_PROGRESS,
        "marking": Marking.OPEN,
        "base_date": date(2026, 6, 1),
        "original_due_date": due,
        "current_due_date": due,
        "due_sum": "1 June 2026, last day of the inspection, + 6 months = 1 December 2026",
        "created_at": LONG_AGO,
    }
    action = Action(**(defaults | values))
    session.add(action)
    session.flush()
    return action


def make_update(session: Session, action: Action, *, at: datetime, text: str = "We have begun.") -> Update:
    update = Update(council_id=action.council_id, action_id=action.id, person_id=action.owner_id, at=at, text=text)
    action.last_update_at = at
    session.add(update)
    session.flush()
    return update


def make_claim(session: Session, action: Action, *, at: datetime = LONG_AGO, **values: object) -> Claim:
    defaults: dict[str, object] = {"claimed_by_id": action.owner_id, "claimed_at": at, "note": "It is done."}
    claim = Claim(council_id=action.council_id, action_id=action.id, **(defaults | values))
    session.add(claim)
    session.flush()
    return claim


def make_extension(
    session: Session, action: Action, *, days: int = 30, agreed: bool = True, **values: object
) -> Extension:
    from_date = action.current_due_date
    to_date = from_date + timedelta(days=days)
    defaults: dict[str, object] = {
        "asked_by_id": action.owner_id,
        "asked_at": LONG_AGO,
        "from_date": from_date,
        "to_date": to_date,
        "reason": "The post is vacant.",
        "safeguard": "A weekly check by the manager.",
        "outcome": Decision.AGREED if agreed else Decision.WAITING,
        "decided_by_id": action.lead_id if agreed else None,
        "decided_at": LONG_AGO if agreed else None,
    }
    extension = Extension(council_id=action.council_id, action_id=action.id, **(defaults | values))
    if agreed:
        action.current_due_date = to_date
    session.add(extension)
    session.flush()
    return extension


def make_reminded(
    session: Session, about: Action | Contribution, *, at: datetime = LONG_AGO, **values: object
) -> Message:
    """A mail that was sent to an action's owner, or to the contact of a body's line, about its date."""
    number = next(_numbers)
    person = session.get_one(Person, about.owner_id) if isinstance(about, Action) else None
    made = Message(**{
        "council_id": about.council_id, "dedupe_key": f"digest:{number}", "person_id": person.id if person else None,
        "to_address": person.email if person else "desk@hospital.example", "subject": "One action late",
        "text": "One action is late.", "message_id": f"<{number}@localhost>", "created_at": at, "next_attempt_at": at,
        "status": MessageStatus.SENT, "sent_at": at,
    } | values)  # fmt: skip
    session.add(made)
    session.flush()
    own = {
        "council_id": about.council_id, "message_id": made.id, "stage": Stage.WHILE_LATE, "about_date": at.date(),
        "created_at": at,
    }  # fmt: skip
    if isinstance(about, Action):
        session.add(Reminder(**own, action_id=about.id, person_id=made.person_id))
    else:
        session.add(ContributionReminder(**own, contribution_id=about.id))
    session.flush()
    return made


def make_pause(session: Session, action: Action, *, agreed: bool = True, **values: object) -> Pause:
    defaults: dict[str, object] = {
        "asked_by_id": action.owner_id,
        "asked_at": LONG_AGO,
        "review_date": date(2026, 12, 20),
        "reason": "The post is vacant.",
        "safeguard": "A weekly check by the manager.",
        "outcome": Decision.AGREED if agreed else Decision.WAITING,
        "decided_by_id": action.lead_id if agreed else None,
        "decided_at": LONG_AGO if agreed else None,
    }
    pause = Pause(council_id=action.council_id, action_id=action.id, **(defaults | values))
    if agreed:
        action.delivery = Delivery.PAUSED
    session.add(pause)
    session.flush()
    return pause


def make_step(session: Session, action: Action, due: date, *, done: bool = False, title: str = "Agree it") -> Milestone:
    step = Milestone(
        council_id=action.council_id, action_id=action.id, title=title, due_date=due, done_on=due if done else None
    )
    session.add(step)
    session.flush()
    return step


def make_holding_check(session: Session, action: Action, **values: object) -> HoldingCheck:
    """Make a day to look again at an action, with the claim that was upheld unless one is given."""
    if "claim_id" not in values:
        upheld = make_claim(
            session, action, outcome=Decision.AGREED, checked_by_id=action.lead_id, checked_at=LONG_AGO, finding="Seen."
        )
        values["claim_id"] = upheld.id
    defaults: dict[str, object] = {"months": 3, "due_date": date(2026, 11, 20)}
    check = HoldingCheck(council_id=action.council_id, action_id=action.id, **(defaults | values))
    session.add(check)
    session.flush()
    return check


def make_judgement(session: Session, report: Report, area: str, **values: object) -> Judgement:
    defaults: dict[str, object] = {"section": None, "grade": "Grade 3", "normalised": Grade.GOOD}
    judgement = Judgement(
        council_id=report.council_id, report_id=report.id, position=next(_numbers), area=area, **(defaults | values)
    )
    session.add(judgement)
    session.flush()
    return judgement


def make_statement(session: Session, report: Report, *about: int, **values: object) -> ProgressStatement:
    defaults: dict[str, object] = {"quote": "Good progress has been made.", "section": "Being healthy", "page": 2}
    statement = ProgressStatement(
        council_id=report.council_id,
        report_id=report.id,
        position=next(_numbers),
        about=list(about),
        **(defaults | {"judgement": ProgressJudgement.GOOD_PROGRESS} | values),
    )
    session.add(statement)
    session.flush()
    return statement


def make_link(
    session: Session,
    report: Report,
    earlier: Action,
    *,
    point: ActionPoint | None = None,
    statement: ProgressStatement | None = None,
    by: Person | None = None,
    **values: object,
) -> SeriesLink:
    """Link a point or a statement of a later report to an earlier action: suggested, or confirmed by somebody."""
    defaults: dict[str, object] = {
        "kind": LinkKind.JUDGED if statement else LinkKind.TOLD_AGAIN,
        "score": 0.5,
        "decision": LinkDecision.CONFIRMED if by else LinkDecision.PROPOSED,
        "decided_at": LONG_AGO if by else None,
    }
    link = SeriesLink(
        council_id=report.council_id,
        report_id=report.id,
        point_id=point.id if point else None,
        statement_id=statement.id if statement else None,
        earlier_id=earlier.action_point_id,
        decided_by_id=by.id if by else None,
        **(defaults | values),
    )
    session.add(link)
    session.flush()
    return link


def make_meeting(session: Session, council: Council, day: date, committee: Committee | None = None) -> Meeting:
    """Make a meeting, of a committee of its own unless one is given."""
    if committee is None:
        committee = Committee(council_id=council.id, name=f"Scrutiny Committee {next(_numbers)}", agenda_days=5)
        session.add(committee)
        session.flush()
    meeting = Meeting(council_id=council.id, committee_id=committee.id, day=day)
    session.add(meeting)
    session.flush()
    return meeting


def make_committee_report(session: Session, meeting: Meeting, by: Person, **values: object) -> CommitteeReport:
    """Make a report to a meeting with nothing frozen in it: for who only asks that it is there."""
    defaults: dict[str, object] = {
        "as_at": meeting.day - timedelta(days=10),
        "contents": {},
        "contents_digest": "0",
        "words": {},
        "made_by_id": by.id,
        "made_at": LONG_AGO,
    }
    report = CommitteeReport(council_id=meeting.council_id, meeting_id=meeting.id, **(defaults | values))
    session.add(report)
    session.flush()
    return report


def make_question(session: Session, action: Action, **values: object) -> Question:
    defaults: dict[str, object] = {
        "words": "When will it be done?",
        "marking": action.marking,
        "asked_by_id": action.lead_id,
        "asked_at": LONG_AGO,
        "owner_id": action.owner_id,
        "due_on": date(2026, 12, 1),
    }
    question = Question(council_id=action.council_id, action_id=action.id, **(defaults | values))
    session.add(question)
    session.flush()
    return question
