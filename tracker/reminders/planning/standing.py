"""What still stands of what a mail tells, as conditions for the database: by them a mail is looked at before it leaves.

What asks the owner still holds while the action waits for its owner or, where the owner has gone, for the lead; who was
told for a lead who has gone is still asked while nobody has taken the lead's place. That nothing was said holds until
something is said. A director is told while the action is open, and a decision waits until it is made. A member's
question is chased until it is answered; that it was answered, or that a report is ready, stays true.
"""

from sqlalchemy import and_, exists, func, or_

from tracker.models import (
    Action,
    Body,
    Claim,
    Contribution,
    Extension,
    Pause,
    Person,
    Question,
    QuestionReminder,
    Reminder,
    Update,
)
from tracker.reminders.stages.schedule import OWN, OWNER_CHASED
from tracker.terms import Decision, Role, Stage

LEAD_GONE = ~Action.lead.has(Person.may_lead)  # somebody else stands in
OWNER_GONE = ~Action.owner.has(Person.may_own)

FOR_LEAD = and_(Reminder.stage == Stage.LEAD_TOLD, or_(Action.lead_id == Reminder.person_id, LEAD_GONE))
FOR_DIRECTOR = and_(
    Reminder.stage == Stage.DIRECTOR_TOLD, exists().where(Person.id == Reminder.person_id, Person.role == Role.DIRECTOR)
)
FOR_OWNER = and_(
    Reminder.stage.in_(sorted(OWN)),
    or_(
        and_(Action.owner_id == Reminder.person_id, Action.owner.has(Person.may_own)),
        Action.lead_id == Reminder.person_id,
        and_(OWNER_GONE, LEAD_GONE),
    ),
    Action.delivery.in_(sorted(OWNER_CHASED)),
    or_(
        Reminder.stage != Stage.SILENT,
        Action.last_update_at.is_(None),
        Action.last_update_at <= Reminder.created_at,
    ),
    ~exists().where(  # they have answered since
        Update.action_id == Action.id, Update.person_id == Reminder.person_id, Update.at > Reminder.created_at
    ),
)
FOR_DECIDING = and_(
    Reminder.stage == Stage.DECISION_WAITS,
    or_(
        *(
            exists().where(asked.action_id == Action.id, asked.outcome == Decision.WAITING)
            for asked in (Claim, Extension, Pause)
        )
    ),
)
STILL_WANTED = or_(FOR_OWNER, FOR_LEAD, FOR_DIRECTOR, FOR_DECIDING)  # of a reminder, joined with its open action

# The address that a body's line is asked at: its own contact's, or the body's.
ADDRESS = func.lower(func.coalesce(func.nullif(Contribution.contact_email, ""), Body.contact_email))

STILL_ASKED = or_(  # of a question's reminder, joined with its question
    QuestionReminder.stage == Stage.ANSWERED,
    and_(
        Question.answered_at.is_(None),
        or_(Question.owner_id == QuestionReminder.person_id, Question.owner.has(active=False)),
    ),
)
