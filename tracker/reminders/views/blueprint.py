"""The blueprint that every page of this stage is added to."""

from flask import Blueprint

from tracker.terms import Role
from tracker.web.access import PLANNERS

blueprint = Blueprint("reminders", __name__)

MAY_SEE = PLANNERS | {Role.ADMINISTRATOR}  # who reads the mails that were sent
