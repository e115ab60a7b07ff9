"""The vocabulary of the field: one word, one meaning, in the code, the pages and the mails.

The first of each pair is what the database stores, the second what people read.
"""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A word of the vocabulary, with the words people read for it."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        """Keep the label beside the stored value."""
        term = str.__new__(cls, value)
        term._value_ = value
        term.label = label
        return term

    @classmethod
    def of(cls, value: str) -> Self:
        """Return the term a stored value stands for. Raises ValueError for a value that is not in the vocabulary."""
        for term in cls:
            if term.value == value:
                return term
        raise ValueError(f"{value!r} is no {cls.__name__}")


class Role(Term):
    """What a person may do in their council."""

    SERVICE_MANAGER = "service_manager", "Service manager"  # owns actions; says what has happened, claims completion
    LEAD = "lead", "Lead"  # answers for a report's whole plan; adds reports, checks claims, decides extensions
    DIRECTOR = "director", "Director"  # as a lead, and approves closing what was not completed
    SCRUTINY_MEMBER = "scrutiny_member", "Scrutiny member"  # elected; reads the overdue report
    ADMINISTRATOR = "administrator", "Administrator"  # people, services, bodies, rules


PLANNERS = frozenset({Role.LEAD, Role.DIRECTOR})  # answer for a report's whole plan
OFFICERS = PLANNERS | {Role.SERVICE_MANAGER}  # own actions


class PointKind(Term):
    """What the heading over an action point calls it."""

    RECOMMENDATION = "recommendation", "Recommendation"  # under an explicit action heading
    AREA_FOR_DEVELOPMENT = "area_for_development", "Area for development"
    WEAKNESS = "weakness", "Weakness"


class Origin(Term):
    """Whose recommendation it is: this report's own, or an earlier review's repeated here."""

    THIS_REPORT = "this report", "This report"
    JOINT_AREA_REVIEW = "joint area review", "Joint area review follow-up"


class AssumedDate(Term):
    """What became of a date that the report did not give."""

    TO_AGREE = "to_agree", "Assumed, not agreed yet"
    AGREED = "agreed", "Assumed, and agreed"


class TimeLimitKind(Term):
    """How a report says when something must be done."""

    IMMEDIATELY = "immediately", "Immediately"
    WITHIN = "within", "Within a number of days, weeks or months"
    BY_DATE = "by_date", "By a printed date"  # a printed date, which wins over a computed one
    LONGER_TERM = "longer_term", "Over the longer term"
    NOT_GIVEN = "not_given", "No time given"
    OTHER = "other", "Other words"  # words that give a time the service cannot count ("as soon as practicable")


class TimeUnit(Term):
    """The unit of a time limit "within N …"."""

    DAYS = "days", "days"
    WORKING_DAYS = "working_days", "working days"
    WEEKS = "weeks", "weeks"
    MONTHS = "months", "months"
    YEARS = "years", "years"


class Grade(Term):
    """A judgement put on one scale, whatever the number printed and whichever way it runs."""

    OUTSTANDING = "outstanding", "Outstanding"
    GOOD = "good", "Good"
    ADEQUATE = "adequate", "Adequate"
    INADEQUATE = "inadequate", "Inadequate"


class ProgressJudgement(Term):
    """How a later letter judges what became of an earlier recommendation."""

    COMPLETED = "completed", "Completed"
    GOOD_PROGRESS = "good_progress", "Good progress"
    SOME_PROGRESS = "some_progress", "Some progress"
    LIMITED_PROGRESS = "limited_progress", "Limited progress"
    MIXED = "mixed", "Mixed"


class LinkKind(Term):
    """What a later report says of an earlier recommendation."""

    REPEATED = "repeated", "The same recommendation repeated"  # tracked once, by the action that is there
    TOLD_AGAIN = "told_again", "Told again"  # the same matter in a new report's own words
    JUDGED = "judged", "Judged"  # a progress statement speaks of it


class LinkDecision(Term):
    """What a person decided about a suggested link between two reports."""

    PROPOSED = "proposed", "Suggested"
    CONFIRMED = "confirmed", "Confirmed"
    REFUSED = "refused", "Not the same"  # never suggested again


class BaseDateChoice(Term):
    """The day a report's time limits are counted from (DESIGN section 3, rule 1)."""

    INSPECTION_END = "inspection_end", "Last day of the inspection"
    PUBLISHED = "published", "Date printed on the report"
    TYPED = "typed", "Another date"


