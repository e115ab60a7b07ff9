"""The tracked task made from an action point, and everything said of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.action_point import ActionPoint
from tracker.models.base import Base, CouncilOwned, TermType
from tracker.models.council import Body, Category, Service
from tracker.models.person import Person, Post
from tracker.models.report import Report
from tracker.terms import (
    OPEN_DELIVERY,
    CloseReason,
    ContributionStatus,
    Delivery,
    How,
    Marking,
    Outlook,
    Priority,
    Response,
)

OPEN = text("delivery IN ('not_started', 'in_progress', 'paused', 'awaiting_check')")

DISOWNED = text("disowned_at IS NOT NULL")
WAITED_FOR = text("status IN ('no_reply', 'in_progress')")  # a body's line, as OPEN_CONTRIBUTION has it


class Action(CouncilOwned, Base):
    """The tracked task: title, owner, lead, dates, status. Overdue is derived, never stored."""

    __tablename__ = "actions"
    __table_args__ = (
        UniqueConstraint("council_id", "reference"),
        UniqueConstraint("council_id", "action_point_id"),
        CheckConstraint("current_due_date >= original_due_date", name="extension_is_later"),
        CheckConstraint(
            "close_reason IS NULL OR delivery = 'closed_not_completed'", name="close_reason_only_if_closed"
        ),
        CheckConstraint("successor_id IS NULL OR successor_id <> id", name="succeeded_by_another"),
        CheckConstraint(
            "outlook_override IS NULL OR (outlook_reason IS NOT NULL AND outlook_by_id IS NOT NULL)",
            name="override_has_reason",
        ),
        # The lists, the counts and the sweep read open actions of one council by date: this keeps them to what is due.
        Index("ix_actions_open_due", "council_id", "original_due_date", "id", postgresql_where=OPEN, sqlite_where=OPEN),
        # And this to what nothing has been said of: by its last update, or by its making where there is none.
        Index(
            "ix_actions_open_silent",
            "council_id",
            "last_update_at",
            "created_at",
            "id",
            postgresql_where=OPEN,
            sqlite_where=OPEN,
        ),
        Index("ix_actions_due", "council_id", "original_due_date", "id"),  # the lists of all actions
        Index("ix_actions_owner", "council_id", "owner_id", "delivery"),
        Index("ix_actions_lead", "council_id", "lead_id", "delivery"),
        Index("ix_actions_service", "council_id", "service_id", "delivery"),
        Index("ix_actions_report", "council_id", "report_id"),
        Index("ix_actions_disowned", "council_id", postgresql_where=DISOWNED, sqlite_where=DISOWNED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str]
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    action_point_id: Mapped[int] = mapped_column(ForeignKey("action_points.id"))
    title: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    lead_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    checker_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # appointed beside the leads
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))  # it belongs to, whoever holds it
    service_id: Mapped[int | None] = mapped_column(ForeignKey("services.id"))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    outcome_area_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    priority: Mapped[Priority] = mapped_column(TermType(Priority), default=Priority.NORMAL)
    success_test: Mapped[str | None]  # agreed at the start: what a checker will look for
    response: Mapped[Response] = mapped_column(TermType(Response), default=Response.ACCEPTED)
    response_reason: Mapped[str | None]
    delivery: Mapped[Delivery] = mapped_column(TermType(Delivery), default=Delivery.NOT_STARTED)
    marking: Mapped[Marking] = mapped_column(TermType(Marking), default=Marking.OPEN)
    base_date: Mapped[date]
    original_due_date: Mapped[date]  # never changes: a trigger in the database refuses it
    current_due_date: Mapped[date]
    due_sum: Mapped[str]  # "1 June 2012, last day of the inspection, + 3 months = 1 September 2012"
    due_assumed: Mapped[bool] = mapped_column(default=False)
    assumed_seen_at: Mapped[datetime | None]  # when a lead agreed to the assumed date
    claimed_on: Mapped[date | None]  # London day of the claim that stands
    closed_at: Mapped[datetime | None]
    close_reason: Mapped[CloseReason | None] = mapped_column(TermType(CloseReason))
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # who approved closing it, not completed
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"))
    outlook_override: Mapped[Outlook | None] = mapped_column(TermType(Outlook))  # lapses at the next update
    outlook_reason: Mapped[str | None]
    outlook_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    outlook_at: Mapped[datetime | None]
    last_update_at: Mapped[datetime | None]
    disowned_at: Mapped[datetime | None]  # when its owner said that it is not theirs; until a lead hands it over
    disowned_words: Mapped[str | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    report: Mapped[Report] = relationship()
    point: Mapped[ActionPoint] = relationship()
    owner: Mapped[Person] = relationship(foreign_keys=owner_id)
    lead: Mapped[Person] = relationship(foreign_keys=lead_id)
    checker: Mapped[Person | None] = relationship(foreign_keys=checker_id)
    post: Mapped[Post | None] = relationship()
    service: Mapped[Service | None] = relationship()
    theme: Mapped[Category | None] = relationship(foreign_keys=theme_id)
    outcome_area: Mapped[Category | None] = relationship(foreign_keys=outcome_area_id)
    closed_by: Mapped[Person | None] = relationship(foreign_keys=closed_by_id)
    outlook_by: Mapped[Person | None] = relationship(foreign_keys=outlook_by_id)
    successor: Mapped["Action | None"] = relationship(remote_side="Action.id", foreign_keys=successor_id)
    contributions: Mapped[list["Contribution"]] = relationship(order_by="Contribution.id")
    milestones: Mapped[list["Milestone"]] = relationship(order_by="Milestone.due_date, Milestone.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as it is

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done or checked."""
        return self.delivery in OPEN_DELIVERY


class Contribution(CouncilOwned, Base):
    """One body's line of an action."""

    __tablename__ = "contributions"
    __table_args__ = (
        UniqueConstraint("council_id", "action_id", "body_id"),
        Index("ix_contributions_body", "council_id", "body_id", "action_id"),
        # Bodies are reminded of what is open and near its own date, however many lines there are.
        Index("ix_contributions_open", "council_id", "due_date", postgresql_where=WAITED_FOR, sqlite_where=WAITED_FOR),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"))
    status: Mapped[ContributionStatus] = mapped_column(
        TermType(ContributionStatus), default=ContributionStatus.NO_REPLY
    )
    note: Mapped[str | None]
    replied_at: Mapped[datetime | None]
    contact_name: Mapped[str | None]
    contact_email: Mapped[str | None]  # the body's own where none is given here
    due_date: Mapped[date | None]  # the action's own where none is given here

    body: Mapped[Body] = relationship(lazy="joined")


class Milestone(CouncilOwned, Base):
    """A small step on the way, with its own date."""

    __tablename__ = "milestones"
    __table_args__ = (Index(None, "council_id", "action_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    title: Mapped[str]
    due_date: Mapped[date]
    done_on: Mapped[date | None]


class Update(CouncilOwned, Base):
    """A dated entry by somebody: what has happened."""

    __tablename__ = "updates"
    __table_args__ = (
        Index(None, "council_id", "action_id", "at"),
        Index("ix_updates_person", "council_id", "person_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    text: Mapped[str]
    how: Mapped[How] = mapped_column(TermType(How), default=How.PAGE)
    marking: Mapped[Marking] = mapped_column(TermType(Marking), default=Marking.OPEN)

    person: Mapped[Person] = relationship()
