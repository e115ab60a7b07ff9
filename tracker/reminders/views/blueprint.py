"""The blueprint that every page of this stage is added to."""

from flask import Blueprint

from tracker.terms import Role
from tracker.web.access import PLANNERS

blueprint = Blueprint("reminders", __name__)

TELLERS = "tellers"  # where the application keeps what later stages have to say in a morning's mails
MAY_SEE = PLANNERS | {Role.ADMINISTRATOR}  # who reads the mails that were sent