class ReportStatus(Term):
    """Where a report stands between arriving and being tracked."""

    BEING_CHECKED = "being_checked", "Being checked"
    CONFIRMED = "confirmed", "Confirmed"


class IntakeStatus(Term):
    """Where a document stands between being added and being a report."""

    WAITING = "waiting", "Waiting to be read"
    READING = "reading", "Being read"  # claimed under a lease
    READ = "read", "Read"
    REFUSED = "refused", "Could not be read"


class PointDecision(Term):
    """What a person decided about one proposed action point."""

    PROPOSED = "proposed", "Not checked yet"  # nobody has looked at it yet
    KEPT = "kept", "Kept"
    LEFT_OUT = "left_out", "Left out"  # with a reason
    REPLACED = "replaced", "Replaced"  # split or merged into other points, which carry its words


class Response(Term):
    """Whether the council accepted it."""

    AWAITING = "awaiting", "Awaiting a response"
    ACCEPTED = "accepted", "Accepted"
    PARTLY_ACCEPTED = "partly_accepted", "Partly accepted"
    NOT_ACCEPTED = "not_accepted", "Not accepted"


class Delivery(Term):
    """How far it has got. Lateness is never a status."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    PAUSED = "paused", "Paused"
    AWAITING_CHECK = "awaiting_check", "Completed, awaiting check"
    CHECKED = "checked", "Completed and checked"
    HOLDING = "holding", "Holding"
    CLOSED_NOT_COMPLETED = "closed_not_completed", "Closed, not completed"


OPEN_DELIVERY = frozenset({Delivery.NOT_STARTED, Delivery.IN_PROGRESS, Delivery.PAUSED, Delivery.AWAITING_CHECK})
DONE_DELIVERY = frozenset({Delivery.CHECKED, Delivery.HOLDING})  # somebody else has found that it is done


class Timeliness(Term):
    """Derived from dates and delivery, always against the original due date; never stored."""

    NOT_DUE = "not_due", "Not due"
    DUE_SOON = "due_soon", "Due soon"
    DUE_TODAY = "due_today", "Due today"
    LATE_1_30 = "late_1_30", "1 to 30 days late"
    LATE_31_90 = "late_31_90", "31 to 90 days late"
    LATE_91_180 = "late_91_180", "91 to 180 days late"
    LATE_OVER_180 = "late_over_180", "Over 180 days late"
    DONE_ON_TIME = "done_on_time", "Done on time"
    DONE_LATE = "done_late", "Done late"
    CLOSED = "closed", "Closed"


LATE = (Timeliness.LATE_1_30, Timeliness.LATE_31_90, Timeliness.LATE_91_180, Timeliness.LATE_OVER_180)


class Decision(Term):
    """The outcome of a claim or of a request for more time."""

    WAITING = "waiting", "Waiting for a decision"
    AGREED = "agreed", "Agreed"
    REFUSED = "refused", "Refused"


class ContributionStatus(Term):
    """Where one body's line of an action stands."""

    NO_REPLY = "no_reply", "No reply yet"
    IN_PROGRESS = "in_progress", "In progress"
    DONE = "done", "Done"
    NOT_WAITED_FOR = "not_waited_for", "Can be claimed without them"  # a lead said why


OPEN_CONTRIBUTION = frozenset({ContributionStatus.NO_REPLY, ContributionStatus.IN_PROGRESS})


class CloseReason(Term):
    """Why an action is closed although it was not completed."""

    SUPERSEDED = "superseded", "Another action has taken its place"  # and names it
    NO_LONGER_APPLIES = "no_longer_applies", "It no longer applies"
    NOT_ACCEPTED = "not_accepted", "The recommendation is not accepted"
    RISK_ACCEPTED = "risk_accepted", "The council accepts the risk"


class HoldingOutcome(Term):
    """What was found when somebody looked again, months after the action was completed."""

    WAITING = "waiting", "To be looked at again"
    HOLDING = "holding", "Still so"
    NOT_HOLDING = "not_holding", "No longer so"
    NOT_NEEDED = "not_needed", "Not needed any more"  # the action was opened again before its day


