"""The blueprint the pages of the next assessment hang on."""

from flask import Blueprint

blueprint = Blueprint("assessments", __name__, url_prefix="/assessments")
