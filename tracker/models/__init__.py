"""Every entity, one file each. Import models from here, so that no mapper is ever half configured."""

from tracker.models.action import Action, Claim, Contribution, Evidence, Extension, Update
from tracker.models.action_point import ActionPoint
from tracker.models.base import Base, CouncilOwned, TermType, UtcDateTime
from tracker.models.council import Body, ClosureDay, Council, Service
from tracker.models.history import HistoryEntry, HistoryHead
from tracker.models.person import Person, SignIn, SignInAttempt
from tracker.models.reminder import Heartbeat, Message, Reminder
from tracker.models.report import Comparator, Judgement, ProgressStatement, Report, ReportSource
from tracker.models.scope import UnscopedQuery, work_for, work_for_all

__all__ = [
    "Action",
    "ActionPoint",
    "Base",
    "Body",
    "Claim",
    "ClosureDay",
    "Comparator",
    "Contribution",
    "Council",
    "CouncilOwned",
    "Evidence",
    "Extension",
    "Heartbeat",
    "HistoryEntry",
    "HistoryHead",
    "Judgement",
    "Message",
    "Person",
    "ProgressStatement",
    "Reminder",
    "Report",
    "ReportSource",
    "Service",
    "SignIn",
    "SignInAttempt",
    "TermType",
    "UnscopedQuery",
    "Update",
    "UtcDateTime",
    "work_for",
    "work_for_all",
]