class Outlook(Term):
    """Whether an action will be done by its date: derived before the date, with its reason; never stored."""

    ON_TRACK = "on_track", "On track"
    AT_RISK = "at_risk", "At risk"
    OFF_TRACK = "off_track", "Off track"


class Priority(Term):
    """How pressing an action is, beside its date."""

    HIGH = "high", "High"
    NORMAL = "normal", "Normal"
    LOW = "low", "Low"


class CategoryKind(Term):
    """What a council groups its actions by, beside report and service."""

    THEME = "theme", "Theme"
    OUTCOME_AREA = "outcome_area", "Outcome area"


class Scan(Term):
    """What a virus scanner said of a file. Nothing is given out while one is set up and has not passed it."""

    NOT_SET_UP = "not_set_up", "Not scanned"  # no scanner is set up
    WAITING = "waiting", "Being scanned"
    PASSED = "passed", "Scanned"
    REFUSED = "refused", "Held back: the scanner found something"


class How(Term):
    """By which way a change came in."""

    PAGE = "page", "on the page"
    LINK = "link", "by link"
    IMPORT = "import", "by import"
    SYSTEM = "system", "by the service"


class Marking(Term):
    """Who may see it. What is not open never leaves in an email body, feed, export or public paper."""

    OPEN = "open", "Open"
    EXEMPT = "exempt", "Exempt"
    CONFIDENTIAL = "confidential", "Confidential"


class Stage(Term):
    """The reminder stages; the number of days is the council's rule (DESIGN section 5)."""

    BEFORE = "before", "Before the date"
    ON_THE_DAY = "on_the_day", "On the day"
    WHILE_LATE = "while_late", "While late"
    LEAD_TOLD = "lead_told", "The lead told"
    DIRECTOR_TOLD = "director_told", "The director told"
    SILENT = "silent", "No update for some time"
    DECISION_WAITS = "decision_waits", "A decision has waited"
    ANSWERED = "answered", "Their question answered"  # of a member's question only


class PaperStatus(Term):
    """Where a committee report stands."""

    DRAFT = "draft", "Draft"
    READY = "ready", "Ready for the meeting"  # its words are closed


class DocumentForm(Term):
    """In which form a committee report can be had."""

    PDF = "pdf", "PDF"
    WORD = "docx", "Word"
    EXCEL = "xlsx", "Excel"
    CSV = "csv", "CSV"


class PackForm(Term):
    """In which form the pack for an inspection can be had. Beside the document there is a zip of the evidence."""

    PDF = "pdf", "PDF"
    WORD = "docx", "Word"
    ZIP = "zip", "Evidence (zip)"


class DocumentPart(Term):
    """Which part of a committee report: what everybody may read, or what is exempt or confidential."""

    PUBLIC = "public", "Public"
    EXEMPT = "exempt", "Exempt"


class DocumentStatus(Term):
    """Where a document that is made in the background stands."""

    WAITING = "waiting", "Waiting to be made"
    MAKING = "making", "Being made"  # claimed under a lease
    MADE = "made", "Made"
    FAILED = "failed", "Could not be made"


class MailRhythm(Term):
    """How often a person is written to. Escalations and decisions come each morning whatever they chose."""

    DAILY = "daily", "Every working morning on which there is something to say"
    WEEKLY = "weekly", "Once a week, on its first working day"


class MessageStatus(Term):
    """What became of a mail in the outbox."""

    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Being sent"  # claimed under a lease
    SENT = "sent", "Sent"
    DELIVERED = "delivered", "Delivered"  # said by a provider that can tell
    DEFERRED = "deferred", "To be tried again"  # a temporary failure
    FAILED = "failed", "Failed"  # refused for good, or tried too often
    BOUNCED = "bounced", "Came back"  # taken by the mail server, and returned later
    CANCELLED = "cancelled", "Not needed any more"  # nothing in it was still true when its turn came
    TOLD_LATER = "told_later", "Told in a later mail"  # it had not left when the next morning's was written


MAIL_LEFT = frozenset({MessageStatus.SENT, MessageStatus.DELIVERED})
MAIL_LOST = frozenset({MessageStatus.FAILED, MessageStatus.BOUNCED})  # it did not arrive, and is not tried again
