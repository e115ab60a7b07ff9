"""Every entity, one file each. Import models from here, so that no mapper is ever half configured."""

from tracker.models.action import Action, Contribution, Milestone, Update
from tracker.models.action_point import ActionPoint
from tracker.models.base import Base, CouncilOwned, TermType, UtcDateTime
from tracker.models.committee import (
    TOLD_BY_MAIL,
    Committee,
    CommitteeDocument,
    CommitteeReport,
    Meeting,
    PaperNotice,
    Question,
    QuestionReminder,
)
from tracker.models.council import Body, Category, ClosureDay, Council, Service
from tracker.models.deciding import Claim, Extension, HoldingCheck, Pause
from tracker.models.evidence import Evidence
from tracker.models.history import HistoryEntry, HistoryHead
from tracker.models.importing import ImportDraft
from tracker.models.intake import CheckingPlace, Intake
from tracker.models.listing import BulkChange, SavedView
from tracker.models.making import ToBeMade
from tracker.models.pack import InspectionPack, PackFile
from tracker.models.person import Person, Post, SignIn, SignInAttempt
from tracker.models.public_link import PublicLink
from tracker.models.reminder import ContributionReminder, Heartbeat, LinkAnswer, MailMinute, MailWeek, Message, Reminder
from tracker.models.report import Comparator, Judgement, ProgressStatement, Report, ReportSource
from tracker.models.scope import UnscopedQuery, work_for, work_for_all
from tracker.models.searching import SearchText
from tracker.models.series import AreaName, SeriesLink

__all__ = [
    "TOLD_BY_MAIL",
    "Action",
    "ActionPoint",
    "AreaName",
    "Base",
    "Body",
    "BulkChange",
    "Category",
    "CheckingPlace",
    "Claim",
    "ClosureDay",
    "Committee",
    "CommitteeDocument",
    "CommitteeReport",
    "Comparator",
    "Contribution",
    "ContributionReminder",
    "Council",
    "CouncilOwned",
    "Evidence",
    "Extension",
    "Heartbeat",
    "HistoryEntry",
    "HistoryHead",
    "HoldingCheck",
    "ImportDraft",
    "InspectionPack",
    "Intake",
    "Judgement",
    "LinkAnswer",
    "MailMinute",
    "MailWeek",
    "Meeting",
    "Message",
    "Milestone",
    "PackFile",
    "PaperNotice",
    "Pause",
    "Person",
    "Post",
    "ProgressStatement",
    "PublicLink",
    "Question",
    "QuestionReminder",
    "Reminder",
    "Report",
    "ReportSource",
    "SavedView",
    "SearchText",
    "SeriesLink",
    "Service",
    "SignIn",
    "SignInAttempt",
    "TermType",
    "ToBeMade",
    "UnscopedQuery",
    "Update",
    "UtcDateTime",
    "work_for",
    "work_for_all",
]
