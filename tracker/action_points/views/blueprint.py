"""The blueprint the pages of checking hang on."""

from flask import Blueprint

blueprint = Blueprint("action_points", __name__, url_prefix="/reports/<int:report_id>")
